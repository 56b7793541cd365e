from dataclasses import dataclass, replace
from datetime import date

import pytest

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.digests import HistoryFilter
from auramail.core.errors import NotFoundError
from auramail.core.history import Entry, State
from auramail.core.runs import Run
from auramail.storage.engine import Database
from auramail.storage.ledger import SqlLedger
from auramail.storage.reading import SqlReading
from tests.fakes.clock import FakeClock
from tests.storage.builders import a_decision, a_run, an_account, an_entry

ANY = HistoryFilter()
TODAY = date(2026, 3, 14)


@dataclass
class Desk:
    """A reader with a ledger and an account whose history they read."""

    reading: SqlReading
    ledger: SqlLedger
    database: Database
    clock: FakeClock
    account_id: int

    def run(self, *, dry_run: bool = False) -> Run:
        return a_run(self.database, self.clock, self.account_id, dry_run=dry_run)

    def record(self, *entries: Entry) -> list[Entry]:
        return self.ledger.record(entries)

    def apply(self, entry: Entry) -> None:
        assert self.ledger.move([entry.id], State.PLANNED, State.APPLIED) == [entry.id]

    def undo(self, entry: Entry) -> Entry:
        (undo,) = self.record(an_entry(self.run(), entry.message_id, undo_of=entry.id))
        self.apply(undo)
        return undo

    def shown(self, wanted: HistoryFilter = ANY) -> list[str]:
        return [entry.message_id for entry in self.reading.history([self.account_id], wanted)]


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> Desk:
    account = an_account(database, clock)
    return Desk(SqlReading(database), SqlLedger(database, clock), database, clock, account.id)


@pytest.fixture
def bens_account(database: Database, clock: FakeClock) -> int:
    return an_account(database, clock, "/mail/ben.mbox").id


class TestHistory:
    def test_it_shows_entries_newest_first_as_they_are(self, desk: Desk) -> None:
        recorded = desk.record(*(an_entry(desk.run(), f"m{number}") for number in range(3)))

        assert desk.reading.history([desk.account_id], ANY) == recorded[::-1]

    def test_pages_follow_each_other_without_gap_or_repetition(self, desk: Desk) -> None:
        run = desk.run()
        desk.record(*(an_entry(run, f"m{number}") for number in range(7)))
        pages, before = [], None

        while page := desk.reading.history([desk.account_id], ANY, before, 3):
            pages.append([entry.message_id for entry in page])
            before = page[-1].id

        assert pages == [["m6", "m5", "m4"], ["m3", "m2", "m1"], ["m0"]]

    def test_several_accounts_are_one_view_and_others_stay_hidden(self, desk: Desk, bens_account: int) -> None:
        cleos_account = an_account(desk.database, desk.clock, "/mail/cleo.mbox").id
        for number, account in enumerate((desk.account_id, bens_account, cleos_account)):
            desk.record(an_entry(a_run(desk.database, desk.clock, account), f"m{number}"))

        both = desk.reading.history([desk.account_id, bens_account], ANY)

        assert [entry.message_id for entry in both] == ["m1", "m0"]
        assert desk.shown() == ["m0"]
        assert desk.reading.history([], ANY) == []

    @pytest.mark.parametrize(
        ("wanted", "message_ids"),
        [
            (HistoryFilter(text="рахунок"), ["bill"]),
            (HistoryFilter(text="SHOP.example"), ["offer"]),
            (HistoryFilter(text="100%"), ["offer"]),
            (HistoryFilter(text="1_0%"), []),
            (HistoryFilter(sender="Pay@Power.example"), ["bill"]),
            (HistoryFilter(sender="pay"), []),
            (HistoryFilter(category=Category.ACTION_REQUIRED), ["bill"]),
            (HistoryFilter(action=Action.MOVE), ["offer"]),
            (HistoryFilter(state=State.FAILED), ["bill"]),
            (HistoryFilter(state=State.FAILED, text="offers"), []),
            (HistoryFilter(run_id=999), []),
        ],
    )
    def test_every_condition_narrows(self, desk: Desk, wanted: HistoryFilter, message_ids: list[str]) -> None:
        run = desk.run()
        desk.record(
            an_entry(
                run,
                "bill",
                State.FAILED,
                sender="pay@power.example",
                subject="Ваш РАХУНОК за світло",
                decision=a_decision(Category.ACTION_REQUIRED),
                action=Action.NO_ACTION,
            ),
            an_entry(run, "offer", subject="100% Offers"),
        )

        assert desk.shown(wanted) == message_ids

    def test_days_include_both_ends_in_the_readers_zone(self, desk: Desk) -> None:
        # The clock stands at noon UTC; in Auckland the 15th began an hour ago, in Kyiv it is still the 14th.
        desk.record(an_entry(desk.run()))

        in_kyiv = HistoryFilter(since=TODAY, until=TODAY)
        in_auckland = replace(in_kyiv, zone="Pacific/Auckland")

        assert (desk.shown(in_kyiv), desk.shown(in_auckland)) == (["m1"], [])
        assert desk.shown(replace(in_auckland, since=date(2026, 3, 15), until=date(2026, 3, 15))) == ["m1"]

    def test_proposals_of_dry_runs_are_shown_only_when_asked_for(self, desk: Desk) -> None:
        dry = desk.run(dry_run=True)
        desk.record(an_entry(dry, "proposed", State.HELD))
        desk.record(an_entry(desk.run(), "suggested", State.HELD))

        assert desk.shown() == ["suggested"]
        assert desk.shown(HistoryFilter(run_id=dry.id)) == ["proposed"]
        assert desk.shown(HistoryFilter(state=State.HELD)) == ["suggested", "proposed"]

    def test_an_export_streams_everything_that_would_be_shown(self, desk: Desk) -> None:
        run = desk.run()
        recorded = desk.record(*(an_entry(run, f"m{number}") for number in range(1001)))

        assert list(desk.reading.stream([desk.account_id], ANY)) == recorded[::-1]
        assert list(desk.reading.stream([desk.account_id], HistoryFilter(text="nothing"))) == []


