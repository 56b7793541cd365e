"""Rules in words: what they look for and what they want, part by part, for people to read."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from auramail.core.actions import Action
from auramail.core.decisions import Category, Kind
from auramail.core.rules import Condition, Wish
from auramail.core.wording import Wording

KILOBYTE: Final = 1024
Alternatives = tuple[Wording, ...]
"""Of these any one will do."""

KINDS: Final[Mapping[Kind, Wording]] = MappingProxyType(
    {
        Kind.PERSONAL: Wording("it is a personal letter"),
        Kind.WORK: Wording("it is about work"),
        Kind.BILL: Wording("it is a bill"),
        Kind.RECEIPT: Wording("it is a receipt"),
        Kind.MEETING: Wording("it is about a meeting"),
        Kind.TRAVEL: Wording("it is about travel"),
        Kind.DELIVERY: Wording("it is about a delivery"),
        Kind.SECURITY_CODE: Wording("it is a security code"),
        Kind.SECURITY_ALERT: Wording("it is a security alert"),
        Kind.PROMOTION: Wording("it is a promotion"),
        Kind.NEWSLETTER: Wording("it is a newsletter"),
        Kind.SOCIAL: Wording("it is from a social network"),
        Kind.NOTIFICATION: Wording("it is a notification"),
        Kind.SURVEY: Wording("it is a survey"),
        Kind.SPAM: Wording("it is spam"),
        Kind.PHISHING: Wording("it is phishing"),
        Kind.OTHER: Wording("it is something else"),
    }
)
SEEN: Final[Mapping[Category, Wording]] = MappingProxyType(
    {
        Category.IMPORTANT: Wording("AuraMail finds it important"),
        Category.ACTION_REQUIRED: Wording("AuraMail finds that it wants something done"),
        Category.NEWSLETTER: Wording("AuraMail puts it among the newsletters"),
        Category.SOCIAL: Wording("AuraMail puts it among social mail"),
        Category.REVIEW: Wording("AuraMail is not sure about it"),
        Category.DELETE: Wording("AuraMail finds it unwanted"),
        Category.DANGER: Wording("AuraMail finds it dangerous"),
    }
)
TAKEN_FOR: Final[Mapping[Category, Wording]] = MappingProxyType(
    {
        Category.IMPORTANT: Wording("take it for important"),
        Category.ACTION_REQUIRED: Wording("take it for something to be done"),
        Category.NEWSLETTER: Wording("take it for a newsletter"),
        Category.SOCIAL: Wording("take it for social mail"),
        Category.REVIEW: Wording("put it up for review"),
        Category.DELETE: Wording("take it for unwanted"),
        Category.DANGER: Wording("take it for dangerous"),
    }
)
DONE: Final[Mapping[Action, Wording]] = MappingProxyType(
    {
        Action.NO_ACTION: Wording("leave it in the inbox"),
        Action.ARCHIVE: Wording("archive it"),
        Action.MOVE: Wording("move it out of the inbox"),
        Action.DELETE: Wording("put it in the trash"),
    }
)


def condition_in_words(condition: Condition) -> tuple[Alternatives, ...]:
    """The parts of a condition, all of which must hold, each with its alternatives."""
    return tuple(part for part in _parts(condition) if part)


def wish_in_words(wish: Wish) -> tuple[Wording, ...]:
    """Everything that a rule does."""
    parts = (
        Wording.of("put the label “{label}” on it", label=wish.label) if wish.label else None,
        TAKEN_FOR[wish.category] if wish.category else None,
        DONE[wish.action] if wish.action else None,
    )
    return tuple(part for part in parts if part)


def _parts(condition: Condition) -> Iterator[Alternatives]:
    senders = (condition.sender, condition.domain, *condition.senders)
    yield tuple(Wording.of("it is from {sender}", sender=one) for one in senders if one)
    if condition.list_id:
        yield (Wording.of("it came by the mailing list {list}", list=condition.list_id),)
    if condition.subject:
        yield (Wording.of("“{words}” stands in its subject", words=condition.subject),)
    if condition.words:
        yield (Wording.of("“{words}” stands in it", words=condition.words),)
    yield tuple(Wording.of("“{words}” stands in it", words=one.replace("*", "…")) for one in condition.about)
    yield tuple(KINDS[kind] for kind in condition.kinds)
    yield tuple(SEEN[category] for category in condition.categories)
    if condition.has_attachment is not None:
        yield (Wording("it has an attachment") if condition.has_attachment else Wording("it has no attachment"),)
    yield from _numbers(condition)


def _numbers(condition: Condition) -> Iterator[Alternatives]:
    if condition.larger is not None:
        yield (Wording.of("it is larger than {size}", size=size_in_words(condition.larger)),)
    if condition.smaller is not None:
        yield (Wording.of("it is smaller than {size}", size=size_in_words(condition.smaller)),)
    if condition.older_days is not None:
        yield (Wording.of("it is more than {days} d old", days=condition.older_days),)
    if condition.newer_days is not None:
        yield (Wording.of("it is less than {days} d old", days=condition.newer_days),)


def size_in_words(size: int) -> str:
    """Bytes as people write them."""
    kilobytes = size / KILOBYTE
    return f"{kilobytes / KILOBYTE:.3g} MB" if kilobytes >= KILOBYTE else f"{kilobytes:.3g} KB"
