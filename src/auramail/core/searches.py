"""Searches: what a person's request became, and what became of each of its words."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from auramail.core.wording import Wording


class ReadBy(StrEnum):
    """Who turned the request into the query."""

    GRAMMAR = "grammar"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Understood:
    """Words of the request, as they were said, and the part of the query that they became."""

    words: str
    operator: str

    def to_json(self) -> dict[str, str]:
        return {"words": self.words, "operator": self.operator}


@dataclass(frozen=True, slots=True)
class Search:
    """A request as a query in Gmail's search language, with days as a person reads them.

    The operators of `understood`, side by side, are the query. `ignored` are words with a meaning that found no place
    in it. A search that is `unsure` guessed, or left out what matters: a person should look before it is made.
    `problem` says why a language model that was asked could not help; `heard` is what a recording said.
    """

    query: str
    understood: tuple[Understood, ...] = ()
    ignored: tuple[str, ...] = ()
    unsure: bool = False
    by: ReadBy = ReadBy.GRAMMAR
    problem: Wording | None = None
    heard: str | None = None

    def to_json(self, translate: Callable[[str], str] = str) -> dict[str, object]:
        return {
            "query": self.query,
            "understood": [one.to_json() for one in self.understood],
            "ignored": list(self.ignored),
            "unsure": self.unsure,
            "by": self.by.value,
            "problem": self.problem.say(translate) if self.problem else None,
            "heard": self.heard,
        }
