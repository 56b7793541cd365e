"""When new mail is looked for, what goes before what, and how it is turned on, off, and goes on after a pause."""

from datetime import timedelta

import pytest

from auramail.core.errors import NeedsPersonError
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, RunState
from auramail.flow.sorting import SLICE_SECONDS
from auramail.ops.live import resume_live, start_live, stop_live
from auramail.ops.work import look_after, ring_for_new_mail
from tests.house import GmailHome, connect_gmail, newsletter, note
from tests.live import days, handled, keep_sorted, poll, receipt, state


@pytest.fixture
def ana(live_ana: GmailHome) -> GmailHome:
    return live_ana


def waiting(ana: GmailHome) -> list[int]:
    return [job.args[0] for job in ana.house.queue.queue.jobs]


class TestPace:
    def test_where_nothing_comes_looks_grow_rarer_up_to_a_minute_and_new_mail_makes_them_frequent(
        self, ana: GmailHome
    ) -> None:
        keep_sorted(ana)
        pauses = []
        for _ in range(6):
            poll(ana)
            pauses.append(state(ana).pause)

        ana.deliver(newsletter(1))
        poll(ana)

        assert pauses == [22.5, 33.75, 50.625, 60, 60, 60]
        assert state(ana).pause == 15
        assert state(ana).due == ana.clock.now() + timedelta(seconds=15)

    def test_before_it_is_time_nobody_looks(self, ana: GmailHome) -> None:
        keep_sorted(ana)
        poll(ana)
        ana.google.reset_usage()

        look_after(ana.house, ana.account.id)

        assert ana.google.usage.units == 0

    @pytest.mark.parametrize("hours", [-1, 1])
    def test_a_clock_that_is_set_neither_stops_nor_floods_the_looks(self, ana: GmailHome, hours: int) -> None:
        keep_sorted(ana)
        poll(ana)
        ana.clock.advance(hours=hours)
        message = ana.deliver(newsletter(1))

        assert ana.house.live.due(ana.clock.now()) == [ana.account.id]
        look_after(ana.house, ana.account.id)

        assert handled(ana) == {message: 1}
        assert ana.house.live.due(ana.clock.now()) == []
        assert state(ana).due == ana.clock.now() + timedelta(seconds=15)

    def test_the_scheduler_rings_for_whoever_is_due_also_when_redis_forgot_everything(self, ana: GmailHome) -> None:
        keep_sorted(ana)
        ana.house.queue.connection.flushall()

        ring_for_new_mail(ana.house)
        ring_for_new_mail(ana.house)

        assert waiting(ana) == [ana.account.id]

    def test_where_the_mailbox_asks_to_wait_what_was_queued_stays_and_is_sorted_then(self, ana: GmailHome) -> None:
        keep_sorted(ana)
        message = ana.deliver(newsletter(1))
        ana.google.fault("messages.get", "429", times=None, retry_after=100)

        poll(ana)

        assert ana.house.listings.tally(days(ana)[-1].id).waiting == 1
        assert receipt(ana).listed == 0
        assert state(ana).due >= ana.clock.now() + timedelta(seconds=90)
        ana.google.clear_faults()
        poll(ana)
        assert handled(ana) == {message: 1}


class TestBacklog:
    def test_new_mail_is_sorted_between_two_slices_of_a_backlog(self, ana: GmailHome) -> None:
        old = [ana.deliver(note(number), age=60) for number in range(200)]
        keep_sorted(ana)
        poll(ana)
        run = ana.house.runs.start(ana.account.id, Order(query=MailQuery()))
        new: list[str] = []

        def a_while_passes() -> None:
            ana.clock.advance(seconds=SLICE_SECONDS + 60)
            new.append(ana.deliver(newsletter(1)))

        ana.google.before("messages.get", a_while_passes, nth=90)
        look_after(ana.house, ana.account.id)
        between = ana.house.runs.get(run.id)
        assert between.state is RunState.RUNNING
        assert between.progress.done < len(old)

        ana.google.before("messages.list", lambda: ana.google.fault("messages.get", "503", times=None))
        look_after(ana.house, ana.account.id)

        assert handled(ana)[new[0]] == 1
        assert "AI_Newsletters" in ana.names(new[0])

    def test_a_backlog_that_must_wait_keeps_nobody_from_new_mail(self, ana: GmailHome) -> None:
        ana.sort()
        keep_sorted(ana)
        poll(ana)
        run = ana.house.runs.start(ana.account.id, Order(query=MailQuery()))
        ana.google.fault("messages.list", "503", times=None)
        look_after(ana.house, ana.account.id)
        message = ana.deliver(newsletter(1))

        poll(ana)

        assert ana.house.runs.get(run.id).state is RunState.RUNNING
        assert handled(ana) == {message: 1}


