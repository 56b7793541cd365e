"""A Gmail account as a `ports.Mailbox`, which can be searched and watched too (`ports.Searches`, `ports.Watched`)."""

import base64
import binascii
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from auramail.core.errors import AuraMailError
from auramail.core.labels import Label, LabelWish
from auramail.core.listings import Listed, Page
from auramail.core.mail_events import Changes
from auramail.core.messages import Source
from auramail.core.queries import MailQuery
from auramail.core.quota import Bucket, Priority
from auramail.core.wording import Wording
from auramail.mail.gmail import calls
from auramail.mail.gmail.answers import Answer, Verdict
from auramail.mail.gmail.batch import BatchSize
from auramail.mail.gmail.changing import LabelChanger
from auramail.mail.gmail.client import GmailClient
from auramail.mail.gmail.client_file import OAuthClient
from auramail.mail.gmail.credentials import Credentials
from auramail.mail.gmail.errors import translate
from auramail.mail.gmail.http import Wire
from auramail.mail.gmail.labels import LabelBook
from auramail.mail.gmail.listing import Lister
from auramail.mail.gmail.patience import Patience
from auramail.mail.gmail.quota import Meter
from auramail.mail.gmail.rebuilding import rebuild
from auramail.mail.gmail.tokens import TokenEndpoint, TokenKeeper
from auramail.mail.gmail.watching import Watcher
from auramail.ports.mailboxes import Applied, Fetched, Request
from auramail.ports.world import Clock


@dataclass(frozen=True, slots=True)
class GmailOptions:
    """How Gmail is reached and paid for; the defaults of the settings of the same names."""

    root_url: str = "https://www.googleapis.com"
    unit_costs: Mapping[str, int] = field(default_factory=dict)
    batch_size: int = 25
    batch_max: int = 40
    attempts: int = 5
    timeout: float = 60.0
    priority: Priority = Priority.LIVE


@dataclass(frozen=True, slots=True)
class Grant:
    """By whose permission an account is used, and where renewed credentials are saved."""

    client: OAuthClient
    credentials: Credentials
    on_refresh: Callable[[Credentials], None]


