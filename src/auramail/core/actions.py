"""Actions: the closed set of things AuraMail may do to a message. Nothing here deletes for good."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    MOVE = "MOVE"
    """Label it and take it out of the inbox."""
    ARCHIVE = "ARCHIVE"
    """Take it out of the inbox (it keeps its category label as the trace of who did it)."""
    DELETE = "DELETE"
    """Put it into Gmail's trash, from which it can be taken back for 30 days."""
    NO_ACTION = "NO_ACTION"
    """Label it where it is."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of label ids; a set operation, so it may be made twice."""

    add: frozenset[str] = frozenset()
    remove: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.add or self.remove)

    def after(self, labels: Iterable[str]) -> frozenset[str]:
        return (frozenset(labels) - self.remove) | self.add


def inverse(before: frozenset[str], after: frozenset[str], now: frozenset[str]) -> Change:
    """The change that takes back before → after from `now`, sparing what the person changed since.

    Only what the person left as AuraMail made it is touched: a label AuraMail added and the person took off stays
    off, one AuraMail took off and the person put back stays on.
    """
    added, removed = after - before, before - after
    return Change(add=removed - now, remove=added & now)
