"""Hashes the words and letter groups of a text into row numbers, without a Python loop over them."""

import functools
import unicodedata
from dataclasses import dataclass
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
_Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Grams:
    """The rows of a text: one for each word (in order), each pair of neighbours, and each group of 3 or 5 letters.

    `words` are the folded words, as they stand in the text but in lower case with every digit as 0.
    """

    units: npt.NDArray[np.uint16]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    word_rows: Rows
    pair_rows: Rows
    letter_rows: Rows

    def __len__(self) -> int:
        return len(self.word_rows)

    def word(self, index: int) -> str:
        return self.units[self.starts[index] : self.ends[index]].tobytes().decode("utf-16-le")

    def all_rows(self) -> Rows:
        """Every row once, in rising order."""
        present = np.zeros(ROWS, dtype=np.bool_)
        present[self.word_rows] = True
        present[self.pair_rows] = True
        present[self.letter_rows] = True
        return np.flatnonzero(present)


def grams(text: str, salt: int = 0) -> Grams:
    """Read a text; equal words under different salts (subject, body, sender) have different rows."""
    units = fold(text)
    spaces = np.flatnonzero(units == _SPACE)
    starts, ends = spaces[:-1] + 1, spaces[1:]
    usual = ends - starts <= LONGEST_WORD
    starts, ends = starts[usual], ends[usual]
    powers, inverses = _powers()
    sums = np.zeros(len(units) + 1, dtype=np.uint64)
    np.cumsum(units * powers[: len(units)], out=sums[1:])

    words = (sums[ends] - sums[starts]) * inverses[starts]
    pairs = words[:-1] * np.uint64(_PAIR) + words[1:]
    letters = [_groups(units, sums, inverses, length) for length in (3, 5)]
    return Grams(
        units=units,
        starts=starts,
        ends=ends,
        word_rows=_rows(words, salt * 8 + 1),
        pair_rows=_rows(pairs, salt * 8 + 2),
        letter_rows=np.concatenate(
            [_rows(group, salt * 8 + 3 + place) for place, group in enumerate(letters)], dtype=np.int64
        ),
    )


def fold(text: str) -> npt.NDArray[np.uint16]:
    """UTF-16 units in lower case: digits as 0, faces as one sign, all else one blank; a blank at both ends."""
    raw = np.frombuffer(text[:LONGEST].encode("utf-16-le", "surrogatepass")[: 2 * LONGEST], dtype=np.uint16)
    folded = np.full(len(raw) + 2, _SPACE, dtype=np.uint16)
    folded[1:-1] = _folding()[raw]
    blank = folded == _SPACE
    keep = np.ones(len(folded), dtype=np.bool_)
    keep[1:] = ~(blank[1:] & blank[:-1])
    return folded[keep]


def _groups(units: npt.NDArray[np.uint16], sums: _Hashes, inverses: _Hashes, length: int) -> _Hashes:
    """Hashes of all runs of `length` units that do not reach over a blank, though they may begin or end with one."""
    count = len(units) - length + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    blanks = np.cumsum(units == _SPACE)
    inside = blanks[length - 2 : length - 2 + count] - blanks[:count]
    begin = np.flatnonzero(inside == 0)
    hashes: _Hashes = (sums[begin + length] - sums[begin]) * inverses[begin]
    return hashes


def _rows(hashes: _Hashes, salt: int) -> Rows:
    mixed = hashes + np.uint64(salt * _PAIR & _MASK)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(_MIX)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(_BASE)
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)


@functools.cache
def _powers() -> tuple[_Hashes, _Hashes]:
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
