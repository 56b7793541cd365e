"""Classify: the judges are asked in order, the language model last and only for what is still unsure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from auramail.core.accounts import Person
from auramail.core.decisions import Decision, ModelNote, Opinion
from auramail.core.findings import Danger
from auramail.core.messages import Message
from auramail.core.rules import Rule
from auramail.flow.guard import Guarded, guard
from auramail.flow.prompts.judging import Heard
from auramail.guards.company import speaks_to_models
from auramail.judging import replies, signals
from auramail.judging.combine import Evidence
from auramail.judging.restraint import in_doubt, restrained
from auramail.judging.ruled import decide
from auramail.judging.uncertainty import wants_model
from auramail.reading.entities import read_entities
from auramail.reading.pointed import with_pointed

LONGEST_BEGINNING: Final = 500
"""Characters of a text that its subject may run on in."""


@dataclass(frozen=True, slots=True)
class Judges:
    """Who is asked before any language model; one is wished below `ask_below` (0 to 1; None: as measured)."""

    rules: tuple[Rule, ...] = ()
    local: Callable[[Message], Opinion | None] | None = None
    ask_below: float | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A message, what was found out about it, and what is decided without a language model."""

    message: Message
    person: Person
    guarded: Guarded
    evidence: Evidence
    decision: Decision
    wishes_model: bool
    """Whether a language model should be asked: never about what is dangerous, ruled by the person, or sure."""


def weigh_up(message: Message, person: Person, judges: Judges, now: datetime) -> Case:
    """Guards first, then the judges in their order; not being sure is a decision too (REVIEW)."""
    words = judges.local(message) if judges.local is not None else None
    guarded = guard(message, person, words)
    return classify(message, guarded, person, judges, now)


def classify(message: Message, guarded: Guarded, person: Person, judges: Judges, now: datetime) -> Case:
    """Decide about one message that the guards have seen."""
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
    is_ruled = decision.rule_id is not None and decision.confidence >= 1
    wishes = (
        not is_ruled
        and guarded.danger < Danger.MEDIUM
        and wants_model(decision, lambda: goes_alone(message, guarded), judges.ask_below)
    )
    return Case(message, person, guarded, evidence, decision, wishes)


def hear(case: Case, heard: Heard, note: ModelNote) -> Decision:
    """The decision with a language model's opinion among the others', as far as it may move it."""
    evidence = replace(
        case.evidence,
        opinions=(*case.evidence.opinions, heard.opinion),
        entities=with_pointed(case.evidence.entities, heard.words, case.message, case.person.zone),
    )
    decided = decide(case.message, case.person, evidence)
    held_back = restrained(decided, case.decision, case.evidence.opinions, lambda: may_speak_to_models(case.message))
    return replace(held_back, model=note, alone=case.decision.category)


def goes_alone(message: Message, guarded: Guarded) -> bool:
    """Whether a model may see it only by itself: a guard says something, something is hidden, or speaks to models."""
    if guarded.danger > Danger.NONE or message.hidden or any(finding.weight > 0 for finding in guarded.findings):
        return True
    return may_speak_to_models(message)


def may_speak_to_models(message: Message) -> bool:
    """Whether something that a model is shown of a message may be meant for it, be it in several places together."""
    name, subject, text = message.sender.name, message.subject, message.text
    beginning = f"{name} {subject} {text[:LONGEST_BEGINNING]}"
    return any(speaks_to_models(each) for each in (name, subject, text, beginning))


def unheard(case: Case, note: ModelNote) -> Decision:
    """The decision where a language model has nothing to say in time: the others' stands."""
    return replace(case.decision, model=note)


def unusable(case: Case, note: ModelNote) -> Decision:
    """The decision where a language model's answer is outside the closed sets: REVIEW (spec 3.7)."""
    return replace(in_doubt(case.decision), model=note, alone=case.decision.category)
