"""Mistakes: what was said otherwise than a person says it, one for each thing that was measured."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from auramail.core.decisions import Money
from auramail.core.findings import Danger
from auramail.core.wording import Wording
from auramail.ops.quality.measure import is_same
from auramail.ops.quality.said import Judged
from auramail.ops.quality.truths import Named


@dataclass(frozen=True, slots=True)
class Mistake:
    """`what` is the field (`kind`, `due_date`, …); `truth` and `said` are as they stand in JSON."""

    name: str
    what: str
    truth: str
    said: str
    confidence: float
    reason: Wording


def mistakes(item: Judged) -> Iterator[Mistake]:
    for what, truth, said in _differences(item):
        yield Mistake(item.name, what, truth, said, item.said.confidence, item.said.reason)


def _differences(item: Judged) -> Iterator[tuple[str, str, str]]:
    truth, said = item.truth, item.said
    if truth.kind not in {None, said.kind}:
        yield "kind", str(truth.kind), said.kind.value
    if truth.category not in {None, said.category}:
        yield "category", str(truth.category), said.category.value
    if truth.is_dangerous and said.danger < Danger.MEDIUM:
        yield "danger", "true", said.danger.name
    if truth.is_genuine and said.danger >= Danger.MEDIUM:
        yield "danger", "false", said.danger.name
    if truth.expects_reply not in {None, said.expects_reply}:
        yield "expects_reply", shown(truth.expects_reply), shown(said.expects_reply)
    for name, named in truth.entities.items():
        if name in said.entities and not is_same(named, said.entities[name]):
            yield name, shown(named), shown(said.entities[name])
    if item.is_hidden:
        yield "left_inbox", "false", "true"


def shown(value: Named | bool) -> str:
    """As JSON has it, without its quotation marks."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Money):
        return f"{value.value} {value.currency}"
    if isinstance(value, date):
        return value.isoformat()
    return "null" if value is None else value
