"""A survey's groups: which rows of a listing they speak for, and what becomes of those."""

from dataclasses import dataclass, replace

import pytest

from auramail.core.decisions import Category, Kind
from auramail.core.groups import Group, GroupState
from auramail.core.history import State
from auramail.core.listings import Listed, Page
from auramail.core.runs import Order, Run
from auramail.storage.engine import Database
from auramail.storage.groups import SqlGroups
from auramail.storage.ledger import SqlLedger
from auramail.storage.listings import SqlListings
from auramail.storage.runs import SqlRuns
from auramail.storage.senders import SqlSenders
from tests.fakes.clock import FakeClock
from tests.storage.builders import a_decision, an_account, an_entry

GROUP = Group("from:shop", "from:shop", Category.NEWSLETTER, Kind.PROMOTION, 0.9, sender="news@shop.example")
IDS = ["m1", "m2", "m3", "m4", "m5"]


@dataclass
class Room:
    groups: SqlGroups
    senders: SqlSenders
    listings: SqlListings
    ledger: SqlLedger
    run: Run

    def waiting(self) -> list[str]:
        return [one.id for one in self.listings.waiting(self.run.id, 10)]

    def read(self, message_id: str, category: Category) -> None:
        self.ledger.record([an_entry(self.run, message_id, decision=a_decision(category))])


@pytest.fixture
def room(database: Database, clock: FakeClock) -> Room:
    """A run that has listed five messages in two threads."""
    account = an_account(database, clock)
    run = SqlRuns(database, clock).start(account.id, Order())
    listings = SqlListings(database)
    listings.add(run.id, Page([Listed(one, "t1" if one < "m3" else "t2") for one in IDS]), {})
    return Room(SqlGroups(database), SqlSenders(database), listings, SqlLedger(database, clock), run)


def test_siblings_leave_the_line_and_spot_checks_come_first_in_it(room: Room) -> None:
    room.groups.open(room.run.id, GROUP, IDS[:4], ["m4"])

    assert room.waiting() == ["m4", "m5"]
    assert [one.id for one in room.groups.among(room.run.id, IDS, GROUP.key)] == ["m1", "m2", "m3"]
    assert room.listings.tally(room.run.id).waiting == 5
    (standing,) = room.groups.standings(room.run.id)
    assert (standing.waiting, standing.group.found) == (1, 4)


def test_opening_a_group_twice_is_opening_it_once(room: Room) -> None:
    room.groups.open(room.run.id, GROUP, ["m1"], [])
    room.groups.open(room.run.id, GROUP, ["m2"], [])

    assert room.waiting() == ["m2", "m3", "m4", "m5"]


def test_no_two_groups_speak_for_one_message(room: Room) -> None:
    room.groups.open(room.run.id, GROUP, ["m1", "m2"], ["m2"])
    room.groups.open(room.run.id, replace(GROUP, key="other"), IDS, [])

    assert [one.id for one in room.groups.among(room.run.id, IDS, "other")] == ["m3", "m4", "m5"]


@pytest.mark.parametrize(
    ("category", "told"), [(Category.NEWSLETTER, (0, 1, 0)), (Category.REVIEW, (0, 0, 1)), (None, (1, 0, 0))]
)
def test_spot_checks_are_counted_by_what_was_read(
    room: Room, category: Category | None, told: tuple[int, int, int]
) -> None:
    room.groups.open(room.run.id, GROUP, IDS, ["m1"])
    if category is not None:
        room.read("m1", category)

    (standing,) = room.groups.standings(room.run.id)

    assert (standing.waiting, standing.agreed, standing.differed) == told


def test_released_messages_wait_again_in_their_old_place(room: Room) -> None:
    room.groups.open(room.run.id, GROUP, ["m1", "m2", "m3"], ["m3"])
    room.groups.close(room.run.id, GROUP.key, GroupState.RELEASED)

    assert room.waiting() == ["m3", "m1", "m2", "m4", "m5"]


def test_spared_threads_and_messages_are_spoken_for_by_nobody(room: Room) -> None:
    room.groups.spare(room.run.id, {"m5"}, {"t1"})
    room.groups.open(room.run.id, GROUP, IDS, ["m1"])

    assert [one.id for one in room.groups.among(room.run.id, IDS, GROUP.key)] == ["m3", "m4"]
    assert room.waiting() == ["m1", "m2", "m5"]
    assert GroupState.SPARED in {one.group.state for one in room.groups.standings(room.run.id)}


def test_a_sender_is_known_by_what_was_read_of_them(room: Room) -> None:
    for one in IDS[:3]:
        room.read(one, Category.NEWSLETTER)

    (record,) = room.senders.learned(room.run.account_id, 3, 10)

    assert (record.sender, record.read, record.category) == ("news@shop.example", 3, Category.NEWSLETTER)
    assert room.senders.learned(room.run.account_id, 4, 10) == []


def test_what_a_person_declined_speaks_against_a_sender(room: Room) -> None:
    for one in IDS[:3]:
        room.read(one, Category.NEWSLETTER)
    (entry,) = room.ledger.record([an_entry(room.run, "m4", State.HELD)])
    room.ledger.move([entry.id], State.HELD, State.DECLINED)

    assert room.senders.learned(room.run.account_id, 3, 10) == []


def test_describing_an_entry_tells_who_it_is_from_and_nothing_else(room: Room) -> None:
    blank = replace(an_entry(room.run, "m1", subject="", sender="news@shop.example"), received=None, sender_name="")
    (entry,) = room.ledger.record([blank])
    told = replace(an_entry(room.run, "m1", State.FAILED, subject="Знижки", sender="a@shop.example"), id=entry.id)

    room.ledger.describe(told)

    known = room.ledger.known(room.run.account_id, ["m1"])
    assert known["m1"][1] is State.PLANNED
    assert "a@shop.example" in room.senders.known(room.run.account_id, ["a@shop.example"])
