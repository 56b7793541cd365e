"""Parts of a search that somebody else named (a language model): believed as far as the request bears them out.

Nothing gets into a query but words of the request, in another grammatical form at most, days, sizes and Gmail's own
names; each passes the same gate as what the grammar makes. One part that does not is the end of all of them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from auramail.reading.searching.operators import NAMES, any_of, fits, word
from auramail.reading.searching.things import OWN_OF, label, own_label
from auramail.reading.searching.tokens import Sort, clean, key_of, tokens_of
from auramail.reading.searching.vocabulary import TABLES

PEOPLE: Final = ("from", "to", "cc", "bcc")
WORDS: Final = "words"
"""What is in no field of its own."""
TEXTS: Final = (*PEOPLE, "subject", "filename", "label", WORDS)
DAYS: Final = ("after", "before")
SIZES: Final = ("larger", "smaller")
CHOICES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "has": ("attachment", "youtube", "drive", "document", "spreadsheet", "presentation"),
        "is": ("unread", "read", "starred", "important"),
        "in": tuple(name for name in NAMES["in"] if name != "draft"),
        "category": ("primary", "social", "promotions", "updates", "forums", "reservations", "purchases"),
    }
)
OPERATORS: Final = (*TEXTS, *DAYS, *SIZES, *CHOICES)
MOST_PARTS: Final = 12
MOST_VALUES: Final = 6
LONGEST_VALUE: Final = 80
_FILE_ENDINGS: Final = "pdf doc docx xls xlsx ppt pptx odt csv txt xml zip rar 7z jpg jpeg png heic gif mp3 mp4 mov ics"
FILE_ENDINGS: Final = frozenset({*_FILE_ENDINGS.split(), "eml"})
_WIDENING: Final = frozenset({"spam", "trash", "anywhere"})
"""Places that no search enters unless somebody says so."""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SIZE: Final = re.compile(r"[1-9][0-9]{0,5}[KM]")
_ME: Final = "i me my mine myself we us я мене мені мною мій моя моє мої моїх собі ми нам нас"
_MYSELF: Final = frozenset(_ME.split())
"""Words by which a person means themselves, whom Gmail calls `me`."""
_CHANGING: Final = str.maketrans("іїеєзжцчсш", "ооооггккхх")
"""Letters that change before an ending: ніч and ночі, Київ and Києва, Ольга and Ользі (orthography of 2019)."""
_LONGEST_ENDING: Final = 5
"""Letters by which two forms of one word may differ: договори, договорами."""


@dataclass(frozen=True, slots=True)
class NamedPart:
    """One operator with its values, any of which may hold, and the words of the request that they are taken from."""

    operator: str
    values: tuple[str, ...]
    words: str
    denied: bool = False


class RefusedError(ValueError):
    """A part says what the request does not."""


class Spoken:
    """A request as what is said of it can be held against it."""

    def __init__(self, request: str) -> None:
        self.words = clean(request).split()
        self._keys = [_bare(one) for one in self.words]
        self._phrases = {_bare(token.text) for token in tokens_of(clean(request)) if token.sort is Sort.QUOTED}
        self.covered: set[int] = set()

    def cut(self, words: str) -> str:
        """Those words as they stand in the request, one behind the other, marked as covered."""
        wanted = [_bare(one) for one in clean(words).split()]
        if not any(wanted):
            raise RefusedError
        for start in range(len(self._keys) - len(wanted) + 1):
            if self._keys[start : start + len(wanted)] == wanted:
                self.covered.update(range(start, start + len(wanted)))
                return " ".join(self.words[start : start + len(wanted)])
        raise RefusedError

    def is_phrase(self, value: str) -> bool:
        """Whether the person put it into quotes, which mean these very words."""
        return _bare(value) in self._phrases

    def left(self) -> list[str]:
        """The words nobody covered, neighbours together."""
        runs: list[list[str]] = []
        for place, one in enumerate(self.words):
            if place not in self.covered:
                if runs and place - 1 not in self.covered and place:
                    runs[-1].append(one)
                else:
                    runs.append([one])
        return [" ".join(run) for run in runs]


def write(part: NamedPart, spoken: Spoken, label_prefix: str) -> tuple[str, str]:
    """The words of the request and the operator they become; raises RefusedError where they do not bear it out."""
    if part.operator not in OPERATORS or not 1 <= len(part.values) <= MOST_VALUES:
        raise RefusedError
    words = spoken.cut(part.words)
    values = [" ".join(clean(one).split()) for one in part.values]
    if any(not value or len(value) > LONGEST_VALUE for value in values):
        raise RefusedError
    operator = _operator(part, values, words, spoken, label_prefix)
    if part.denied:
        operator = _denied(part, operator)
    if not fits(operator):
        raise RefusedError
    return words, operator


def _operator(part: NamedPart, values: Sequence[str], words: str, spoken: Spoken, label_prefix: str) -> str:
    name = part.operator
    if name in CHOICES:
        return any_of([_chosen(name, value, words, denied=part.denied) for value in values])
    if name in DAYS or name in SIZES:
        return f"{name}:{_day(values) if name in DAYS else _size(values)}"
    if name == "label":
        return any_of([_label(value, words, label_prefix) for value in values])
    safe = [_text(name, value, words, spoken) for value in values]
    inner = any_of([f"({one})" if len(safe) > 1 and _is_several(one) else one for one in safe])
    if name == WORDS:
        return inner
    return f"{name}:({inner})" if _is_several(inner) else f"{name}:{inner}"


def _is_several(text: str) -> bool:
    return " " in text and text[0] not in '("'


def _denied(part: NamedPart, operator: str) -> str:
    """What is not wanted; a plain word in quotes, so that it is read as nothing else."""
    if part.operator in DAYS:
        raise RefusedError
    if part.operator != WORDS or operator[0] in '("':
        return f"-{operator}"
    return f"-({operator})" if _is_several(operator) else f'-"{operator}"'


def _chosen(name: str, value: str, words: str, *, denied: bool) -> str:
    """One of the names that Gmail knows; a place that searches leave out needs the person's word for it."""
    chosen = value.lower()
    if chosen not in CHOICES[name]:
        raise RefusedError
    if name == "in" and chosen in _WIDENING and not denied and not _names_place(chosen, words):
        raise RefusedError
    return f"{name}:{chosen}"


