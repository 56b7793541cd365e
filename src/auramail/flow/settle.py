"""Settle: close what a crash left open, by asking the mailbox what really happened."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TypeVar

from auramail.core.history import OPEN, Entry, Selection, State
from auramail.core.labels import INBOX, SPAM, STARRED, TRASH
from auramail.core.wording import Wording
from auramail.flow.apply import apply
from auramail.flow.labels_now import LabelsNow
from auramail.ports.journal import Ledger
from auramail.ports.mailboxes import Mailbox

Item = TypeVar("Item")
PORTION = 25
"""Entries asked about and closed together; few, so that a mailbox that soon asks to wait lets some be closed."""
TELLING = frozenset({INBOX, SPAM, TRASH, STARRED})
"""Labels by which a person says what they want with a message."""


def settle(
    account_id: int,
    mailbox: Mailbox,
    ledger: Ledger,
    is_owner: Callable[[], bool],
    spared: int | None = None,
    since: Callable[[int], LabelsNow] | None = None,
) -> int:
    """Close every open entry of the account; gives how many there were.

    What the run `spared` only planned is left to it: that run knows by itself whether it may still be made. `since`
    tells the labels of now by what happened since a run began; without it every message is asked about.
    """
    known = cache(since) if since is not None else None
    count = 0
    left_open = (
        entry
        for entry in ledger.entries(Selection(account_id, states=OPEN))
        if entry.run_id != spared or entry.state is not State.PLANNED
    )
    for entries in portions(left_open, PORTION):
        count += len(entries)
        for run_id in dict.fromkeys(entry.run_id for entry in entries):
            of_run = [entry for entry in entries if entry.run_id == run_id]
            settle_entries(of_run, mailbox, ledger, is_owner, known(run_id) if known is not None else None)
    return count


def settle_entries(
    entries: Sequence[Entry],
    mailbox: Mailbox,
    ledger: Ledger,
    is_owner: Callable[[], bool],
    labels: LabelsNow | None = None,
) -> None:
    """Close these open entries by the labels their messages have now.

    A change counts as made when the label it adds is there, because labels are added and removed by one call. What
    was not made is made now, unless the person changed the message meanwhile: their later word is never overridden.
    """
    before = {entry.message_id: entry.before for entry in entries}
    now = (labels or LabelsNow(mailbox, None, "")).of(list(before), before)
    verdicts = [(entry, judge_open(entry, now[entry.message_id])) for entry in entries]
    for state, code, why in CLOSINGS:
        closed = [entry for entry, verdict in verdicts if verdict == (state, code)]
        for source in OPEN:
            ledger.move([entry.id for entry in closed if entry.state is source], source, state, code, why)
    again = [entry for entry, verdict in verdicts if verdict == (State.PLANNED, "")]
    ledger.move([entry.id for entry in again if entry.state is State.APPLYING], State.APPLYING, State.PLANNED)
    apply(again, mailbox, ledger, is_owner)


CLOSINGS = (
    (State.APPLIED, "", None),
    (State.SKIPPED, "gone", Wording.of("The mailbox no longer has this message")),
    (
        State.FAILED,
        "changed_meanwhile",
        Wording.of("You changed this message while AuraMail was stopped; the next run looks at it again"),
    ),
    (
        State.SKIPPED,
        "uncertain",
        Wording.of("AuraMail was stopped while changing this message; it was left as it is"),
    ),
)


def judge_open(entry: Entry, now: frozenset[str] | None) -> tuple[State, str]:
    """What became of an entry left planned or applying, by the labels the message has now; PLANNED means: not made."""
    if now is None:
        return State.SKIPPED, "gone"
    if entry.state is State.APPLYING:
        if entry.change.add & now:
            return State.APPLIED, ""
        if not entry.change.add and not entry.change.remove & now:
            return State.APPLIED, ""
        if not entry.change.add and entry.change.remove & now & TELLING:
            return State.SKIPPED, "uncertain"  # not made, or made and put back by the person: nobody can say
    touched = entry.change.add | entry.change.remove | TELLING
    if (entry.before ^ now) & touched:
        return State.FAILED, "changed_meanwhile"
    return State.PLANNED, ""


def portions(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of at most `size`, in order."""
    rest = iter(items)
    while portion := list(islice(rest, size)):
        yield portion
