"""The mailboxes the contract is held against: the same letters in every kind of mailbox that takes letters."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from auramail.core.accounts import Account, SourceKind
from auramail.core.labels import INBOX, SENT, SPAM, STARRED, TRASH, UNREAD
from auramail.core.queries import MailQuery
from auramail.mail.indexing import Indexing
from auramail.mail.local import LocalMailbox
from auramail.mail.maildir import MaildirOrigin
from auramail.mail.mbox import MboxOrigin
from auramail.mail.origin import Origin
from auramail.mail.sample import SampleOrigin
from auramail.ports.local import LocalIndex
from auramail.ports.mailboxes import Mailbox
from tests.mail.letters import letter, mbox_of, write_maildir

ZONE = "Europe/Kyiv"
SHORT_PAGE = 4
"""Messages on a page of a case, so that every list has several."""
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Letter:
    """One message every mailbox of a case holds. `received` is when the mailbox took it in."""

    subject: str
    labels: frozenset[str]
    received: datetime
    sender: str = "Ben <ben@work.example>"

    @property
    def raw(self) -> bytes:
        return letter(self.subject, sender=self.sender, date=self.received, message_id=f"{self.subject}@work.example")


def _letters() -> list[Letter]:
    """Not in the order of their dates, two around midnight in Kyiv, some in every folder."""
    start = datetime(2026, 11, 1, 10, tzinfo=UTC)
    some = [
        Letter("midnight-before", frozenset({INBOX}), datetime(2026, 11, 9, 21, 59, tzinfo=UTC)),
        Letter("midnight-after", frozenset({INBOX, UNREAD}), datetime(2026, 11, 9, 22, 1, tzinfo=UTC)),
        Letter("lottery", frozenset({SPAM, UNREAD}), start + timedelta(days=3), "Prize <win@lucky.example>"),
        Letter("pills", frozenset({SPAM}), start + timedelta(days=14), "Prize <win@lucky.example>"),
        Letter("old-offer", frozenset({TRASH}), start + timedelta(days=5), "Shop <news@shop.example>"),
        Letter("answer", frozenset({SENT}), start + timedelta(days=6), "Ana <ana@home.example>"),
        Letter("starred", frozenset({INBOX, STARRED}), start + timedelta(days=2)),
    ]
    more = [Letter(f"news-{day}", frozenset({INBOX, UNREAD}), start + timedelta(days=day, hours=1)) for day in range(8)]
    return [*more[::2], *some, *more[1::2]]


LETTERS = tuple(_letters())
_TAKEOUT_NAMES = {
    INBOX: "Inbox",
    SENT: "Sent",
    SPAM: "Spam",
    STARRED: "Starred",
    TRASH: "Trash",
    UNREAD: "Unread",
}
_FOLDERS = {SPAM: ".Spam", TRASH: ".Trash", SENT: ".Sent"}


@dataclass(frozen=True)
class Case:
    """A mailbox and what is known to be in it, by id."""

    mailbox: Mailbox
    content: Mapping[str, Letter]

    def newest(self, *labels: str) -> list[str]:
        """The ids of all that have one of these labels, newest first."""
        found = [identifier for identifier, known in self.content.items() if known.labels & set(labels)]
        return sorted(found, key=lambda identifier: self.content[identifier].received, reverse=True)


def takeout(letters: tuple[Letter, ...] = LETTERS) -> bytes:
    return mbox_of(
        *(
            b"X-GM-THRID: 1789\nX-Gmail-Labels: "
            + ",".join(_TAKEOUT_NAMES[label] for label in sorted(known.labels)).encode()
            + b"\n"
            + known.raw
            for known in letters
        )
    )


def mbox_case(folder: Path, index: LocalIndex) -> Case:
    file = folder / "takeout.mbox"
    file.write_bytes(takeout())
    return _by_subject(local_mailbox(MboxOrigin(file, folder / "cache"), index))


def gzip_case(folder: Path, index: LocalIndex) -> Case:
    file = folder / "takeout.mbox.gz"
    file.write_bytes(gzip.compress(takeout()))
    return _by_subject(local_mailbox(MboxOrigin(file, folder / "cache"), index))


def maildir_case(folder: Path, index: LocalIndex) -> Case:
    root = write_maildir(folder / "Maildir")
    for number, known in enumerate(LETTERS):
        name = next((_FOLDERS[label] for label in sorted(known.labels) if label in _FOLDERS), "")
        flags = ("F" if STARRED in known.labels else "") + ("" if UNREAD in known.labels else "S")
        write_maildir(root / name, **{f"cur_{number}_{flags}": known.raw})
    return _by_subject(local_mailbox(MaildirOrigin(root), index))


def sample_case(folder: Path, index: LocalIndex) -> Case:
    """The sample takes no letters: what it holds is read from its origin."""
    del folder
    origin = SampleOrigin(date(2026, 11, 21))
    indexing = Indexing()
    content = {}
    for line in origin.messages():
        raw = origin.read(line.place) or b""
        known = Letter(line.subject, line.labels, line.received, line.sender)
        content[indexing.describe(raw, "").id] = known
    return Case(local_mailbox(origin, index), content)


def local_mailbox(origin: Origin, index: LocalIndex, account_id: int = 1) -> LocalMailbox:
    account = Account(account_id, 1, origin.kind, "ana@home.example", origin.path, zone=ZONE)
    return LocalMailbox(account, index, origin, StandingClock(), page_size=SHORT_PAGE)


def _by_subject(mailbox: Mailbox) -> Case:
    """Pair the ids with the letters by reading every message once."""
    letters = {known.subject: known for known in LETTERS}
    content = {}
    for page in mailbox.list_ids(MailQuery(folders=(INBOX, SPAM, TRASH, SENT))):
        for answer in mailbox.fetch(page.ids):
            assert answer.source is not None
            subject = answer.source.raw.partition(b"Subject: ")[2].partition(b"\n")[0].decode().strip()
            content[answer.id] = letters.pop(subject)
    assert not letters
    return Case(mailbox, content)


class StandingClock:
    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


LOCAL_CASES = {
    SourceKind.MBOX.value: mbox_case,
    "mbox.gz": gzip_case,
    SourceKind.MAILDIR.value: maildir_case,
    SourceKind.SAMPLE.value: sample_case,
}