class TestOnAndOff:
    def test_turned_off_nothing_more_is_sorted_and_what_came_is_not_sorted_when_it_is_on_again(
        self, ana: GmailHome
    ) -> None:
        keep_sorted(ana)
        poll(ana)
        stop_live(ana.house, ana.account)
        ana.clock.advance(seconds=60)
        gap = ana.deliver(newsletter(1))
        look_after(ana.house, ana.account.id)
        assert ana.house.live.due(ana.clock.now()) == []

        ana.clock.advance(seconds=60)
        keep_sorted(ana)
        new = ana.deliver(newsletter(2))
        poll(ana)

        assert handled(ana) == {new: 1}
        assert "INBOX" in ana.names(gap)

    def test_turned_off_in_the_middle_the_rest_is_left_alone_with_its_reason(self, ana: GmailHome) -> None:
        keep_sorted(ana)
        for number in range(3):
            ana.deliver(newsletter(number))
        ana.google.before("messages.get", lambda: ana.house.live.turn_off(ana.account.id))

        poll(ana)

        assert not state(ana).is_on
        look_after(ana.house, ana.account.id)
        assert receipt(ana).listed == 3
        assert ana.house.listings.tally(days(ana)[-1].id).waiting == 0

    def test_a_look_under_way_does_not_turn_it_on_again(self, ana: GmailHome) -> None:
        keep_sorted(ana)
        ana.google.before("history.list", lambda: stop_live(ana.house, ana.account))
        ana.deliver(newsletter(1))

        poll(ana)

        assert not state(ana).is_on
        assert ana.entries() == []

    def test_turning_it_on_twice_is_turning_it_on_once(self, ana: GmailHome) -> None:
        keep_sorted(ana)
        since = state(ana).since
        keep_sorted(ana)

        assert state(ana).since == since

    def test_a_folder_that_is_not_there_is_refused_in_one_line(self, ana: GmailHome) -> None:
        with pytest.raises(NeedsPersonError, match="None of the folders"):
            start_live(ana.house, ana.account, ["Nowhere"])
        assert ana.house.live.get(ana.account.id) is None

    def test_a_label_of_the_person_can_be_watched_by_its_name(self, ana: GmailHome) -> None:
        ana.deliver(note(1), "Friends", age=60)
        keep_sorted(ana, "INBOX", "friends")
        message = ana.deliver(newsletter(1), "Friends", "UNREAD")

        poll(ana)

        assert handled(ana) == {message: 1}

    def test_only_gmail_can_be_kept_sorted(self, ana: GmailHome) -> None:
        local = ana.house.open_local("sample", ana.account.user_id)

        with pytest.raises(NeedsPersonError, match="only Gmail"):
            start_live(ana.house, local)


class TestSignIn:
    def test_a_grant_taken_back_pauses_and_a_new_one_goes_on_without_loss(self, ana: GmailHome) -> None:
        keep_sorted(ana)
        poll(ana)
        before = ana.deliver(newsletter(1))
        ana.google.before("messages.get", ana.google.revoke)
        ana.google.before("messages.get", ana.google.expire_tokens)

        poll(ana)

        assert ana.house.accounts.get(ana.account.id).paused is not None
        assert ana.house.live.due(ana.clock.now()) == []
        meanwhile = ana.deliver(newsletter(2))
        connect_gmail(ana.google, ana.house)
        ana.house.accounts.pause(ana.account.id, None)
        resume_live(ana.house, ana.account.id)
        assert waiting(ana) == [ana.account.id]
        look_after(ana.house, ana.account.id)
        assert handled(ana) == {before: 1, meanwhile: 1}
