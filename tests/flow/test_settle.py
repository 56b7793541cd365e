"""What a crash left open is closed by asking the mailbox what really happened."""

import pytest

from auramail.core.actions import Action, Change
from auramail.core.decisions import Category
from auramail.core.history import Entry, State
from auramail.core.labels import INBOX, SPAM, STARRED, TRASH, UNREAD
from auramail.core.runs import Order
from auramail.flow.settle import judge_open, portions, settle
from tests.house import GmailHome, newsletter

LABEL = "Label_1"
BEFORE = frozenset({INBOX, UNREAD})
MOVE = Change(frozenset({LABEL}), frozenset({INBOX}))
ARCHIVE = Change(remove=frozenset({INBOX}))
NOT_MADE = (State.PLANNED, "")
MADE = (State.APPLIED, "")
THEIRS = (State.FAILED, "changed_meanwhile")


def entry(state: State, change: Change, before: frozenset[str] = BEFORE) -> Entry:
    return Entry(1, 1, "m1", state, Action.MOVE, change, before)


@pytest.mark.parametrize("state", [State.PLANNED, State.APPLYING])
def test_message_that_is_gone_is_closed_as_gone(state: State) -> None:
    assert judge_open(entry(state, MOVE), None) == (State.SKIPPED, "gone")


@pytest.mark.parametrize("state", [State.PLANNED, State.APPLYING])
def test_message_as_it_was_has_not_been_changed(state: State) -> None:
    assert judge_open(entry(state, MOVE), BEFORE) == NOT_MADE


def test_reading_the_message_meanwhile_is_no_reason_to_leave_it() -> None:
    assert judge_open(entry(State.PLANNED, MOVE), frozenset({INBOX})) == NOT_MADE


@pytest.mark.parametrize(
    ("now", "what"),
    [
        ({LABEL, UNREAD}, "as the change leaves it"),
        ({LABEL, INBOX, UNREAD}, "put back into the inbox by the person since"),
        ({LABEL, TRASH}, "thrown away by the person since"),
    ],
)
def test_label_that_the_change_adds_proves_that_it_was_made(now: set[str], what: str) -> None:
    assert judge_open(entry(State.APPLYING, MOVE), frozenset(now)) == MADE, what


def test_change_that_only_removes_was_made_when_nothing_of_it_is_there() -> None:
    assert judge_open(entry(State.APPLYING, ARCHIVE), frozenset({UNREAD})) == MADE


def test_change_that_only_removes_may_have_been_taken_back_by_the_person() -> None:
    assert judge_open(entry(State.APPLYING, ARCHIVE), BEFORE) == (State.SKIPPED, "uncertain")


def test_label_of_our_own_that_was_to_be_removed_and_is_there_was_not_removed() -> None:
    unlabel = Change(remove=frozenset({LABEL}))

    assert judge_open(entry(State.APPLYING, unlabel, BEFORE | {LABEL}), BEFORE | {LABEL}) == NOT_MADE


@pytest.mark.parametrize("now", [{UNREAD}, {INBOX, STARRED}, {TRASH, UNREAD}, {SPAM}])
@pytest.mark.parametrize("state", [State.PLANNED, State.APPLYING])
def test_later_word_of_the_person_is_never_overridden(state: State, now: set[str]) -> None:
    assert judge_open(entry(state, MOVE), frozenset(now)) == THEIRS


def test_label_the_person_gave_before_our_change_was_sent_is_their_word() -> None:
    assert judge_open(entry(State.PLANNED, MOVE), BEFORE | {LABEL}) == THEIRS


def test_labels_that_the_change_does_not_touch_do_not_matter() -> None:
    assert judge_open(entry(State.PLANNED, MOVE), BEFORE | {"Label_holiday"}) == NOT_MADE


def test_portions_are_in_order_and_bounded() -> None:
    entries = [entry(State.PLANNED, Change()) for _ in range(5)]

    assert [len(each) for each in portions(entries, 2)] == [2, 2, 1]
    assert list(portions([], 2)) == []


def leave_open(ana: GmailHome, state: State) -> Entry:
    """A recorded newsletter whose change was not sent."""
    message = ana.deliver(newsletter(1))
    run = ana.house.runs.start(ana.account.id, Order())
    with ana.house.mailbox(ana.account) as mailbox:
        label = mailbox.labels([ana.house.preferences.policy(ana.account.id, "AI_").label(Category.NEWSLETTER)])
    (wished,) = label.values()
    change = Change(frozenset({wished.id}), frozenset({INBOX}))
    line = Entry(ana.account.id, run.id, message, State.PLANNED, Action.MOVE, change, BEFORE)
    (recorded,) = ana.house.ledger.record([line])
    ana.house.ledger.move([recorded.id], State.PLANNED, state)
    return recorded


def settled(ana: GmailHome) -> Entry:
    with ana.house.mailbox(ana.account) as mailbox:
        assert settle(ana.account.id, mailbox, ana.house.ledger, lambda: True) == 1
    (entry_now,) = ana.entries()
    return entry_now


@pytest.mark.parametrize("state", [State.PLANNED, State.APPLYING])
def test_what_was_not_made_is_made(ana: GmailHome, state: State) -> None:
    left = leave_open(ana, state)

    assert settled(ana).state is State.APPLIED
    assert ana.names(left.message_id) == {UNREAD, "AI_Newsletters"}


def test_what_the_person_changed_meanwhile_is_left_and_says_so(ana: GmailHome) -> None:
    left = leave_open(ana, State.APPLYING)
    ana.google.archive(left.message_id)

    closed = settled(ana)

    assert (closed.state, closed.code) == (State.FAILED, "changed_meanwhile")
    assert closed.outcome is not None
    assert ana.names(left.message_id) == {UNREAD}


def test_what_is_gone_is_closed(ana: GmailHome) -> None:
    left = leave_open(ana, State.PLANNED)
    ana.google.delete(left.message_id)

    closed = settled(ana)

    assert (closed.state, closed.code) == (State.SKIPPED, "gone")


def test_settling_twice_finds_nothing_the_second_time(ana: GmailHome) -> None:
    leave_open(ana, State.PLANNED)
    settled(ana)

    with ana.house.mailbox(ana.account) as mailbox:
        assert settle(ana.account.id, mailbox, ana.house.ledger, lambda: True) == 0
