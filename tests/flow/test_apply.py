"""Equal changes are made together, and the journal is told only what is known."""

import pytest

from auramail.core.actions import Action, Change
from auramail.core.errors import SignInNeededError, TryAgainError
from auramail.core.history import Entry, State
from auramail.core.policy import Autonomy
from auramail.core.runs import Order, RunState
from auramail.flow.apply import MOST_IDS, apply, group
from tests.house import GmailHome, newsletter

MOVE = Change(frozenset({"Label_1"}), frozenset({"INBOX"}))
LABEL = Change(frozenset({"Label_2"}))


def entry(number: int, change: Change) -> Entry:
    return Entry(1, 1, f"m{number}", State.PLANNED, Action.MOVE, change, frozenset({"INBOX"}), id=number)


def test_equal_changes_share_a_request() -> None:
    requests = group([entry(1, MOVE), entry(2, LABEL), entry(3, MOVE)])

    assert [(request.ids, request.change) for request in requests] == [(("m1", "m3"), MOVE), (("m2",), LABEL)]


def test_no_request_is_larger_than_gmail_takes() -> None:
    requests = group(entry(number, MOVE) for number in range(MOST_IDS + 1))

    assert [len(request.ids) for request in requests] == [MOST_IDS, 1]


def test_process_that_lost_the_account_sends_nothing(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))
    run = ana.house.runs.start(ana.account.id, Order())
    planned = Entry(ana.account.id, run.id, message, State.PLANNED, Action.MOVE, MOVE, frozenset({"INBOX", "UNREAD"}))
    recorded = ana.house.ledger.record([planned])
    before = ana.labels()

    with ana.house.mailbox(ana.account) as mailbox, pytest.raises(TryAgainError):
        apply(recorded, mailbox, ana.house.ledger, lambda: False)

    assert ana.labels() == before
    assert [each.state for each in ana.entries(State.APPLYING)] == [State.APPLYING]


def test_change_whose_answer_was_lost_is_settled_by_the_next_run(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))
    ana.google.fault("messages.modify", "reset_after_apply", times=None)
    ana.sort(autonomy=Autonomy.LABEL_ONLY)
    left = [each.state for each in ana.entries()]
    labels = ana.names(message)
    ana.google.clear_faults()

    ana.sort(autonomy=Autonomy.LABEL_ONLY)

    assert left == [State.APPLYING]
    assert [each.state for each in ana.entries()] == [State.APPLIED]
    assert ana.names(message) == labels


def test_undo_without_a_grant_ends_with_the_reason_and_pauses_the_account(ana: GmailHome) -> None:
    ana.deliver(newsletter(1))
    run = ana.sort().receipt.run
    ana.google.revoke()

    outcome = ana.undo(run_id=run)

    assert outcome.state is RunState.FAILED
    assert isinstance(outcome.problem, SignInNeededError)
    assert ana.house.accounts.get(ana.account.id).paused is not None
