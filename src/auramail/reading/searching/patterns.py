"""Pieces of patterns over a line of keys, in which every key is followed by one blank."""

import re
from collections.abc import Iterable, Mapping
from typing import Final


def one_of(words: str | Iterable[str], name: str = "") -> str:
    """One of the words, named if wished; `_` stands for the blank between words that are said together."""
    listed = words.split() if isinstance(words, str) else list(words)
    spellings = {word.replace("_", " ").replace("’", "").replace("'", "") for word in listed}
    either = "|".join(map(re.escape, sorted(spellings, key=lambda word: (-len(word), word))))
    return f"(?:(?P<{name}>{either}) )" if name else f"(?:(?:{either}) )"


def spoken(words: Mapping[str, int]) -> dict[str, int]:
    """A word list in the form of keys, without apostrophes."""
    return {word.replace("'", ""): value for word, value in words.items() if " " not in word}


_VAGUE: Final = {"кілька": 3, "декілька": 3, "кількох": 3, "few": 3, "a few": 3, "several": 3}
_FIXED: Final = {"a": 1, "an": 1, "one": 1, "пару": 2, "пара": 2, "couple": 2, "couple of": 2, "a couple of": 2,
                 "a couple": 2}  # fmt: skip
HALVES: Final = frozenset({"півтора", "півтори", "one and a half", "1 and a half"})
COUNT: Final = (
    rf"(?:(?P<count>\d{{1,5}}|{'|'.join(sorted([*_VAGUE, *_FIXED, *HALVES], key=len, reverse=True))}) (?:х |ти |и )?)"
)
YEAR: Final = r"(?:(?P<year>(?:19[89]|20\d|21[0-8])\d) )"


def count_of(match: re.Match[str]) -> tuple[int, bool]:
    """How many, 1 if nothing is said, and whether that is exact."""
    said = match["count"] or "1"
    if said in _VAGUE or said in HALVES:
        return _VAGUE.get(said, 2), False
    return (_FIXED[said] if said in _FIXED else int(said)), True
