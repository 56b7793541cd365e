"""What the keepers of new mail promise (`flow.lookout`): states, days, places, and whose doing a label was."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from auramail.core.actions import Change
from auramail.core.history import State
from auramail.core.listings import Listed
from auramail.core.live import LabelAct, Live, Place, Proof, Whereabouts
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, Progress, Run, RunKind, RunState
from auramail.core.wording import Wording
from auramail.storage.accounts import SqlAccounts
from auramail.storage.days import SqlLiveDays
from auramail.storage.engine import Database
from auramail.storage.ledger import SqlLedger
from auramail.storage.listings import SqlListings
from auramail.storage.live import SqlLiveStates
from auramail.storage.places import SqlPlaces
from auramail.storage.runs import SqlRuns
from tests.contracts.office import Office
from tests.fakes.clock import NOON, FakeClock
from tests.storage.builders import a_run, an_account, an_entry

TODAY = date(2026, 3, 14)
M1 = Listed("m1", "t1")


@dataclass
class Post(Office):
    """An office whose account's new mail is kept sorted."""

    states: SqlLiveStates
    days: SqlLiveDays
    places: SqlPlaces

    @property
    def live(self) -> Live:
        found = self.states.get(self.account.id)
        assert found is not None
        return found

    def advance(self, mark: str, *acts: LabelAct, messages: tuple[Listed, ...] = ()) -> list[str] | None:
        run_id = self.days.of(self.account.id, TODAY).id if messages else 0
        return self.states.advance(self.live, run_id, mark, messages, acts)

    def acts(self) -> list[str]:
        """Signs of the acts that count as the person's."""
        return [("+" if act.is_added else "-") + act.label_id for act in self.states.acts(self.account.id)]


@pytest.fixture
def post(database: Database, clock: FakeClock) -> Post:
    account = an_account(database, clock)
    post = Post(
        SqlLedger(database, clock),
        database,
        clock,
        account,
        SqlLiveStates(database, clock),
        SqlLiveDays(database, clock),
        SqlPlaces(database),
    )
    post.states.turn_on(Live(account.id, True, since=NOON, mark="100", due=NOON))
    return post


def put(label: str, mark: str = "107", message: str = "m1") -> LabelAct:
    return LabelAct(message, label, is_added=True, mark=mark)


def taken(label: str, mark: str = "107", message: str = "m1") -> LabelAct:
    return LabelAct(message, label, is_added=False, mark=mark)


class TestStates:
    def test_what_a_look_found_out_is_read_back(self, post: Post) -> None:
        found = replace(
            post.live,
            due=NOON + timedelta(seconds=40),
            pause=40.0,
            polled=NOON,
            watch_until=NOON + timedelta(days=7),
            proof=Proof(NOON, 3, 1, {"gone": 1}, 1, 1),
            problem=Wording.of("No {thing}", thing="«Тема»"),
        )

        post.states.save(found)

        assert post.live == found

    def test_a_look_changes_nothing_of_what_the_person_decides(self, post: Post) -> None:
        before = post.live
        post.states.turn_off(post.account.id)

        post.states.save(replace(before, mark="999", polled=NOON))

        assert (post.live.is_on, post.live.mark, post.live.polled) == (False, "100", NOON)

    def test_a_look_from_before_it_was_begun_anew_is_forgotten(self, post: Post) -> None:
        before = post.live
        post.states.turn_on(replace(before, since=NOON + timedelta(hours=1), mark="500"))

        post.states.save(replace(before, polled=NOON))

        assert post.live.polled is None
        assert post.states.advance(before, 0, "107", (), ()) is None
        assert post.live.mark == "500"

    def test_new_messages_and_the_mark_are_committed_together_and_a_replay_changes_nothing(self, post: Post) -> None:
        before = post.live
        assert post.advance("107", messages=(M1, M1)) == ["m1"]

        assert post.live.mark == "107"
        run_id = post.days.of(post.account.id, TODAY).id
        assert post.states.advance(before, run_id, "107", (M1,), ()) is None
        assert post.advance("114", messages=(M1, Listed("m2"))) == ["m2"]
        assert SqlListings(post.database).tally(run_id).waiting == 2

    def test_turned_off_nothing_is_taken_in(self, post: Post) -> None:
        post.states.turn_off(post.account.id)

        assert post.advance("107", messages=(M1,)) is None
        assert post.live.mark == "100"

    def test_due_is_who_is_on_not_paused_and_whose_time_has_come_or_was_put_back(self, post: Post) -> None:
        mine = [post.account.id]
        assert post.states.due(NOON) == mine
        assert post.states.due(NOON - timedelta(seconds=1)) == []

        post.states.save(replace(post.live, polled=NOON))
        assert post.states.due(NOON - timedelta(seconds=1)) == mine
        SqlAccounts(post.database, post.clock).pause(post.account.id, Wording.of("Sign in again"))
        assert post.states.due(NOON) == []
        SqlAccounts(post.database, post.clock).pause(post.account.id, None)
        post.states.turn_off(post.account.id)
        assert post.states.due(NOON) == []

    def test_an_announcement_of_something_new_makes_due_and_older_ones_do_nothing(self, post: Post) -> None:
        later = NOON + timedelta(minutes=5)
        post.states.save(replace(post.live, due=later))
        address = post.account.address

        assert post.states.announce(address.upper(), "99", NOON) == []
        assert post.states.announce(address, "100", NOON) == []
        assert post.live.due == later
        assert post.states.announce(address, str(2**64 - 1), NOON) == [post.account.id]
        assert post.states.announce(address, str(2**64 - 1), NOON) == []
        assert post.states.announce(address, "120", NOON) == []
        assert post.states.announce("nobody@example.com", "999", NOON) == []
        assert post.live.due == NOON

    def test_what_is_announced_during_a_look_stays_due(self, post: Post) -> None:
        looked = post.live
        post.states.announce(post.account.address, "120", NOON)

        post.states.save(replace(looked, due=NOON + timedelta(minutes=1)))

        assert post.live.due == NOON


