"""Organise: the path of a run, from a list of ids to a receipt."""

from collections import Counter
from collections.abc import Sequence

from auramail.core.accounts import Person
from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError
from auramail.core.history import Entry, Selection, State
from auramail.core.labels import SPAM, TRASH
from auramail.core.messages import Message
from auramail.core.plans import Step
from auramail.core.runs import Progress, Run, RunState
from auramail.flow.acquaint import acquaint
from auramail.flow.apply import apply
from auramail.flow.consider import consider
from auramail.flow.desk import CancelledError, Desk, Outcome
from auramail.flow.fetch import fetch
from auramail.flow.labelling import Labelling
from auramail.flow.parse import parse
from auramail.flow.plan import Wishes, plan
from auramail.flow.receipt import write_receipt
from auramail.flow.record import entries_of_unread, entry_of
from auramail.flow.settle import settle
from auramail.flow.survey import Listing, survey
from auramail.ports import Fetched

APPLY_AT = 500
"""Recorded changes waiting to be made: enough to make equal changes cheap, few enough to be seen soon."""


def organise(run: Run, desk: Desk) -> Outcome:
    """Sort the messages of a run's query. May be called again for a run that was interrupted, and goes on there.

    Raises TryAgainError when the mailbox asks to wait; what was recorded by then is kept. A problem that needs a
    person ends the run, with the messages left unread counted as skipped; one that only the language model has is told
    at its end.
    """
    started = desk.clock.monotonic()
    settle(run.account_id, desk.mailbox, desk.ledger, desk.is_owner)
    mine = desk.ledger.entries(Selection(run.account_id, run_id=run.id))
    listing = Listing(ours={entry.message_id for entry in mine})
    sorting = _Sorting(run, desk, listing)
    state: RunState = RunState.DONE
    problem: AuraMailError | None = None
    try:
        sorting.work()
    except CancelledError:
        state = RunState.CANCELLED
        sorting.flush()
    except (NeedsPersonError, GiveUpError) as error:
        state, problem = RunState.FAILED, error
    else:
        problem = desk.judges.problem
    listing.leave_rest("cancelled" if state is RunState.CANCELLED else "stopped")
    seconds = desk.clock.monotonic() - started
    return Outcome(state, write_receipt(run, desk.ledger, desk.mailbox.usage, listing, seconds), problem)


class _Sorting:
    """One pass over a run's listing."""

    def __init__(self, run: Run, desk: Desk, listing: Listing) -> None:
        self._run = run
        self._desk = desk
        self._listing = listing
        self._labelling = Labelling(desk.mailbox, desk.policy, desk.remember_labels)
        self._waiting: list[Entry] = []
        self._by_category = Counter[str]()

    def work(self) -> None:
        self._show("listing")
        person = acquaint(self._desk.account, self._desk.mailbox, self._desk.accounts)
        pages = survey(self._run, self._desk.mailbox, self._desk.ledger, self._listing)
        for portion in fetch(pages, self._desk.mailbox):
            self._take(portion, person)
            if len(self._waiting) >= APPLY_AT:
                self.flush()
        self.flush()

    def flush(self) -> None:
        """Make the changes recorded so far."""
        entries, self._waiting = self._waiting, []
        if entries:
            self._show("applying")
            apply(entries, self._desk.mailbox, self._desk.ledger, self._desk.is_owner)

    def _take(self, portion: Sequence[Fetched], person: Person) -> None:
        """Read, judge, plan and record one portion."""
        messages = parse(answer.source for answer in portion if answer.source is not None)
        steps = self._plan(messages, person)
        entries = [entry_of(step, self._run) for step in steps] + entries_of_unread(portion, self._run)
        recorded = self._desk.ledger.record(entries)
        ours = {entry.message_id for entry in recorded}
        lost = sum(1 for entry in entries if entry.message_id not in ours)
        self._listing.skip("already_handled", lost)
        self._listing.ours |= ours
        self._waiting += [entry for entry in recorded if entry.state is State.PLANNED]
        self._by_category.update(entry.decision.category for entry in recorded if entry.decision is not None)
        self._show("reading", messages[-1].subject if messages else "")

    def _plan(self, messages: Sequence[Message], person: Person) -> list[Step]:
        now = self._desk.clock.now()
        decided = [(message, consider(message, person, self._desk.judges, now)) for message in messages]
        touched = () if self._run.order.dry_run else decided
        labels = self._labelling.ids(
            decision.category for message, decision in touched if not message.labels & {SPAM, TRASH}
        )
        wishes = Wishes(
            policy=self._desk.policy,
            person=person,
            today=self._desk.today(),
            labels=labels,
            autonomy=self._run.order.autonomy or self._desk.policy.autonomy,
            actions={rule.id: rule.action for rule in self._desk.judges.rules if rule.action is not None},
        )
        return [plan(message, decision, wishes) for message, decision in decided]

    def _show(self, phase: str, subject: str = "") -> None:
        """Save the progress; raises CancelledError if the person asked to stop."""
        progress = Progress(self._listing.count, self._listing.done, dict(self._by_category), subject, phase)
        if self._desk.runs.note(self._run.id, progress) and phase != "applying":
            raise CancelledError
