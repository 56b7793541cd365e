"""Deciding with the person's rules, some of which ask what the others take a message for."""

from dataclasses import replace

from auramail.core.accounts import Person
from auramail.core.decisions import Decision
from auramail.core.messages import Message
from auramail.judging import combine, rules
from auramail.judging.combine import Evidence


def decide(message: Message, person: Person, evidence: Evidence) -> Decision:
    """The one decision about a message; where a rule asks what it is taken for, the other judges speak first."""
    seen = None
    if rules.needs_judgement(message, evidence.own, evidence.now):
        seen = combine.decide(message, person, evidence)
    matched = rules.opinion(message, evidence.own, evidence.now, seen)
    if seen is not None and matched is None:
        return seen
    return combine.decide(message, person, replace(evidence, rule=matched))
