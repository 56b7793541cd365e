"""Recorded decisions: what was said before, as `auramail classify --json` writes it, is measured without the mail."""

from collections.abc import Mapping
from typing import Any

from auramail.core.decisions import Category, Judge, Kind
from auramail.core.findings import Danger
from auramail.core.wording import Wording
from auramail.ops.quality.said import UNDETERMINED, Judged, Said
from auramail.ops.quality.truths import ENTITIES, Choice, Truth, WrongValueError, choice, entities_of, level


def recorded(name: str, truth: Truth, decided: Mapping[str, Any]) -> Judged:
    """The decision beside the truth; raises WrongValueError.

    All of `classify --json` that is measured must be there. `left_inbox` may be added: whether the plan took the
    message out of the person's inbox.
    """
    said = Said(
        kind=_chosen(Kind, decided, "kind"),
        category=_chosen(Category, decided, "category"),
        confidence=_confidence(decided.get("confidence")),
        danger=_danger(decided.get("danger")),
        expects_reply=_yes_or_no(decided, "expects_reply"),
        judge=_chosen(Judge, decided, "source"),
        entities={**dict.fromkeys(ENTITIES), **entities_of(decided)},
        reason=Wording.of("{what}", what=decided["reason"] if isinstance(decided.get("reason"), str) else ""),
        model_calls=_count(decided.get("model_calls", 0)),
        left_inbox=_yes_or_no(decided, "left_inbox") if decided.get("left_inbox") is not None else None,
    )
    return Judged(name, truth, said, truth.language or UNDETERMINED)


def _chosen(options: type[Choice], decided: Mapping[str, Any], name: str) -> Choice:
    chosen = choice(options, decided, name)
    if chosen is None:
        raise WrongValueError(name, None)
    return chosen


def _confidence(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise WrongValueError("confidence", value)
    return float(value)


def _danger(value: object) -> Danger:
    if value is None:
        raise WrongValueError("danger", value)
    return level(value)


def _yes_or_no(decided: Mapping[str, Any], name: str) -> bool:
    value = decided.get(name)
    if not isinstance(value, bool):
        raise WrongValueError(name, value)
    return value


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise WrongValueError("model_calls", value)
    return value
