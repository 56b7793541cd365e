"""The words of requests for mail in both languages, by what they mean (`words.toml`)."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from itertools import product
from types import MappingProxyType
from typing import Final

_ENDINGS: Final = {
    "~": "ий ого ому им ім а ої ій у ою е і их ими",
    "=": "ій ього ьому ім я ьої ю ьою є і іх іми",
    "*": "в ла ло ли ти вся лася лося лися лась лось лись тися но л ть лся ться вши",
    "^": "ю єш є ємо єте ють ється ються й йте ет ют ется ются ешь ем",
    "%": "ить ять ать иться яться аться иш имо ите и іть ит ят ится ятся ишь",
}
"""What stands for a marker: endings of Ukrainian adjectives with a hard (~) and a soft (=) stem, and of verbs, both
Ukrainian and Russian: the past and infinitive (*), the present of the first (^) and the second conjugation (%).
Source: Ukrainian orthography of 2019, §§ 95 and 115-120."""


def _declined(word: str) -> list[str]:
    """The forms of a word, in which each part may be the stem of an adjective, marked with what stands behind it."""
    parts = [
        [part[:-1] + ending for ending in _ENDINGS[part[-1]].split()] if part[-1:] in _ENDINGS else [part]
        for part in word.split("_")
    ]
    return ["_".join(forms) for forms in product(*parts)]


def _read() -> Mapping[str, Mapping[str, str]]:
    folder = files("auramail.reading.searching")
    tables: dict[str, dict[str, str]] = {}
    for name in ("words.toml", "stops.toml"):
        tables |= tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            table: MappingProxyType(
                {
                    name: " ".join(form for word in words.split() for form in _declined(word))
                    for name, words in row.items()
                }
            )
            for table, row in tables.items()
        }
    )


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
STOPS: Final = " ".join(TABLES["stops"].values())
"""Words that are never looked for, of all three languages."""
