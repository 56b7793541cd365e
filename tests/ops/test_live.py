"""New mail is sorted as it comes: within one look, once, and never against what the person did."""

from contextlib import ExitStack

import pytest

from auramail.core.errors import BusyError
from auramail.core.history import State
from auramail.core.live import LabelAct
from auramail.core.policy import Autonomy, Policy
from auramail.core.runs import RunState
from auramail.ops.live import stop_live
from auramail.ops.work import owned
from auramail.wiring.house import open_house
from tests.house import GmailHome, newsletter, note
from tests.live import days, handled, keep_sorted, poll, receipt, state


@pytest.fixture
def ana(live_ana: GmailHome) -> GmailHome:
    return live_ana


def test_new_mail_is_sorted_at_the_next_look_and_stands_on_the_receipt_of_its_day(ana: GmailHome) -> None:
    keep_sorted(ana)
    offers, letter = ana.deliver(newsletter(1)), ana.deliver(note(1))

    poll(ana)

    assert ana.names(offers) == {"UNREAD", "AI_Newsletters"}
    assert "INBOX" in ana.names(letter)
    (day,) = days(ana)
    assert day.state is RunState.DONE
    assert ana.house.runs.live(ana.account.id) is None
    assert (receipt(ana).listed, receipt(ana).handled) == (2, 2)


def test_mail_of_one_day_adds_up_on_one_receipt(ana: GmailHome) -> None:
    keep_sorted(ana)
    for number in range(3):
        ana.deliver(newsletter(number))
        poll(ana)

    assert len(days(ana)) == 1
    assert (receipt(ana).listed, receipt(ana).handled) == (3, 3)
    assert receipt(ana).quota_units > 3 * 20


def test_a_new_day_has_a_receipt_of_its_own_and_the_listing_of_the_old_one_is_put_away(ana: GmailHome) -> None:
    keep_sorted(ana)
    ana.deliver(newsletter(1))
    poll(ana)
    ana.clock.advance(days=1)
    ana.deliver(newsletter(2))
    poll(ana)
    poll(ana)

    first, second = days(ana)
    assert ana.house.runs.receipt(first.id) == ana.house.runs.receipt(first.id)
    assert ana.house.listings.tally(first.id).listed == 0
    assert [ana.house.listings.tally(second.id).listed, receipt(ana).listed] == [1, 1]
    whole = ana.house.runs.receipt(first.id)
    assert whole is not None
    assert (whole.listed, whole.handled) == (1, 1)


def test_mail_that_was_there_before_is_left_alone(ana: GmailHome) -> None:
    old = ana.deliver(newsletter(1), age=60)
    keep_sorted(ana)

    poll(ana)

    assert "INBOX" in ana.names(old)
    proof = state(ana).proof
    assert proof is not None
    assert proof.is_whole
    assert proof.skipped == {"before_live": 1}


def test_looking_twice_reads_nothing_twice(ana: GmailHome) -> None:
    keep_sorted(ana)
    message = ana.deliver(newsletter(1))
    poll(ana)
    poll(ana)
    ana.google.reset_usage()

    poll(ana)

    assert handled(ana) == {message: 1}
    assert ana.google.usage.calls["messages.get"] == 0


def test_own_changes_are_no_acts_of_the_person(ana: GmailHome) -> None:
    keep_sorted(ana)
    ana.deliver(newsletter(1))
    poll(ana)
    ana.undo(run_id=days(ana)[-1].id)

    poll(ana)

    assert ana.house.live.acts(ana.account.id) == []


def test_what_the_person_does_to_labels_is_noted_in_its_order(ana: GmailHome) -> None:
    keep_sorted(ana)
    message = ana.deliver(newsletter(1))
    poll(ana)
    ana.google.relabel(message, add=("INBOX",))
    ana.google.star(message)
    ana.google.mark_read(message)
    ana.google.archive(message)

    poll(ana)

    told = [(act.label_id, act.is_added) for act in ana.house.live.acts(ana.account.id)]
    assert told == [("INBOX", True), ("STARRED", True), ("INBOX", False)]
    assert handled(ana) == {message: 1}


