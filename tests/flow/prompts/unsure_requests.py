"""The table `unsure.txt`: requests the grammar is unsure about, what a model says, and what becomes of it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.fakes.telling import part, parts

TABLE = Path(__file__).parent / "unsure.txt"


class Case(NamedTuple):
    """A request, what the model answers, and the query; None where the answer is refused."""

    request: str
    answer: dict[str, Any]
    query: str | None


def cases() -> list[Case]:
    return list(_read())


def _read() -> Iterator[Case]:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            request, said, query = line.split(" => ")
            yield Case(request, parts(*(_part(one) for one in said.split("; "))), None if query == "!" else query)


def _part(text: str) -> dict[str, Any]:
    matched = re.fullmatch(r"(-?)(\w+)=([^<]+)<(.+)", text)
    assert matched, text
    denied, operator, values, words = matched.groups()
    return part(operator, values.split("/"), words, denied=bool(denied))
