"""What a run is about, and which entries an undo means, survive the way through JSON."""

import json
from datetime import date

import pytest

from auramail.core.actions import Action, Change
from auramail.core.history import Entry, Selection, State
from auramail.core.queries import DEFAULT_FOLDERS, MailQuery


def test_query_survives_storage() -> None:
    query = MailQuery(
        ("INBOX",), "has:attachment", "ben@friends.example", "walk", date(2026, 3, 1), date(2026, 4, 1), True, 7
    )

    assert MailQuery.from_json(json.loads(json.dumps(query.to_json()))) == query


def test_query_that_says_nothing_means_inbox_spam_and_trash_without_limit() -> None:
    assert MailQuery.from_json({}) == MailQuery(folders=DEFAULT_FOLDERS, limit=None)
    assert MailQuery.from_json({"folders": "INBOX", "limit": "many", "unread": "yes"}) == MailQuery()


def test_selection_is_read_from_an_order() -> None:
    data = {
        "run_id": 7,
        "ids": [1, 2, "x"],
        "message_id": "m1",
        "sender": "a@b.example",
        "rule_id": 3,
        "day": "2026-03-10",
    }

    assert Selection.from_json(5, data) == Selection(
        5, run_id=7, ids=frozenset({1, 2}), message_id="m1", sender="a@b.example", rule_id=3, day="2026-03-10"
    )


@pytest.mark.parametrize("data", [{}, {"run_id": None, "ids": None, "message_id": None}, {"run_id": "7", "ids": "12"}])
def test_selection_that_says_nothing_readable_keeps_its_account(data: dict[str, object]) -> None:
    assert Selection.from_json(5, data) == Selection(5)


def test_account_cannot_be_chosen_from_outside() -> None:
    assert Selection.from_json(5, {"account_id": 6}).account_id == 5


def test_entry_knows_the_labels_it_leaves() -> None:
    change = Change(frozenset({"Label_1"}), frozenset({"INBOX"}))
    entry = Entry(1, 1, "m1", State.PLANNED, Action.MOVE, change, frozenset({"INBOX", "UNREAD"}))

    assert entry.after == {"Label_1", "UNREAD"}
