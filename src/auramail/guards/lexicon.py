"""The lexicon: which of the phrases in `phrases.toml` a message says, worked out once for all guards."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from auramail.core.messages import Message
from auramail.guards.spelling import undisguised
from auramail.reading.phrases import Phrasebook


@cache
def _book() -> Phrasebook:
    """One book of all phrases, each named `table.name`."""
    tables = tomllib.loads(files("auramail.guards").joinpath("phrases.toml").read_text(encoding="utf-8"))
    return Phrasebook({f"{table}.{name}": lines for table, lists in tables.items() for name, lines in lists.items()})


@dataclass(frozen=True, slots=True)
class Said:
    """Something a text says: the words it first says it in, and in how many ways."""

    words: str
    ways: int


@lru_cache(maxsize=4)
def _find(text: str) -> Mapping[str, Mapping[str, Said]]:
    found: dict[str, dict[str, Said]] = {}
    for hit in _book().find(text):
        table_name, _, name = hit.name.partition(".")
        table = found.setdefault(table_name, {})
        before = table.get(name)
        table[name] = Said(before.words, before.ways + 1) if before else Said(hit.words, 1)
    return found


def said(table: str, text: str) -> Mapping[str, Said]:
    """What of a table the text says, by name."""
    return _find(text).get(table, {})


def words_of(message: Message) -> str:
    """What the sender says to the reader, subject and text, as it reads: disguised Cyrillic words are undisguised."""
    return _as_read(message.subject, message.text)


@lru_cache(maxsize=4)
def _as_read(subject: str, text: str) -> str:
    """Several guards ask for the words of one message."""
    return undisguised(f"{subject}\n\n{text}")
