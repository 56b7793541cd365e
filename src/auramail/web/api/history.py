"""The history: read page by page, and taken back one by one."""

from auramail.core.runs import Order, RunKind
from auramail.web import unread, watching
from auramail.web.api.programs import part
from auramail.web.api.shapes import EntriesOut, EntryOut, HistoryIn, RunOut
from auramail.web.house import house
from auramail.web.signin import reader

api = part("history", "/api/v1/history", "History")


@api.get("")
@api.input(HistoryIn, location="query")
@api.output(EntriesOut)
def page(query_data: HistoryIn) -> EntriesOut:
    """What was done, newest first."""
    wanted = query_data.filter(reader().accounts[0].zone)
    ids = [reader().own(query_data.account).id] if query_data.account else _ids()
    found = house().reading.history(ids, wanted, query_data.before, query_data.limit + 1)
    shown = found[: query_data.limit]
    more = shown[-1].id if len(found) > query_data.limit else None
    return EntriesOut(entries=[EntryOut.of(entry) for entry in shown], next_before=more)


@api.get("/<int:entry_id>")
@api.output(EntryOut)
def get(entry_id: int) -> EntryOut:
    """One entry, with the reason for it."""
    return EntryOut.of(house().reading.entry(_ids(), entry_id))


@api.post("/<int:entry_id>/subject")
@api.output(EntryOut)
def subject(entry_id: int) -> EntryOut:
    """Read who sent what was filed unread, and what it is about: once, then the history knows it."""
    return EntryOut.of(unread.revealed(house().reading.entry(_ids(), entry_id)))


@api.post("/<int:entry_id>/undo")
@api.output(RunOut, status_code=202)
def undo(entry_id: int) -> RunOut:
    """Take one entry back."""
    entry = house().reading.entry(_ids(), entry_id)
    run = watching.start(entry.account_id, Order(kind=RunKind.UNDO, selection={"ids": [entry.id]}))
    return RunOut.of(run, None, house().clock.now())


def _ids() -> list[int]:
    return [account.id for account in reader().accounts]
