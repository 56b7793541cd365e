"""What every index of local sources promises (`ports.LocalIndex`): the one in the database, and the fake in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from auramail.core.actions import Change
from auramail.core.labels import INBOX, STARRED, UNREAD
from auramail.core.queries import MailQuery
from auramail.ports.local import LocalIndex, LocalMessage
from auramail.storage.engine import Database
from auramail.storage.local_index import SqlLocalIndex
from tests.fakes.clock import FakeClock
from tests.fakes.local_index import MemoryIndex
from tests.storage.builders import an_account

KYIV = "Europe/Kyiv"
START = datetime(2026, 11, 9, 21, 30, tzinfo=UTC)  # half an hour before midnight in Kyiv
ALL = MailQuery(folders=())


@dataclass
class Shelf:
    """An index and two accounts in it."""

    index: LocalIndex
    ours: int
    theirs: int

    def fill(self, *messages: LocalMessage, stamp: str = "first") -> None:
        self.index.replace(self.ours, stamp, iter(messages))

    def found(self, query: MailQuery = ALL) -> list[str]:
        return [message.id for message in self.index.find(self.ours, query, KYIV)]


@pytest.fixture(params=["memory", "database"])
def shelf(request: pytest.FixtureRequest, clock: FakeClock) -> Iterator[Shelf]:
    if request.param == "memory":
        yield Shelf(MemoryIndex(), 1, 2)
        return
    database = Database(request.getfixturevalue("sqlite_url"))
    ours, theirs = (an_account(database, clock, path).id for path in ("/mail/ana.mbox", "/mail/ben.mbox"))
    yield Shelf(SqlLocalIndex(database), ours, theirs)
    database.close()


def line(number: int, *labels: str, hours: int = 0) -> LocalMessage:
    return LocalMessage(
        id=f"{number:016x}",
        thread_id="t1",
        place=f"{number}:10",
        received=START + timedelta(hours=hours),
        sender="Бен <ben@work.example>",
        recipients="ana@home.example",
        subject="Вітаю, 100%_sure",
        size=10,
        has_attachment=True,
        labels=frozenset(labels or {INBOX}),
    )


def test_an_account_never_indexed_has_no_stamp_and_no_messages(shelf: Shelf) -> None:
    assert shelf.index.stamp(shelf.ours) == ""
    assert shelf.found() == []
    assert shelf.index.get(shelf.ours, ["1"]) == {}
    assert shelf.index.change(shelf.ours, ["1"], Change(add=frozenset({STARRED}))) == frozenset()


def test_a_message_comes_back_as_it_was_put_in(shelf: Shelf) -> None:
    shelf.fill(line(1, INBOX, UNREAD, "Робота/Клієнти"))

    assert list(shelf.index.find(shelf.ours, ALL, KYIV)) == [line(1, INBOX, UNREAD, "Робота/Клієнти")]
    assert shelf.index.get(shelf.ours, [line(1).id, "none"]) == {line(1).id: line(1, INBOX, UNREAD, "Робота/Клієнти")}
    assert shelf.index.stamp(shelf.ours) == "first"


def test_messages_come_newest_first(shelf: Shelf) -> None:
    shelf.fill(line(1, hours=2), line(2, hours=5), line(3, hours=1))

    assert shelf.found() == [line(number).id for number in (2, 1, 3)]


def test_any_of_the_folders_will_do_and_none_means_all(shelf: Shelf) -> None:
    shelf.fill(line(1, "A"), line(2, "B", hours=-1), line(3, "AB", hours=-2))

    assert shelf.found(MailQuery(folders=("A", "B"))) == [line(1).id, line(2).id]
    assert len(shelf.found(MailQuery(folders=()))) == 3


@pytest.mark.parametrize("folder", ["100%", "a", "A_", "AI_to"])
def test_a_folder_is_a_whole_label_not_a_pattern(shelf: Shelf, folder: str) -> None:
    shelf.fill(line(1, "1000", "A", "AB", "AI-to", "AI_to pay"))

    assert shelf.found(MailQuery(folders=(folder,))) == []


def test_unread_goes_by_the_labels_of_now(shelf: Shelf) -> None:
    shelf.fill(line(1, INBOX, UNREAD), line(2))
    shelf.index.change(shelf.ours, [line(1).id], Change(remove=frozenset({UNREAD})))
    shelf.index.change(shelf.ours, [line(2).id], Change(add=frozenset({UNREAD})))

    assert shelf.found(MailQuery(unread=True)) == [line(2).id]


def test_days_begin_at_midnight_in_the_zone(shelf: Shelf) -> None:
    shelf.fill(line(1), line(2, hours=1), line(3, hours=25))

    assert shelf.found(MailQuery(after=date(2026, 11, 10), before=date(2026, 11, 11))) == [line(2).id]


def test_sender_subject_text_and_limit_are_not_the_indexs_business(shelf: Shelf) -> None:
    shelf.fill(line(1), line(2))

    assert len(shelf.found(MailQuery(sender="x", subject="x", text="x", limit=1))) == 2


def test_a_change_says_which_messages_there_are(shelf: Shelf) -> None:
    shelf.fill(line(1))
    change = Change(add=frozenset({STARRED}), remove=frozenset({INBOX}))

    assert shelf.index.change(shelf.ours, [line(1).id, "none"], change) == {line(1).id}
    assert shelf.index.get(shelf.ours, [line(1).id])[line(1).id].labels == {STARRED}
    assert shelf.found(MailQuery(folders=(STARRED,))) == [line(1).id]
    assert shelf.found(MailQuery(folders=(INBOX,))) == []


def test_a_change_and_its_opposite_leave_no_trace(shelf: Shelf) -> None:
    shelf.fill(line(1))

    shelf.index.change(shelf.ours, [line(1).id], Change(add=frozenset({STARRED}), remove=frozenset({INBOX})))
    shelf.index.change(shelf.ours, [line(1).id], Change(add=frozenset({INBOX}), remove=frozenset({STARRED})))
    shelf.fill(line(1, "Work"), stamp="second")

    assert shelf.index.get(shelf.ours, [line(1).id])[line(1).id].labels == {"Work"}


def test_labels_given_here_stay_when_the_source_is_indexed_anew(shelf: Shelf) -> None:
    shelf.fill(line(1, INBOX, UNREAD), line(2))
    shelf.index.change(shelf.ours, [line(1).id], Change(add=frozenset({"AI_Bills"}), remove=frozenset({INBOX})))

    shelf.fill(line(3), replace(line(1, INBOX, "Taxes"), place="99:10"), stamp="second")

    now = shelf.index.get(shelf.ours, [line(1).id, line(2).id])
    assert now == {line(1).id: replace(line(1, "AI_Bills", "Taxes"), place="99:10")}
    assert shelf.index.stamp(shelf.ours) == "second"


def test_a_source_that_breaks_while_it_is_read_leaves_the_index_as_it_was(shelf: Shelf) -> None:
    shelf.fill(line(1))

    def breaks() -> Iterator[LocalMessage]:
        yield line(2)
        raise OSError("the disk was pulled out")

    with pytest.raises(OSError, match="pulled out"):
        shelf.index.replace(shelf.ours, "second", breaks())

    assert shelf.found() == [line(1).id]
    assert shelf.index.stamp(shelf.ours) == "first"


def test_accounts_do_not_see_each_other(shelf: Shelf) -> None:
    shelf.fill(line(1))
    shelf.index.replace(shelf.theirs, "other", iter([line(1), line(2)]))

    shelf.index.change(shelf.theirs, [line(1).id], Change(remove=frozenset({INBOX})))

    assert shelf.found(MailQuery(folders=(INBOX,))) == [line(1).id]
    assert shelf.index.stamp(shelf.ours) == "first"


def test_an_index_of_many_messages_is_listed_whole(shelf: Shelf) -> None:
    shelf.fill(*(line(number, hours=number % 3) for number in range(4500)))

    ids = shelf.found()

    assert len(ids) == len(set(ids)) == 4500
