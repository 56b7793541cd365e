"""Advice: asking a language model about messages, on the terms of the person they belong to."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Final

from auramail.core.costs import Cap, Spent
from auramail.core.decisions import Asked, Decision, ModelNote
from auramail.core.errors import (
    AuraMailError,
    GiveUpError,
    NeedsPersonError,
    NotYetError,
    QuotaSpentError,
    SpentError,
    TryAgainError,
)
from auramail.core.privacy import CloudTerms, Tier
from auramail.core.questions import Answer, Finish, Part, Question, Tokens
from auramail.core.wording import Wording
from auramail.flow.classify import Case, hear, unheard, unusable
from auramail.flow.prompts import judging
from auramail.flow.prompts.judging import Heard
from auramail.judging.restraint import is_surprising
from auramail.ports.models import Answers, LanguageModel, Sleep

TRIES: Final = 2
"""How often an answer about one message alone may be unusable: it is asked again once."""
LEAST_SECONDS: Final = 20.0
"""What a question may take at least, the waiting for a place included."""


@dataclass(slots=True)
class Adviser:
    """A language model and the terms on which it is asked, for one account's mail in one run. Threads may share it.

    `terms` (as they are at the moment) and `tier` decide what a model in the cloud may see; without terms everything
    may be asked, as where a person names the file and the model themselves. `wait` is how many seconds an answer is
    waited for at the end of a run, `room` how many calls could be made now; `on_hit` is told of answers that were known
    already. `spent` grows with each call, up to `cap`. After a problem that its operator must mend nothing is asked any
    more.
    """

    model: LanguageModel
    account_id: int = 0
    run_id: int = 0
    terms: Callable[[], CloudTerms] | None = None
    tier: Tier = Tier.PAID
    vendor: str = ""
    cap: Cap = field(default_factory=Cap)
    answers: Answers | None = None
    wait: float = 20.0
    side_by_side: int = 4
    is_sociable: bool = True
    """Whether it can be asked about several messages in one call."""
    room: Callable[[], int] | None = None
    on_hit: Callable[[], None] | None = None
    sleep: Sleep | None = None
    spent: Spent = field(default_factory=Spent)
    problem: AuraMailError | None = None
    lock: Lock = field(default_factory=Lock, repr=False)
    in_vain: dict[str, tuple[Tokens, int]] = field(default_factory=dict, repr=False)
    """What calls that said nothing usable of a message have cost it so far, by message id."""

    @property
    def seconds(self) -> float:
        """How long one question may take: a run that waits for no answer at its end may still get them meanwhile."""
        return max(self.wait, LEAST_SECONDS)

    def begin(self, run_id: int, spent: Spent) -> None:
        """Take up a run that has cost this much so far."""
        self.run_id, self.spent = run_id, spent

    def refusal(self, case: Case) -> ModelNote | None:
        """Why the model is not asked about this message, if so."""
        if self.problem is not None:
            return ModelNote(Asked.PROBLEM)
        if self.model.is_cloud and self.terms is not None:
            withheld = self.terms().withholds(case.message, self.tier, self.vendor)
            if withheld is not None:
                return ModelNote(Asked.WITHHELD, detail=withheld.value)
        return ModelNote(Asked.SPENT, detail="run") if self.cap.is_reached(self.spent) else None

    def ask(self, question: Question) -> Answer:
        """Ask within the run's cap and count what it costs; raises what the model raises."""
        with self.lock:
            if self.cap.is_reached(self.spent):
                raise SpentError(Wording.of("This run has spent what it may on the language model."))
            self.spent += Spent(calls=1)
        try:
            answer = self.model.ask(question)
        except (NotYetError, QuotaSpentError, SpentError):
            self._count(Spent(calls=-1))  # nobody was asked
            raise
        except NeedsPersonError as problem:
            self.problem = problem
            raise
        self._count(Spent(calls=-int(answer.is_cached), tokens=answer.tokens, micros=answer.micros))
        return answer

    def kept(self, part: Part) -> Heard | None:
        """What the same model said to the same words, if it was asked before."""
        answer = self.answers.get(self._key(part)) if self.answers is not None else None
        heard = judging.heard_of(part, answer.text, answer.model) if answer is not None else None
        if heard is not None:
            self._count(Spent(answers=1, hits=1))
            if self.on_hit is not None:
                self.on_hit()
        return heard

    def keep(self, part: Part, heard: Heard) -> None:
        """Note a usable answer, and keep it for the next time."""
        self._count(Spent(answers=1))
        if self.answers is not None:
            answer = Answer(heard.answer, self.model.name, Finish.DONE)
            self.answers.put(self._key(part), self.account_id, answer)

    def paid_in_vain(self, message_id: str, tokens: Tokens, micros: int) -> None:
        """Remember what a call has cost a message that it said nothing usable of."""
        before, paid = self.in_vain.get(message_id, (Tokens(), 0))
        self.in_vain[message_id] = (before + tokens, paid + micros)

    def whole(self, message_id: str, note: ModelNote) -> ModelNote:
        """The note with what the message has cost in vain before."""
        tokens, micros = self.in_vain.pop(message_id, (Tokens(), 0))
        if tokens == Tokens() and not micros:
            return note
        named = replace(note, model=note.model or self.model.name, prompt=note.prompt or judging.VERSION)
        return replace(named, tokens=note.tokens + tokens, micros=note.micros + micros)

    def without(self, case: Case, note: ModelNote) -> Decision:
        """The decision about a message that the model has nothing to say about in time."""
        return unheard(case, self.whole(case.message.id, note))

    def _key(self, part: Part) -> str:
        """What an answer depends on: the person's account, the model, the prompt, and the words themselves."""
        told = "\0".join((str(self.account_id), self.model.name, judging.VERSION, part.text))
        return hashlib.sha256(told.encode()).hexdigest()

    def _count(self, spent: Spent) -> None:
        with self.lock:
            self.spent += spent


