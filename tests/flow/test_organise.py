"""A run from a list of ids to a receipt, against Gmail played over HTTP."""

import pytest

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.errors import BusyError, SignInNeededError, TryAgainError
from auramail.core.history import State
from auramail.core.policy import Autonomy
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, RunState
from auramail.ops.work import finish_run, owned
from tests.house import GmailHome, newsletter, note


def test_newsletter_leaves_the_inbox_with_its_label_and_the_journal_says_why(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))

    receipt = ana.sort().receipt

    assert ana.names(message) == {"UNREAD", "AI_Newsletters"}
    (entry,) = ana.entries()
    assert (entry.state, entry.action) == (State.APPLIED, Action.MOVE)
    assert entry.before == {"INBOX", "UNREAD"}
    assert entry.decision is not None
    assert entry.decision.category is Category.NEWSLETTER
    assert entry.decision.reason.say()
    assert receipt.by_category == {"NEWSLETTER": 1}
    assert receipt.by_action == {"MOVE": 1}


def test_personal_mail_stays_in_the_inbox(ana: GmailHome) -> None:
    message = ana.deliver(note(1))

    ana.sort()

    assert "INBOX" in ana.names(message)


def test_sorting_again_handles_nothing_and_reads_nothing(ana: GmailHome) -> None:
    for number in range(5):
        ana.deliver(newsletter(number), age=number)
    ana.deliver(note(9), "SPAM")
    ana.sort()
    ana.google.reset_usage()

    receipt = ana.sort().receipt

    assert receipt.handled == 0
    assert receipt.skipped == {"already_handled": 1}  # the newsletters have left the folders that are listed
    assert "messages.get" not in ana.google.usage.calls


def test_every_listed_message_ends_in_one_state_even_if_it_vanishes(ana: GmailHome) -> None:
    kept, vanishing = ana.deliver(newsletter(1)), ana.deliver(newsletter(2))
    ana.google.before("messages.get", lambda: ana.google.delete(vanishing))

    receipt = ana.sort().receipt

    assert (receipt.listed, receipt.handled, receipt.skipped) == (2, 1, {"gone": 1})
    assert {entry.message_id: entry.state for entry in ana.entries()} == {
        kept: State.APPLIED,
        vanishing: State.SKIPPED,
    }


def test_message_that_cannot_be_read_fails_with_a_reason_and_is_read_by_the_next_run(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))
    ana.google.fault("messages.get", "400")
    first = ana.sort().receipt

    second = ana.sort().receipt

    assert (first.handled, first.failed) == (0, {"unreadable": 1})
    assert (second.handled, second.failed) == (1, {})
    assert "AI_Newsletters" in ana.names(message)


def test_dry_run_touches_nothing_and_creates_no_label(ana: GmailHome) -> None:
    for number in range(3):
        ana.deliver(newsletter(number))
    before = ana.labels()

    receipt = ana.sort(dry_run=True).receipt

    assert ana.labels() == before
    assert ana.google.label_names() == {}
    assert (receipt.handled, receipt.held, receipt.by_action) == (3, 3, {"MOVE": 3})
    assert {entry.state for entry in ana.entries()} == {State.HELD}


def test_dry_run_does_not_keep_a_later_run_from_sorting(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))
    ana.sort(dry_run=True)

    receipt = ana.sort().receipt

    assert receipt.handled == 1
    assert "INBOX" not in ana.names(message)


def test_labels_only_leaves_everything_in_the_inbox(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))

    ana.sort(autonomy=Autonomy.LABEL_ONLY)

    assert ana.names(message) == {"INBOX", "UNREAD", "AI_Newsletters"}
    (entry,) = ana.entries()
    assert entry.outcome is not None
    assert "labels only" in entry.outcome.say()


def test_suggestions_wait_and_are_not_read_again(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))

    first = ana.sort(autonomy=Autonomy.SUGGEST).receipt
    second = ana.sort(autonomy=Autonomy.SUGGEST).receipt

    assert (first.held, second.handled) == (1, 0)
    assert ana.names(message) == {"INBOX", "UNREAD"}


def test_starred_newsletter_stays(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1), "INBOX", "STARRED")

    ana.sort()

    assert {"INBOX", "STARRED"} <= ana.names(message)


