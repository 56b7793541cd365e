"""Makes text as people really write it: misspelt, without capitals, shouted, with faces."""

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from training.pools import Family

if TYPE_CHECKING:
    from training.drafts import Draft

_FACES: Final = ("🎉", "🔥", "📦", "✅", "❗", "💳", "⚡", "👋", "😊", "📅", "🎁", "⏰", "❤️", "✈️")
_FACED: Final = {
    "promotion": 0.25,
    "newsletter": 0.15,
    "spam": 0.15,
    "social": 0.1,
    "delivery": 0.12,
    "survey": 0.12,
    "phishing": 0.12,
    "personal": 0.06,
}
_LETTERS: Final = str.maketrans({"і": "i", "І": "I", "о": "o", "а": "a", "е": "e"})


def flawed(draft: "Draft", family: Family, dice: random.Random) -> "Draft":
    """The draft with the flaws its kind of sender makes."""
    subject, paragraphs = draft.subject, draft.paragraphs
    if dice.random() < _FACED.get(family.kind, 0.02):
        subject = dice.choice((f"{dice.choice(_FACES)} {subject}", f"{subject} {dice.choice(_FACES)}"))
    if dice.random() < (0.12 if family.kind in {"spam", "promotion", "phishing"} else 0.02):
        subject = subject.upper()
    human = family.kind in {"personal", "work", "spam", "phishing"}
    if dice.random() < (0.2 if human else 0.04):
        paragraphs = [_misspelt(text, dice) for text in paragraphs]
    if human and dice.random() < 0.1:
        paragraphs = [text.lower() for text in paragraphs]
    if family.kind == "personal" and dice.random() < 0.12:
        paragraphs = [text.rstrip(".") + dice.choice((" :)", "!!", "...", " 😊", ")))", "")) for text in paragraphs]
    if family.kind in {"spam", "phishing"} and dice.random() < 0.08:
        paragraphs = [text.translate(_LETTERS) for text in paragraphs]
    if dice.random() < 0.03:
        subject = ""
    return replace(draft, subject=subject, paragraphs=paragraphs)


def _misspelt(text: str, dice: random.Random) -> str:
    letters = list(text)
    if "{" in text or len(letters) < 12:
        return text
    for _ in range(1 + len(letters) // 90):
        place = dice.randrange(1, len(letters) - 1)
        if not letters[place].isalpha():
            continue
        roll = dice.random()
        if roll < 0.4:
            letters[place], letters[place - 1] = letters[place - 1], letters[place]
        elif roll < 0.8:
            letters[place] = ""
        else:
            letters[place] *= 2
    return "".join(letters)
