"""The smaller commands: history, rules, db, doctor, demo."""

from pathlib import Path

import pytest

from auramail.storage.revision import head
from tests.cli.conftest import Command
from tests.mail.letters import letter, write_mbox


def test_history_says_what_was_done_to_which_message_and_why(auramail: Command, mail: str) -> None:
    auramail("sort", "--from", mail)

    [newest] = auramail("history", "--json", "--category", "NEWSLETTER", "--limit", "1").lines()

    assert newest["added"] == ["AI_Newsletters"]
    assert newest["removed"] == ["INBOX"]
    assert newest["state"] == "applied"
    assert newest["reason"]
    text = auramail("history").out
    assert newest["message"] in text
    assert newest["subject"] in text
    assert newest["reason"] in text


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ((), 5),
        (("--limit", "2"), 2),
        (("--search", "walk"), 2),
        (("--category", "NEWSLETTER"), 3),
        (("--state", "undone"), 0),
        (("--run", "1"), 5),
        (("--run", "2"), 0),
    ],
)
def test_history_is_narrowed_by_its_options(auramail: Command, mail: str, options: tuple[str, ...], count: int) -> None:
    auramail("sort", "--from", mail)

    assert len(auramail("history", "--json", *options).lines()) == count


def test_an_empty_history_says_so_to_a_person_and_nothing_to_a_program(auramail: Command, mail: str) -> None:
    assert mail

    assert "Nothing" in auramail("history").out
    assert auramail("history", "--json").out == ""


def test_control_characters_of_a_subject_do_not_reach_the_terminal(auramail: Command, home: Path) -> None:
    source = write_mbox(home / "evil.mbox", letter("\x1b]0;owned\x07\x1b[2JHello"))

    shown = [auramail("sort", "--from", source, *options) for options in (("--dry-run",), ())] + [auramail("history")]

    assert "Hello" in shown[2].out
    assert not [answer for answer in shown if "\x1b" in answer.out or "\x07" in answer.out]


def test_a_rule_decides_in_the_next_sort(auramail: Command, mail: str) -> None:
    added = auramail("rules", "add", "--from", mail, "--domain", "garden.example", "--category", "SOCIAL")

    receipt = auramail("sort", "--from", mail, "--json").json()

    assert "domain=garden.example" in added.out
    assert receipt["by_category"]["SOCIAL"] == 3
    [entry, *_] = auramail("history", "--json", "--search", "garden").lines()
    assert entry["source"] == "rule"


def test_rules_are_listed_in_order_and_removed_by_number(auramail: Command, mail: str) -> None:
    auramail("rules", "add", "--from", mail, "--words", "tax", "--category", "IMPORTANT", "--action", "NO_ACTION")
    auramail("rules", "add", "--sender", "ben@friends.example", "--category", "IMPORTANT")

    first, second = auramail("rules", "list").out.splitlines()
    assert "words=tax" in first
    assert "(NO_ACTION)" in first
    assert "sender=ben@friends.example" in second

    assert auramail("rules", "remove", first.split()[0]).code == 0
    assert auramail("rules", "list").out.splitlines() == [second]
    assert auramail("rules", "remove", "99").code == 1


def test_a_rule_needs_a_condition(auramail: Command, mail: str) -> None:
    answer = auramail("rules", "add", "--from", mail, "--category", "SOCIAL")

    assert answer.code == 2
    assert "--sender" in answer.err


def test_the_database_is_upgraded_looked_at_and_downgraded(auramail: Command, home: Path) -> None:
    assert auramail("db", "current").out == f"now -, newest {head()}\n"
    assert auramail("db", "upgrade").code == 0
    assert auramail("db", "upgrade").code == 0
    assert auramail("db", "current").out == f"now {head()}, newest {head()}\n"
    assert auramail("db", "downgrade", "base").code == 0
    assert auramail("db", "current").out == f"now -, newest {head()}\n"
    assert (home / "auramail.db").exists()


def test_a_revision_that_never_was_is_one_line(auramail: Command, mail: str) -> None:
    assert mail

    answer = auramail("db", "downgrade", "nonsense")

    assert answer.code == 2
    assert "auramail db downgrade --help" in answer.err
    assert answer.err.count("\n") == 1


def test_the_doctor_lists_its_checks_with_what_to_do(auramail: Command, mail: str) -> None:
    assert mail
    answer = auramail("doctor")

    assert answer.code == 0
    assert "✓ database" in answer.out
    assert "· google" in answer.out
    assert "GOOGLE_CLIENT_SECRETS_PATH" in answer.out
    assert {check["check"] for check in auramail("doctor", "--json").json()} >= {"home", "keys", "database", "redis"}


def test_the_doctor_exits_with_1_if_something_is_broken(auramail: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "unix:///nowhere/redis.sock")

    answer = auramail("doctor")

    assert answer.code == 1
    assert "✗ redis" in answer.out


def test_the_demo_sorts_explains_and_puts_all_back_in_a_home_that_is_thrown_away(auramail: Command, home: Path) -> None:
    answer = auramail("demo")

    assert answer.code == 0
    assert "messages are exactly as before" in answer.out
    assert "auramail up" in answer.out
    assert not list(home.iterdir())