class GmailMailbox:
    """Reads and labels one account's mail. Not shared between threads: open one for each."""

    def __init__(self, client: GmailClient, zone: str) -> None:
        """`zone` is the IANA zone in which the days of a query are meant."""
        self._client = client
        self._book = LabelBook(client)
        self._lister = Lister(client, self._book, zone)
        self._changer = LabelChanger(client, self._book, self.labels_now)
        self._watcher = Watcher(client)
        self._later: AuraMailError | None = None
        """Why the last `fetch` left messages out."""
        self.usage = client.meter.usage

    def list_ids(self, query: MailQuery, start: str = "") -> Iterator[Page]:
        """Pages of messages, newest first, each once; see ports.Mailbox.

        A label of the person's own among several folders is listed after the rest.
        """
        return self._lister.pages(query, start)

    def fetch(self, ids: Sequence[str], large: frozenset[str] = frozenset()) -> list[Fetched]:
        """Read messages; of the large ones all but the attachments' bodies.

        Those that must wait are left out, and the next call says why; raises TryAgainError if that is all of them.
        """
        if self._later is not None:
            later, self._later = self._later, None
            raise later
        forms = ["full" if one in large else "raw" for one in ids]
        answers = self._client.send([calls.get_message(one, form) for one, form in zip(ids, forms, strict=True)])
        told = [(one, answer) for one, answer in zip(ids, answers, strict=True) if not _must_wait(answer)]
        if len(told) < len(ids):
            later = translate(next(filter(_must_wait, answers)))
            if not told:
                raise later
            self._later = later
        return [_fetched(one, answer) for one, answer in told]

    def labels_now(self, ids: Sequence[str]) -> dict[str, frozenset[str] | None]:
        """The label ids each message has at this moment; None for one that is gone."""
        answers = self._client.send([calls.get_message(one, "minimal") for one in ids])
        return {one: _labels_if_there(answer) for one, answer in zip(ids, answers, strict=True)}

    def change_labels(self, requests: Sequence[Request]) -> list[Applied]:
        """Make each change; a deleted label is a problem that names it, and the next `labels` looks anew."""
        return self._changer.make(requests)

    def labels(self, wishes: Sequence[LabelWish]) -> dict[str, Label]:
        """Find or create labels by name; with no wishes, all of the account's labels by name."""
        return self._book.find_or_make(wishes) if wishes else self._book.everything()

    def find(self, queries: Sequence[MailQuery]) -> list[tuple[Listed, ...]]:
        """See ports.Searches. Each page of 500 of a query costs one list, whatever the messages' number."""
        return self._lister.find(queries)

    def count(self, folders: Sequence[str], *, unread: bool = False) -> int:
        """See ports.Counts."""
        return self._lister.count(folders, unread=unread)

    def mark(self) -> str:
        """See ports.Watched; the history id."""
        mark = self._watcher.mark()
        self._changer.has_seen(mark)
        return mark

    def changes(self, mark: str) -> Iterator[Changes]:
        """See ports.Watched."""
        for page in self._watcher.changes(mark):
            self._changer.has_seen(page.mark)
            yield page

    def watch(self, topic: str) -> datetime:
        """See ports.Watched; seven days."""
        return self._watcher.watch(topic)

    def unwatch(self) -> None:
        """See ports.Watched."""
        self._watcher.unwatch()

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_mailbox(
    grant: Grant,
    options: GmailOptions,
    *,
    zone: str,
    bucket: Bucket,
    clock: Clock,
    sleep: Callable[[float], None],
) -> GmailMailbox:
    """Open an account's mailbox for one thread; nothing is asked of Google yet."""
    wire = Wire(options.timeout)
    patience = Patience(options.attempts, sleep, clock.now)
    endpoint = TokenEndpoint(wire, grant.client, clock, patience)
    tokens = TokenKeeper(endpoint, grant.credentials, clock, grant.on_refresh)
    meter = Meter(bucket, sleep, options.unit_costs, options.priority)
    size = BatchSize(bucket.parts() or options.batch_size, options.batch_max)
    return GmailMailbox(GmailClient(options.root_url, wire, tokens, meter, patience, size), zone)


def _must_wait(answer: Answer) -> bool:
    """Whether Google answers nothing for the account at present; a 500 is the single message's."""
    nothing = answer.verdict is Verdict.DOUBTFUL and answer.status != 500
    return nothing or answer.verdict is Verdict.WAIT or answer.limit is not None


def _fetched(message_id: str, answer: Answer) -> Fetched:
    """One message that Gmail fails to give is that message's problem; being told to wait is everybody's."""
    if answer.verdict is Verdict.DONE:
        source = _source(answer.data)
        return Fetched(message_id, source, problem=None if source else Wording.of("Gmail's answer cannot be read."))
    if answer.is_gone:
        return Fetched(message_id, gone=True)
    if answer.status in {400, 500}:
        return Fetched(message_id, problem=translate(answer).problem)
    raise translate(answer)


def _source(data: Mapping[str, object]) -> Source | None:
    payload, raw = data.get("payload"), data.get("raw")
    try:
        content = rebuild(payload) if isinstance(payload, dict) else _decoded(str(raw or ""))
        received = datetime.fromtimestamp(int(str(data["internalDate"])) / 1000, UTC)
        return Source(str(data["id"]), str(data["threadId"]), content, _labels(data), received)
    except (KeyError, ValueError, OverflowError, binascii.Error):
        return None


def _decoded(raw: str) -> bytes:
    return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4))


def _labels(data: Mapping[str, object]) -> frozenset[str]:
    labels = data.get("labelIds")
    return frozenset(str(label) for label in labels) if isinstance(labels, list) else frozenset()


def _labels_if_there(answer: Answer) -> frozenset[str] | None:
    if answer.is_gone:
        return None
    if answer.verdict is not Verdict.DONE:
        raise translate(answer)
    return _labels(answer.data)
