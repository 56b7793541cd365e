"""A search put together from parts that somebody else named, beside what the grammar makes of the request."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from auramail.core.searches import ReadBy, Search, Understood
from auramail.reading.searching.operators import fits
from auramail.reading.searching.parts import MOST_PARTS, NamedPart, RefusedError, Spoken, write
from auramail.reading.searching.requests import read_request
from auramail.reading.searching.vocabulary import MAIL

_TYPED: Final = re.compile(r"-|[({]|[a-z_0-9]+:")
_DAYS: Final = re.compile(r"(?:(?:after|before):\S+ ?)+")
_DENYING: Final = frozenset(
    one.replace("_", " ") for name in ("not", "without", "except") for one in MAIL[name].split()
)
_BOUND: Final = re.compile(r"(?<![\w-])(after|before):(\d{4}/\d\d/\d\d)")


def search_of(
    parts: Sequence[NamedPart], request: str, guess: Search, *, now: datetime, zone: str, label_prefix: str
) -> Search | None:
    """The search those parts make; None if anything in them is not borne out by the request, or all of it is denied.

    What was typed in Gmail's own language stays in it, and where the grammar is sure of days, its days stand.
    """
    if not 1 <= len(parts) <= MOST_PARTS:
        return None
    spoken = Spoken(request)
    found = [one for one in guess.understood if one.words == one.operator and _TYPED.match(one.operator)]
    try:
        for one in found:
            spoken.cut(one.words)
        found += [_in_days(Understood(*write(part, spoken, label_prefix)), now, zone) for part in parts]
    except RefusedError:
        return None
    understood = tuple(_once(found))
    query = " ".join(one.operator for one in understood)
    if not fits(query) or _clashes(query) or all(one.operator.startswith("-") for one in understood):
        return None
    denials = _DENYING if any(one.operator.startswith("-") for one in understood) else frozenset()
    ignored = tuple(one for run in spoken.left() for one in _missed(run, denials, now, zone))
    return Search(query, understood, ignored, unsure=bool(ignored), by=ReadBy.MODEL)


def _in_days(one: Understood, now: datetime, zone: str) -> Understood:
    """The same words with the grammar's days, if it is sure of them: it counts better than any model."""
    if not _DAYS.fullmatch(one.operator):
        return one
    counted = read_request(one.words, now=now, zone=zone)
    return Understood(one.words, counted.query) if not counted.unsure and _DAYS.fullmatch(counted.query) else one


def _once(found: Iterable[Understood]) -> Iterator[Understood]:
    """Each operator once, and each bound of days."""
    seen: set[str] = set()
    for one in found:
        terms = one.operator.split() if _DAYS.fullmatch(one.operator) else [one.operator]
        fresh = [term for term in dict.fromkeys(terms) if term not in seen]
        seen.update(fresh)
        if fresh:
            yield Understood(one.words, " ".join(fresh))


def _clashes(query: str) -> bool:
    """Whether two days would have to be the first one, or no day is left between them."""
    bounds = _BOUND.findall(query)
    days = dict(bounds)
    return len(days) < len(bounds) or days.get("after", "") >= days.get("before", "9")


def _missed(words: str, denials: frozenset[str], now: datetime, zone: str) -> Iterator[str]:
    """What means something among words that nobody took; those that deny do not, where something is denied."""
    alone = read_request(words, now=now, zone=zone)
    said = (*(one.words for one in alone.understood), *alone.ignored)
    return (one for one in said if one.casefold() not in denials)