class TestEntry:
    def test_an_entry_is_found_by_its_id(self, desk: Desk) -> None:
        (entry,) = desk.record(an_entry(desk.run()))

        assert desk.reading.entry([desk.account_id], entry.id) == entry

    def test_somebody_elses_entry_is_not_found(self, desk: Desk, bens_account: int) -> None:
        (entry,) = desk.record(an_entry(desk.run()))

        with pytest.raises(NotFoundError) as of_somebody_else:
            desk.reading.entry([bens_account], entry.id)
        with pytest.raises(NotFoundError) as of_nobody:
            desk.reading.entry([desk.account_id], entry.id + 1)
        assert str(of_somebody_else.value) == str(of_nobody.value)

    def test_the_latest_entry_of_a_message_is_the_last_thing_done_to_it(self, desk: Desk) -> None:
        (entry,) = desk.record(an_entry(desk.run()))
        desk.apply(entry)
        undo = desk.undo(entry)
        desk.record(an_entry(desk.run(dry_run=True), state=State.HELD))

        latest = desk.reading.latest_entry_of(desk.account_id, "m1")

        assert latest is not None
        assert latest.id == undo.id
        assert desk.reading.latest_entry_of(desk.account_id, "m2") is None


class TestDays:
    def test_messages_are_counted_on_the_day_of_the_readers_zone(self, desk: Desk) -> None:
        run = desk.run()
        desk.record(an_entry(run, "m1"), an_entry(run, "m2"), an_entry(run, "m3", decision=a_decision(Category.SOCIAL)))
        desk.clock.advance(hours=10)  # midnight in Kyiv, two hours ahead of UTC
        desk.record(an_entry(run, "m4"))

        days = desk.reading.days([desk.account_id], "Europe/Kyiv", date(2026, 3, 15))

        assert [day.day.day for day in days] == [9, 10, 11, 12, 13, 14, 15]
        assert [dict(day.counts) for day in days[:5]] == [{}] * 5
        assert days[5].counts == {Category.NEWSLETTER: 2, Category.SOCIAL: 1}
        assert days[6].counts == {Category.NEWSLETTER: 1}

    def test_undos_failures_skips_and_dry_runs_are_not_counted(self, desk: Desk) -> None:
        run = desk.run()
        (entry, *_) = desk.record(
            an_entry(run, "m1"), an_entry(run, "m2", State.FAILED), an_entry(run, "m3", State.SKIPPED)
        )
        desk.apply(entry)
        desk.undo(entry)
        desk.record(an_entry(desk.run(dry_run=True), "m4", State.HELD))

        (day,) = desk.reading.days([desk.account_id], "Europe/Kyiv", TODAY, count=1)

        assert day.counts == {Category.NEWSLETTER: 1}


