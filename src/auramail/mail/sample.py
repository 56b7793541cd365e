"""The sample mailbox that ships with the product: invented mail around the day it was first opened."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from auramail.core.accounts import SourceKind
from auramail.core.messages import Address
from auramail.mail.indexing import Indexing
from auramail.mail.sample_mime import write_message
from auramail.mail.sample_text import Draft, read_drafts
from auramail.ports.local import LocalMessage

PERSON = Address("olena@auramail.example", "Олена Коваль")
"""Whose mail it is."""


@dataclass(frozen=True, slots=True)
class SampleOrigin:
    """The sample as it was first opened on `day`, its newest message from that morning. A place is a draft's name."""

    day: date

    @property
    def kind(self) -> SourceKind:
        return SourceKind.SAMPLE

    @property
    def path(self) -> str:
        return self.day.isoformat()

    def stamp(self) -> str:
        return f"sample {self.path} {_version()}"

    def messages(self) -> Iterator[LocalMessage]:
        indexing = Indexing()
        for name, draft in drafts().items():
            yield indexing.describe(_write(name, self.day), name, draft.labels, draft.written(self.day))

    def read(self, place: str) -> bytes | None:
        return _write(place, self.day) if place in drafts() else None


@lru_cache(maxsize=1000)
def _write(name: str, day: date) -> bytes:
    return write_message(drafts()[name], drafts(), PERSON, day)


@cache
def drafts() -> Mapping[str, Draft]:
    """All sample messages by name."""
    return {draft.name: draft for draft in read_drafts("\n".join(_texts()))}


def _texts() -> list[str]:
    folder = files("auramail.mail").joinpath("samples")
    found = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".txt"))
    return [entry.read_text(encoding="utf-8") for _, entry in found]


@cache
def _version() -> str:
    """Changes with every edit of the sample, so that an upgrade brings the new texts."""
    return hashlib.sha256("\n".join(_texts()).encode()).hexdigest()[:16]
