"""A Maildir as a source of mail: one file per message, flags in its name, folders beside each other or nested."""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

from auramail.core.accounts import SourceKind
from auramail.core.errors import NeedsPersonError
from auramail.core.labels import DRAFT, INBOX, STARRED, TRASH, UNREAD
from auramail.core.wording import Wording
from auramail.mail.indexing import LARGEST_MESSAGE, Indexing
from auramail.mail.labels import folder_name, labels_of
from auramail.ports.local import LocalMessage

INDEX_VERSION = "1"

_FLAGS = re.compile(r"[:;!]2,")
_FLAG_LABELS = {"F": STARRED, "T": TRASH, "D": DRAFT}


@dataclass(frozen=True, slots=True)
class MaildirOrigin:
    """The messages of a Maildir and of the Maildirs in it."""

    folder: Path

    @property
    def kind(self) -> SourceKind:
        return SourceKind.MAILDIR

    @property
    def path(self) -> str:
        return str(self.folder)

    def stamp(self) -> str:
        """The times of all folders: every arrival, move and flag renames a file. Raises NeedsPersonError."""
        digest = hashlib.sha256(INDEX_VERSION.encode())
        for maildir in find_maildirs(self.folder):
            for part in _parts(maildir):
                digest.update(f"{part} {part.stat().st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
        return f"maildir {digest.hexdigest()[:32]}"

    def messages(self) -> Iterator[LocalMessage]:
        """All messages; those of one folder in the order of their names, which is the order of arrival."""
        indexing = Indexing()
        for file, labels in list_files(self.folder):
            found = read_file(file)
            if found is not None:
                raw, arrived = found
                yield indexing.describe(raw, _place(file.relative_to(self.folder)), labels, arrived)

    def read(self, place: str) -> bytes | None:
        """The message, also if its flags were changed or it went from `new` to `cur` meanwhile."""
        file = self.folder / os.fsdecode(unquote_to_bytes(place))
        found = read_file(file)
        if found is None:
            renamed = (path for path in _message_files(file.parent.parent) if _unique(path) == _unique(file))
            found = next(filter(None, map(read_file, renamed)), None)
        return found[0] if found else None


def is_maildir(folder: Path) -> bool:
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def find_maildirs(folder: Path) -> list[Path]:
    """The folder and all below it that are Maildirs. Raises NeedsPersonError if there is none."""
    if not folder.is_dir():
        raise NeedsPersonError(
            Wording.of("There is no folder {path}.", path=folder), Wording.of("Check the path of the Maildir.")
        )
    found = []
    for root, folders, _ in os.walk(folder):
        if {"cur", "new"} <= set(folders):
            found.append(Path(root))
        folders[:] = [name for name in folders if name not in {"cur", "new", "tmp"}]
    if not found:
        raise NeedsPersonError(
            Wording.of("{path} is no Maildir: no folder in it has “cur” and “new”.", path=folder),
            Wording.of("Name the folder that holds “cur” and “new”."),
        )
    return sorted(found)


def list_files(folder: Path) -> Iterator[tuple[Path, frozenset[str]]]:
    """Every message file with the labels that its folder and its flags stand for."""
    for maildir in find_maildirs(folder):
        names = labels_of([_label_name(maildir.relative_to(folder))])
        for file in _message_files(maildir):
            yield file, _with_flags(names, file)


def read_file(file: Path) -> tuple[bytes, datetime] | None:
    """The bytes of one message and when its file was last written; None if it is not there (any more)."""
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_MESSAGE), datetime.fromtimestamp(os.fstat(opened.fileno()).st_mtime, UTC)
    except FileNotFoundError:
        return None


def _parts(maildir: Path) -> tuple[Path, Path]:
    return maildir / "cur", maildir / "new"


def _message_files(maildir: Path) -> Iterator[Path]:
    for part in _parts(maildir):
        names = sorted(entry.name for entry in os.scandir(part) if entry.is_file() and not entry.name.startswith("."))
        yield from (part / name for name in names)


def _place(relative: Path) -> str:
    """The relative path as text, whatever bytes are in it."""
    return quote_from_bytes(os.fsencode(relative), safe="/:,=+@ ")


def _unique(file: Path) -> str:
    """The part of the name that stays when flags change; Windows cannot have the colon."""
    return _FLAGS.split(file.name)[0]


def _label_name(relative: Path) -> str:
    """A folder's name with `/` between its levels: `.INBOX.Work.Taxes`, `.Work.Taxes`, `Work/Taxes`."""
    parts = [
        level for part in relative.parts for level in (part[1:].split(".") if part.startswith(".") else [part]) if level
    ]
    if len(parts) > 1 and parts[0].upper() == INBOX:
        parts = parts[1:]
    return folder_name("/".join(parts)) or INBOX


def _with_flags(labels: frozenset[str], file: Path) -> frozenset[str]:
    """Add what the flags say (https://cr.yp.to/proto/maildir.html); a trashed message is in no other folder."""
    _, *flags = _FLAGS.split(file.name)
    named = {label for flag, label in _FLAG_LABELS.items() if flag in "".join(flags)}
    unread = set() if "S" in "".join(flags) else {UNREAD}
    return (labels - {INBOX} if TRASH in named else labels) | named | unread
