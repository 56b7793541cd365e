"""Plots: what fraud tells in any of thirteen languages, heard as ideas that meet within a few lines.

A phrase (`phrases.toml`) is sure of its words and blind to others; a plot needs only that the ideas it is made of
(`concepts.toml`: something is blocked, confirm, by tomorrow) stand near each other, however it is said.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, reduce
from importlib.resources import files
from itertools import pairwise
from operator import or_
from typing import Final

WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
PARTS: Final = re.compile(r"['-]")
FORTUNE: Final = re.compile(r"[$€£]?\d{1,3}(?:[.,]\d{3}){2,4}\b")
"""Sums from a million up."""
BLOCK: Final = 25
"""Words of a block; ideas meet if they stand in the same block or in neighbouring ones."""
LONGEST_TEXT: Final = 3_000
"""Characters: what a fraud wants stands at the beginning, and long texts speak of everything somewhere."""
MOST_REMEMBERED: Final = 50_000
LONGEST_REMEMBERED: Final = 40

Part = int
"""Concepts of which any will do, as bits."""


class Ideas:
    """Which concepts the words of a text belong to, and which plots they make."""

    def __init__(self, concepts: Mapping[str, str], plots: Mapping[str, Sequence[str]], block: int = BLOCK) -> None:
        self._block = block
        self._bits = {name: 1 << number for number, name in enumerate(concepts)}
        self._stems: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        for name, words in concepts.items():
            for word in words.split():
                table = self._stems if word.endswith("*") else self._exact
                key = folded(word.rstrip("*"))
                table[key] = table.get(key, 0) | self._bits[name]
        lengths = [len(stem) for stem in self._stems]
        self._lengths = range(min(lengths), max(lengths) + 1)
        self._plots = [(name, self._parts(line)) for name, lines in plots.items() for line in lines]
        self._known: dict[str, int] = {}

    def plots(self, text: str) -> dict[str, str]:
        """The plots a text tells: name → the words it tells each in, joined by dots."""
        known = self._known
        pieces = text[:LONGEST_TEXT].lower().split()
        remembered = zip(pieces, map(known.get, pieces), strict=True)
        masks = [self._mask(piece) if mask is None else mask for piece, mask in remembered]
        found = [(at, mask) for at, mask in enumerate(masks) if mask]
        block = self._block
        blocks = [0] * max(2, len(pieces) // block + 1)
        for at, mask in found:
            blocks[at // block] |= mask
        meetings = [one | other for one, other in pairwise(blocks)]
        told: dict[str, str] = {}
        for name, parts in self._within(reduce(or_, blocks)):
            for number, meeting in enumerate(meetings):
                if name not in told and _holds(meeting, parts):
                    near = [(at, mask) for at, mask in found if number * block <= at < (number + 2) * block]
                    words = _words(pieces, near, parts)
                    if words:
                        told[name] = words
        return told

    def _within(self, whole: int) -> list[tuple[str, tuple[Part, ...]]]:
        """The plots that a text with these concepts could tell."""
        return [(name, parts) for name, parts in self._plots if whole & parts[0] and _holds(whole, parts)]

    def _parts(self, line: str) -> tuple[Part, ...]:
        return tuple(sum(self._bits[name] for name in part.split()) for part in line.split("/"))

    def _mask(self, piece: str) -> int:
        known = self._known.get(piece)
        if known is not None:
            return known
        mask = 0
        if FORTUNE.match(piece):
            mask |= self._bits.get("fortune_sum", 0)
        for word in WORD.findall(folded(piece[:LONGEST_REMEMBERED])):
            for part in {word, *PARTS.split(word)}:
                mask |= self._exact.get(part, 0)
                for length in self._lengths:
                    if length > len(part):
                        break
                    mask |= self._stems.get(part[:length], 0)
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        if len(piece) <= LONGEST_REMEMBERED:
            self._known[piece] = mask
        return mask


def _holds(mask: int, parts: Sequence[Part]) -> bool:
    return all(mask & part for part in parts)


def _words(pieces: Sequence[str], near: Sequence[tuple[int, int]], parts: Sequence[Part]) -> str:
    """One word for each part, in the order of the text; empty if one word would have to stand for two."""
    places: list[int] = []
    for part in parts:
        place = next((at for at, mask in near if mask & part and at not in places), None)
        if place is None:
            return ""
        places.append(place)
    return " … ".join(pieces[place].strip(".,:;!?()[]«»“”\"'") for place in sorted(places))


def folded(word: str) -> str:
    """The word without accents, lower case (é → e, ї → і, ё → е)."""
    word = word.lower().replace("ʼ", "'").replace("’", "'")
    if word.isascii():
        return word
    return "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each))


@cache
def _ideas() -> Ideas:
    tables = tomllib.loads(files("auramail.guards").joinpath("concepts.toml").read_text(encoding="utf-8"))
    return Ideas(tables["concepts"], tables["plots"])


@lru_cache(maxsize=4)
def plots_of(text: str) -> Mapping[str, str]:
    """The plots of a text (see `Ideas.plots`)."""
    return _ideas().plots(text)
