"""A request as the forms of the grammar see it: its tokens, and the line of their keys."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from auramail.reading.searching.tokens import Token


class Part(Enum):
    """What a piece of a request is about: two of one part cannot both hold, so "and" between them means "or"."""

    PERSON = "person"
    DAY = "day"
    FOLDER = "folder"
    LABEL = "label"
    STATE = "state"
    THING = "thing"
    WORD = "word"
    AND = "and"
    OR = "or"
    NOT = "not"
    EXCEPT = "except"
    FILLER = "filler"
    LOST = "lost"


class Found(NamedTuple):
    """What was understood from a token up to, but not with, the token `end`; `lost` are tokens that say nothing here.

    A found `operator` is valid in a query as it stands.
    """

    end: int
    part: Part
    operator: str = ""
    sure: bool = True
    literal: int = 0
    """How many tokens after it are plain words, whatever they could mean."""


@dataclass(frozen=True)
class Scene:
    """Tokens with their line of keys, in which each key is followed by one blank; `today` is the person's day."""

    tokens: Sequence[Token]
    today: date
    label_prefix: str
    line: str = field(init=False)
    starts: Sequence[int] = field(init=False)
    places: dict[int, int] = field(init=False)
    meaningful: dict[int, bool] = field(default_factory=dict)
    """What was found out about single tokens, so that long requests take no longer for each of their words."""

    def __post_init__(self) -> None:
        lengths = [len(token.key) + 1 for token in self.tokens]
        starts = list(accumulate(lengths, initial=0))
        object.__setattr__(self, "line", "".join(token.key + " " for token in self.tokens))
        object.__setattr__(self, "starts", starts)
        object.__setattr__(self, "places", {start: place for place, start in enumerate(starts)})

    def token_at(self, offset: int) -> int:
        """The token that begins at an offset of the line, or the number of tokens at its end."""
        return self.places[offset]

    def key(self, place: int) -> str:
        return self.tokens[place].key if place < len(self.tokens) else ""

    def words(self, start: int, end: int) -> str:
        return " ".join(token.text for token in self.tokens[start:end])


Form = Callable[[Scene, int], Iterator[Found]]
"""Finds what it knows at a token of a scene; nothing, one thing, or several readings."""
