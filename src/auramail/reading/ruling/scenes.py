"""What the forms of a sentence about mail find: pieces with what they mean for a rule."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from auramail.core.actions import Action
from auramail.core.decisions import Category, Kind
from auramail.reading.ruling.vocabulary import SMALL
from auramail.reading.searching.scene import Scene
from auramail.reading.searching.tokens import Sort


class Sense(Enum):
    """What a piece of a sentence says."""

    VERB = "verb"
    """Something is to be done; what, is said later."""
    ACTION = "action"
    PLACE = "place"
    """The inbox, or out of it: an action where nothing else is said."""
    LABEL = "label"
    CATEGORY = "category"
    SEEN = "categories"
    """What AuraMail takes it for."""
    KINDS = "kinds"
    OLDER = "older_days"
    NEWER = "newer_days"
    LOST = "lost"
    FILLER = "filler"


class Said(NamedTuple):
    """What was understood from a token up to, but not with, the token `end`."""

    end: int
    sense: Sense
    action: Action | None = None
    category: Category | None = None
    kinds: tuple[Kind, ...] = ()
    label: str = ""
    days: int = 0
    sure: bool = True


@dataclass
class Sentence:
    """A sentence while it is read from left to right; `pending` is set once a verb waits for what it does.

    `labels` are the labels there are already.
    """

    scene: Scene
    labels: tuple[str, ...] = ()
    pending: bool = False
    verb_end: int = -1
    """The token behind the verb that was said last."""
    rest: list[int] = field(default_factory=list)
    """The tokens that no form of a sentence knows: they say which mail is meant."""

    def ends_at(self, place: int) -> bool:
        """Whether a clause ends there."""
        tokens = self.scene.tokens
        return place >= len(tokens) or tokens[place].sort is Sort.MARK or tokens[place].key in SMALL["connecting"]

    def is_mark(self, place: int) -> bool:
        return 0 <= place < len(self.scene.tokens) and self.scene.tokens[place].sort is Sort.MARK


Form = Callable[[Sentence, int], Iterator[Said]]
