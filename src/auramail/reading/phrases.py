"""Phrases: groups of word stems that stand near each other in a text, in any language and inflection."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WORD_OR_BREAK = re.compile(r"\w+(?:['’ʼ-]\w+)*|[.!?;:…](?=\s|$)|\n[ \t]*\n")
LONGEST_TEXT = 16_000
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
    negatable: bool


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
        self._known: dict[str, tuple[int, ...]] = {}
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
                if all(other in places for other in phrase.groups):
                    span = self._span(phrase, places)
                    if span:
                        found.append((*span, phrase.name))
        return cut_out(text, sorted(found)) if found else []

    def _read(self, name: str, line: str) -> Phrase:
        groups = tuple(self._number(group.strip()) for group in line.lstrip("!").split("/"))
        return Phrase(name, groups, negatable=not line.startswith("!"))

    def _number(self, group: str) -> int:
        if group not in self._numbers:
            number = self._numbers[group] = len(self._numbers)
            for word in group.split():
                table = self._stems if word.endswith("*") else self._exact
                table.setdefault(word.rstrip("*"), set()).add(number)
        return self._numbers[group]

    def _places(self, text: str) -> dict[int, list[int]]:
        """Which groups the words of a text belong to, and where: group → word numbers."""
        places: dict[int, list[int]] = {}
        known = self._known
        if len(known) > 100_000:
            known.clear()
        for place, word in enumerate(WORD_OR_BREAK.findall(text.lower())):
            groups = known.get(word)
            if groups is None:
                groups = known[word] = self._groups(word)
            for group in groups:
                places.setdefault(group, []).append(place)
        return places

    def _groups(self, word: str) -> tuple[int, ...]:
        if not (word[0].isalnum() or word[0] == "_"):
            return (BREAK,)
        found = set(self._exact.get(word, ()))
        for length in self._lengths:
            found |= self._stems.get(word[:length], set()) if length <= len(word) else set()
        return tuple(found)

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
    matches = list(WORD_OR_BREAK.finditer(text.lower()))
    return [Hit(name, text[matches[start].start() : matches[end].end()]) for start, end, name in spans]
