"""Gmail's operators: what may leave, what may not, and days as seconds."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.reading.searching.operators import LONGEST_QUERY, any_of, canonical, with_seconds, word


@pytest.mark.parametrize(
    "query",
    [
        "",
        "договір оренди",
        "from:bob",
        "from:(Олена Коваль)",
        "from:(bob OR alice)",
        'from:"Book Club"',
        "-from:bob",
        "-(from:bob OR from:alice)",
        "{from:bob from:alice}",
        'subject:"annual report"',
        "in:anywhere is:unread has:attachment",
        "filename:договір.pdf",
        "label:AI_Action-required",
        "category:promotions",
        "after:2026/11/28 before:2026/11/29",
        "after:1795816800",
        "older_than:1y newer_than:30d",
        "larger:5M smaller:100K size:1000000",
        "has:yellow-star",
        "rfc822msgid:<200503292@example.com>",
        "list:info@example.com deliveredto:me@example.com cc:a bcc:b",
        "a OR b",
        "a AND b",
    ],
)
def test_gmails_own_language_passes(query: str) -> None:
    assert canonical(query) == query


@pytest.mark.parametrize(
    ("query", "clean"),
    [
        ("  a   b ", "a b"),
        ("FROM:bob Is:UNREAD", "from:bob is:unread"),
        ("after:2026-1-5", "after:2026/01/05"),
        ("larger:5m", "larger:5M"),
        ("( a OR b )", "(a OR b)"),
        ('"a   b"', '"a b"'),
    ],
)
def test_spellings_are_made_one(query: str, clean: str) -> None:
    assert canonical(query) == clean


@pytest.mark.parametrize(
    "query",
    [
        "(",
        ")",
        "()",
        "(a",
        "a)",
        "(a}",
        '"',
        '"a',
        '""',
        "OR",
        "a OR",
        "OR a",
        "a OR OR b",
        "AROUND",
        "from:",
        "from: bob",
        "from::bob",
        "from:to:bob",
        "from:-bob",
        "from:()",
        "from:(to:bob)",
        "--a",
        "-",
        "unknown:x",
        "has:everything",
        "in:work",
        "is:new",
        "category:work",
        "after:yesterday",
        "after:2026/13/01",
        "after:2026/02/30",
        "after:0001/01/01",
        "after:9999/01/01",
        "larger:huge",
        "larger:0",
        "older_than:0d",
        "older_than:5w",
        "after:٢٠٢٦/٠١/٠١",
        "a\nb",
        "a\u202eb",
        "10:30",
        "http://x",
        "(" * 11 + "a" + ")" * 11,
        "a" * (LONGEST_QUERY + 1),
    ],
)
def test_what_gmail_does_not_know_is_refused(query: str) -> None:
    assert canonical(query) is None


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("договір", "договір"),
        ("Дім і сад", '"Дім і сад"'),
        ("OR", '"OR"'),
        ("in:trash", '"in:trash"'),
        ("-bob", '"-bob"'),
        ('say "hi"', '"say hi"'),
        ("(x) {y}", '"(x) {y}"'),
        ("bob@example.com", "bob@example.com"),
        ("...", ""),
        ('"', ""),
        ("", ""),
    ],
)
def test_words_are_made_safe(text: str, safe: str) -> None:
    assert word(text) == safe


@given(st.text())
def test_any_text_is_one_safe_term(text: str) -> None:
    safe = word(text)

    assert not safe or canonical(
        f"from:{safe[: LONGEST_QUERY - 100]}" + ('"' if len(safe) > LONGEST_QUERY - 100 else "")
    )
    assert " " not in safe or safe.startswith('"')


@given(st.text(), st.sampled_from(["Europe/Kyiv", "America/New_York", "Pacific/Kiritimati"]))
def test_a_canonical_query_stays_and_can_be_sent(text: str, zone: str) -> None:
    query = canonical(text)

    assert query is None or (canonical(query) == query and canonical(with_seconds(query, zone)) is not None)


def test_one_alternative_needs_no_brackets() -> None:
    assert any_of(["a"]) == "a"
    assert any_of(["a", "b", "a", ""]) == "(a OR b)"
    assert any_of([]) == ""


def test_days_are_sent_as_midnight_in_the_persons_zone() -> None:
    kyiv = ZoneInfo("Europe/Kyiv")

    sent = with_seconds("from:bob after:2026/11/28 before:2026/11/29", "Europe/Kyiv")

    start, end = datetime(2026, 11, 28, tzinfo=kyiv), datetime(2026, 11, 29, tzinfo=kyiv)
    assert sent == f"from:bob after:{int(start.timestamp())} before:{int(end.timestamp())}"
    assert int(end.timestamp()) - int(start.timestamp()) == 24 * 3600


@pytest.mark.parametrize(
    ("day", "following", "hours"), [("2026/03/29", "2026/03/30", 23), ("2026/10/25", "2026/10/26", 25)]
)
def test_days_of_a_change_of_clocks_are_shorter_and_longer(day: str, following: str, hours: int) -> None:
    """Kyiv's clocks went on the last Sundays of March and October 2026."""
    first, last = (
        int(part.partition(":")[2]) for part in with_seconds(f"after:{day} before:{following}", "Europe/Kyiv").split()
    )

    assert last - first == hours * 3600


def test_days_in_quotes_and_inside_brackets_are_told_apart() -> None:
    sent = with_seconds('"after:2026/11/28" (-before:2026/11/28 OR a)', "UTC")

    assert sent == '"after:2026/11/28" (-before:1795824000 OR a)'


def test_no_invalid_query_is_sent() -> None:
    with pytest.raises(ValueError, match="has:everything"):
        with_seconds("has:everything", "Europe/Kyiv")
