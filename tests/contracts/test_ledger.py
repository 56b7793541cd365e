"""What every journal promises to the flow (`ports.Ledger`)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from auramail.core.decisions import Category
from auramail.core.history import OPEN, Entry, Selection, State
from auramail.core.wording import Wording
from auramail.storage.engine import Database
from auramail.storage.ledger import SqlLedger
from tests.contracts.office import Office
from tests.fakes.clock import NOON, FakeClock
from tests.storage.builders import a_decision, a_run, an_account, an_entry


@pytest.fixture
def office(database: Database, clock: FakeClock) -> Office:
    return Office(SqlLedger(database, clock), database, clock, an_account(database, clock))


def test_an_entry_is_read_back_as_it_was_recorded(office: Office) -> None:
    entry = replace(
        an_entry(office.run(), subject="Знижки\tна «все» 🎉"),
        state=State.HELD,
        outcome=Wording.of("You write to {person}", person="Бен"),
        code="asked",
        attempts=2,
    )

    (recorded,) = office.record(entry)

    assert recorded.id > 0
    assert recorded == replace(entry, id=recorded.id, at=NOON)
    assert office.now(recorded) == recorded


def test_entries_keep_their_order_and_get_ids_in_it(office: Office) -> None:
    run = office.run()
    entries = [an_entry(run, f"m{number}") for number in (3, 1, 2)]

    recorded = office.record(*entries)

    assert [entry.message_id for entry in recorded] == ["m3", "m1", "m2"]
    assert list(office.ledger.entries(Selection(office.account.id))) == recorded


def test_recording_nothing_is_no_error(office: Office) -> None:
    assert office.record() == []
    assert office.ledger.move([], State.PLANNED, State.APPLYING) == []


class TestKnown:
    def test_a_message_in_the_journal_is_known_with_its_run_and_state(self, office: Office) -> None:
        run = office.run()
        office.record(an_entry(run, "m1"), an_entry(run, "m2", State.SKIPPED))

        assert office.known("m1", "m2", "m3") == {"m1": (run.id, State.PLANNED), "m2": (run.id, State.SKIPPED)}

    def test_a_failed_message_is_not_known(self, office: Office) -> None:
        office.record(an_entry(office.run(), "m1", State.FAILED))

        assert office.known() == {}

    def test_an_undone_message_is_known_as_undone(self, office: Office) -> None:
        entry = office.applied(office.run())
        office.undo(entry)

        assert office.known() == {"m1": (entry.run_id, State.UNDONE)}

    def test_a_dry_run_leaves_messages_unknown(self, office: Office) -> None:
        office.record(an_entry(office.run(dry_run=True), "m1", State.HELD))

        assert office.known() == {}

    def test_a_suggestion_of_a_real_run_is_known(self, office: Office) -> None:
        run = office.run()
        office.record(an_entry(run, "m1", State.HELD))

        assert office.known() == {"m1": (run.id, State.HELD)}

    def test_another_accounts_message_is_not_known(self, office: Office) -> None:
        other = an_account(office.database, office.clock, "/mail/ben.mbox")
        office.record(an_entry(a_run(office.database, office.clock, other.id), "m1"))

        assert office.known() == {}

    def test_more_messages_than_fit_into_one_statement_can_be_asked_for(self, office: Office) -> None:
        run = office.run()
        office.record(*(an_entry(run, f"m{number}") for number in range(1200)))

        assert len(office.known(*(f"m{number}" for number in range(2500)))) == 1200


class TestRecord:
    def test_a_message_that_is_spoken_for_is_left_out(self, office: Office) -> None:
        office.applied(office.run(), "m1")
        later = office.run()

        recorded = office.record(an_entry(later, "m1"), an_entry(later, "m2"))

        assert [entry.message_id for entry in recorded] == ["m2"]

    @pytest.mark.parametrize("state", [State.FAILED, State.HELD])
    def test_a_newer_run_takes_the_place_of_what_failed_or_was_held(self, office: Office, state: State) -> None:
        (old,) = office.record(an_entry(office.run(), "m1", state))
        newer = office.run()

        (new,) = office.record(an_entry(newer, "m1"))

        assert office.known() == {"m1": (newer.id, State.PLANNED)}
        assert (office.state(old), office.state(new)) == (state, State.PLANNED)

    def test_a_newer_run_takes_the_place_of_what_was_undone(self, office: Office) -> None:
        entry = office.applied(office.run())
        office.undo(entry)
        newer = office.run()

        (again,) = office.record(an_entry(newer, "m1"))

        assert office.known() == {"m1": (newer.id, State.PLANNED)}
        assert office.state(again) is State.PLANNED

    def test_an_older_run_does_not_take_the_place_of_what_failed_later(self, office: Office) -> None:
        older, newer = office.run(), office.run()
        office.record(an_entry(newer, "m1", State.FAILED))

        assert office.record(an_entry(older, "m1")) == []

    @pytest.mark.parametrize("state", [State.SKIPPED, State.DECLINED, State.PLANNED, State.APPLIED])
    def test_nothing_takes_the_place_of_what_is_settled_or_under_way(self, office: Office, state: State) -> None:
        office.record(an_entry(office.run(), "m1", state))

        assert office.record(an_entry(office.run(), "m1")) == []

    def test_a_run_records_a_message_once(self, office: Office) -> None:
        run = office.run()
        first, second = an_entry(run, "m1", State.FAILED), an_entry(run, "m1")

        recorded = office.record(first, second)

        assert [entry.state for entry in recorded] == [State.FAILED]
        assert office.record(second) == []

    def test_a_dry_run_records_a_message_once(self, office: Office) -> None:
        run = office.run(dry_run=True)

        assert len(office.record(an_entry(run, "m1", State.HELD))) == 1
        assert office.record(an_entry(run, "m1", State.HELD)) == []

    def test_a_dry_run_may_speak_of_a_message_that_is_handled(self, office: Office) -> None:
        entry = office.applied(office.run())

        (proposal,) = office.record(an_entry(office.run(dry_run=True), "m1", State.HELD))

        assert office.state(proposal) is State.HELD
        assert office.known() == {"m1": (entry.run_id, State.APPLIED)}

    def test_what_a_dry_run_proposed_can_be_recorded_by_a_real_run(self, office: Office) -> None:
        (proposal,) = office.record(an_entry(office.run(dry_run=True), "m1", State.HELD))
        real = office.run()

        office.record(an_entry(real, "m1"))
        office.ledger.move([proposal.id], State.HELD, State.APPROVED)

        assert office.known() == {"m1": (real.id, State.PLANNED)}


class TestMove:
    def test_only_entries_in_the_source_state_move(self, office: Office) -> None:
        run = office.run()
        planned, failed = office.record(an_entry(run, "m1"), an_entry(run, "m2", State.FAILED))

        moved = office.ledger.move([failed.id, planned.id, 999], State.PLANNED, State.APPLYING)

        assert moved == [planned.id]
        assert (office.state(planned), office.state(failed)) == (State.APPLYING, State.FAILED)

    def test_moved_ids_come_in_the_order_asked_for_and_once(self, office: Office) -> None:
        run = office.run()
        first, second = office.record(an_entry(run, "m1"), an_entry(run, "m2"))

        moved = office.ledger.move([second.id, first.id, second.id], State.PLANNED, State.APPLYING)

        assert moved == [second.id, first.id]

    def test_an_outcome_is_kept_with_its_code(self, office: Office) -> None:
        (entry,) = office.record(an_entry(office.run()))
        why = Wording.of("The mailbox no longer has this message")

        office.ledger.move([entry.id], State.PLANNED, State.SKIPPED, "gone", why)

        found = office.now(entry)
        assert (found.state, found.code, found.outcome) == (State.SKIPPED, "gone", why)

    def test_a_move_without_an_outcome_leaves_the_words_there_are(self, office: Office) -> None:
        kept = Wording.of("You write to this person")
        (entry,) = office.record(replace(an_entry(office.run()), outcome=kept))

        assert office.carry_out(entry).outcome == kept

    def test_each_try_is_counted(self, office: Office) -> None:
        (entry,) = office.record(an_entry(office.run()))

        office.ledger.move([entry.id], State.PLANNED, State.APPLYING)
        office.ledger.move([entry.id], State.APPLYING, State.PLANNED)
        office.ledger.move([entry.id], State.PLANNED, State.APPLYING)

        assert office.now(entry).attempts == 2


class TestSelection:
    def test_every_condition_narrows(self, office: Office) -> None:
        run, other = office.run(), office.run()
        wanted = an_entry(run, "m1", decision=a_decision(Category.SOCIAL, rule_id=7), sender="ana@home.example")
        recorded, *_ = office.record(
            wanted,
            an_entry(run, "m2", State.FAILED),
            an_entry(other, "m3", sender="ben@work.example"),
        )

        def chosen(selection: Selection) -> list[Entry]:
            return list(office.ledger.entries(selection))

        mine = Selection(office.account.id)
        assert len(chosen(mine)) == 3
        assert len(chosen(replace(mine, run_id=run.id))) == 2
        assert len(chosen(replace(mine, states=OPEN))) == 2
        assert chosen(replace(mine, ids=frozenset({recorded.id}))) == [recorded]
        assert chosen(replace(mine, message_id="m1")) == [recorded]
        assert chosen(replace(mine, sender="Ana@Home.example")) == [recorded]
        assert chosen(replace(mine, categories=frozenset({Category.SOCIAL}))) == [recorded]
        assert chosen(replace(mine, rule_id=7)) == [recorded]
        assert chosen(replace(mine, run_id=other.id, message_id="m1")) == []
        assert chosen(Selection(office.account.id + 1)) == []

    def test_a_day_is_one_of_the_accounts_zone(self, office: Office) -> None:
        # Kyiv is two hours ahead of UTC in March until the 29th, so its 15th begins at 22:00 UTC on the 14th.
        run = office.run()
        office.clock.advance(hours=9, minutes=59)
        (before,) = office.record(an_entry(run, "m1"))
        office.clock.advance(minutes=1)
        (after,) = office.record(an_entry(run, "m2"))

        of_14th = office.ledger.entries(Selection(office.account.id, day="2026-03-14"))
        of_15th = office.ledger.entries(Selection(office.account.id, day="2026-03-15"))

        assert (list(of_14th), list(of_15th)) == ([before], [after])
        assert after.at == NOON + timedelta(hours=10)

    def test_a_long_journal_is_streamed_whole_and_in_order(self, office: Office) -> None:
        run = office.run()
        recorded = office.record(*(an_entry(run, f"m{number}") for number in range(1100)))

        assert list(office.ledger.entries(Selection(office.account.id))) == recorded

    def test_the_journal_may_be_written_while_it_is_streamed(self, office: Office) -> None:
        run = office.run()
        office.record(*(an_entry(run, f"m{number}") for number in range(600)))
        seen = []

        for entry in office.ledger.entries(Selection(office.account.id, states=OPEN)):
            seen.append(entry.message_id)
            if len(seen) <= 20:
                office.ledger.move([entry.id], State.PLANNED, State.APPLIED)

        assert seen == [f"m{number}" for number in range(600)]