class TestDays:
    def test_a_day_has_one_run_that_is_over_and_stands_in_nobodys_way(self, post: Post) -> None:
        run = post.days.of(post.account.id, TODAY)

        assert post.days.of(post.account.id, TODAY) == run
        assert (run.state, run.order.kind, run.order.query.after) == (RunState.DONE, RunKind.LIVE, TODAY)
        assert SqlRuns(post.database, post.clock).start(post.account.id, Order()).id != run.id
        assert SqlListings(post.database).tally(run.id).is_complete

    def test_the_next_day_has_another_and_a_clock_put_back_does_not_open_the_old_one_again(self, post: Post) -> None:
        first = post.days.of(post.account.id, TODAY)
        second = post.days.of(post.account.id, TODAY + timedelta(days=1))

        assert second.id != first.id
        assert post.days.of(post.account.id, TODAY) == second

    def test_a_day_is_unfinished_until_its_listing_is_put_away(self, post: Post) -> None:
        assert post.days.unfinished(post.account.id) == []
        post.advance("107", messages=(M1,))
        run = post.days.of(post.account.id, TODAY)
        assert post.days.unfinished(post.account.id) == [run]

        post.days.put_away(run.id)

        assert post.days.unfinished(post.account.id) == []

    def test_a_receipt_is_replaced_and_its_seconds_add_up(self, post: Post) -> None:
        run = post.days.of(post.account.id, TODAY)
        for count in (1, 2):
            post.days.rewrite(Receipt(run=run.id, listed=count, handled=count, seconds=1.5))

        receipt = SqlRuns(post.database, post.clock).receipt(run.id)
        assert receipt == Receipt(run=run.id, listed=2, handled=2, seconds=3.0)

    def test_its_progress_is_kept_and_turning_off_is_what_cancels_it(self, post: Post) -> None:
        runs, run = SqlRuns(post.database, post.clock), post.days.of(post.account.id, TODAY)

        assert not runs.note(run.id, Progress(3, 1, quota_units=20))
        assert runs.get(run.id).progress.quota_units == 20
        assert runs.get(run.id).state is RunState.DONE
        post.states.turn_off(post.account.id)
        assert runs.note(run.id, Progress(3, 2))


