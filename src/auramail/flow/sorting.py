"""Sorting: one pass over what a run has listed, from reading to the change, in portions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from auramail.core.accounts import Person
from auramail.core.costs import Outlay
from auramail.core.decisions import Category
from auramail.core.errors import NotYetError, TryAgainError
from auramail.core.history import Entry, Selection, State
from auramail.core.plans import Step
from auramail.core.runs import Progress, Run
from auramail.core.wording import Wording
from auramail.flow.acquaint import acquaint
from auramail.flow.ahead import ahead
from auramail.flow.classify import weigh_up
from auramail.flow.consult import Consultation, Decided
from auramail.flow.desk import CancelledError, Desk
from auramail.flow.fetch import METERED_PORTION, PORTION, fetch
from auramail.flow.labelling import Labelling
from auramail.flow.parse import parse
from auramail.flow.pending import Pending
from auramail.flow.plan import Wishes, plan
from auramail.flow.record import entries_of_unread, entry_of, record
from auramail.flow.survey import Course, Survey
from auramail.flow.surveying import Surveying, open_survey
from auramail.flow.wishing import Wishing
from auramail.ports.mailboxes import Fetched, Mailbox, Usage

SLICE_SECONDS = 20.0
"""How long a metered run works before it lets others go first: new mail of its account, and other accounts."""
GATHERING_SECONDS = 40.0
"""How much quota it lets gather where there is none, before the next slice: few slices, and none too long."""
PORTION_SECONDS = 30.0
"""The most quota that is spent on reading at once: enough is left to make the labels for what was read."""
FINISHED = "finished"
BACKLOG = 40
"""From so many messages on, a language model is asked about several in one call."""
CHANGES = 10
"""What the changes of a slice cost, in messages read."""


class Sorting:
    """What one worker does for a run until it is done, cancelled, or asked to wait."""

    def __init__(self, run: Run, desk: Desk) -> None:
        self._run = run
        self._desk = desk
        self._begun = desk.clock.monotonic()
        self._reader_usages: list[Usage] = []
        tally = desk.listings.tally(run.id)
        skipped = sum(tally.skipped.values())
        self._course = Course(tally.listed, skipped, judged=tally.listed - tally.waiting - skipped)
        labelling = Labelling(desk.mailbox, desk.policy, desk.remember_labels)
        self._wishing = Wishing(desk, labelling, run.order.autonomy, is_dry=run.order.dry_run)
        self._by_category = Counter[str](run.progress.by_category)
        carried = desk.ledger.entries(Selection(run.account_id, run_id=run.id, states=frozenset({State.PLANNED})))
        self._pending = Pending(desk, run.progress.mark, list(carried))
        self._person = Person()
        self._surveying: Surveying | None = None
        if desk.adviser is not None:
            desk.adviser.begin(run.id, run.progress.spent)
        self._consultation = self._consult()

    @property
    def spent(self) -> Outlay:
        """What the whole run has cost so far."""
        before, here = self._run.progress, [self._desk.mailbox.usage, *self._reader_usages]
        return Outlay(
            before.quota_units + sum(usage.quota_units for usage in here),
            before.http_calls + sum(usage.http_calls for usage in here),
            self._desk.adviser.spent if self._desk.adviser is not None else before.spent,
        )

    def work(self) -> None:
        """Read, judge, record and change; raises CancelledError, and TryAgainError when the mailbox asks to wait."""
        self._pending.begin()
        self._show("listing")
        self._person = acquaint(self._desk.account, self._desk.mailbox, self._desk.accounts)
        self._surveying = survey = open_survey(self._run, self._desk, self._course, self._wishes)
        if survey is not None:
            self._list_all()
            self._keep(survey.begin())
        self._read(survey)
        while survey is not None:
            self._keep(survey.close())
            if not self._desk.listings.waiting(self._run.id, 1):
                break
            self._read(survey)
        self.flush()

    def _list_all(self) -> None:
        with self._reader() as reader:
            for _ in self._survey(reader).list_all():
                self._show("listing")
                self._breathe()

    def _read(self, survey: Surveying | None) -> None:
        """Take portion after portion until nothing waits to be read, nor for a language model."""
        with self._reading(is_surveyed=survey is not None) as portions:
            for portion in portions:
                self._take(portion)
                if self._pending.is_worth_making:
                    self._make(everything=False)
                self._course.is_resting = self._has_worked_enough
        self._hear_all()
        if self._course.is_resting and self._desk.listings.waiting(self._run.id, 1):
            self._breathe()

    def flush(self) -> None:
        """Make all changes, once what the language model has still to say was waited for a moment."""
        self._hear_all()
        if self._pending:
            self._make(everything=True)

    def leave(self) -> None:
        """Ask nobody any more: the run is at its end, and what is still open is not judged in it."""
        if self._consultation is not None:
            self._consultation.drop()
            self._consultation = None

    def pause(self, error: TryAgainError) -> TryAgainError:
        """Note that the run waits, and give the error that says until when.

        Where only this minute's quota is used up, what was recorded waits with the run, to be changed together with
        more; a longer wait finds it changed already, if the mailbox lets us. What the language model has still to say
        is waited for first: reading that mail again would cost more.
        """
        try:
            self._hear_all()
        except TryAgainError as later:  # what was answered is not recorded, but paid for and remembered
            error = later
        if isinstance(error, NotYetError):
            after = error.after + self._gathering() if error.after else 0.0
            told = NotYetError(error.problem, error.hint, after=after)
            if after:
                self._note("waiting", why=error.problem, after=after)
            else:
                self._note("reading")
            return told
        with suppress(TryAgainError):
            self.flush()
        self._note("waiting", why=error.problem, after=error.after)
        return error

    def _gathering(self) -> float:
        """Seconds to wait on top, so that quota for a whole slice gathers, or for what is left and some changes."""
        left = self._course.listed - self._course.done
        return min(GATHERING_SECONDS, (left + CHANGES) * self._desk.pace)

    def end(self) -> None:
        """Note what all of it has cost, for a run that goes on another time."""
        self._note(FINISHED)

    @contextmanager
    def _reading(self, *, is_surveyed: bool) -> Iterator[Iterator[list[Fetched]]]:
        """Portions as they are read; ahead of need where reading takes time, by a mailbox of its own.

        Not with a survey: what is judged may settle what would have been read.
        """
        with self._reader() as reader:
            read = fetch(self._survey(reader).portions(), reader)
            if self._desk.open_reader is None or is_surveyed:
                yield read
                return
            with ahead(read) as portions:
                yield portions

    @contextmanager
    def _reader(self) -> Iterator[Mailbox]:
        """A mailbox to list and read by: one of its own where reading takes time."""
        if self._desk.open_reader is None:
            yield self._desk.mailbox
            return
        with self._desk.open_reader() as reader:
            self._reader_usages.append(reader.usage)
            yield reader

    def _survey(self, mailbox: Mailbox) -> Survey:
        desk = self._desk
        portion = min(METERED_PORTION, max(1, int(PORTION_SECONDS / (desk.pace or 1.0))))
        portion = portion if desk.account.is_metered else PORTION
        return Survey(self._run, mailbox, desk.ledger, desk.listings, self._course, portion)

    def _make(self, *, everything: bool) -> None:
        self._show("applying")
        self._pending.make(everything=everything)

    def _take(self, portion: Sequence[Fetched]) -> None:
        """Judge, plan and record one portion, but for what a language model is asked about; and take its answers."""
        messages = parse(answer.source for answer in portion if answer.source is not None)
        now, judges = self._desk.clock.now(), self._desk.judges
        cases = [weigh_up(message, self._person, judges, now) for message in messages]
        consultation = self._consultation
        decided = [(case, case.decision) for case in cases if consultation is None or not case.wishes_model]
        if consultation is not None:
            decided += consultation.put(case for case in cases if case.wishes_model) + consultation.take()
            self._course.asked |= consultation.waiting  # before those answered are recorded: the reader looks any time
        self._settle(decided, entries_of_unread(portion, self._run))
        if consultation is not None:
            self._course.asked = consultation.waiting
        self._show("reading" if messages else "listing", messages[-1].subject if messages else "")

    def _hear_all(self) -> None:
        """Wait a moment for what the language model has still to say."""
        if self._consultation is not None and len(self._consultation):
            self._note("asking")
            self._settle(self._consultation.close())
            self._course.asked = frozenset()
            self._consultation = self._consult()

    def _consult(self) -> Consultation | None:
        desk = self._desk
        if desk.adviser is None:
            return None
        return Consultation(desk.adviser, desk.clock, is_backlog=lambda: self._course.listed >= BACKLOG)

    def _settle(self, decided: Sequence[Decided], unread: Sequence[Entry] = ()) -> None:
        """Plan and record what is decided; and file what is settled by that."""
        steps = self._plan(decided)
        entries = [entry_of(step, self._run) for step in steps] + list(unread)
        self._keep(record(entries, self._run, self._desk, self._course))
        if self._surveying is not None and steps:
            self._keep(self._surveying.learn(steps))

    def _keep(self, recorded: Sequence[Entry]) -> None:
        """Have what was recorded made in time."""
        self._pending.add([entry for entry in recorded if entry.state is State.PLANNED])
        self._by_category.update(entry.decision.category for entry in recorded if entry.decision is not None)

    def _plan(self, decided: Sequence[Decided]) -> list[Step]:
        wishes = self._wishing.for_decided(decided, self._person)
        return [plan(case.message, decision, wishes) for case, decision in decided]

    def _wishes(self, categories: Iterable[Category]) -> Wishes:
        return self._wishing.of(self._person, categories)

    @property
    def _has_worked_enough(self) -> bool:
        return self._desk.account.is_metered and self._desk.clock.monotonic() - self._begun > SLICE_SECONDS

    def _breathe(self) -> None:
        """Let others go first after a while; what is left goes on at once if nobody waits."""
        if self._has_worked_enough:
            raise NotYetError(Wording.of("Other work goes first for a moment."), after=0.0)

    def _show(self, phase: str, subject: str = "") -> None:
        """Save the progress; raises CancelledError if the person asked to stop."""
        if self._note(phase, subject) and phase != "applying":
            raise CancelledError

    def _note(self, phase: str, subject: str = "", why: Wording | None = None, after: float = 0.0) -> bool:
        spent = self.spent
        progress = Progress(
            listed=self._course.listed,
            done=self._course.done,
            by_category=dict(self._by_category),
            subject=subject,
            phase=phase,
            quota_units=spent.quota_units,
            http_calls=spent.http_calls,
            spent=spent.asked,
            why=why,
            until=self._desk.later(after) if why else None,
            began=self._run.progress.began or self._pending.mark,
            mark=self._pending.mark,
        )
        return self._desk.runs.note(self._run.id, progress)
