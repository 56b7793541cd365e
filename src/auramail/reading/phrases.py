"""Phrases: groups of word stems that stand near each other in a text, in any language and inflection."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

WORD_OR_BREAK = re.compile(r"\w+(?:['’ʼ-]\w+)*|[.!?;:…](?=\s|$)|\n[ \t]*\n")
EMPTY_LINE = re.compile(r"\n[ \t]*\n")
LONGEST_TEXT = 16_000
MOST_REMEMBERED = 50_000
LONGEST_REMEMBERED = 40
NEGATIONS = (
    "not never don't don’t dont cannot can't can’t won't nobody no without doesn't didn't "
    "не ні ніколи нікому жодному жодним никогда никому нет нельзя nicht nie niemals keine kein keinen"
)
CONDITIONS = "if unless until otherwise якщо поки інакше если пока иначе wenn falls sonst bis"
NEGATION_REACH = 5
MOST_STARTS = 100
BREAK, NEGATION, CONDITION = -1, -2, -3


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found, with the words it was found in."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Groups of stems in the order in which they must stand."""

    name: str
    groups: tuple[int, ...]
    needed: frozenset[int]
    negatable: bool


Piece = tuple[int, tuple[tuple[int, int], ...]]
"""What stands between two blanks: how many words and breaks it has; the place in it and the group of each of them."""


class Phrasebook:
    """Finds phrases in texts.

    A line such as `confirm verif* / account password` is a group of words, then another that follows it; `*` ends a
    stem. `within` bounds the gap between groups in words; a sentence's end is never crossed. A phrase after a
    negation (`never send your password`) is not found, unless a condition goes with it (`if you do not confirm`)
    or the line starts with `!`, which says that negation does not matter.
    """

    def __init__(self, lines: Mapping[str, Sequence[str]], within: int = 6) -> None:
        self._within = within
        self._numbers: dict[str, int] = {}
        self._stems: dict[str, set[int]] = {}
        self._exact: dict[str, set[int]] = {}
        self._known: dict[str, Piece] = {}
        self._by_first: dict[int, list[Phrase]] = {}
        for words, group in ((NEGATIONS, NEGATION), (CONDITIONS, CONDITION)):
            for word in words.split():
                self._exact.setdefault(word, set()).add(group)
        for name, many in lines.items():
            for line in many:
                phrase = self._read(name, line)
                self._by_first.setdefault(phrase.groups[0], []).append(phrase)
        lengths = [len(stem) for stem in self._stems]
        self._lengths = range(min(lengths, default=1), max(lengths, default=0) + 1)

    def find(self, text: str) -> list[Hit]:
        """All phrases of the text, each line of the book at most once, in the order of the text."""
        text = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT // 2] + "\n\n" + text[-LONGEST_TEXT // 2 :]
        places = self._places(text)
        found = []
        for group in places.keys() & self._by_first.keys():
            for phrase in self._by_first[group]:
                span = self._span(phrase, places) if places.keys() >= phrase.needed else None
                if span:
                    found.append((*span, phrase.name))
        return cut_out(text, sorted(found)) if found else []

    def _read(self, name: str, line: str) -> Phrase:
        groups = tuple(self._number(group.strip()) for group in line.lstrip("!").split("/"))
        return Phrase(name, groups, frozenset(groups), negatable=not line.startswith("!"))

    def _number(self, group: str) -> int:
        if group not in self._numbers:
            number = self._numbers[group] = len(self._numbers)
            for word in group.split():
                table = self._stems if word.endswith("*") else self._exact
                table.setdefault(word.rstrip("*"), set()).add(number)
        return self._numbers[group]

    def _places(self, text: str) -> dict[int, list[int]]:
        """Which groups the words of a text belong to, and where: group → word numbers."""
        places: dict[int, list[int]] = defaultdict(list)
        known = self._known
        if len(known) > MOST_REMEMBERED:
            known.clear()
        place = 0
        for number, paragraph in enumerate(EMPTY_LINE.split(text.lower())):
            if number:
                places[BREAK].append(place)
                place += 1
            for written in paragraph.split():
                length, groups = known.get(written) or self._piece(written)
                for offset, group in groups:
                    places[group].append(place + offset)
                place += length
        return places

    def _piece(self, written: str) -> Piece:
        words = WORD_OR_BREAK.findall(written)
        groups = tuple((offset, group) for offset, word in enumerate(words) for group in self._groups(word))
        piece = len(words), groups
        if len(written) <= LONGEST_REMEMBERED:
            self._known[written] = piece
        return piece

    def _groups(self, word: str) -> set[int]:
        if not (word[0].isalnum() or word[0] == "_"):
            return {BREAK}
        stems = (self._stems.get(word[:length], ()) for length in self._lengths if length <= len(word))
        return {*self._exact.get(word, ()), *chain.from_iterable(stems)}

    def _span(self, phrase: Phrase, places: Mapping[int, list[int]]) -> tuple[int, int] | None:
        for start in places[phrase.groups[0]][:MOST_STARTS]:
            end = self._end(phrase, start, places)
            if end is not None and not (phrase.negatable and is_negated(start, end, places)):
                return start, end
        return None

    def _end(self, phrase: Phrase, start: int, places: Mapping[int, list[int]]) -> int | None:
        """Where the phrase that begins at `start` ends, within its sentence; None if a group is missing."""
        limit = first_after(start, places.get(BREAK, ()))
        end = start
        for group in phrase.groups[1:]:
            following = first_after(end, places[group])
            if following is None or following > end + self._within or (limit is not None and following > limit):
                return None
            end = following
        return end


def first_after(place: int, places: Sequence[int]) -> int | None:
    """The first of sorted places behind one."""
    index = bisect_right(places, place)
    return places[index] if index < len(places) else None


def is_negated(start: int, end: int, places: Mapping[int, list[int]]) -> bool:
    """Whether a negation without a condition stands inside or shortly before, in the same sentence."""
    breaks = places.get(BREAK, [])
    before = bisect_left(breaks, start)
    sentence = breaks[before - 1] if before else -1
    negation = first_after(max(sentence, start - NEGATION_REACH - 1), places.get(NEGATION, ()))
    if negation is None or negation >= end:
        return False
    condition = first_after(max(sentence, negation - NEGATION_REACH - 1), places.get(CONDITION, ()))
    return condition is None or condition > negation


def cut_out(text: str, spans: Sequence[tuple[int, int, str]]) -> list[Hit]:
    """The words of each span of word numbers, as they were written."""
    last = max(end for _, end, _ in spans)
    matches = list(islice(WORD_OR_BREAK.finditer(text.lower()), last + 1))
    return [Hit(name, text[matches[start].start() : matches[end].end()]) for start, end, name in spans]
