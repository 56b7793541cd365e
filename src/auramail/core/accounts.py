"""Accounts: a connected mailbox, and the person it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from auramail.core.wording import Wording


class SourceKind(StrEnum):
    GMAIL = "gmail"
    MBOX = "mbox"
    MAILDIR = "maildir"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Account:
    """A connected mailbox.

    `address` is the person's own address there (may be empty for a file), `path` the file or folder of a local
    source. `paused` says why nothing is read at present, if so. `zone` is an IANA name.
    """

    id: int
    user_id: int
    kind: SourceKind
    address: str
    path: str = ""
    paused: Wording | None = None
    zone: str = "Europe/Kyiv"

    @property
    def is_metered(self) -> bool:
        """Whether reading costs: Gmail's quota, or nothing but a moment of this computer's."""
        return self.kind is SourceKind.GMAIL


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a message is for: their own addresses (lower case) and how often they wrote to whom (address → count)."""

    addresses: frozenset[str] = frozenset()
    correspondents: Mapping[str, int] = field(default_factory=dict)
    zone: str = "Europe/Kyiv"

    def knows(self, address: str) -> bool:
        return address in self.correspondents

    @property
    def domains(self) -> frozenset[str]:
        return frozenset(address.rpartition("@")[2] for address in self.addresses)
