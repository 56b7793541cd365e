"""The words of requests for mail in both languages, by what they mean (`words.toml`)."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Final


def _read() -> Mapping[str, Mapping[str, str]]:
    tables = tomllib.loads(files("auramail.reading.searching").joinpath("words.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: MappingProxyType(table) for name, table in tables.items()})


TABLES: Final = _read()
"""Table → name → words with blanks between; `_` stands for the blank between words that are said together."""
WORDS: Final = MappingProxyType(
    {f"{table}.{name}": words for table, row in TABLES.items() for name, words in row.items()}
)
"""The same words by `table.name`."""
MAIL: Final = TABLES["small"]
DATES: Final = TABLES["dates"]
UNITS: Final = TABLES["units"]
SEASONS: Final = MappingProxyType({words: int(month) for month, words in TABLES["seasons"].items()})
PEOPLE: Final = TABLES["people"]
