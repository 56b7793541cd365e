"""What the keeper of listings promises (`ports.Listings`)."""

import pytest

from auramail.core.history import State
from auramail.core.listings import Listed, Page, Tally
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, Run, RunState
from auramail.storage.engine import Database
from auramail.storage.ledger import SqlLedger
from auramail.storage.listings import SqlListings
from auramail.storage.runs import SqlRuns
from tests.fakes.clock import FakeClock
from tests.storage.builders import an_account, an_entry


@pytest.fixture
def listings(database: Database) -> SqlListings:
    return SqlListings(database)


@pytest.fixture
def run(database: Database, clock: FakeClock) -> Run:
    return SqlRuns(database, clock).start(an_account(database, clock).id, Order())


def page(*ids: str, following: str = "next") -> Page:
    return Page(tuple(Listed(one, f"t-{one}") for one in ids), following)


def test_before_anything_is_listed_the_tally_says_so(listings: SqlListings, run: Run) -> None:
    assert listings.tally(run.id) == Tally(next=None)


def test_a_page_and_where_the_next_begins_are_kept_together(listings: SqlListings, run: Run) -> None:
    assert listings.add(run.id, page("m1", "m2"), {"m2": "already_handled"}) == ["m1", "m2"]

    assert listings.tally(run.id) == Tally(2, 1, {"already_handled": 1}, "next")
    assert listings.waiting(run.id, 10) == [Listed("m1", "t-m1")]


def test_the_last_page_completes_the_listing(listings: SqlListings, run: Run) -> None:
    listings.add(run.id, page("m1"), {})
    listings.add(run.id, Page(()), {})

    assert listings.tally(run.id).is_complete


def test_a_page_replayed_after_a_crash_changes_nothing(listings: SqlListings, run: Run) -> None:
    listings.add(run.id, page("m1", "m2"), {})
    listings.settle(run.id, ["m1"], "gone")

    assert listings.add(run.id, page("m1", "m2", "m3"), {}) == ["m3"]
    assert listings.tally(run.id) == Tally(3, 2, {"gone": 1}, "next")


def test_an_id_twice_on_a_page_is_listed_once(listings: SqlListings, run: Run) -> None:
    assert listings.add(run.id, page("m1", "m1"), {}) == ["m1"]


def test_messages_are_read_in_the_order_they_were_listed_in(listings: SqlListings, run: Run) -> None:
    listings.add(run.id, page("m9", "m1"), {})
    listings.add(run.id, page("m5"), {})

    assert [one.id for one in listings.waiting(run.id, 2)] == ["m9", "m1"]


def test_what_is_recorded_is_taken_off_in_the_journals_own_transaction(
    listings: SqlListings, database: Database, clock: FakeClock, run: Run
) -> None:
    listings.add(run.id, page("m1", "m2"), {})

    SqlLedger(database, clock).record([an_entry(run, "m1", State.PLANNED)])

    assert [one.id for one in listings.waiting(run.id, 10)] == ["m2"]
    assert listings.tally(run.id) == Tally(2, 1, {}, "next")


def test_settling_concerns_only_what_waits(listings: SqlListings, run: Run) -> None:
    listings.add(run.id, page("m1", "m2"), {})

    assert listings.settle(run.id, ["m1"], "gone") == 1
    assert listings.settle(run.id, ["m1", "unknown"], "cancelled") == 0
    assert listings.leave(run.id, "cancelled") == 1
    assert listings.tally(run.id).skipped == {"gone": 1, "cancelled": 1}


def test_a_listing_goes_when_its_run_ends(
    listings: SqlListings, database: Database, clock: FakeClock, run: Run
) -> None:
    listings.add(run.id, page("m1"), {})

    SqlRuns(database, clock).finish(run.id, RunState.DONE, Receipt(run=run.id, listed=1, handled=1))

    assert listings.tally(run.id).listed == 0
