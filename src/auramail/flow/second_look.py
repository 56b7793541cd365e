"""Second look: what a language model had no time for is asked again, and carried out where nobody acted meanwhile."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from auramail.core.accounts import Person
from auramail.core.costs import Outlay
from auramail.core.decisions import Asked
from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError, TryAgainError
from auramail.core.history import Entry, State
from auramail.core.listings import Page
from auramail.core.runs import Progress, Run, RunState
from auramail.core.wording import Wording
from auramail.flow.acquaint import acquaint
from auramail.flow.apply import apply
from auramail.flow.classify import Case, weigh_up
from auramail.flow.consult import Consultation, Decided
from auramail.flow.desk import CancelledError, Desk, Outcome, seconds_of
from auramail.flow.fetch import METERED_PORTION, fetch
from auramail.flow.labelling import Labelling
from auramail.flow.labels_now import LabelsNow
from auramail.flow.parse import parse
from auramail.flow.receipt import write_receipt
from auramail.flow.revise import has_acted, revise, stricter
from auramail.flow.settle import portions, settle
from auramail.flow.wishing import Wishing
from auramail.ports.mailboxes import Fetched

MOST: Final = 100
"""Messages in one look: a look is short, so that whatever else is ordered soon has its turn."""
BACKLOG: Final = 40
HEARD: Final = frozenset({Asked.ANSWERED, Asked.UNUSABLE, Asked.REFUSED})
"""What is an answer: asking once more would bring no other."""


def look_again(run: Run, desk: Desk) -> Outcome:
    """Ask about what is due. May be called again for a look that was interrupted, and goes on there.

    Raises TryAgainError when the mailbox asks to wait; what was read by then was asked about.
    """
    settle(run.account_id, desk.mailbox, desk.ledger, desk.is_owner, since=desk.labels_since)
    look = SecondLook(run, desk)
    state: RunState = RunState.DONE
    problem: AuraMailError | None = None
    try:
        look.work()
    except CancelledError:
        state = RunState.CANCELLED
    except TryAgainError as error:
        look.wait(error)
        raise
    except (NeedsPersonError, GiveUpError) as error:
        state, problem = RunState.FAILED, error
    else:
        problem = desk.problem
    desk.listings.leave(run.id, "cancelled" if state is RunState.CANCELLED else "stopped")
    receipt = write_receipt(run, desk.ledger, look.spent, desk.listings.tally(run.id), seconds_of(run, desk.clock))
    return Outcome(state, receipt, problem)


class SecondLook:
    """What one worker does of a second look. Its listing holds messages; each has one entry that is looked at again."""

    def __init__(self, run: Run, desk: Desk) -> None:
        self._run = run
        self._desk = desk
        self._mark = desk.watched.mark() if desk.watched is not None else ""
        self._began = run.progress.began or self._mark
        self._wishing = Wishing(desk, Labelling(desk.mailbox, desk.policy, desk.remember_labels), None)
        self._by_category = Counter[str](run.progress.by_category)
        self._person = Person()
        if desk.adviser is not None:
            desk.adviser.begin(run.id, run.progress.spent)

    @property
    def spent(self) -> Outlay:
        """What the whole look has cost so far."""
        before, here, adviser = self._run.progress, self._desk.mailbox.usage, self._desk.adviser
        return Outlay(
            before.quota_units + here.quota_units,
            before.http_calls + here.http_calls,
            adviser.spent if adviser is not None else before.spent,
        )

    def work(self) -> None:
        """Raises CancelledError, and TryAgainError when the mailbox asks to wait."""
        run, desk = self._run, self._desk
        self._show("listing")
        if not desk.listings.tally(run.id).is_complete:
            room = desk.adviser.room() if desk.adviser is not None and desk.adviser.room is not None else MOST
            desk.listings.add(run.id, Page(desk.unanswered.take(run.account_id, max(1, min(MOST, room)))), {})
        waiting = desk.listings.waiting(run.id, MOST)
        entries = desk.unanswered.of(run.account_id, [listed.id for listed in waiting])
        desk.listings.settle(run.id, [listed.id for listed in waiting if listed.id not in entries], "already_handled")
        due = [listed for listed in waiting if listed.id in entries]
        if not due:
            return
        self._person = person = acquaint(desk.account, desk.mailbox, desk.accounts)
        cases: list[Case] = []
        try:
            for fetched in fetch(portions(due, METERED_PORTION), desk.mailbox):
                self._leave_unread(fetched, entries)
                messages = parse(answer.source for answer in fetched if answer.source is not None)
                read = [weigh_up(message, person, desk.judges, desk.clock.now()) for message in messages]
                cases += self._to_be_asked(read, entries)
                self._show("reading", messages[-1].subject if messages else "")
        except TryAgainError:
            self._ask(cases, entries)
            raise
        self._ask(cases, entries)

    def wait(self, error: TryAgainError) -> None:
        """Note that the look waits."""
        self._note("waiting", why=error.problem, after=error.after)

    def _leave_unread(self, fetched: Sequence[Fetched], entries: Mapping[str, Entry]) -> None:
        gone = [entries[answer.id] for answer in fetched if answer.source is None and answer.gone]
        self._give_up(gone, "gone")
        unreadable = [entries[answer.id] for answer in fetched if answer.source is None and not answer.gone]
        self._try_later(unreadable, "unreadable")

    def _to_be_asked(self, cases: Sequence[Case], entries: Mapping[str, Entry]) -> list[Case]:
        """Those about which there is still a question, and nobody acted on."""
        acted = [case for case in cases if has_acted(entries[case.message.id], case.message.labels)]
        self._give_up([entries[case.message.id] for case in acted], "changed_since")
        rest = [case for case in cases if case not in acted]
        self._give_up([entries[case.message.id] for case in rest if not case.wishes_model], "needless")
        return [case for case in rest if case.wishes_model]

    def _ask(self, cases: Sequence[Case], entries: Mapping[str, Entry]) -> None:
        adviser = self._desk.adviser
        if not cases or adviser is None:
            return
        self._note("asking")
        consultation = Consultation(adviser, self._desk.clock, is_backlog=lambda: len(cases) >= BACKLOG)
        decided = consultation.put(cases) + consultation.close()
        by_asked: dict[Asked, list[Entry]] = {}
        heard: list[Decided] = []
        for case, decision in decided:
            asked = decision.model.asked if decision.model is not None else Asked.LATER
            if asked in HEARD:
                heard.append((case, decision))
            else:
                by_asked.setdefault(asked, []).append(entries[case.message.id])
        self._carry_out(heard, entries)
        if not heard:  # where others had an answer the model is only slow: those left are soon asked about again
            self._try_later(by_asked.pop(Asked.LATER, []), "unanswered")
        self._give_up(by_asked.pop(Asked.WITHHELD, []), "withheld", Asked.WITHHELD)
        for rest in by_asked.values():  # where money or an operator is wanted, that was no try either
            self._skip(rest, "unanswered")

    def _carry_out(self, heard: Sequence[Decided], entries: Mapping[str, Entry]) -> None:
        """Record what was heard, in the place of what was decided without it, and make the changes."""
        desk = self._desk
        read = {case.message.id: case.message.labels for case, _ in heard}
        now = LabelsNow(desk.mailbox, desk.watched, self._mark).of(list(read), read) if read else {}
        self._give_up([entries[id_] for id_ in read if now[id_] is None], "gone")
        here = {id_: labels for id_, labels in now.items() if labels is not None}
        acted = {id_ for id_, labels in here.items() if has_acted(entries[id_], labels)}
        self._give_up([entries[id_] for id_ in acted], "changed_since")
        meant = [(case, decision) for case, decision in heard if case.message.id in here.keys() - acted]
        wishes = self._wishing.for_decided(meant, self._person)
        fresh = []
        for case, decision in meant:
            entry = entries[case.message.id]
            limit = stricter(wishes.autonomy, desk.runs.get(entry.run_id).order.autonomy)
            own = replace(wishes, autonomy=limit)
            fresh.append(revise(entry, case.message, here[entry.message_id], decision, own, self._run))
        recorded = desk.ledger.record(fresh) if fresh else []
        ours = {entry.message_id for entry in recorded}
        self._skip([entries[entry.message_id] for entry in fresh if entry.message_id not in ours], "already_handled")
        self._by_category.update(entry.decision.category for entry in recorded if entry.decision is not None)
        planned = [entry for entry in recorded if entry.state is State.PLANNED]
        apply(planned, desk.mailbox, desk.ledger, desk.is_owner)

    def _skip(self, entries: Sequence[Entry], code: str) -> None:
        self._desk.listings.settle(self._run.id, [entry.message_id for entry in entries], code)

    def _try_later(self, entries: Sequence[Entry], code: str) -> None:
        self._desk.unanswered.tried([entry.id for entry in entries])
        self._skip(entries, code)

    def _give_up(self, entries: Sequence[Entry], code: str, asked: Asked = Asked.NEVER) -> None:
        self._desk.unanswered.give_up([entry.id for entry in entries], asked)
        self._skip(entries, code)

    def _show(self, phase: str, subject: str = "") -> None:
        """Save the progress; raises CancelledError if the person asked to stop."""
        if self._note(phase, subject):
            raise CancelledError

    def _note(self, phase: str, subject: str = "", why: Wording | None = None, after: float = 0.0) -> bool:
        spent, tally = self.spent, self._desk.listings.tally(self._run.id)
        progress = Progress(
            listed=tally.listed,
            done=tally.listed - tally.waiting,
            by_category=dict(self._by_category),
            subject=subject,
            phase=phase,
            quota_units=spent.quota_units,
            http_calls=spent.http_calls,
            spent=spent.asked,
            why=why,
            until=self._desk.later(after) if why else None,
            began=self._began,
        )
        return self._desk.runs.note(self._run.id, progress)