def _names_place(place: str, words: str) -> bool:
    line = f" {' '.join(_bare(one) for one in words.split())} "
    return any(f" {one.replace('_', ' ')} " in line for one in TABLES["folders"][f"in:{place}"].split())


def _day(values: Sequence[str]) -> str:
    """A day that there is; raises RefusedError for two, as both cannot hold."""
    if len(values) != 1 or not _DAY.fullmatch(values[0]):
        raise RefusedError
    try:
        return f"{date.fromisoformat(values[0]):%Y/%m/%d}"
    except ValueError as error:
        raise RefusedError from error


def _size(values: Sequence[str]) -> str:
    size = values[0].upper()
    if len(values) != 1 or not _SIZE.fullmatch(size):
        raise RefusedError
    return size


def _label(value: str, words: str, prefix: str) -> str:
    """A label by the name said, or AuraMail's own for a category that was."""
    category = OWN_OF.get(key_of(value))
    if category and _is_said(value, words):
        return own_label(prefix, category)
    if not all(_is_said(one, words) for one in value.split()):
        raise RefusedError
    return label(value)


def _text(name: str, value: str, words: str, spoken: Spoken) -> str:
    """A value of which each word was said; quoted where it could be read as more than words."""
    if name == "filename" and value.lower().lstrip(".") in FILE_ENDINGS:
        return value.lower().lstrip(".")
    if name in PEOPLE and value == "me" and _MYSELF & {_bare(one) for one in words.split()}:
        return value
    if not all(_is_said(one, words) for one in value.split()):
        raise RefusedError
    if spoken.is_phrase(value):
        return word(value)
    safe = [word(one) for one in value.split()]
    if not all(safe):
        raise RefusedError
    return " ".join(safe)


def _is_said(value: str, words: str) -> bool:
    bare = _bare(value)
    return any(_are_forms(bare, one) for one in _keys(words))


@lru_cache(maxsize=32)
def _keys(words: str) -> frozenset[str]:
    """What was said, and numbers and addresses that were said in words, as digits and as they are written."""
    tokens = (token.text if token.sort is Sort.ADDRESS else token.key for token in tokens_of(words))
    return frozenset(_bare(one) for one in (*words.split(), *tokens))


def _are_forms(one: str, other: str) -> bool:
    """Whether two words may be forms of one: Олена, Олени; numbers, names of files and addresses are what they are."""
    if one == other:
        return bool(one)
    if not (one.isalpha() and other.isalpha()):
        return False
    letters = zip(one.translate(_CHANGING), other.translate(_CHANGING), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], letters))
    shorter, longer = sorted((len(one), len(other)))
    return same >= max(2, shorter - (1 if shorter <= 5 else 2)) and longer - same <= _LONGEST_ENDING


def _bare(text: str) -> str:
    """The key of a word, without the marks around it and the English 's."""
    key = re.sub(r"['’ʼ]s\b", "", text)
    return key_of(key).strip(' .,;:!?"«»“”„()[]{}<>…—–-')
