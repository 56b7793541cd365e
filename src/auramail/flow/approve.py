"""Approve: what was held is planned afresh against the labels as they are now, recorded, and made."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from auramail.core.actions import Change
from auramail.core.decisions import Category
from auramail.core.history import Entry, Selection, State
from auramail.core.runs import Run, RunState
from auramail.core.wording import Wording
from auramail.flow.apply import apply
from auramail.flow.desk import Desk, Outcome, seconds_of
from auramail.flow.labelling import NEW, NEW_OWN, Labelling, name_of_new
from auramail.flow.labels_now import LabelsNow
from auramail.flow.listing import Listing
from auramail.flow.receipt import write_receipt
from auramail.flow.settle import portions, settle
from auramail.ports.journal import Ledger

PORTION = 100


def approve(run: Run, desk: Desk) -> Outcome:
    """Carry out the held entries an order selects. May be called again for a run that was interrupted.

    Raises TryAgainError when the mailbox asks to wait.
    """
    settle(run.account_id, desk.mailbox, desk.ledger, desk.is_owner, since=desk.labels_since)
    labelling = Labelling(desk.mailbox, desk.policy, desk.remember_labels)
    mine = desk.ledger.entries(Selection(run.account_id, run_id=run.id))
    listing = Listing(ours={entry.message_id for entry in mine})
    selection = Selection.from_json(run.account_id, run.order.selection)
    began = run.progress.began or (desk.watched.mark() if desk.watched else "")
    now = desk.labels_since(selection.run_id)
    for entries in portions(desk.ledger.entries(replace(selection, states=frozenset({State.HELD}))), PORTION):
        _approve_portion(entries, run, desk, labelling, listing, now)
        desk.note_done(run, listing.tally, entries[-1].subject, began)
    return Outcome(
        RunState.DONE, write_receipt(run, desk.ledger, desk.spent_by(run), listing.tally, seconds_of(run, desk.clock))
    )


def decline(account_id: int, selection: Selection, ledger: Ledger) -> int:
    """Turn held entries down; gives how many. The messages stay as they are."""
    held = [
        entry.id for entry in ledger.entries(replace(selection, account_id=account_id, states=frozenset({State.HELD})))
    ]
    return len(ledger.move(held, State.HELD, State.DECLINED))


def _approve_portion(
    entries: Sequence[Entry], run: Run, desk: Desk, labelling: Labelling, listing: Listing, known: LabelsNow
) -> None:
    listing.ids.update(entry.message_id for entry in entries)
    labels = labelling.ids(entry.decision.category for entry in entries if entry.decision and entry.change)
    new = {label for entry in entries for label in entry.change.add if label.startswith(NEW_OWN)}
    own = labelling.own(map(name_of_new, new), make=True)
    unchanged = {entry.message_id: entry.before for entry in entries}
    now = known.of([entry.message_id for entry in entries], unchanged)
    fresh = [plan_again(entry, now[entry.message_id], labels, own, run.id) for entry in entries]
    recorded = desk.ledger.record(fresh)
    listing.ours.update(entry.message_id for entry in recorded)
    listing.leave_rest("already_handled")
    desk.ledger.move([entry.id for entry in entries], State.HELD, State.APPROVED)
    apply([entry for entry in recorded if entry.state is State.PLANNED], desk.mailbox, desk.ledger, desk.is_owner)


def plan_again(
    entry: Entry, now: frozenset[str] | None, labels: Mapping[Category, str], own: Mapping[str, str], run_id: int
) -> Entry:
    """The journal's line for an approved entry: its wish against the labels of now, with its new labels made real.

    A `new:` label is its category's as the policy names it now, which may have changed since the proposal; a
    `new-own:` label is one of `own`, by name.
    """
    line = replace(entry, id=0, run_id=run_id, before=now or frozenset(), attempts=0, outcome=None, at=None)
    if now is None:
        why = Wording.of("The mailbox no longer has this message")
        return replace(line, state=State.SKIPPED, change=Change(), code="gone", outcome=why)
    ours = labels[entry.decision.category] if entry.decision else ""
    add = {ours if label.startswith(NEW) else own.get(label.removeprefix(NEW_OWN), label) for label in entry.change.add}
    change = Change(add=frozenset(add) - now, remove=entry.change.remove & now)
    return replace(line, state=State.PLANNED, change=change)
