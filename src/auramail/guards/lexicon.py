"""The lexicon: which of the phrases in `phrases.toml` a message says, worked out once for all guards."""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from auramail.core.messages import Message
from auramail.reading.phrases import Phrasebook


@cache
def _books() -> tuple[Phrasebook, Mapping[str, str]]:
    """One book of all phrases, and which table each name stands in."""
    tables = tomllib.loads(files("auramail.guards").joinpath("phrases.toml").read_text(encoding="utf-8"))
    table_of = {name: table for table, lists in tables.items() for name in lists}
    return Phrasebook({name: lines for lists in tables.values() for name, lines in lists.items()}), table_of


@lru_cache(maxsize=4)
def _find(text: str) -> Mapping[str, Mapping[str, str]]:
    book, table_of = _books()
    found: dict[str, dict[str, str]] = {}
    for hit in book.find(text):
        found.setdefault(table_of[hit.name], {}).setdefault(hit.name, hit.words)
    return found


def said(table: str, text: str) -> Mapping[str, str]:
    """What of a table the text says: name → the text's own words."""
    return _find(text).get(table, {})


def words_of(message: Message) -> str:
    """What the sender says to the reader: subject and text."""
    return f"{message.subject}\n\n{message.text}"
