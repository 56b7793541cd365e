"""Forms for what mail is and how old it is."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from auramail.core.decisions import Category, Kind
from auramail.reading.ruling.scenes import Said, Sense, Sentence
from auramail.reading.ruling.vocabulary import CATEGORIES, KINDS, SMALL, TABLES, meaning
from auramail.reading.searching.patterns import COUNT, HALVES, count_of, one_of
from auramail.reading.searching.periods import UNIT_OF
from auramail.reading.searching.spans import rolling
from auramail.reading.searching.vocabulary import DATES, MAIL, WORDS

_KIND_OF: Final = meaning(KINDS)
_KIND: Final = re.compile(one_of(_KIND_OF, "kind"))
TOGETHER: Final[Mapping[str, tuple[Kind, ...]]] = MappingProxyType(
    {
        "order": (Kind.RECEIPT, Kind.DELIVERY),
        "newsletter": (Kind.NEWSLETTER, Kind.PROMOTION),
        "notification": (Kind.NOTIFICATION, Kind.SOCIAL),
    }
)
"""Words that people use for more than one kind."""
_SEEN_OF: Final = {
    word: name for word, name in meaning(CATEGORIES).items() if name in {Category.IMPORTANT, Category.ACTION_REQUIRED}
}
_SEEN: Final = re.compile(one_of(_SEEN_OF, "category") + f"(?={one_of(MAIL['mail'])})")
_ABOUT: Final = (
    frozenset(
        word.replace("_", " ")
        for word in " ".join(WORDS[f"topics.{name}"] for name in ("about", "word", "subject")).split()
    )
    | SMALL["topics"]
)
_UNIT: Final = one_of(UNIT_OF, "unit")
_OLD: Final = one_of(TABLES["ages"]["old"])
_BEING: Final = "(?:(?:які|що|that are|which are|are|is|вже|уже) )*"
_OLDER: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_BEING}{one_of(DATES['older'])}(?:{one_of(DATES['than'])})?{COUNT}?{_UNIT}(?:{_OLD})?",
        rf"{COUNT}{_UNIT}{one_of('or_older і_більше і_старші old_or_older or_more_old')}",
        rf"{one_of(TABLES['ages']['after'])}{COUNT}?{_UNIT}(?:{one_of('old')})?",
        rf"{one_of(WORDS['days.more_than'])}{COUNT}?{_UNIT}{_OLD}",
        rf"{one_of('яким яким_більше яким_понад старше_за')}(?:{one_of('більше понад більше_ніж')})?{COUNT}?{_UNIT}",
    )
)
DAYS: Final[Mapping[str, int]] = MappingProxyType(
    {"day": 1, "weekend": 2, "week": 7, "month": 30, "quarter": 91, "half": 182, "year": 365}
)


def kinds(sentence: Sentence, place: int) -> Iterator[Said]:
    """Receipts, newsletters: what AuraMail takes mail for. Behind "about" they are plain words, behind "from" names."""
    scene = sentence.scene
    match = _KIND.match(scene.line, scene.starts[place])
    named = place > 0 and scene.key(place - 1) in SMALL["from"] and scene.tokens[place].text[:1].isupper()
    if match and not named and not is_topic(sentence, place):
        name = _KIND_OF[match["kind"]]
        yield Said(scene.token_at(match.end()), Sense.KINDS, kinds=TOGETHER.get(name) or (Kind(name),))


def is_topic(sentence: Sentence, place: int) -> bool:
    """Whether "about", or something that means it, stands before a token."""
    keys = [token.key for token in sentence.scene.tokens[max(place - 4, 0) : place]]
    return any(" ".join(keys[start:]) in _ABOUT for start in range(len(keys)))


def seen(sentence: Sentence, place: int) -> Iterator[Said]:
    """Important mail: what AuraMail finds important."""
    scene = sentence.scene
    match = _SEEN.match(scene.line, scene.starts[place])
    if match:
        category = Category(_SEEN_OF[match["category"]])
        yield Said(scene.token_at(match.end()), Sense.SEEN, category=category)


def ages(sentence: Sentence, place: int) -> Iterator[Said]:
    """Older than a month, after thirty days; newer than a week."""
    scene = sentence.scene
    start = scene.starts[place]
    for pattern in _OLDER:
        match = pattern.match(scene.line, start)
        days, sure = _days(match) if match else (0, True)
        if match and days:
            yield Said(scene.token_at(match.end()), Sense.OLDER, days=days, sure=sure)
    span = rolling(scene.line, start, scene.today)
    if span and span.after:
        days = max(1, (scene.today - span.after).days)
        yield Said(scene.token_at(span.end), Sense.NEWER, days=days, sure=span.sure)


def _days(match: re.Match[str]) -> tuple[int, bool]:
    """How many days; a month is 30 of them, and hours are rounded up to whole days."""
    unit = UNIT_OF[match["unit"]]
    if match["count"] in HALVES:
        return round(DAYS.get(unit, 0) * 1.5), True
    count, sure = count_of(match)
    if unit == "hour":
        return -(-count // 24), sure and count % 24 == 0
    return DAYS.get(unit, 0) * count, sure
