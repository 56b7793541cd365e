"""What a local source is to the mailbox above it: something that can be listed once and read by place."""

from collections.abc import Iterator
from typing import Protocol

from auramail.core.accounts import SourceKind
from auramail.ports.local import LocalMessage


class Origin(Protocol):
    """Mail that lies on this computer (a file, a folder) or in the product itself. It is read, never written."""

    @property
    def kind(self) -> SourceKind: ...

    @property
    def path(self) -> str:
        """What an account must remember to open the same source again: an absolute path, or the sample's day."""
        ...

    def stamp(self) -> str:
        """What the source looks like now; equal stamps mean equal mail. Raises NeedsPersonError if it is not there."""
        ...

    def messages(self) -> Iterator[LocalMessage]:
        """All messages, streamed, in the order they lie there."""
        ...

    def read(self, place: str) -> bytes | None:
        """The raw message at a place that `messages` named; None if nothing lies there any more."""
        ...
