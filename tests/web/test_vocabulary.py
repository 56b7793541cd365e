"""The words for what was done are true of what was really done."""

from dataclasses import replace

import pytest

from auramail.core.actions import Action, Change
from auramail.core.history import Entry, State
from auramail.web import vocabulary

MOVED = Entry(
    account_id=1,
    run_id=1,
    message_id="m1",
    state=State.APPLIED,
    action=Action.MOVE,
    change=Change(frozenset({"Label_1"}), frozenset({"INBOX"})),
    before=frozenset({"INBOX"}),
)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (MOVED, "Moved"),
        (replace(MOVED, action=Action.NO_ACTION, change=Change(frozenset({"Label_1"}))), "Labelled"),
        (replace(MOVED, action=Action.NO_ACTION, change=Change()), "Left as it was"),
        (replace(MOVED, action=Action.NO_ACTION, undo_of=7), "Taken back"),
    ],
)
def test_only_what_was_changed_is_called_changed(entry: Entry, words: str) -> None:
    assert vocabulary.done(entry).say() == words
