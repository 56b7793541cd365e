"""Who speaks for a message: the rules by which journal entries come into force and take each other back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sqlalchemy import ColumnExpressionArgument, Select, select, update
from sqlalchemy.orm import Session

from auramail.core.history import State
from auramail.storage.batches import batches
from auramail.storage.tables import ActionRow

GIVING_WAY = frozenset({State.FAILED, State.HELD, State.UNDONE})
"""States in which an entry makes room for one of a newer run."""
REVISABLE = frozenset({State.APPLIED, State.HELD})
"""States in which it makes room for one that revises it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A recorded entry, as far as it matters here."""

    id: int
    account_id: int
    run_id: int
    message_id: str
    undo_of: int | None
    state: str
    in_force: bool


def standings(*conditions: ColumnExpressionArgument[bool]) -> Select[int, int, int, str, int | None, str, bool]:
    """Select what `Standing` holds."""
    return select(
        ActionRow.id,
        ActionRow.account_id,
        ActionRow.run_id,
        ActionRow.message_id,
        ActionRow.undo_of,
        ActionRow.state,
        ActionRow.in_force,
    ).where(*conditions)


class Claimant(Protocol):
    """What an entry or its row says of what it wants to speak for."""

    @property
    def account_id(self) -> int: ...
    @property
    def run_id(self) -> int: ...
    @property
    def message_id(self) -> str: ...
    @property
    def undo_of(self) -> int | None: ...
    @property
    def revises(self) -> int | None: ...


AnyClaimant = TypeVar("AnyClaimant", bound=Claimant)


def admit(session: Session, claimants: Sequence[AnyClaimant]) -> list[AnyClaimant]:
    """Those that may come into force, in their order; what they displace or take back is moved at once.

    Call it with the account locked.
    """
    seized = _seize(session, [claimant for claimant in claimants if claimant.undo_of is not None])
    standing = _standing(session, claimants)
    taken: set[tuple[int, str]] = set()
    admitted: list[AnyClaimant] = []
    displaced: list[int] = []
    for claimant in claimants:
        if claimant.undo_of is not None:
            if claimant.undo_of in seized:
                seized.remove(claimant.undo_of)
                admitted.append(claimant)
            continue
        key = (claimant.account_id, claimant.message_id)
        other = standing.get(key)
        if key in taken or (other is not None and not _gives_way(other, claimant)):
            continue
        taken.add(key)
        admitted.append(claimant)
        if other is not None:
            displaced.append(other.id)
    for some in batches(displaced):
        session.execute(update(ActionRow).where(ActionRow.id.in_(some)).values(in_force=False))
    _move(session, [one.revises for one in admitted if one.revises is not None], State.HELD, State.REPLACED)
    return admitted


def take_back(session: Session, originals: Iterable[int]) -> None:
    """What an undo was made for is undone; if that was an undo too, what it took back is applied again; and so on."""
    below, source, target = list(originals), State.UNDOING, State.UNDONE
    while below:
        moved = _move(session, below, source, target)
        (yield_force if target is State.UNDONE else _seize_force)(session, moved)
        below = [original for original in moved.values() if original is not None]
        source, target = (State.UNDONE, State.APPLIED) if target is State.UNDONE else (State.APPLIED, State.UNDONE)


def give_back(session: Session, originals: Iterable[int]) -> None:
    """An undo came to nothing: what it was made for is applied as before."""
    _move(session, originals, State.UNDOING, State.APPLIED)


def yield_force(session: Session, ids: Iterable[int]) -> None:
    """Entries that came in another's place and came to nothing let that one speak again, if it is applied."""
    for number, revised in _revising(session, ids, in_force=True).items():
        stands = select(ActionRow.id).where(ActionRow.id == revised, ActionRow.state == State.APPLIED)
        if session.scalar(stands) is not None:
            _pass_force(session, number, revised)


def _seize_force(session: Session, ids: Iterable[int]) -> None:
    """What came in another's place is applied again, and speaks again if that one does."""
    for number, revised in _revising(session, ids, in_force=False).items():
        if session.scalar(select(ActionRow.in_force).where(ActionRow.id == revised)):
            _pass_force(session, revised, number)


def _pass_force(session: Session, source: int, target: int) -> None:
    session.execute(update(ActionRow).where(ActionRow.id == source).values(in_force=False))
    session.execute(update(ActionRow).where(ActionRow.id == target).values(in_force=True))


def _revising(session: Session, ids: Iterable[int], *, in_force: bool) -> dict[int, int]:
    """Which of these come in another's place: id → that one's."""
    found: dict[int, int] = {}
    for some in batches(sorted(set(ids))):
        wanted = select(ActionRow.id, ActionRow.revises).where(
            ActionRow.id.in_(some),
            ActionRow.revises.is_not(None),
            ActionRow.undo_of.is_(None),
            ActionRow.in_force.is_(in_force),
        )
        found |= {number: revised for number, revised in session.execute(wanted) if revised is not None}
    return found


def _gives_way(standing: Standing, newcomer: Claimant) -> bool:
    if newcomer.revises == standing.id:
        return standing.state in REVISABLE
    return standing.state in GIVING_WAY and standing.run_id < newcomer.run_id


def _standing(session: Session, claimants: Sequence[Claimant]) -> dict[tuple[int, str], Standing]:
    wanted = {(claimant.account_id, claimant.message_id) for claimant in claimants if claimant.undo_of is None}
    found: dict[tuple[int, str], Standing] = {}
    for account_id in {account_id for account_id, _ in wanted}:
        for some in batches(message_id for owner, message_id in wanted if owner == account_id):
            rows = session.execute(
                standings(
                    ActionRow.account_id == account_id,
                    ActionRow.message_id.in_(some),
                    ActionRow.in_force,
                    ActionRow.undo_of.is_(None),
                )
            )
            found |= {(other.account_id, other.message_id): other for other in (Standing(*row) for row in rows)}
    return found


def _seize(session: Session, claimants: Sequence[Claimant]) -> set[int]:
    """Move what the undos among them are made for from applied to undoing; those that really moved."""
    seized: set[int] = set()
    for account_id in {claimant.account_id for claimant in claimants}:
        originals = [
            claimant.undo_of
            for claimant in claimants
            if claimant.undo_of is not None and claimant.account_id == account_id
        ]
        seized |= _move(session, originals, State.APPLIED, State.UNDOING, account_id).keys()
    return seized


def _move(
    session: Session, ids: Iterable[int], source: State, target: State, account_id: int | None = None
) -> dict[int, int | None]:
    """Conditional update; the ids that moved, each with what it takes back itself."""
    moved: dict[int, int | None] = {}
    for some in batches(sorted(set(ids))):
        change = update(ActionRow).where(ActionRow.id.in_(some), ActionRow.state == source).values(state=target)
        if account_id is not None:
            change = change.where(ActionRow.account_id == account_id)
        moved |= dict(session.execute(change.returning(ActionRow.id, ActionRow.undo_of)).all())
    return moved
