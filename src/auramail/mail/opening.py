"""Opening local mail by what a person calls it: `sample`, `mbox:PATH`, `maildir:PATH`, or just a path."""

from datetime import date
from pathlib import Path

from auramail.core.accounts import Account, SourceKind
from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.mail.maildir import MaildirOrigin
from auramail.mail.mbox import MboxOrigin
from auramail.mail.origin import Origin
from auramail.mail.sample import SampleOrigin


def open_origin(spec: str, cache: Path, today: date) -> Origin:
    """The source a person named. A sample opened before is `sample:` and the day of its first opening.

    Raises NeedsPersonError if there is nothing of that kind.
    """
    kind, colon, path = spec.partition(":")
    if kind == SourceKind.SAMPLE:
        return SampleOrigin(_day(path) if path else today)
    if colon and path and kind in {SourceKind.MBOX, SourceKind.MAILDIR}:
        origin = _open(SourceKind(kind), _absolute(path), cache)
    else:
        file = _absolute(spec)
        origin = _open(SourceKind.MAILDIR if file.is_dir() else SourceKind.MBOX, file, cache)
    origin.stamp()
    return origin


def origin_of(account: Account, cache: Path) -> Origin:
    """The source of an account that was opened before, whether its file is there now or not."""
    if account.kind is SourceKind.SAMPLE:
        return SampleOrigin(_day(account.path))
    return _open(account.kind, Path(account.path), cache)


def _open(kind: SourceKind, path: Path, cache: Path) -> Origin:
    return MaildirOrigin(path) if kind is SourceKind.MAILDIR else MboxOrigin(path, cache)


def _absolute(path: str) -> Path:
    return Path(path).expanduser().absolute()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NeedsPersonError(
            Wording.of("“{day}” is no day for the sample mailbox.", day=text),
            Wording.of("Write `sample`, or `sample:` and a day such as 2026-11-30."),
        ) from error
