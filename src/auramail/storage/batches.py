"""Long lists in pieces that fit into one statement."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")

STATEMENT = 1000
"""Values in one statement: far below SQLite's 32,766 and PostgreSQL's 65,535."""


def batches(items: Iterable[Item], size: int = STATEMENT) -> Iterator[list[Item]]:
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch
