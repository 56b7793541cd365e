"""What happened in an account since a history id, page by page, in the order it happened."""

import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from auramail.core.errors import MarkExpiredError
from auramail.core.mail_events import Changes, EventKind, MailEvent
from auramail.core.wording import Wording
from auramail.mail.gmail import calls
from auramail.mail.gmail.answers import Verdict
from auramail.mail.gmail.client import GmailClient
from auramail.mail.gmail.errors import translate

FIELDS: Final[Mapping[str, EventKind]] = MappingProxyType(
    {
        "messagesAdded": EventKind.ADDED,
        "labelsAdded": EventKind.LABELLED,
        "labelsRemoved": EventKind.UNLABELLED,
        "messagesDeleted": EventKind.DELETED,
    }
)
"""The lists of one record, in the order in which they can have happened."""


def is_history_id(text: str) -> bool:
    """An unsigned 64-bit number, in decimal digits."""
    return re.fullmatch(r"\d{1,20}", text, re.ASCII) is not None and int(text) < 2**64


def read_history(client: GmailClient, mark: str, kinds: Collection[EventKind] = tuple(EventKind)) -> Iterator[Changes]:
    """Pages of events of these kinds after the mark, one page at least; raises MarkExpiredError.

    Every page but the last goes up to its last record, the last one up to where the history stood when the first was
    asked for: what comes in between pages may not be on any of them.
    """
    if not is_history_id(mark):
        raise _expired()
    page, stood, reached = "", 0, int(mark)
    while True:
        (answer,) = client.send([calls.list_history(mark, kinds, page)])
        if answer.status == 404:
            raise _expired()
        if answer.verdict is not Verdict.DONE:
            raise translate(answer)
        records = [record for record in _objects(answer.data.get("history")) if _number(record.get("id"))]
        events = tuple(event for record in records for event in _events(record) if event.kind in kinds)
        stood = stood or _number(answer.data.get("historyId"))
        page = str(answer.data.get("nextPageToken") or "")
        # Never back: a server of Google's may be behind the one that answered before.
        reached = max(reached, *(_number(record["id"]) for record in records), 0 if page else stood)
        yield Changes(events, str(reached))
        if not page:
            return


def _events(record: Mapping[str, object]) -> Iterator[MailEvent]:
    for name, kind in FIELDS.items():
        for entry in _objects(record.get(name)):
            message = entry.get("message")
            if isinstance(message, dict) and message.get("id"):
                yield MailEvent(
                    mark=str(_number(record["id"])),
                    kind=kind,
                    message_id=str(message["id"]),
                    thread_id=str(message.get("threadId") or ""),
                    labels=_texts(message.get("labelIds")),
                    changed=_texts(entry.get("labelIds")),
                )


def _objects(value: object) -> list[dict[str, object]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _texts(value: object) -> frozenset[str]:
    return frozenset(str(text) for text in value) if isinstance(value, list) else frozenset()


def _number(value: object) -> int:
    """A history id, 0 for what is none."""
    return int(value) if isinstance(value, str) and is_history_id(value) else 0


def _expired() -> MarkExpiredError:
    return MarkExpiredError(Wording.of("Gmail no longer knows what happened since the last look."))
