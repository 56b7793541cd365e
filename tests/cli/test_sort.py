"""`auramail sort` and `undo`: receipts that add up, and mailboxes that come back."""

from collections.abc import Mapping
from typing import Any

import pytest

from auramail.core.queries import MailQuery
from auramail.settings import read_settings
from auramail.wiring.house import open_house
from tests.cli.conftest import Command

RECEIPT = {
    "run",
    "listed",
    "handled",
    "skipped",
    "failed",
    "by_category",
    "by_action",
    "findings",
    "model_calls",
    "quota_units",
    "seconds",
}


def labels(source: str) -> Mapping[str, frozenset[str] | None]:
    """The labels of every message of a source as they are now."""
    with open_house(read_settings()) as house, house.mailbox(house.account_from(source)) as mailbox:
        return mailbox.labels_now([id_ for page in mailbox.list_ids(MailQuery(folders=())) for id_ in page.ids])


def is_whole(receipt: dict[str, Any]) -> bool:
    done = receipt["handled"] + sum(receipt["skipped"].values()) + sum(receipt["failed"].values())
    return bool(receipt["listed"] == done)


def test_the_receipt_is_one_json_object_and_adds_up(auramail: Command, mail: str) -> None:
    answer = auramail("sort", "--from", mail, "--json")

    receipt = answer.json()
    assert (answer.code, answer.err) == (0, "")
    assert set(receipt) >= RECEIPT
    assert is_whole(receipt)
    assert receipt["handled"] == 5
    assert receipt["by_category"]["NEWSLETTER"] == 3


def test_sorting_again_handles_nothing_new(auramail: Command, mail: str) -> None:
    auramail("sort", "--from", mail, "--folder", "INBOX")

    again = auramail("sort", "--from", mail, "--folder", "INBOX", "--json").json()

    assert again["handled"] == 0
    assert set(again["skipped"]) <= {"already_handled"}
    assert is_whole(again)


def test_a_person_sees_a_table_and_how_to_take_it_back(auramail: Command, mail: str) -> None:
    answer = auramail("sort", "--from", mail)

    assert "3  Newsletters" in answer.out
    assert "5 listed = 5 handled + 0 skipped + 0 failed" in answer.out
    assert "auramail undo --run 1" in answer.out


def test_why_messages_were_skipped_is_said_in_words(auramail: Command, mail: str) -> None:
    auramail("sort", "--from", mail, "--sender", "friends.example")

    assert "2  handled before" in auramail("sort", "--from", mail).out


def test_a_dry_run_shows_the_plan_and_touches_nothing(auramail: Command, mail: str) -> None:
    before = labels(mail)

    answer = auramail("sort", "--from", mail, "--dry-run")

    assert "+AI_Newsletters -INBOX  (3)" in answer.out
    assert "Garden weekly 1" in answer.out
    assert "Waiting for your yes: 5" in answer.out
    assert "undo" not in answer.out
    assert labels(mail) == before


@pytest.mark.parametrize(
    ("options", "handled"),
    [
        (("--limit", "2"), 2),
        (("--sender", "garden.example"), 3),
        (("--subject", "walk"), 2),
        (("--query", "from:ben"), 2),
        (("--before", "2020-01-01"), 0),
        (("--after", "2020-01-01"), 5),
        (("--unread",), 0),
        (("--folder", "inbox"), 5),
        (("--folder", "SPAM", "--folder", "TRASH"), 0),
    ],
)
def test_the_options_narrow_what_is_sorted(
    auramail: Command, mail: str, options: tuple[str, ...], handled: int
) -> None:
    assert auramail("sort", "--from", mail, *options, "--json").json()["handled"] == handled


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--from", "nowhere.mbox"), "nowhere.mbox"),
        (("--from", "maildir:nowhere"), "nowhere"),
        (("--from", "gmail"), "--from"),
        (("--from", "gmail:ana@gmail.example"), "--from"),
        ((), "--from"),
    ],
)
def test_a_mailbox_that_is_not_there_is_one_line(auramail: Command, options: tuple[str, ...], problem: str) -> None:
    answer = auramail("sort", *options)

    assert answer.code == 1
    assert problem in answer.err
    assert answer.err.count("\n") == 1


def test_a_folder_that_is_not_there_is_one_line(auramail: Command, mail: str) -> None:
    answer = auramail("sort", "--from", mail, "--folder", "nosuch")

    assert (answer.code, answer.out) == (1, "")
    assert "nosuch" in answer.err
    assert answer.err.count("\n") == 1


def test_the_only_mailbox_needs_no_naming_and_of_several_one_must_be_named(auramail: Command, mail: str) -> None:
    auramail("sort", "--from", mail, "--limit", "1")
    assert auramail("sort", "--limit", "1").code == 0

    auramail("sort", "--from", "sample", "--limit", "1")

    answer = auramail("sort")
    assert answer.code == 1
    assert "several" in answer.err


def test_while_somebody_else_sorts_one_is_told_what_to_do(auramail: Command, mail: str) -> None:
    auramail("sort", "--from", mail, "--limit", "1")
    with open_house(read_settings()) as house, house.lock.hold(house.account_from(mail).id):
        answer = auramail("sort", "--from", mail)

    assert answer.code == 1
    assert "being worked on" in answer.err
    assert "cancel" in answer.err
    assert answer.err.count("\n") == 1


def test_labels_only_leaves_all_in_the_inbox(auramail: Command, mail: str) -> None:
    auramail("sort", "--from", mail, "--autonomy", "label_only")

    assert all("INBOX" in (now or ()) for now in labels(mail).values())


def test_an_undone_run_leaves_every_label_as_it_was(auramail: Command, mail: str) -> None:
    before = labels(mail)
    run = auramail("sort", "--from", mail, "--json").json()["run"]
    assert labels(mail) != before

    receipt = auramail("undo", "--run", run, "--json").json()

    assert labels(mail) == before
    assert is_whole(receipt)
    assert receipt["handled"] == 5


def test_one_message_or_the_last_run_is_taken_back_too(auramail: Command, mail: str) -> None:
    before = labels(mail)
    auramail("sort", "--from", mail)
    message = auramail("history", "--json", "--limit", "1").json()["message"]

    assert auramail("undo", "--message", message, "--json").json()["handled"] == 1
    assert labels(mail)[message] == before[message]
    assert auramail("undo", "--last", "--json").json()["handled"] == 4
    assert labels(mail) == before


def test_undoing_an_undo_makes_it_again(auramail: Command, mail: str) -> None:
    run = auramail("sort", "--from", mail, "--json").json()["run"]
    after = labels(mail)
    undo = auramail("undo", "--run", run, "--json").json()["run"]

    auramail("undo", "--run", undo)

    assert labels(mail) == after


@pytest.mark.parametrize("options", [("--run", "77"), ("--message", "nope"), ("--last",)])
def test_what_cannot_be_taken_back_is_one_line(auramail: Command, options: tuple[str, ...]) -> None:
    answer = auramail("undo", *options)

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
