"""Listings: what a list tells of messages that nobody has read yet."""

from collections.abc import Sequence
from dataclasses import dataclass


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
