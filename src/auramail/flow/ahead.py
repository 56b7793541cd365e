"""Ahead: the next portion is read while the one in hand is judged."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")


@contextmanager
def ahead(items: Iterator[Item]) -> Iterator[Iterator[Item]]:
    """Give the same items, each fetched in a thread of its own while the one before is worked on.

    Never more than one is fetched ahead, which bounds memory and what is fetched in vain. Errors come out where the
    item would have; whoever leaves early waits for the one under way.
    """
    with ThreadPoolExecutor(1, "ahead") as pool:
        yield _handed_over(items, pool)


def _handed_over(items: Iterator[Item], pool: ThreadPoolExecutor) -> Iterator[Item]:
    coming: Future[tuple[Item] | None] = pool.submit(_next, items)
    while found := coming.result():
        coming = pool.submit(_next, items)
        yield found[0]


def _next(items: Iterator[Item]) -> tuple[Item] | None:
    """The next item, wrapped so that it cannot be mistaken for the end."""
    for item in items:
        return (item,)
    return None
