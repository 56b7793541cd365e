"""Searches: what a person's request became, and what became of each of its words."""

from dataclasses import dataclass


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
    """

    query: str
    understood: tuple[Understood, ...] = ()
    ignored: tuple[str, ...] = ()
    unsure: bool = False

    def to_json(self) -> dict[str, object]:
        return {
            "query": self.query,
            "understood": [one.to_json() for one in self.understood],
            "ignored": list(self.ignored),
            "unsure": self.unsure,
        }
