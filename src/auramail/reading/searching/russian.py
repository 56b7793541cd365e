"""Requests in Russian, and Ukrainian ones with Russian words: what the grammar knows of them is read as Ukrainian."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from auramail.reading.searching import names
from auramail.reading.searching.tokens import Sort, Token
from auramail.reading.searching.vocabulary import MAIL, STOPS, TABLES

_ENDINGS: Final = {
    "~": "ый ий ой ая яя ое ее ые ие ого его ому ему ом ем ую юю ым им ых их ыми ими",
    "@": "а ы и е у ой ам ами ах",
    "#": "а у ом е ы и ов ам ами ах",
    "&": "ия ие ии ию ией ием ий иям иями иях",
}
"""Of adjectives, nouns like "реклама", nouns like "файл", and nouns like "акция" and "вложение"."""

_UKRAINIAN: Final = frozenset(
    word
    for table, row in TABLES.items()
    for name, words in row.items()
    if table != "typos" and name != "russian"
    for word in words.split()
)
"""Words that the grammar knows as they are."""


def _read(table: str) -> Mapping[str, str]:
    """Each Russian word with the Ukrainian one that has its meaning."""
    tables = tomllib.loads(files("auramail.reading.searching").joinpath("russian.toml").read_text(encoding="utf-8"))
    found = {form: word for word, listed in tables[table].items() for one in listed.split() for form in _forms(one)}
    return MappingProxyType(found)


def _forms(word: str) -> list[str]:
    endings = _ENDINGS.get(word[-1])
    if endings is None:
        return [word.replace("ё", "е")]
    bare = [word[:-1]] if word[-1] in "@#" else []
    return [*bare, *(word[:-1] + ending for ending in endings.split())]


WORDS: Final = _read("words")
_ONLY_RUSSIAN: Final = frozenset([*WORDS, *TABLES["stops"]["russian"].split()]) - _UKRAINIAN
_POINTING: Final = frozenset(
    " ".join([STOPS, *(MAIL[name] for name in ("filler", "command", "hesitation", "and"))]).split()
) - frozenset(MAIL["mail"].split())
_BESIDE: Final = _read("beside")
"""Words that are Ukrainian too, or parts of names: read so only where the rest is Russian."""


def in_ukrainian(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with the keys of Russian words changed to those of Ukrainian ones; what was written stays."""
    keys = [token.key.replace("ё", "е") if token.sort is Sort.WORD else "" for token in tokens]
    russian = any(set(key) & set("ыэъ") or key in _ONLY_RUSSIAN for key in keys)
    found = []
    for place, (token, key) in enumerate(zip(tokens, keys, strict=True)):
        word = WORDS.get(key)
        if word is None and key in _BESIDE and (russian or _before_sender(key, keys, place)):
            word = _BESIDE[key]
        found.append(replace(token, key=word) if word else token)
    return found


def _before_sender(key: str, keys: Sequence[str], place: int) -> bool:
    """Whether "от" stands for "from" in a request without Russian words: "от Сергія", "счета от Киевстара"."""
    following = keys[place + 1] if place + 1 < len(keys) else ""
    pointing = place == 0 or keys[place - 1] in _POINTING or not following or following in _POINTING
    return key == "от" and (names.is_bent(following) or not pointing)
