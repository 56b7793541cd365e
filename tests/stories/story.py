"""A story: a hand-written message, what is thought of it, and what should change."""

import json
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from auramail.core.accounts import Person
from auramail.core.decisions import Category, Decision
from auramail.core.messages import Message, Source
from auramail.core.plans import Step
from auramail.core.policy import Autonomy, Policy
from auramail.flow.classify import Judges
from auramail.flow.consider import consider
from auramail.flow.parse import parse
from auramail.flow.plan import Wishes, plan
from auramail.judging.local import LocalClassifier
from auramail.mail.labels import takeout_labels

ROOT = Path(__file__).parent
OLENA = Person(
    addresses=frozenset({"olena@example.com"}),
    correspondents={"taras@friends.example": 6, "ben@friends.example": 2, "iryna@example.com": 11},
)
"""Who receives every story: she has written to Taras, to Ben and to her colleague Iryna."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a story's message."""

    answer: dict[str, Any]
    plan: dict[str, Any]


def names() -> list[str]:
    return sorted(path.parent.name for path in ROOT.glob("*/message.eml"))


def tell(name: str) -> Told:
    """Take a story's message along the path: parse, guard, classify, plan."""
    raw = (ROOT / name / "message.eml").read_bytes()
    (bare,) = parse([Source(name, name, raw)])
    (message,) = parse([Source(name, name, raw, labels=takeout_labels(bare.header("x-gmail-labels")))])
    decision = consider(message, OLENA, judges(), message.date + timedelta(minutes=1))
    return Told(answer_of(decision), plan_of(plan(message, decision, wishes(message))))


@cache
def judges() -> Judges:
    return Judges(local=LocalClassifier.load().opinion)


def wishes(message: Message) -> Wishes:
    """What a new installation does, on the day the message comes."""
    policy = Policy()
    labels = {category: policy.label(category).name for category in Category}
    return Wishes(policy, OLENA, message.date.date(), labels, Autonomy.FULL, {})


def answer_of(decision: Decision) -> dict[str, Any]:
    """What stays the same when the classifier is trained anew: confidence is told as far as it decides."""
    entities = decision.entities
    amount = entities.amount
    return {
        "category": decision.category,
        "kind": decision.kind,
        "urgency": decision.urgency,
        "sure_enough_to_act": decision.confidence >= Policy().act_above,
        "danger": decision.danger.name,
        "guards": sorted({finding.guard for finding in decision.findings if finding.weight > 0 and decision.danger}),
        "expects_reply": decision.expects_reply,
        "due_date": entities.due_date.isoformat() if entities.due_date else None,
        "amount": f"{amount.value:.2f} {amount.currency}" if amount else None,
        "company_name": entities.company_name,
        "location": entities.location,
    }


def plan_of(step: Step) -> dict[str, Any]:
    return {
        "action": step.action,
        "add": sorted(step.change.add),
        "remove": sorted(step.change.remove),
        "held": step.held.say() if step.held else None,
        "kept": step.kept.say() if step.kept else None,
    }


def read(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def write(path: Path, told: dict[str, Any]) -> None:
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
