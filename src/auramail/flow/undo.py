"""Undo: the inverse of what was done, minus what the person changed since; itself planned and recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auramail.core.actions import Action, Change, inverse
from auramail.core.history import Entry, Selection, State
from auramail.core.labels import INBOX, SPAM, TRASH
from auramail.core.runs import Run, RunState
from auramail.core.wording import Wording
from auramail.flow.apply import apply
from auramail.flow.desk import Desk, Outcome, seconds_of
from auramail.flow.labels_now import LabelsNow
from auramail.flow.listing import Listing
from auramail.flow.receipt import write_receipt
from auramail.flow.settle import portions, settle

PORTION = 500
"""Entries taken back together where the mailbox's history tells the labels of now."""
FEW = 100
"""The same where each message must be asked about."""


def undo(run: Run, desk: Desk) -> Outcome:
    """Take back the applied entries an order selects. May be called again for a run that was interrupted.

    Raises TryAgainError when the mailbox asks to wait.
    """
    settle(run.account_id, desk.mailbox, desk.ledger, desk.is_owner, since=desk.labels_since)
    listing = Listing()
    for entries in portions(desk.ledger.entries(Selection(run.account_id, run_id=run.id)), PORTION):
        listing.ours.update(_key(entry) for entry in entries)
    selection = Selection.from_json(run.account_id, run.order.selection)
    began = run.progress.began or (desk.watched.mark() if desk.watched else "")
    labels = desk.labels_since(selection.run_id)
    wanted = replace(selection, states=frozenset({State.APPLIED, State.UNDONE}))
    chosen = desk.ledger.entries(wanted, newest_first=True)  # a later change of a message goes before an earlier one
    meant = (entry for entry in chosen if _is_meant(entry, selection))
    changed: set[str] = set()
    for many in portions(meant, PORTION):
        for entries in portions(many, PORTION if labels.is_cheap_for(len(many)) else FEW):
            for layer in _layers(_with_revisions(entries, desk)):
                _undo_layer(layer, run, desk, listing, labels, changed)
            desk.note_done(run, listing.tally, entries[-1].subject, began)
    return Outcome(
        RunState.DONE, write_receipt(run, desk.ledger, desk.spent_by(run), listing.tally, seconds_of(run, desk.clock))
    )


def _is_meant(entry: Entry, selection: Selection) -> bool:
    """An undo is itself taken back only when it is named, by its run or its entry: not by message, sender or day."""
    return entry.undo_of is None or selection.run_id is not None or bool(selection.ids)


def _key(entry: Entry) -> str:
    """An undo lists entries, not messages: one message may have been changed more than once."""
    return str(entry.undo_of)


def _with_revisions(entries: Sequence[Entry], desk: Desk) -> list[Entry]:
    """Also what a second look put in their place, newest first: it stands on them, and falls with them."""
    first = entries[0]
    mine = frozenset(entry.id for entry in entries if entry.undo_of is None)
    wanted = Selection(first.account_id, states=frozenset({State.APPLIED}), revises=mine)
    later = desk.ledger.entries(wanted) if mine else iter(())
    found = {entry.id: entry for entry in (*entries, *(entry for entry in later if entry.undo_of is None))}
    return [found[id_] for id_ in sorted(found, reverse=True)]


def _layers(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The same entries in such portions that each message is in a portion once, earlier ones in earlier portions."""
    left = list(entries)
    while left:
        layer = {entry.message_id: entry for entry in reversed(left)}
        yield list(layer.values())[::-1]
        taken = {entry.id for entry in layer.values()}
        left = [entry for entry in left if entry.id not in taken]


def _undo_layer(
    entries: Sequence[Entry], run: Run, desk: Desk, listing: Listing, labels: LabelsNow, changed: set[str]
) -> None:
    """Take back entries of different messages. `changed` are those that this call has changed before."""
    fresh = [entry for entry in entries if str(entry.id) not in listing.ours]
    listing.ids.update(str(entry.id) for entry in fresh)
    applied = [entry for entry in fresh if entry.state is State.APPLIED]
    untouched = {entry.message_id: entry.before for entry in applied if not entry.change}
    first = [entry.message_id for entry in applied if entry.message_id not in changed]
    again = [entry.message_id for entry in applied if entry.message_id in changed]
    now = labels.of(first, untouched) if first else {}
    now |= desk.mailbox.labels_now(again) if again else {}
    recorded = desk.ledger.record([plan_undo(entry, now[entry.message_id], run.id) for entry in applied])
    listing.ours.update(_key(entry) for entry in recorded)
    listing.skip("already_undone", len(fresh) - len(recorded))
    changed.update(entry.message_id for entry in recorded if entry.change)
    apply([entry for entry in recorded if entry.state is State.PLANNED], desk.mailbox, desk.ledger, desk.is_owner)


def plan_undo(entry: Entry, now: frozenset[str] | None, run_id: int) -> Entry:
    """The journal's line that takes `entry` back, given the labels its message has now (None: it is gone)."""
    line = replace(
        entry,
        id=0,
        run_id=run_id,
        undo_of=entry.id,
        revises=None,
        action=Action.NO_ACTION,
        code="",
        outcome=None,
        attempts=0,
        before=now or frozenset(),
        at=None,
    )
    if now is None:
        purged = TRASH in entry.after
        why = (
            Wording.of("Gmail has emptied it from the trash; it cannot be taken back any more")
            if purged
            else Wording.of("The mailbox no longer has this message")
        )
        return replace(line, state=State.SKIPPED, change=Change(), code="purged" if purged else "gone", outcome=why)
    return replace(line, state=State.PLANNED, change=_spare(inverse(entry.before, entry.after, now), entry, now))


def _spare(change: Change, entry: Entry, now: frozenset[str]) -> Change:
    """Leave a message out of the inbox that the person has since put into the trash or marked as spam themselves."""
    moved_by_person = (now - entry.after) & {TRASH, SPAM}
    return replace(change, add=change.add - {INBOX}) if moved_by_person else change