class TestPlaces:
    def look(self, post: Post, *folders: str) -> Whereabouts | None:
        return post.places.look_up(post.account.id, ["m1"], folders).get("m1")

    def test_nobody_knows_a_message_that_was_never_seen(self, post: Post) -> None:
        assert self.look(post) is None

    @pytest.mark.parametrize("state", [State.PLANNED, State.APPLIED, State.HELD, State.DECLINED, State.UNDONE])
    def test_what_is_in_the_journal_is_handled(self, post: Post, state: State) -> None:
        post.record(an_entry(post.run(), state=state))

        assert self.look(post) == Whereabouts(Place.HANDLED)

    def test_what_was_skipped_has_its_reason(self, post: Post) -> None:
        post.record(an_entry(post.run(), state=State.SKIPPED, code="gone"))

        assert self.look(post) == Whereabouts(Place.SKIPPED, "gone")

    def test_a_dry_run_handles_nothing(self, post: Post) -> None:
        post.record(an_entry(post.run(dry_run=True), state=State.HELD))

        assert self.look(post) is None

    def test_what_failed_is_tried_again_eight_times_at_most(self, post: Post) -> None:
        for _ in range(7):
            post.record(an_entry(post.run(), state=State.FAILED, code="unreadable"))
        assert self.look(post) == Whereabouts(Place.FAILED, "unreadable")

        post.record(an_entry(post.run(), state=State.FAILED, code="unreadable"))
        assert self.look(post) == Whereabouts(Place.SKIPPED, "unreadable")

    def test_what_waits_is_queued_whatever_else_is_known(self, post: Post) -> None:
        post.record(an_entry(post.run(), state=State.FAILED, code="refused"))
        post.advance("107", messages=(M1,))

        assert self.look(post) == Whereabouts(Place.QUEUED)

    def test_what_the_person_put_into_a_folder_is_theirs(self, post: Post) -> None:
        post.advance("107", put("INBOX"), taken("SPAM"))

        assert self.look(post, "INBOX") == Whereabouts(Place.SKIPPED, "put_there")
        assert self.look(post, "SPAM") is None

    def test_another_accounts_messages_are_nobodys_here(self, post: Post) -> None:
        other = an_account(post.database, post.clock, "/mail/ben.mbox")
        post.record(an_entry(a_run(post.database, post.clock, other.id)))

        assert self.look(post) is None


class TestEchoes:
    """The entries of these tests put Label_1 on and take INBOX off."""

    def test_our_own_change_is_nobodys_act(self, post: Post) -> None:
        post.applied(post.run())

        post.advance("107", put("Label_1"), taken("INBOX"))

        assert post.acts() == []

    def test_each_change_explains_one_act_and_what_follows_is_the_persons(self, post: Post) -> None:
        post.applied(post.run())
        post.advance("107", put("Label_1"), taken("INBOX"))

        post.advance("114", put("INBOX", "114"), taken("INBOX", "121"), taken("Label_1", "128"), put("Label_1", "135"))

        assert post.acts() == ["+INBOX", "-INBOX", "-Label_1", "+Label_1"]

    def test_an_undo_is_our_own_doing_too(self, post: Post) -> None:
        entry = post.applied(post.run())
        post.advance("107", put("Label_1"), taken("INBOX"))
        back = Change(add=entry.change.remove, remove=entry.change.add)
        undo = replace(an_entry(post.run(), undo_of=entry.id), change=back)
        post.carry_out(post.record(undo)[0])

        post.advance("114", put("INBOX", "114"), taken("Label_1", "114"))
        assert post.acts() == []
        post.advance("121", taken("INBOX", "121"))
        assert post.acts() == ["-INBOX"]

    def test_a_change_that_was_only_planned_explains_nothing(self, post: Post) -> None:
        post.record(an_entry(post.run()), an_entry(post.run(), "m2", State.HELD))

        post.advance("107", taken("INBOX"), put("Label_1", message="m2"))

        assert post.acts() == ["-INBOX", "+Label_1"]

    def test_a_worker_killed_in_the_middle_of_a_change_may_have_made_it(self, post: Post) -> None:
        (entry,) = post.record(an_entry(post.run()))
        post.ledger.move([entry.id], State.PLANNED, State.APPLYING)

        post.advance("107", put("Label_1"), taken("INBOX"))

        assert post.acts() == []

    def test_the_acts_of_a_page_that_was_not_committed_are_told_again(self, post: Post) -> None:
        post.applied(post.run())
        stale = replace(post.live, mark="93")
        assert post.states.advance(stale, 0, "107", (), [put("Label_1")]) is None

        post.advance("107", put("Label_1"))

        assert post.acts() == []

    def test_the_same_act_is_kept_once(self, post: Post) -> None:
        post.advance("107", put("STARRED"), put("STARRED"))
        post.advance("114", put("STARRED"))

        assert post.acts() == ["+STARRED"]


def test_runs_of_people_are_not_days(post: Post) -> None:
    run: Run = post.run()

    assert post.days.of(post.account.id, TODAY).id != run.id
