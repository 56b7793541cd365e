"""Orders: what is said to a language model, heard as ideas that meet within a sentence or two (`orders.toml`)."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from auramail.guards.plots import LONGEST_TEXT, Ideas

BLOCK: Final = 12
"""Words of a block (see plots.py): an order is shorter than a story."""
CATEGORIES: Final = r"(?:IMPORTANT|ACTION_REQUIRED|NEWSLETTER|SOCIAL|REVIEW|DELETE|DANGER)"
CAPITAL: Final = re.compile(rf"\b(?:{CATEGORIES}|security_(?:code|alert)|VIP_\w+|SPAM)\b(?! [A-ZА-ЯІЇЄ]{{3}})")
"""A category in capitals that does not stand among other capitals; `orders.toml` knows it as znamed."""


@lru_cache(maxsize=8)
def orders_of(text: str) -> Mapping[str, str]:
    """The orders to a model in a text: their kind → the words."""
    return _told("plots", text)


def hints_of(text: str) -> Mapping[str, str]:
    """What may be such an order and is as often honest."""
    return _told("wide", text)


def _told(table: str, text: str) -> Mapping[str, str]:
    """In the beginning and the end of a text: attackers of long letters use either."""
    text = CAPITAL.sub(" znamed ", text)
    ideas = _ideas()[table]
    told = ideas.plots(text)
    return ideas.plots(text[-LONGEST_TEXT:]) | told if len(text) > LONGEST_TEXT else told


@cache
def _ideas() -> Mapping[str, Ideas]:
    tables = tomllib.loads(files("auramail.guards").joinpath("orders.toml").read_text(encoding="utf-8"))
    return {table: Ideas(tables["concepts"], tables[table], BLOCK) for table in ("plots", "wide")}
