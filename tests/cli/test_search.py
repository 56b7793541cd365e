"""`auramail search --explain`: a fixed interface that other programs rely on."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command

NOON = ("--now", "2026-11-28T12:00")


def test_one_json_line_has_every_field(auramail: Command) -> None:
    answer = auramail("search", "--explain", "--json", *NOON, "листи від Олени за сьогодні до Великодня")

    assert answer.code == 0
    assert answer.out.count("\n") == 1
    assert answer.json() == {
        "query": "from:Олена after:2026/11/28 before:2026/11/29",
        "understood": [
            {"words": "від Олени", "operator": "from:Олена"},
            {"words": "за сьогодні", "operator": "after:2026/11/28 before:2026/11/29"},
        ],
        "ignored": ["до Великодня"],
        "unsure": True,
        "by": "grammar",
        "problem": None,
        "heard": None,
    }


def test_words_may_come_one_by_one(auramail: Command) -> None:
    answer = auramail("search", "--explain", "--json", *NOON, "unread", "from", "bob", "yesterday")

    assert answer.json()["query"] == "is:unread from:bob after:2026/11/27 before:2026/11/28"


@pytest.mark.parametrize("text", ["-in:spam", "--- x", "--jsonn x"])
def test_a_request_may_begin_with_a_hyphen(auramail: Command, text: str) -> None:
    answer = auramail("search", "--explain", "--json", text)

    assert answer.code == 0
    assert answer.lines()


def test_bytes_that_are_no_text_and_what_cannot_be_seen_are_left_out(auramail: Command) -> None:
    answer = auramail("search", "--explain", "--json", "from \udcff bob \u202e\x1b[31m yesterday" + " x" * 5000, *NOON)

    assert answer.code == 0
    assert answer.json()["query"].startswith("from:bob")
    assert answer.json()["unsure"]
    assert not {"\udcff", "\u202e", "\x1b"} & set(answer.out)


@pytest.mark.parametrize(
    ("now", "query"),
    [
        ("2026-11-28", "after:2026/11/28 before:2026/11/29"),
        ("2026-11-28T23:59", "after:2026/11/28 before:2026/11/29"),
        ("2026-11-28T23:30:00Z", "after:2026/11/29 before:2026/11/30"),
        ("2026-11-28T01:00:00+05:00", "after:2026/11/27 before:2026/11/28"),
    ],
)
def test_now_is_read_in_the_settings_zone_unless_it_has_its_own(auramail: Command, now: str, query: str) -> None:
    """Kyiv is two hours ahead of UTC in November."""
    assert auramail("search", "--explain", "--json", "--now", now, "today").json()["query"] == query


def test_zone_of_the_settings_decides_what_today_is(auramail: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMEZONE", "America/New_York")

    answer = auramail("search", "--explain", "--json", "--now", "2026-11-28T23:30:00Z", "today")

    assert answer.json()["query"] == "after:2026/11/28 before:2026/11/29"


def test_label_prefix_of_the_settings_is_used(auramail: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABEL_PREFIX", "Mine/")

    assert auramail("search", "--explain", "--json", "newsletters").json()["query"] == "label:Mine-Newsletters"


@pytest.mark.parametrize("now", ["yesterday", "2026-13-01", "12:00", "0001-01-01", "9999-12-31T23:59", ""])
def test_a_time_that_is_none_is_one_line_with_an_example(auramail: Command, now: str) -> None:
    answer = auramail("search", "--explain", "--json", "--now", now, "today")

    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert "2026-11-28T12:00" in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "bob"),
        ("search", "--explain"),
        ("search", "--explain", "--model", "decisions", "bob"),
        ("search", "--explain", "--voice", "there-is-none.ogg"),
        ("search", "--explain", "--voice", __file__, "bob"),
    ],
)
def test_a_wrong_call_is_exit_2_and_one_line(auramail: Command, arguments: tuple[str, ...]) -> None:
    answer = auramail(*arguments)

    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.count("\n") == 1


def test_without_explain_it_says_what_to_do(auramail: Command) -> None:
    assert "--explain" in auramail("search", "bob").err


def test_a_person_sees_what_each_word_became(auramail: Command) -> None:
    answer = auramail("search", "--explain", *NOON, "emails from Bob yesterday before Easter")

    assert answer.out.splitlines() == [
        "Query: from:Bob after:2026/11/27 before:2026/11/28",
        "  from Bob   →  from:Bob",
        "  yesterday  →  after:2026/11/27 before:2026/11/28",
        "Left out: before Easter",
        "This may not be what you mean; look at the query before you use it.",
        "Days begin at midnight in Europe/Kyiv.",
    ]


def test_a_person_who_says_nothing_is_told_so(auramail: Command) -> None:
    answer = auramail("search", "--explain", "…")

    assert answer.code == 0
    assert answer.out.splitlines()[0] == "Nothing to search for."


def test_no_state_is_made(auramail: Command, home: Path) -> None:
    before = sorted(home.rglob("*"))

    auramail("search", "--explain", "--json", "листи від Олени")

    assert sorted(home.rglob("*")) == before
