"""Excerpts: what of a long text is worth its price: its ends and the sentences that ask, date or count."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Final

from auramail.reading.asking import asking_of
from auramail.reading.dates import find_dates
from auramail.reading.money import find_amounts

GAP: Final = "[…]"
_BESIDE_GAP: Final = "\n"
HEAD: Final = 0.3
"""Share of the budget for the beginning; the sentences that follow it may have what is left over."""
TAIL: Final = 0.35
LOOKED_AT: Final = 6_000
"""Letters on each side, after the beginning and before the end, in which sentences are chosen."""
_LONGEST_PIECE: Final = 5
"""A sentence longer than this part of the budget is cut between words."""
_LITTLE: Final = 10
"""Room for fewer characters than this is not worth a look."""
_ANY_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Only whether a day is named counts, not which."""

_SENTENCE_END: Final = re.compile(r"[.!?…]{1,40}[\"'»”)\]*]{0,5}\s+|[。！？]|\n\s*")
_WORD: Final = re.compile(r"(?:\[[a-z -]{3,30}\]|\S)+\s*")
"""A placeholder of masking.py counts as one word."""

Span = tuple[int, int]


def excerpt(text: str, most: int) -> str:
    """The text, or the parts of it that matter most in their order, with `[…]` for each gap: at most `most` characters.

    A word is never cut; of a text whose end fits, the end is always there. Never fails.
    """
    if len(text) <= most:
        return text
    pieces = _pieces(text, max(most // _LONGEST_PIECE, 1))
    return _joined(text, pieces, _chosen(text, pieces, most)) if most >= len(GAP) else ""


def _pieces(text: str, longest: int) -> Sequence[Span]:
    """Sentences, and of long ones runs of words: together the whole text."""
    return [part for start, end in _sentences(text) for part in _parts(text, start, end, longest)]


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _parts(text: str, start: int, end: int, longest: int) -> Iterator[Span]:
    if end - start <= longest:
        yield start, end
        return
    reached = start
    for word in _WORD.finditer(text, start, end):
        if word.end() - start > longest and reached > start:
            yield start, reached
            start = reached
        reached = word.end()
    yield start, end


def _chosen(text: str, pieces: Sequence[Span], most: int) -> set[int]:
    """The numbers of the pieces that are shown: by rank, as long as there is room."""
    chosen: set[int] = set()
    length = len(GAP)
    # What each neighbour that is missing costs: a gap on that side, at the edges of the text none.
    gap = len(GAP) + 2 * len(_BESIDE_GAP)
    for number in _by_rank(text, pieces, most):
        if most - length < _LITTLE:
            break
        if number in chosen:
            continue
        start, end = pieces[number]
        is_after = number == 0 or number - 1 in chosen
        is_before = number == len(pieces) - 1 or number + 1 in chosen
        cost = end - start + gap * (1 - is_after - is_before)
        if not chosen:
            cost += 2 * len(_BESIDE_GAP)
        if length + cost <= most:
            chosen.add(number)
            length += cost
    return chosen


def _by_rank(text: str, pieces: Sequence[Span], most: int) -> Iterator[int]:
    """First the end and the beginning, then what asks, names days, names sums, and the rest from its beginning."""
    last = len(pieces) - 1
    tail = next((number for number in range(last, -1, -1) if len(text) - pieces[number][0] > most * TAIL), -1)
    head = next((number for number in range(last + 1) if pieces[number][1] > most * HEAD), last + 1)
    yield from range(last, tail, -1)
    yield from range(head)
    if tail < 0 or head > last:
        yield from range(last + 1)
        return
    start, end = pieces[head][0], max(pieces[tail][1], pieces[head][0])
    # Only so much is looked at, for sentences in the midst of a book are not why it was sent.
    parts = ((start, min(start + LOOKED_AT, end)), (max(end - LOOKED_AT, start + LOOKED_AT), end))
    for places in (_asks, _days, _sums):
        for first, stop in parts:
            yield from (_number_at(pieces, first + place) for place in places(text[first:stop]))
    yield from range(last + 1)


def _asks(text: str) -> Iterator[int]:
    return (ask.start for ask in asking_of(text).asks)


def _days(text: str) -> Iterator[int]:
    return (mention.start for mention in find_dates(text, _ANY_DAY, "UTC"))


def _sums(text: str) -> Iterator[int]:
    return (mention.start for mention in find_amounts(text))


def _number_at(pieces: Sequence[Span], place: int) -> int:
    """The number of the piece in which a place lies."""
    return bisect_right(pieces, place, key=itemgetter(0)) - 1


def _joined(text: str, pieces: Sequence[Span], chosen: set[int]) -> str:
    said: list[str] = []
    previous = -1
    for number in sorted(chosen):
        start, end = pieces[number]
        if number == previous + 1 and said:
            said[-1] += text[start:end]
        elif number == 0:
            said.append(text[start:end])
        else:
            said += GAP, text[start:end]
        previous = number
    if previous < len(pieces) - 1:
        said.append(GAP)
    return _BESIDE_GAP.join(part.strip() for part in said if part.strip())
