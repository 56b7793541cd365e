"""A model's answer, believed only where it picks from closed sets; anything else is no answer."""

import json
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from auramail.ai.prompt import CATEGORIES
from auramail.core.decisions import Category, Judge, Kind, Opinion
from auramail.core.wording import Wording

Word = TypeVar("Word", bound=str)
LONGEST_ANSWER: Final = 1024
"""Characters; three short fields need a tenth of it."""
READS_IT_AS: Final[Mapping[Kind, Wording]] = {
    Kind.PERSONAL: Wording("The language model {model} reads it as a personal letter"),
    Kind.WORK: Wording("The language model {model} reads it as mail about work"),
    Kind.BILL: Wording("The language model {model} reads it as a bill"),
    Kind.RECEIPT: Wording("The language model {model} reads it as a receipt"),
    Kind.MEETING: Wording("The language model {model} reads it as news of a meeting"),
    Kind.TRAVEL: Wording("The language model {model} reads it as news of a journey"),
    Kind.DELIVERY: Wording("The language model {model} reads it as news of a parcel"),
    Kind.SECURITY_CODE: Wording("The language model {model} reads it as a one-time code"),
    Kind.SECURITY_ALERT: Wording("The language model {model} reads it as a security alert"),
    Kind.PROMOTION: Wording("The language model {model} reads it as a promotion"),
    Kind.NEWSLETTER: Wording("The language model {model} reads it as a newsletter"),
    Kind.SOCIAL: Wording("The language model {model} reads it as a notice of a social network"),
    Kind.NOTIFICATION: Wording("The language model {model} reads it as an automatic notice"),
    Kind.SURVEY: Wording("The language model {model} reads it as a survey"),
    Kind.SPAM: Wording("The language model {model} reads it as spam"),
    Kind.PHISHING: Wording("The language model {model} reads it as phishing"),
    Kind.OTHER: Wording("The language model {model} reads it as mail of no particular kind"),
}
"""A sentence for each kind: a word put into a sentence cannot be inflected."""


def read_answer(text: str | None, model: str) -> Opinion | None:
    """The opinion in an answer, or None: not JSON, not an object, a word outside its set, a number out of range."""
    if text is None or len(text) > LONGEST_ANSWER:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    category, kind = _member(data.get("category"), CATEGORIES), _member(data.get("kind"), tuple(Kind))
    confidence = data.get("confidence")
    if category is None or kind is None or not isinstance(confidence, int) or isinstance(confidence, bool):
        return None
    if not 0 <= confidence <= 100:
        return None
    return Opinion(
        judge=Judge.MODEL,
        confidence=confidence / 100,
        reason=Wording.of(READS_IT_AS[kind].text, model=model),
        kind=kind,
        category=Category(category),
    )


def _member(value: Any, members: tuple[Word, ...]) -> Word | None:
    return next((member for member in members if member == value), None) if isinstance(value, str) else None
