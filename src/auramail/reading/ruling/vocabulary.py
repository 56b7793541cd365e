"""The words of sentences about mail in both languages, by what they mean (`words.toml`)."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Final


def _read() -> Mapping[str, Mapping[str, str]]:
    text = files("auramail.reading.ruling").joinpath("words.toml").read_text(encoding="utf-8")
    return MappingProxyType({table: MappingProxyType(row) for table, row in tomllib.loads(text).items()})


TABLES: Final = _read()
"""Table → name → words with blanks between; `_` stands for the blank between words that are said together."""
WISHES: Final = TABLES["wishes"]
KINDS: Final = TABLES["kinds"]
SMALL: Final = {name: frozenset(words.split()) for name, words in TABLES["small"].items()}
CATEGORIES: Final = TABLES["categories"]


def meaning(table: Mapping[str, str]) -> dict[str, str]:
    """What each word, with blanks, stands for."""
    return {
        spelling.replace("_", " ").replace("'", ""): name for name, words in table.items() for spelling in words.split()
    }
