"""Record: the intention and the labels as they are now go into the journal before the mailbox is touched."""

from collections.abc import Iterable, Sequence

from auramail.core.actions import Action, Change
from auramail.core.history import Entry, State
from auramail.core.plans import Step
from auramail.core.runs import Run
from auramail.core.wording import Wording
from auramail.flow.desk import Desk
from auramail.flow.survey import Course
from auramail.ports.mailboxes import Fetched


def record(entries: Sequence[Entry], run: Run, desk: Desk, course: Course) -> list[Entry]:
    """Commit entries of a run; what somebody else handled meanwhile is taken off its listing."""
    recorded = desk.ledger.record(entries) if entries else []
    ours = {entry.message_id for entry in recorded}
    lost = [entry.message_id for entry in entries if entry.message_id not in ours]
    course.lost += desk.listings.settle(run.id, lost, "already_handled") if lost else 0
    course.judged += len(ours)
    return recorded


def entry_of(step: Step, run: Run) -> Entry:
    """The journal's line for one step: planned, or held where the person is asked or only a dry run was wanted."""
    message = step.message
    held = step.held is not None or run.order.dry_run
    return Entry(
        account_id=run.account_id,
        run_id=run.id,
        message_id=message.id,
        state=State.HELD if held else State.PLANNED,
        action=step.action,
        change=step.change,
        before=message.labels,
        thread_id=message.thread_id,
        sender=message.sender.address,
        sender_name=message.sender.name,
        subject=message.subject,
        received=message.date,
        decision=step.decision,
        outcome=step.held or step.kept,
    )


def entries_of_unread(fetched: Iterable[Fetched], run: Run) -> list[Entry]:
    """Lines for messages that could not be read: gone from the mailbox, or failed with the reason."""
    return [
        Entry(
            account_id=run.account_id,
            run_id=run.id,
            message_id=answer.id,
            state=State.SKIPPED if answer.gone else State.FAILED,
            action=Action.NO_ACTION,
            change=Change(),
            before=frozenset(),
            code="gone" if answer.gone else "unreadable",
            outcome=answer.problem or Wording.of("The mailbox no longer has this message"),
        )
        for answer in fetched
        if answer.source is None
    ]
