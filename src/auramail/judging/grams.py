"""Hashes the words and letter groups of a text into row numbers, without a Python loop over them."""

import functools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt

BITS: Final = 17
ROWS: Final = 1 << BITS
LONGEST: Final = 4096
"""Most UTF-16 units of one text that are looked at."""
LONGEST_WORD: Final = 24
"""Longer runs are keys and encoded data, not words."""

_MASK: Final = (1 << 64) - 1
_BASE: Final = 0x9E3779B97F4A7C15
_PAIR: Final = 0xC2B2AE3D27D4EB4F
_MIX: Final = 0xD6E8FEB86659FD93
_SPACE: Final = 32
_FACE: Final = 0x263A
_KEPT_SIGNS: Final = "$€£₴%№"

Rows = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Grams:
    """Hashes of a text: of each word (in order), of each pair of neighbours, of each group of 3 and of 5 letters.

    Equal words have equal hashes wherever they stand; groups may begin or end with the blank around a word but do not
    reach over one.
    """

    units: npt.NDArray[np.uint16]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    words: Hashes
    pairs: Hashes
    threes: Hashes
    fives: Hashes

    def __len__(self) -> int:
        return len(self.words)

    def words_at(self, indices: npt.NDArray[np.intp]) -> list[str]:
        """The words as they stand in the text, but in lower case and with every digit as 0."""
        text = self.units.tobytes().decode("utf-16-le")  # Folding leaves no surrogates: a unit is a character.
        spans = zip(self.starts[indices].tolist(), self.ends[indices].tolist(), strict=True)
        return [text[start:end] for start, end in spans]


def grams(text: str) -> Grams:
    units = fold(text)
    is_blank = units == _SPACE
    blanks = np.flatnonzero(is_blank)
    starts, ends = blanks[:-1] + 1, blanks[1:]
    usual = ends - starts <= LONGEST_WORD
    starts, ends = starts[usual], ends[usual]
    powers, inverses = _powers()
    sums = np.zeros(len(units) + 1, dtype=np.uint64)
    np.cumsum(units * powers[: len(units)], out=sums[1:])

    words = (sums[ends] - sums[starts]) * inverses[starts]
    three = np.flatnonzero(~is_blank[1:-1])
    five = np.flatnonzero(~(is_blank[1:-3] | is_blank[2:-2] | is_blank[3:-1]))
    return Grams(
        units=units,
        starts=starts,
        ends=ends,
        words=words,
        pairs=words[:-1] * np.uint64(_PAIR) + words[1:],
        threes=(sums[three + 3] - sums[three]) * inverses[three],
        fives=(sums[five + 5] - sums[five]) * inverses[five],
    )


def rows(parts: Sequence[tuple[Hashes, int]]) -> list[Rows]:
    """The row of each hash, part by part; equal hashes under different salts (subject, body, …) have different rows."""
    mixed = np.concatenate([hashes + np.uint64(salt * _PAIR & _MASK) for hashes, salt in parts])
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(_MIX)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(_BASE)
    found = (mixed >> np.uint64(64 - BITS)).astype(np.int64)
    ends = list(accumulate(len(hashes) for hashes, _ in parts))
    return [found[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def once(found: Sequence[Rows]) -> Rows:
    """Every row once, in rising order."""
    rising = np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *found]))
    is_first = np.ones(len(rising), dtype=np.bool_)
    np.not_equal(rising[1:], rising[:-1], out=is_first[1:])
    return rising[is_first]


def fold(text: str) -> npt.NDArray[np.uint16]:
    """UTF-16 units in lower case: digits as 0, faces as one sign, all else one blank; a blank at both ends."""
    raw = np.frombuffer(text[:LONGEST].encode("utf-16-le", "surrogatepass")[: 2 * LONGEST], dtype=np.uint16)
    folded = np.full(len(raw) + 2, _SPACE, dtype=np.uint16)
    folded[1:-1] = _folding()[raw]
    blank = folded == _SPACE
    keep = np.ones(len(folded), dtype=np.bool_)
    keep[1:] = ~(blank[1:] & blank[:-1])
    return folded[keep]


@functools.cache
def _powers() -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse modulo 2^64: a run's hash is then the same wherever it stands."""
    size = LONGEST + 2
    ones = np.ones(1, dtype=np.uint64)
    up = np.cumprod(np.concatenate([ones, np.full(size, _BASE, dtype=np.uint64)]), dtype=np.uint64)
    down = np.cumprod(np.concatenate([ones, np.full(size, pow(_BASE, -1, 1 << 64), dtype=np.uint64)]), dtype=np.uint64)
    return up, down


@functools.cache
def _folding() -> npt.NDArray[np.uint16]:
    """What each UTF-16 unit becomes; scripts beyond Armenian stand as they are, without their case."""
    table = np.arange(1 << 16, dtype=np.uint16)
    table[0x2000:0x2C00] = _SPACE
    table[0x3000:0x3040] = _SPACE
    table[0xDC00:0xFB00] = _SPACE
    table[0xFE00:0xFF00] = _SPACE
    table[0x2600:0x27C0] = _FACE
    table[0xD800:0xDC00] = _FACE
    for code in (*range(0x590), *range(0x1E00, 0x1F00), 0x20AC, 0x20B4, 0x2116):
        table[code] = _folded(chr(code))
    return table


def _folded(character: str) -> int:
    if character.isdecimal():
        return ord("0")
    if not character.isalpha():
        return ord(character) if character in _KEPT_SIGNS else _SPACE
    small = character.lower()
    if small < "\u0250" or small >= "\u1e00":
        # Latin letters lose their accents; Cyrillic ones keep them: й and ї are letters of their own.
        small = unicodedata.normalize("NFKD", small)
    return ord(small[0])
