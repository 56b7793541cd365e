"""What pages, the command line and exports read of the history; every question names the accounts it is about."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.digests import Day, HistoryFilter, Proposal, Totals
from auramail.core.errors import NotFoundError
from auramail.core.history import Entry, State
from auramail.core.wording import Wording
from auramail.storage.engine import Database
from auramail.storage.entries import CHUNK, day_bounds, entry_from_row
from auramail.storage.tables import ActionRow

PROPOSED = (State.HELD, State.APPROVED, State.DECLINED, State.REPLACED)
"""States of what was only proposed; a dry run's are not in force, nor is what was approved and planned afresh."""


class SqlReading:
    """The journal as people read it: newest first, page by page from the last id of the page before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def history(
        self, account_ids: Sequence[int], wanted: HistoryFilter, before_id: int | None = None, limit: int = 50
    ) -> list[Entry]:
        rows = _filtered(account_ids, wanted).order_by(ActionRow.id.desc()).limit(limit)
        if before_id is not None:
            rows = rows.where(ActionRow.id < before_id)
        with self._database.read() as session:
            return [entry_from_row(row) for row in session.scalars(rows)]

    def stream(self, account_ids: Sequence[int], wanted: HistoryFilter) -> Iterator[Entry]:
        """All of them, newest first, holding only a few at a time and no transaction while they are written out."""
        before_id = None
        while page := self.history(account_ids, wanted, before_id, CHUNK):
            yield from page
            before_id = page[-1].id

    def entry(self, account_ids: Sequence[int], entry_id: int) -> Entry:
        """Raises NotFoundError, for an entry of somebody else too."""
        found = self._first(select(ActionRow).where(_of(account_ids), ActionRow.id == entry_id))
        if found is None:
            raise NotFoundError(Wording.of("There is no such entry in the history."))
        return found

    def latest_entry_of(self, account_id: int, message_id: str) -> Entry | None:
        """The newest entry of a message that was not just a proposal."""
        mine = select(ActionRow).where(ActionRow.account_id == account_id, ActionRow.message_id == message_id)
        return self._first(mine.where(_is_no_proposal()).order_by(ActionRow.id.desc()).limit(1))

    def days(self, account_ids: Sequence[int], zone: str, until: date, count: int = 7) -> list[Day]:
        """Messages handled on each of the last `count` days, oldest first; `until` is the last of them."""
        days = [until - timedelta(days=back) for back in reversed(range(count))]
        start, end = day_bounds(days[0], zone)[0], day_bounds(until, zone)[1]
        number = case(*((ActionRow.at < day_bounds(day, zone)[1], index) for index, day in enumerate(days)))
        rows = (
            select(number, ActionRow.category, func.count())
            .where(_of(account_ids), ActionRow.at >= start, ActionRow.at < end, *_is_handled())
            .group_by(number, ActionRow.category)
        )
        counts: list[dict[Category, int]] = [{} for _ in days]
        with self._database.read() as session:
            for index, category, messages in session.execute(rows):
                counts[index][Category(category)] = messages
        return [Day(day, by_category) for day, by_category in zip(days, counts, strict=True)]

    def totals(self, account_ids: Sequence[int], since: date | None = None, zone: str = "Europe/Kyiv") -> Totals:
        """Counts of all entries that are no proposals, since the beginning of a day."""
        kinds = (ActionRow.category, ActionRow.action, ActionRow.state, ActionRow.code)
        firsthand = ActionRow.undo_of.is_(None)
        rows = (
            select(*kinds, firsthand, func.count())
            .where(_of(account_ids), _is_no_proposal(), _speaks())
            .group_by(*kinds, firsthand)
        )
        if since is not None:
            rows = rows.where(ActionRow.at >= day_bounds(since, zone)[0])
        by_category, by_action = Counter[Category](), Counter[Action]()
        by_state, errors = Counter[State](), Counter[str]()
        with self._database.read() as session:
            for category, action, state, code, first, count in session.execute(rows):
                by_state[State(state)] += count
                if state == State.FAILED:
                    errors[code] += count
                elif first and category and state != State.SKIPPED:
                    by_category[Category(category)] += count
                    by_action[Action(action)] += count
        return Totals(by_category.total(), by_category, by_action, by_state, errors)

    def failures(self, account_ids: Sequence[int], run_id: int) -> list[Entry]:
        return self._of_run(account_ids, run_id, State.FAILED)

    def held(self, account_ids: Sequence[int], run_id: int) -> list[Proposal]:
        """What a run proposes and nobody has answered yet, grouped by what would be done; larger groups first."""
        groups: dict[tuple[Category | None, Action], list[Entry]] = {}
        for entry in self._of_run(account_ids, run_id, State.HELD):
            category = entry.decision.category if entry.decision else None
            groups.setdefault((category, entry.action), []).append(entry)
        proposals = [Proposal(category, action, tuple(entries)) for (category, action), entries in groups.items()]
        return sorted(proposals, key=lambda proposal: -len(proposal.entries))

    def _of_run(self, account_ids: Sequence[int], run_id: int, state: State) -> list[Entry]:
        rows = select(ActionRow).where(_of(account_ids), ActionRow.run_id == run_id, ActionRow.state == state)
        with self._database.read() as session:
            return [entry_from_row(row) for row in session.scalars(rows.order_by(ActionRow.id))]

    def _first(self, rows: Select[ActionRow]) -> Entry | None:
        with self._database.read() as session:
            row = session.scalar(rows)
        return None if row is None else entry_from_row(row)


def _of(account_ids: Sequence[int]) -> ColumnElement[bool]:
    # One account is asked for by equality: only so PostgreSQL walks the index backwards instead of sorting.
    return ActionRow.account_id == account_ids[0] if len(account_ids) == 1 else ActionRow.account_id.in_(account_ids)


def _is_no_proposal() -> ColumnElement[bool]:
    """Not what a dry run would have done, nor what was carried out as an entry of its own later."""
    return or_(ActionRow.in_force, ActionRow.state.not_in(PROPOSED))


def _is_handled() -> tuple[ColumnElement[bool], ...]:
    return (
        ActionRow.undo_of.is_(None),
        ActionRow.category.is_not(None),
        _is_no_proposal(),
        ActionRow.state.not_in((State.FAILED, State.SKIPPED)),
        _speaks(),
    )


def _speaks() -> ColumnElement[bool]:
    """Not what stands no more as it was: a second look's entry speaks for that message."""
    return or_(ActionRow.in_force, ActionRow.state != State.APPLIED)


def _filtered(account_ids: Sequence[int], wanted: HistoryFilter) -> Select[ActionRow]:
    rows = select(ActionRow).where(_of(account_ids))
    if wanted.text:
        rows = rows.where(ActionRow.search_text.contains(wanted.text.casefold(), autoescape=True))
    if wanted.sender:
        rows = rows.where(ActionRow.sender == wanted.sender.lower())
    if wanted.category is not None:
        rows = rows.where(ActionRow.category == wanted.category)
    if wanted.action is not None:
        rows = rows.where(ActionRow.action == wanted.action)
    if wanted.state is not None:
        rows = rows.where(ActionRow.state == wanted.state)
    if wanted.run_id is not None:
        rows = rows.where(ActionRow.run_id == wanted.run_id)
    if wanted.since is not None:
        rows = rows.where(ActionRow.at >= day_bounds(wanted.since, wanted.zone)[0])
    if wanted.until is not None:
        rows = rows.where(ActionRow.at < day_bounds(wanted.until, wanted.zone)[1])
    return rows if wanted.state or wanted.run_id is not None else rows.where(_is_no_proposal())