def test_a_message_put_back_into_the_inbox_is_the_persons_act_and_stays_there(ana: GmailHome) -> None:
    keep_sorted(ana)
    seen, unseen = ana.deliver(newsletter(1)), ana.deliver(newsletter(2), "UNREAD")
    poll(ana)
    for message in (seen, unseen):
        ana.google.relabel(message, add=("INBOX",))

    poll(ana)
    ana.clock.advance(days=1)
    poll(ana)

    assert "INBOX" in ana.names(seen)
    assert "INBOX" in ana.names(unseen)
    proof = state(ana).proof
    assert proof is not None
    assert proof.is_whole
    assert proof.skipped == {"put_there": 1}


def test_mail_rescued_from_spam_is_sorted_if_nobody_looked_at_it_and_else_left_where_the_person_put_it(
    ana: GmailHome,
) -> None:
    keep_sorted(ana, "INBOX")
    unseen = ana.deliver(newsletter(1), "SPAM", "UNREAD")
    poll(ana)
    ana.google.relabel(unseen, add=("INBOX",), remove=("SPAM",))
    poll(ana)
    assert "AI_Newsletters" in ana.names(unseen)

    stop_live(ana.house, ana.account)
    keep_sorted(ana)
    seen = ana.deliver(newsletter(2), "SPAM", "UNREAD")
    poll(ana)
    ana.google.relabel(seen, add=("INBOX",), remove=("SPAM",))
    poll(ana)
    assert ana.names(seen) == {"INBOX", "UNREAD"}


@pytest.mark.parametrize("labels", [("SENT",), ("DRAFT",), ("UNREAD",), ("SENT", "STARRED")])
def test_what_is_no_new_mail_of_a_watched_folder_is_left_alone(ana: GmailHome, labels: tuple[str, ...]) -> None:
    keep_sorted(ana)
    ana.deliver(newsletter(1), *labels)

    poll(ana)

    assert ana.entries() == []
    assert days(ana) == []


def test_a_message_deleted_or_trashed_before_it_was_read_is_accounted_for(ana: GmailHome) -> None:
    keep_sorted(ana)
    deleted, trashed = ana.deliver(newsletter(1)), ana.deliver(newsletter(2))
    ana.google.delete(deleted)
    ana.google.trash(trashed)

    poll(ana)

    assert ana.names(trashed) == {"TRASH", "UNREAD"}
    assert (receipt(ana).listed, receipt(ana).skipped) == (2, {"gone": 1})


def test_who_wants_to_be_asked_is_asked_about_new_mail_too(ana: GmailHome) -> None:
    ana.house.preferences.save_policy(ana.account.id, Policy(autonomy=Autonomy.SUGGEST))
    keep_sorted(ana)
    message = ana.deliver(newsletter(1))

    poll(ana)

    assert ana.names(message) == {"INBOX", "UNREAD"}
    assert [entry.state for entry in ana.entries()] == [State.HELD]
    assert receipt(ana).held == 1


def test_all_pages_of_a_long_history_are_taken_in_and_their_large_messages_read_without_attachments(
    ana: GmailHome,
) -> None:
    keep_sorted(ana)
    ana.google.mailbox().longest_page = 2
    messages = {ana.deliver(newsletter(number)) for number in range(7)}

    poll(ana)

    assert handled(ana) == dict.fromkeys(messages, 1)
    assert receipt(ana).listed == 7


def test_label_acts_are_kept_once_however_often_they_are_told(ana: GmailHome) -> None:
    keep_sorted(ana)
    live = state(ana)
    act = LabelAct("m1", "INBOX", is_added=True, mark="7")

    ana.house.live.advance(live, 0, live.mark, (), [act, act])
    ana.house.live.advance(live, 0, live.mark, (), [act])

    assert ana.house.live.acts(ana.account.id) == [act]


def test_a_command_waits_a_moment_for_an_account_whose_new_mail_is_just_looked_at(ana: GmailHome) -> None:
    looking = ExitStack()
    looking.enter_context(ana.house.lock.hold(ana.account.id))
    with (
        open_house(ana.house.settings, ana.clock, lambda _: looking.close()) as command,
        owned(command, ana.account.id) as is_owner,
    ):
        assert is_owner()
    with (
        ana.house.lock.hold(ana.account.id),
        pytest.raises(BusyError),
        owned(ana.house, ana.account.id),
    ):
        pass
