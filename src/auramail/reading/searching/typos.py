"""Misspelt words of the grammar: a word that nobody knows and that is one slip away from one that has a meaning."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import Final

from auramail.reading.searching import names
from auramail.reading.searching.numerals import NUMBER_WORDS
from auramail.reading.searching.periods import MONTH_WORDS, WEEKDAY_WORDS
from auramail.reading.searching.tokens import Sort, Token
from auramail.reading.searching.vocabulary import TABLES, WORDS

_SHORTEST: Final = 5
_LONGEST: Final = 20
_REAL_WORDS: Final = frozenset(
    WORDS["typos.real"]
    .split()
)  # fmt: skip
"""Words that are near to one of the grammar's and mean themselves."""


def _grammar_words() -> Iterator[str]:
    for table, row in TABLES.items():
        if table not in {"names", "typos", "borders"}:
            yield from " ".join(row.values()).replace("_", " ").split()
    yield from chain(MONTH_WORDS, WEEKDAY_WORDS, NUMBER_WORDS)


@cache
def _known() -> frozenset[str]:
    return frozenset(word.replace("'", "").replace("’", "") for word in _grammar_words())


@cache
def _slips() -> dict[str, set[str]]:
    """Each long enough word of the grammar under what is left when one letter is taken away, and under itself."""
    table: dict[str, set[str]] = {}
    for word in _known():
        if len(word) >= _SHORTEST and word not in NUMBER_WORDS:
            for left in _without_one(word):
                table.setdefault(left, set()).add(word)
    return table


def _without_one(word: str) -> Iterable[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def mended(tokens: list[Token]) -> list[Token]:
    """The tokens with the keys of misspelt words mended; what was written stays as it is."""
    found = [replace(token, key=mend(token.key)) if token.sort is Sort.WORD else token for token in tokens]
    for place, token in enumerate(found[:-1]):
        following = found[place + 1]
        named = following.sort is Sort.ADDRESS or names.is_given(following.key) or names.is_role(following.key)
        fits = named or following.text[:1].isupper()
        if token.key in _FOR_FROM and fits and not (place and found[place - 1].key in _ARTICLES):
            found[place] = replace(token, key="from")
    return found


_FOR_FROM: Final = frozenset({"form", "fom", "frm", "fron", "fro", "rfom"})
_ARTICLES: Final = frozenset({"the", "a", "an", "this", "that", "my", "our"})


def mend(key: str) -> str:
    """The one word of the grammar that is a letter too many, too few, wrong or swapped away; else the key itself."""
    if len(key) == _SHORTEST - 1:
        return _with_one_more(key)
    if not _SHORTEST <= len(key) <= _LONGEST or not key.isalpha() or key in _known() or key in _REAL_WORDS:
        return key
    if names.is_given(key) or names.is_role(key):
        return key
    near = {word for left in _without_one(key) for word in _slips().get(left, ()) if _is_slip(key, word)}
    if len(near) > 1:
        near = {word for word in near if _is_swap(key, word) or word[:4] == key[:4]} or near
    found = sorted(near, key=lambda word: (not _is_swap(key, word), word[:1] != key[:1], word))
    return found[0] if found else key


@cache
def _common() -> frozenset[str]:
    """Days and units of five letters: the shortest words worth mending, since nobody asks without them."""
    listed = [*(words for name, words in WORDS.items() if name.startswith(("days.", "units."))), *MONTH_WORDS]
    return frozenset(word for word in " ".join(listed).replace("_", " ").split() if len(word) == _SHORTEST)


_SHORT: Final = ("with", "last", "week", "past", "year", "sent", "this", "that")
"""English words of four letters in which a swap makes no other word."""


def _with_one_more(key: str) -> str:
    """A word of four letters that lacks one inside (вчра), or has two swapped (wiht)."""
    if key.isascii():
        return (
            next((word for word in _SHORT if _is_swap(key, word) and _is_slip(key, word)), key)
            if key not in _REAL_WORDS
            else key
        )
    if key in _known() or key in _REAL_WORDS or not "а" <= key[0] <= "ґ" or names.is_given(key):
        return key
    near = [word for word in _common() if word[0] == key[0] and word[-1] == key[-1] and key in _without_one(word)]
    return min(near, default=key)


def _is_swap(key: str, word: str) -> bool:
    return len(key) == len(word) and sorted(key) == sorted(word)


def _is_slip(key: str, word: str) -> bool:
    """One letter added, left out, wrong, or two neighbours swapped; in short words only a swap, or a doubled letter."""
    if _is_swap(key, word):
        differing = [place for place in range(len(key)) if key[place] != word[place]]
        return len(differing) == 2 and differing[1] - differing[0] == 1
    if key[0] != word[0] or key[:-1] in {word, word[:-1]} or key == word[:-1]:
        # Another last letter is another form of a word more often than a slip.
        return False
    if len(key) == len(word):
        return len(key) >= 7 and sum(one != other for one, other in zip(key, word, strict=True)) == 1
    longer, shorter = (key, word) if len(key) > len(word) else (word, key)
    return len(shorter) >= 6 and len(longer) - len(shorter) == 1 and shorter in _without_one(longer)