class TestTotals:
    def test_they_count_by_category_action_state_and_error(self, desk: Desk) -> None:
        run = desk.run()
        kept = a_decision(Category.IMPORTANT)
        entry, *_ = desk.record(
            an_entry(run, "m1"),
            an_entry(run, "m2", decision=kept, action=Action.NO_ACTION),
            an_entry(run, "m3", State.FAILED, code="refused"),
            an_entry(run, "m4", State.SKIPPED, code="gone"),
        )
        desk.apply(entry)
        desk.undo(entry)

        totals = desk.reading.totals([desk.account_id])

        assert totals.handled == 2
        assert totals.by_category == {Category.NEWSLETTER: 1, Category.IMPORTANT: 1}
        assert totals.by_action == {Action.MOVE: 1, Action.NO_ACTION: 1}
        assert totals.by_state == {
            State.UNDONE: 1,
            State.PLANNED: 1,
            State.FAILED: 1,
            State.SKIPPED: 1,
            State.APPLIED: 1,
        }
        assert totals.errors == {"refused": 1}

    def test_what_was_approved_counts_once(self, desk: Desk) -> None:
        (suggestion,) = desk.record(an_entry(desk.run(), state=State.HELD))
        desk.record(an_entry(desk.run()))
        desk.ledger.move([suggestion.id], State.HELD, State.APPROVED)

        assert desk.reading.totals([desk.account_id]).handled == 1

    def test_only_what_happened_since_a_day_counts(self, desk: Desk) -> None:
        desk.record(an_entry(desk.run()))

        def handled(since: date, zone: str) -> int:
            return desk.reading.totals([desk.account_id], since, zone).handled

        # Noon UTC on the 14th is the 15th already in Auckland.
        assert (handled(TODAY, "Europe/Kyiv"), handled(date(2026, 3, 15), "Europe/Kyiv")) == (1, 0)
        assert (handled(date(2026, 3, 15), "Pacific/Auckland"), handled(date(2026, 3, 16), "Pacific/Auckland")) == (
            1,
            0,
        )


class TestRun:
    def test_failures_of_a_run_are_listed_in_order(self, desk: Desk, bens_account: int) -> None:
        run = desk.run()
        failed = [an_entry(run, "m1", State.FAILED), an_entry(run, "m3", State.FAILED)]
        first, _, third = desk.record(failed[0], an_entry(run, "m2"), failed[1])
        desk.record(an_entry(desk.run(), "m4", State.FAILED))

        assert desk.reading.failures([desk.account_id], run.id) == [first, third]
        assert desk.reading.failures([bens_account], run.id) == []

    def test_what_a_run_proposes_is_grouped_larger_groups_first(self, desk: Desk) -> None:
        run = desk.run(dry_run=True)
        social = a_decision(Category.SOCIAL)
        m1, m2, m3, m4 = desk.record(
            an_entry(run, "m1", State.HELD, decision=social),
            an_entry(run, "m2", State.HELD),
            an_entry(run, "m3", State.HELD),
            an_entry(run, "m4", State.HELD, decision=social, action=Action.ARCHIVE),
        )
        desk.record(an_entry(run, "m5", State.SKIPPED))

        proposals = desk.reading.held([desk.account_id], run.id)

        assert [(each.category, each.action, each.entries) for each in proposals] == [
            (Category.NEWSLETTER, Action.MOVE, (m2, m3)),
            (Category.SOCIAL, Action.MOVE, (m1,)),
            (Category.SOCIAL, Action.ARCHIVE, (m4,)),
        ]
