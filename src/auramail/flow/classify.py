"""Classify: the judges are asked in order, the language model last and only for what is still unsure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from auramail.core.accounts import Person
from auramail.core.decisions import Asked, Decision, Judge, ModelNote, Opinion
from auramail.core.errors import AuraMailError, NeedsPersonError
from auramail.core.findings import Danger
from auramail.core.messages import Message
from auramail.core.rules import Rule
from auramail.flow.guard import Guarded
from auramail.judging import replies, signals
from auramail.judging.combine import Evidence
from auramail.judging.ruled import decide
from auramail.ports.world import LanguageModel
from auramail.reading.entities import read_entities


@dataclass(slots=True)
class Judges:
    """Who is asked. Below `ask_below` (confidence 0 to 1) the language model is asked too, if there is one.

    A model that needs its operator (wrong key, unknown name) is not asked again in this run; `problem` says why.
    """

    rules: tuple[Rule, ...] = ()
    local: Callable[[Message], Opinion | None] | None = None
    model: LanguageModel | None = None
    ask_below: float = 0.6
    problem: AuraMailError | None = None


def classify(message: Message, guarded: Guarded, person: Person, judges: Judges, now: datetime) -> Decision:
    """Decide about one message. Not being sure is a decision too (REVIEW)."""
    opinions = [signals.opinion(message, person), guarded.words]
    asks = replies.asks(message, person)
    evidence = Evidence(
        findings=guarded.findings,
        danger=guarded.danger,
        own=judges.rules,
        opinions=tuple(opinion for opinion in opinions if opinion is not None),
        asks=asks,
        asks_below=asks is not None and replies.asks_in_postscript(message, person),
        entities=read_entities(message, person.zone, person.addresses),
        expects_reply=replies.expects_reply(message, person),
        now=now,
    )
    decision = decide(message, person, evidence)
    if guarded.danger < Danger.MEDIUM and _is_unsure(decision, judges.ask_below):
        return _ask_model(message, person, judges, evidence, decision)
    return decision


def _is_unsure(decision: Decision, ask_below: float) -> bool:
    """A notice that is surely one is REVIEW too; nobody needs to be asked about it."""
    return decision.source is Judge.UNSURE or decision.confidence < ask_below


def _ask_model(message: Message, person: Person, judges: Judges, evidence: Evidence, decision: Decision) -> Decision:
    """Ask the language model; its silence or failure costs nothing but quality."""
    if judges.model is None or judges.problem is not None:
        return decision
    try:
        opinion = judges.model.judge(message, person)
    except NeedsPersonError as problem:
        judges.problem = problem
        return decision
    except AuraMailError:
        return decision
    if opinion is None:
        return replace(decision, model=ModelNote(Asked.UNUSABLE, judges.model.name))
    asked = replace(evidence, opinions=(*evidence.opinions, opinion))
    note = ModelNote(Asked.ANSWERED, judges.model.name)
    return replace(decide(message, person, asked), model=note, alone=decision.category)
