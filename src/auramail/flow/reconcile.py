"""Reconcile: every id of the watched folders is compared with what AuraMail knows; what nobody knows is queued."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from auramail.core.listings import Listed
from auramail.core.live import Live, Place, Proof
from auramail.core.queries import MailQuery
from auramail.flow.lookout import Lookout


@dataclass(slots=True)
class _Sums:
    """Running sums: `listed` is what the mailbox says, all else what AuraMail knows."""

    listed: int = 0
    by_place: Counter[Place] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    missed: int = 0


def reconcile(live: Live, lookout: Lookout, *, anew: bool) -> tuple[Live, Proof]:
    """Look every message up, page by page; gives where the history was read up to, and the proof.

    Mail that came since live sorting was turned on and that nobody knows is queued; older mail is sorted only when
    asked for. `anew`: the mark has expired, so that what happened since is not known otherwise: a new one is taken
    before anything is listed, and committed together with the last page, so that nothing falls in between.

    Raises TryAgainError when the mailbox asks to wait; the next call begins again, and queues nothing twice.
    """
    target = lookout.watched.mark() if anew else live.mark
    since = int(live.since.timestamp())
    sums = _Sums()
    last: set[str] = set()
    young = _pages(lookout, f"after:{since - 1}") if live.is_on else iter(())
    for page in young:
        last = {message.id for message in page}
        _count_young(page, live, lookout, sums)
    if target != live.mark and lookout.queue(live, target, ()) is not None:
        live = replace(live, mark=target)
    for page in _pages(lookout, f"before:{since + 1}"):
        # The second in which it was turned on belongs to both, because what a bound includes is nowhere written.
        _count_old([message for message in page if message.id not in last], lookout, sums)
        last = set()
    proof = Proof(
        at=lookout.clock.now(),
        listed=sums.listed,
        handled=sums.by_place[Place.HANDLED],
        skipped=dict(sums.skipped),
        queued=sums.by_place[Place.QUEUED],
        missed=sums.missed,
    )
    return live, proof


def _pages(lookout: Lookout, bound: str) -> Iterator[Sequence[Listed]]:
    """Days would do for a person; here a bound is an exact second, as Gmail's search takes it."""
    query = MailQuery(folders=tuple(sorted(lookout.folders)), text=bound)
    for page in lookout.mailbox.list_ids(query):
        yield page.messages


def _count_young(page: Sequence[Listed], live: Live, lookout: Lookout, sums: _Sums) -> None:
    """Count a page of mail that came while live sorting was on; what is nowhere, or is to be tried again, is queued."""
    known = lookout.places.look_up(lookout.account.id, [message.id for message in page], lookout.folders)
    open_ = [message for message in page if message.id not in known or known[message.id].place is Place.FAILED]
    fresh = set(lookout.queue(live, live.mark, open_) or ()) if open_ else set[str]()
    sums.listed += len(page)
    sums.missed += sum(1 for message_id in fresh if message_id not in known)
    for message in page:
        if message.id in fresh:
            sums.by_place[Place.QUEUED] += 1
        elif message.id in known:
            _count(known[message.id].place, known[message.id].code, sums)


def _count_old(page: Sequence[Listed], lookout: Lookout, sums: _Sums) -> None:
    known = lookout.places.look_up(lookout.account.id, [message.id for message in page], lookout.folders)
    sums.listed += len(page)
    for message in page:
        if message.id in known:
            _count(known[message.id].place, known[message.id].code, sums)
        else:
            sums.skipped["before_live"] += 1


def _count(place: Place, code: str, sums: _Sums) -> None:
    if place in {Place.SKIPPED, Place.FAILED}:
        sums.skipped[code] += 1
    else:
        sums.by_place[place] += 1
