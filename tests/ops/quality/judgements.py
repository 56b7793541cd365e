"""Builders of judged messages; a test states only what matters to it."""

from auramail.core.decisions import Category, Judge, Kind
from auramail.core.findings import Danger
from auramail.core.wording import Wording
from auramail.ops.quality.said import Judged, Said
from auramail.ops.quality.truths import ENTITIES, Named, Truth


def said(
    kind: Kind = Kind.WORK,
    *,
    category: Category = Category.IMPORTANT,
    confidence: float = 0.9,
    danger: Danger = Danger.NONE,
    expects_reply: bool = False,
    judge: Judge = Judge.LOCAL,
    entities: dict[str, Named] | None = None,
    model_calls: int = 0,
    left_inbox: bool | None = None,
    local: tuple[Kind, float] | None = None,
) -> Said:
    return Said(
        kind=kind,
        category=category,
        confidence=confidence,
        danger=danger,
        expects_reply=expects_reply,
        judge=judge,
        reason=Wording("It is so"),
        entities={**dict.fromkeys(ENTITIES), **(entities or {})},
        model_calls=model_calls,
        left_inbox=left_inbox,
        local=local,
    )


def judged(truth: Truth, answer: Said | None = None, name: str = "a.eml", language: str = "en") -> Judged:
    return Judged(name, truth, answer or said(), language)
