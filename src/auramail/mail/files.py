"""Messages straight from files, folders, mbox and Maildir, one after the other, with no index and nothing kept."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from auramail.core.errors import NeedsPersonError
from auramail.core.messages import Source
from auramail.core.wording import Wording
from auramail.mail.gunzip import is_gzip, unpacked
from auramail.mail.indexing import LARGEST_MESSAGE, Indexing
from auramail.mail.maildir import is_maildir, list_files
from auramail.mail.mbox import read_mbox

Labels = frozenset[str]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands where a message would be, with what was wrong with its file."""

    problem: Wording


LABELS: Final = ".jsonl"
"""What `auramail eval` reads beside the mail; never mail itself."""


def read_messages(path: Path) -> Iterator[tuple[str, Source | Unreadable]]:
    """Every message of a file, an mbox (also packed with gzip), a Maildir, or a folder of files, by name and below.

    Each comes with the path of its file. Raises NeedsPersonError if the path does not exist.
    """
    if not path.exists():
        raise NeedsPersonError(
            Wording.of("There is no file or folder {path}.", path=path), Wording.of("Check the path.")
        )
    indexing = Indexing()
    for file, labels in _files(path):
        try:
            for source in _read(file, labels, indexing):
                yield str(file), source
        except OSError as error:
            yield str(file), Unreadable(Wording.of("It cannot be read: {why}.", why=error.strerror or error))
        except NeedsPersonError as error:
            yield str(file), Unreadable(error.problem)


def _files(path: Path) -> Iterator[tuple[Path, Labels]]:
    if not path.is_dir():
        yield path, frozenset()
    elif is_maildir(path) or any(is_maildir(child) for child in path.iterdir()):
        yield from list_files(path)
    else:
        for file in sorted(child for child in path.rglob("*") if not child.is_dir()):
            if file.suffix != LABELS:
                yield file, frozenset()


def _read(file: Path, labels: Labels, indexing: Indexing) -> Iterator[Source]:
    if is_gzip(file):
        with tempfile.TemporaryDirectory(prefix="auramail-") as folder:
            yield from _read_plain(unpacked(file, Path(folder)), labels, indexing)
    else:
        yield from _read_plain(file, labels, indexing)


def _read_plain(file: Path, labels: Labels, indexing: Indexing) -> Iterator[Source]:
    with file.open("rb") as opened:
        is_mbox = opened.read(5) == b"From "
    if is_mbox:
        for _, _, raw in read_mbox(file):
            yield _source(raw, labels, indexing)
    else:
        with file.open("rb") as opened:
            yield _source(opened.read(LARGEST_MESSAGE), labels, indexing)


def source_of(raw: bytes) -> Source:
    """A message that comes from nowhere else."""
    return _source(raw, frozenset(), Indexing())


def _source(raw: bytes, labels: Labels, indexing: Indexing) -> Source:
    line = indexing.describe(raw, "", labels)
    return Source(line.id, line.thread_id, raw, line.labels, line.received)
