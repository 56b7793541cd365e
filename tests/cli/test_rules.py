"""`auramail rules say`: a sentence is shown as a rule, and saved if the person says so."""

from pathlib import Path

import pytest

from auramail.settings import read_settings
from auramail.wiring.house import open_house
from tests.cli.conftest import Command

SENTENCE = "newsletters from garden.example go to Garden"


@pytest.fixture
def say(auramail: Command, mail: str) -> Command:
    return lambda *words: auramail("rules", "say", "--from", mail, *words)


def listed(auramail: Command) -> list[str]:
    return auramail("rules", "list").out.splitlines()


def test_a_sentence_is_shown_in_words_and_saved(auramail: Command, say: Command) -> None:
    answer = say("--yes", SENTENCE)

    assert answer.code == 0
    for words in ("it is from garden.example", "it is a newsletter or it is a promotion", "label “Garden”"):
        assert words in answer.out
    (line,) = listed(auramail)
    assert "domain=garden.example & kinds=newsletter|promotion  →  “Garden” (MOVE)" in line
    assert line.endswith(f"# {SENTENCE}")


def test_it_decides_in_the_next_sort(auramail: Command, say: Command, mail: str) -> None:
    say("--yes", SENTENCE)

    auramail("sort", "--from", mail)

    entries = auramail("history", "--json", "--search", "garden").lines()
    assert {entry["source"] for entry in entries} == {"rule"}
    assert SENTENCE in str(entries[0])


def test_the_ukrainian_for_it_is_read_too(auramail: Command, say: Command) -> None:
    say("--yes", "архівуй", "розсилки", "LinkedIn", "старші", "за", "місяць")

    (line,) = listed(auramail)
    assert "senders=LinkedIn & kinds=newsletter|promotion & older_days=30  →  (ARCHIVE)" in line


def test_without_a_terminal_nobody_can_say_yes(auramail: Command, say: Command) -> None:
    answer = say(SENTENCE)

    assert answer.code == 1
    assert "--yes" in answer.err
    assert "it is from garden.example" in answer.out
    assert listed(auramail) == []


@pytest.mark.parametrize(("answered", "count"), [("y\n", 1), ("n\n", 0), ("\n", 0)])
def test_on_a_terminal_the_person_is_asked(
    auramail: Command, say: Command, monkeypatch: pytest.MonkeyPatch, answered: str, count: int
) -> None:
    monkeypatch.setattr("sys.stdin", Keyboard(answered))

    answer = say(SENTENCE)

    assert answer.code == 0
    assert "Save this rule?" in answer.out
    assert len(listed(auramail)) == count


def test_what_is_not_sure_is_not_saved_unasked(auramail: Command, say: Command) -> None:
    answer = say("--yes", "archive unread mail from Google")

    assert answer.code == 1
    assert "Left out: unread" in answer.out
    assert listed(auramail) == []


def test_half_a_sentence_is_told_what_it_lacks(auramail: Command, say: Command) -> None:
    answer = say("--yes", "receipts from Bolt")

    assert answer.code == 1
    assert "what is to happen" in answer.err
    assert listed(auramail) == []


def test_one_json_object_has_every_field(auramail: Command, say: Command) -> None:
    answer = say("--json", SENTENCE)

    assert answer.json() == {
        "sentence": SENTENCE,
        "condition": {"domain": "garden.example", "kinds": ["newsletter", "promotion"]},
        "category": None,
        "action": "MOVE",
        "label": "Garden",
        "heard": [
            {"words": "newsletters", "part": "kinds"},
            {"words": "go to Garden", "part": "label"},
            {"words": "from garden.example", "part": "senders"},
        ],
        "ignored": [],
        "unsure": False,
        "by": "grammar",
        "problem": None,
        "notes": ["It goes by what AuraMail takes mail for, and acts only where that is sure enough."],
        "matching": 0,
    }
    assert listed(auramail) == []


def test_json_is_saved_only_with_yes(auramail: Command, say: Command) -> None:
    answer = say("--json", "--yes", SENTENCE)

    assert answer.json()["label"] == "Garden"
    assert len(listed(auramail)) == 1


def test_a_rule_is_turned_off_and_on(auramail: Command, say: Command) -> None:
    say("--yes", SENTENCE)
    (line,) = listed(auramail)

    off = auramail("rules", "off", line.split()[0])

    assert "[off]" in off.out
    assert "[off]" in listed(auramail)[0]
    assert auramail("rules", "on", line.split()[0]).out.splitlines() == [line]
    assert auramail("rules", "off", "99").code == 1


def test_every_condition_has_its_option(auramail: Command, mail: str) -> None:
    answer = auramail(
        "rules", "add", "--from", mail, "--anyone", "Bolt", "--anyone", "@uklon.example", "--about", "рахун*",
        "--kind", "receipt", "--seen-as", "IMPORTANT", "--attachment", "--larger", "0.5", "--smaller", "2",
        "--older-days", "3", "--newer-days", "30", "--label", "Taxes", "--action", "MOVE",
    )  # fmt: skip

    assert answer.code == 0
    assert (
        "has_attachment=yes & senders=Bolt|@uklon.example & about=рахун* & kinds=receipt & categories=IMPORTANT & "
        "larger=512 KB & smaller=2 MB & older_days=3 & newer_days=30  →  “Taxes” (MOVE)"
    ) in answer.out


@pytest.mark.parametrize("options", [("--label", "Inbox"), ("--larger", "0", "--label", "x"), ()])
def test_what_can_be_no_rule_is_told(auramail: Command, mail: str, options: tuple[str, ...]) -> None:
    answer = auramail("rules", "add", "--from", mail, "--sender", "a@x.example", *options)

    assert answer.code == 2
    assert answer.err.count("\n") == 1


def test_it_is_written_down_who_made_a_rule(say: Command, mail: str, home: Path) -> None:
    say("--yes", SENTENCE)

    assert home.exists()
    with open_house(read_settings()) as house:
        account = house.account_from(mail)
        assert next(line.act for line in house.audit.of_user(account.user_id)) == "rule_added"


class Keyboard:
    """A terminal where somebody types."""

    def __init__(self, typed: str) -> None:
        self._lines = typed.splitlines(keepends=True)

    def isatty(self) -> bool:
        return True

    def readline(self, size: int = -1) -> str:
        del size
        return self._lines.pop(0) if self._lines else ""
