"""What the API takes and gives about searches."""

from pydantic import Field

from auramail.core.searches import Search
from auramail.reading.searching.tokens import LONGEST_REQUEST
from auramail.web.api.shapes import Shape
from auramail.web.i18n import say


class RequestIn(Shape):
    text: str = Field(max_length=LONGEST_REQUEST, description="In Ukrainian or English.")
    account: int | None = None


class UnderstoodOut(Shape):
    words: str
    operator: str


class SearchOut(Shape):
    """A request as a query in Gmail's search language."""

    query: str
    understood: list[UnderstoodOut] = Field(description="Which words became which part of the query.")
    ignored: list[str] = Field(description="Words with a meaning that found no place in it.")
    unsure: bool = Field(description="Whether a person should look at the query before it is used.")
    by: str = Field(description="`grammar` or `model`.")
    problem: str | None = Field(description="Why a language model that was to be asked could not help.")
    heard: str | None = Field(description="What a recording said.")

    @classmethod
    def of(cls, found: Search) -> "SearchOut":
        return cls(
            query=found.query,
            understood=[UnderstoodOut(words=one.words, operator=one.operator) for one in found.understood],
            ignored=list(found.ignored),
            unsure=found.unsure,
            by=found.by.value,
            problem=say(found.problem) if found.problem else None,
            heard=found.heard,
        )
