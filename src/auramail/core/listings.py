"""Listings: what a list tells of messages that nobody has read yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Listed:
    """One message of a listing. `is_large` says that it is better read without its attachments' bodies."""

    id: str
    thread_id: str = ""
    is_large: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a listing, newest first. `next` is where the following one begins, empty after the last."""

    messages: Sequence[Listed]
    next: str = ""

    @property
    def ids(self) -> list[str]:
        return [message.id for message in self.messages]


@dataclass(frozen=True, slots=True)
class Tally:
    """How a run's listing stands: every id listed, those that still wait, and why others need no reading.

    `skipped` maps a reason's code to a count. `next` is where listing goes on: None before it began, empty once it is
    complete.
    """

    listed: int = 0
    waiting: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    next: str | None = None

    @property
    def is_complete(self) -> bool:
        return self.next == ""