def settle_now(case: Case, adviser: Adviser | None) -> Decision:
    """The decision about one message, with the model asked at once if it is wished and allowed."""
    if adviser is None or not case.wishes_model:
        return case.decision
    try:
        return ask_alone(case, adviser)
    except AuraMailError as error:
        return adviser.without(case, note_of(error))


def ask_alone(case: Case, adviser: Adviser) -> Decision:
    """Ask about one message alone. Raises what the model raises; an answer that cannot be used is asked for again."""
    refused = adviser.refusal(case)
    if refused is not None:
        return adviser.without(case, refused)
    part = judging.part_of(case.message, alone=True)
    kept = adviser.kept(part)
    if kept is not None:
        return hear(case, kept, adviser.whole(case.message.id, _from_cache(adviser)))
    note = ModelNote(Asked.UNUSABLE, adviser.model.name, judging.VERSION)
    for _ in range(TRIES):
        asking = judging.write_alone(
            part, seconds=adviser.seconds, account_id=adviser.account_id, run_id=adviser.run_id
        )
        answer = adviser.ask(asking.question)
        adviser.paid_in_vain(case.message.id, answer.tokens, answer.micros)
        note = replace(note, call_id=answer.call_id)
        heard = judging.read_alone(asking, answer)
        if heard is not None:
            adviser.keep(part, heard)
            return hear(case, heard, adviser.whole(case.message.id, replace(note, asked=Asked.ANSWERED)))
        if answer.finish is Finish.BLOCKED:
            break  # it would be blocked again
    return unusable(case, adviser.whole(case.message.id, note))


def ask_together(cases: Sequence[Case], adviser: Adviser) -> tuple[list[tuple[Case, Decision]], list[Case]]:
    """Ask about some messages in one call: those answered, and those to be asked about alone. Raises as `ask_alone`."""
    decided, left, open_ = list[tuple[Case, Decision]](), list[Case](), list[tuple[Case, Part]]()
    for case in cases:
        refused = adviser.refusal(case)
        if refused is not None:
            decided.append((case, adviser.without(case, refused)))
            continue
        part = judging.part_of(case.message, alone=False)
        kept = adviser.kept(part) or _kept_alone(case, part, adviser)
        if kept is None:
            open_.append((case, part))
        else:
            decided.append((case, hear(case, kept, adviser.whole(case.message.id, _from_cache(adviser)))))
    if len(open_) < 2:
        return decided, [case for case, _ in open_]
    asking = judging.write_together(
        [part for _, part in open_], seconds=adviser.seconds, account_id=adviser.account_id, run_id=adviser.run_id
    )
    answer = adviser.ask(asking.question)
    heard = judging.read_together(asking, answer)
    for number, (case, part) in enumerate(open_):
        told, note = heard.get(part.message_id), _share_of(answer, number, len(open_))
        if told is None or is_surprising(told.opinion, case.evidence.opinions):
            adviser.paid_in_vain(case.message.id, note.tokens, note.micros)
            left.append(case)
            continue
        adviser.keep(part, told)
        decided.append((case, hear(case, told, adviser.whole(case.message.id, note))))
    return decided, left


def _kept_alone(case: Case, part: Part, adviser: Adviser) -> Heard | None:
    """What was said before to all of a message of which company sees but a part."""
    whole = judging.part_of(case.message, alone=True)
    return adviser.kept(whole) if whole.text != part.text else None


def _from_cache(adviser: Adviser) -> ModelNote:
    return ModelNote(Asked.ANSWERED, adviser.model.name, judging.VERSION, is_cached=True)


def note_of(error: AuraMailError) -> ModelNote:
    """What an error means for the message that was to be asked about."""
    if isinstance(error, SpentError):
        return ModelNote(Asked.SPENT)
    if isinstance(error, TryAgainError):
        return ModelNote(Asked.LATER)
    return ModelNote(Asked.REFUSED if isinstance(error, GiveUpError) else Asked.PROBLEM)


def _share_of(answer: Answer, number: int, count: int) -> ModelNote:
    """One message's share of a call about `count` of them; the shares add up to the whole."""

    def share(whole: int) -> int:
        return whole // count + (number < whole % count)

    return ModelNote(
        Asked.ANSWERED,
        answer.model,
        judging.VERSION,
        together=count,
        tokens=Tokens(share(answer.tokens.sent), share(answer.tokens.answered)),
        micros=share(answer.micros),
        call_id=answer.call_id,
    )
