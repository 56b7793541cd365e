"""Proposals: what a sentence about mail became, for the person to look at before it is a rule."""

from dataclasses import dataclass, field
from enum import StrEnum

from auramail.core.rules import Condition, ProposedRule, Wish
from auramail.core.wording import Wording


class Reader(StrEnum):
    """Who read a sentence."""

    GRAMMAR = "grammar"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Heard:
    """Words of the sentence, as they were said, and the part of the rule that they became."""

    words: str
    part: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence as a rule that nobody has agreed to yet.

    `ignored` are words with a meaning that found no place in it. One that is `unsure` guessed, or left out what
    matters. `problem` says why it can be no rule as it is; `notes` say what a person may not expect of it. `matching`
    counts the journal's messages that its senders and subject fit, None where that was not, or cannot be, counted.
    """

    sentence: str
    condition: Condition = field(default_factory=Condition)
    wish: Wish = field(default_factory=Wish)
    heard: tuple[Heard, ...] = ()
    ignored: tuple[str, ...] = ()
    unsure: bool = False
    by: Reader = Reader.GRAMMAR
    problem: Wording | None = None
    notes: tuple[Wording, ...] = ()
    matching: int | None = None

    @property
    def rule(self) -> ProposedRule | None:
        """What can be saved, if it can."""
        return None if self.problem else ProposedRule(self.condition, self.wish)
