"""The name of a label as a sentence has it, and what it is called."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from auramail.core.labels import normalise
from auramail.reading.ruling.scenes import Sentence
from auramail.reading.ruling.vocabulary import SMALL, WISHES
from auramail.reading.searching.tokens import Sort
from auramail.reading.searching.vocabulary import MAIL

LONGEST_NAME: Final = 4
_ENDS: Final = frozenset(WISHES["end_of_name"].replace("_", " ").split()) - {"as", "soon"}
_MAIL: Final = frozenset(MAIL["mail"].split()) | SMALL["every"]
_BEHIND: Final = frozenset(WISHES["noun_behind"].split())
_ACCUSATIVE: Final = re.compile(
    r"(?<=\w\w[бвгґджзклмнпрстфхцчшщ])у\Z|(?<=\w\wі)ю\Z|(?<=\w\w[нлртцс])ю\Z", re.IGNORECASE
)
_GENITIVE: Final = tuple(
    (re.compile(ending, re.IGNORECASE), instead)
    for ending, instead in (
        (r"(?<=\w\w)ів\Z", "и"),
        (r"(?<=\w\w\w)и\Z", "а"),
        (r"(?<=\w\w)ії\Z", "ія"),
        (r"(?<=\w\w)ань\Z", "ання"),
        (r"(?<=\w\w\w)ок\Z", "ки"),
    )
)


class Name(NamedTuple):
    """A label's name and the token behind it; `whole` says that the clause ends with it."""

    end: int
    text: str
    whole: bool
    sure: bool = True
    marked: bool = False
    """Whether quotes, a capital letter or the word "folder" behind it mark it as a name."""


def names_at(sentence: Sentence, start: int, bent: str = "") -> Iterator[Name]:
    """The name that begins at a token: what is quoted, or all words up to the end of the clause; `bent` is the case."""
    scene = sentence.scene
    tokens = scene.tokens
    if start >= len(tokens):
        return
    if tokens[start].sort is Sort.QUOTED:
        end = start + 1 + (scene.key(start + 1) in _BEHIND)
        yield Name(end, tokens[start].text, sentence.ends_at(end), marked=True)
        return
    end = start
    while end < len(tokens) and tokens[end].sort in {Sort.WORD, Sort.NUMBER} and not _is_border(sentence, start, end):
        end += 1
    while end > start + 1 and tokens[end - 1].key in SMALL["joining"]:
        end -= 1
    if end == start or end - start > LONGEST_NAME + 1:
        return
    behind = end > start + 1 and scene.key(end - 1) in _BEHIND
    text = scene.words(start, end - behind)
    found, sure = _called(text, bent, sentence.labels)
    capital = tokens[start].text[:1].isupper()
    if end - behind - start <= LONGEST_NAME:
        is_whole = sentence.ends_at(end) or scene.key(end) in _ENDS or scene.key(end) in _MAIL
        yield Name(end, found, is_whole, sure, marked=capital or behind)


def _is_border(sentence: Sentence, start: int, place: int) -> bool:
    key = sentence.scene.key(place)
    if key in SMALL["joining"]:
        following = sentence.scene.tokens[place + 1] if place + 1 < len(sentence.scene.tokens) else None
        first = sentence.scene.tokens[start].text[:1]
        return following is None or not (first.isupper() and following.text[:1].isupper())
    return key in _ENDS or (place > start and key in _MAIL)


def _called(text: str, bent: str, labels: tuple[str, ...]) -> tuple[str, bool]:
    """The label that is meant: one that there is, by whatever case it stands in, or the nominative as far as known."""
    for name in labels:
        if normalise(name) == normalise(text):
            return name, True
    for name in labels:
        if _stem(name) == _stem(text) or _stem(name.rpartition("/")[2]) == _stem(text):
            return name, True
    *before, last = text.split()
    if before or not bent or last.isascii():
        return text, True
    if bent == "accusative":
        return _ACCUSATIVE.sub(lambda match: "а" if match[0].casefold() == "у" else "я", last), True
    for ending, instead in _GENITIVE:
        if ending.search(last):
            return ending.sub(instead, last), False
    return text, False


def _stem(name: str) -> str:
    """A name without its Ukrainian ending, to find it again in another case."""
    plain = normalise(name)
    if plain.isascii():
        return plain
    return re.sub(r"(?<=\w\w\w)(?:ами|ями|ах|ях|ів|ам|ям|ою|ею|ії|ію|ія|[аяуюиіїоеєй])\Z", "", plain)