def test_newsletter_of_somebody_the_person_writes_to_stays(ana: GmailHome) -> None:
    sent = note(5).replace(b"To: ana@gmail.example", b"To: news@garden.example")
    ana.deliver(sent.replace(b"From: Ben Friend <ben@friends.example>", b"From: ana@gmail.example"), "SENT")
    message = ana.deliver(newsletter(1))

    ana.sort()

    assert "INBOX" in ana.names(message)


def test_nothing_is_done_in_spam_and_trash(ana: GmailHome) -> None:
    spam, trash = ana.deliver(newsletter(1), "SPAM"), ana.deliver(newsletter(2), "TRASH")
    before = ana.labels()

    receipt = ana.sort().receipt

    assert receipt.handled == 2
    assert ana.labels() == before
    assert ana.names(spam) == {"SPAM"}
    assert ana.names(trash) == {"TRASH"}


def test_label_the_person_has_under_another_spelling_is_used(ana: GmailHome) -> None:
    other = ana.deliver(note(1), "ai-NEWSLETTERS")
    message = ana.deliver(newsletter(1))

    ana.sort()

    assert "ai-NEWSLETTERS" in ana.names(message)
    assert "ai-NEWSLETTERS" in ana.names(other)


def test_label_deleted_under_way_fails_those_messages_and_the_next_run_repairs_it(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))
    ana.google.before("messages.modify", lambda: ana.google.delete_label("AI_Newsletters"))

    first = ana.sort().receipt
    second = ana.sort().receipt

    assert first.failed == {"refused": 1}
    assert second.handled == 1
    assert ana.names(message) == {"UNREAD", "AI_Newsletters"}


def test_revoked_grant_pauses_the_account_and_ends_the_run_with_the_reason(ana: GmailHome) -> None:
    for number in range(3):
        ana.deliver(newsletter(number))
    ana.google.before("messages.get", ana.google.revoke)

    outcome = ana.sort()

    assert outcome.state is RunState.FAILED
    assert isinstance(outcome.problem, SignInNeededError)
    assert outcome.receipt.skipped == {"stopped": 3}
    assert ana.house.accounts.get(ana.account.id).paused is not None


def test_run_that_must_wait_goes_on_where_it_stopped(ana: GmailHome) -> None:
    for number in range(90):
        ana.deliver(newsletter(number), age=number)
    ana.google.fault("messages.get", "429", nth=85, times=None, retry_after=300)
    run = ana.house.runs.start(ana.account.id, Order(query=MailQuery()))
    with ana.house.lock.hold(ana.account.id) as is_owner, pytest.raises(TryAgainError) as waiting:
        finish_run(ana.house, run, is_owner)
    recorded = len(ana.entries())
    ana.google.clear_faults()
    ana.google.reset_usage()
    ana.clock.advance(seconds=waiting.value.after)

    with ana.house.lock.hold(ana.account.id) as is_owner:
        receipt = finish_run(ana.house, run, is_owner).receipt

    assert waiting.value.after >= 300
    assert recorded == 84  # what was read is not read again, though Google refused the rest of its batch
    assert (receipt.listed, receipt.handled) == (90, 90)
    assert receipt.is_whole
    assert ana.google.usage.calls["messages.get"] == 6


def test_cancelled_run_says_what_it_left(ana: GmailHome) -> None:
    for number in range(4):
        ana.deliver(newsletter(number))
    run = ana.house.runs.start(ana.account.id, Order(query=MailQuery()))
    ana.google.before("messages.list", lambda: ana.house.runs.cancel(run.id), nth=2)

    with ana.house.lock.hold(ana.account.id) as is_owner:
        outcome = finish_run(ana.house, run, is_owner)

    assert outcome.state is RunState.CANCELLED
    assert outcome.receipt.is_whole


def test_one_process_at_a_time_works_on_an_account(ana: GmailHome) -> None:
    with owned(ana.house, ana.account.id), pytest.raises(BusyError):
        ana.sort()


def test_second_order_while_one_is_open_names_the_open_one(ana: GmailHome) -> None:
    run = ana.house.runs.start(ana.account.id, Order())

    with pytest.raises(BusyError) as busy:
        ana.house.runs.start(ana.account.id, Order())

    assert busy.value.run_id == run.id
