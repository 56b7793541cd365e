"""The proof that nothing was missed, and what is done about it where something was."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from auramail.core.errors import TryAgainError
from auramail.core.live import Proof
from auramail.core.runs import Order
from auramail.ops.live import live_or_off, prove, stop_live
from auramail.ops.work import look_after
from tests.house import GmailHome, newsletter, note
from tests.live import handled, keep_sorted, poll, receipt, state


@pytest.fixture
def ana(live_ana: GmailHome) -> GmailHome:
    return live_ana


def proof_of(ana: GmailHome) -> Proof:
    proof = state(ana).proof
    assert proof is not None
    assert proof.is_whole
    return proof


def forget_history(ana: GmailHome) -> None:
    """Gmail's history loses what it knew, without saying so."""
    ana.google.mailbox().history.clear()


def test_after_the_first_look_everything_is_accounted_for(ana: GmailHome) -> None:
    for number in range(4):
        ana.deliver(newsletter(number), age=600)
    keep_sorted(ana)
    ana.deliver(note(5))

    poll(ana)

    proof = proof_of(ana)
    assert (proof.listed, proof.handled, proof.skipped, proof.queued, proof.missed) == (5, 1, {"before_live": 4}, 0, 0)


def test_what_the_history_forgot_is_found_within_a_day_and_sorted(ana: GmailHome) -> None:
    keep_sorted(ana)
    poll(ana)
    message = ana.deliver(newsletter(1))
    forget_history(ana)
    poll(ana)
    assert ana.entries() == []

    ana.clock.advance(days=1)
    look_after(ana.house, ana.account.id)
    proof = proof_of(ana)
    assert (proof.listed, proof.queued, proof.missed) == (1, 1, 1)
    look_after(ana.house, ana.account.id)

    assert handled(ana) == {message: 1}
    assert "AI_Newsletters" in ana.names(message)


def test_within_a_day_it_is_proven_once(ana: GmailHome) -> None:
    keep_sorted(ana)
    poll(ana)
    first = proof_of(ana)
    ana.clock.advance(hours=23)
    poll(ana)

    assert proof_of(ana) == first


def test_after_an_expired_mark_all_mail_of_the_meantime_is_sorted_and_older_mail_is_not(ana: GmailHome) -> None:
    old = [ana.deliver(newsletter(number), age=600) for number in range(3)]
    keep_sorted(ana)
    poll(ana)
    ana.google.mailbox().longest_page = 2
    came = {ana.deliver(newsletter(10 + number)) for number in range(5)}
    ana.google.expire_history()

    poll(ana)

    assert handled(ana) == dict.fromkeys(came, 1)
    assert all("INBOX" in ana.names(message) for message in old)
    assert receipt(ana).listed == 5
    assert proof_of(ana).missed == 5
    ana.google.reset_usage()
    poll(ana)
    assert handled(ana) == dict.fromkeys(came, 1)


def test_mail_that_comes_while_an_expired_mark_is_made_good_is_sorted_too(ana: GmailHome) -> None:
    keep_sorted(ana)
    poll(ana)
    came = [ana.deliver(newsletter(1))]
    ana.google.expire_history()
    ana.google.before("messages.list", lambda: came.append(ana.deliver(newsletter(2))))

    poll(ana)
    poll(ana)

    assert handled(ana) == dict.fromkeys(came, 1)


def test_a_new_mark_is_not_committed_before_the_last_page(ana: GmailHome) -> None:
    keep_sorted(ana)
    poll(ana)
    mark = state(ana).mark
    ana.google.mailbox().longest_page = 2
    came = {ana.deliver(newsletter(number)) for number in range(5)}
    ana.google.expire_history()
    ana.google.fault("messages.list", "503", nth=3, times=None)

    poll(ana)

    assert state(ana).mark == mark
    ana.google.clear_faults()
    poll(ana)
    assert state(ana).mark != mark
    assert handled(ana) == dict.fromkeys(came, 1)


def test_what_waits_on_a_backlog_is_queued_and_not_missed(ana: GmailHome) -> None:
    for number in range(3):
        ana.deliver(newsletter(number), age=600)
    ana.house.runs.start(ana.account.id, Order())
    ana.google.fault("messages.get", "503", times=None)
    look_after(ana.house, ana.account.id)

    proof = prove(ana.house, ana.account, live_or_off(ana.house, ana.account))

    assert (proof.listed, proof.queued, proof.missed) == (3, 3, 0)


def test_where_live_is_off_nothing_is_queued_and_the_sums_agree(ana: GmailHome) -> None:
    done = ana.deliver(note(1), age=600)
    ana.sort()
    ana.deliver(newsletter(2), age=60)
    keep_sorted(ana)
    stop_live(ana.house, ana.account)

    proof = prove(ana.house, ana.account, live_or_off(ana.house, ana.account))

    assert proof.is_whole
    assert (proof.listed, proof.handled, proof.skipped) == (2, 1, {"before_live": 1})
    assert handled(ana) == {done: 1}


def test_what_failed_is_tried_again_the_next_day_but_not_for_ever(ana: GmailHome) -> None:
    keep_sorted(ana)
    message = ana.deliver(note(1))
    ana.google.fault("messages.get", "500", times=None)
    poll(ana)
    assert proof_of(ana).skipped == {"unreadable": 1}

    for _ in range(10):
        ana.clock.advance(days=1)
        look_after(ana.house, ana.account.id)
        look_after(ana.house, ana.account.id)

    assert handled(ana) == {message: 8}
    assert proof_of(ana).skipped == {"unreadable": 1}


def test_the_sums_can_disagree(ana: GmailHome) -> None:
    keep_sorted(ana)
    message = ana.deliver(note(1))
    poll(ana)
    with ana.house.database.write() as session:
        session.execute(text("DELETE FROM action_logs WHERE message_id = :id"), {"id": message})

    proof = prove(ana.house, ana.account, state(ana))

    assert not proof.is_whole


def test_a_proof_that_must_wait_hurts_nothing_else(ana: GmailHome) -> None:
    ana.sort()
    keep_sorted(ana)
    message = ana.deliver(newsletter(1))
    ana.google.fault("messages.list", "503", times=None)

    poll(ana)

    assert handled(ana) == {message: 1}
    assert state(ana).proof is None
    assert state(ana).due <= ana.clock.now() + timedelta(minutes=1)
    with pytest.raises(TryAgainError):
        prove(ana.house, ana.account, state(ana))
