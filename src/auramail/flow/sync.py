"""Sync: what came in since the last look is queued, and the labels that the person changed are noted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from auramail.core.labels import DRAFT, SENT, SPAM, TRASH, UNREAD
from auramail.core.listings import Listed
from auramail.core.live import LabelAct, Live
from auramail.core.mail_events import EventKind, MailEvent
from auramail.flow.lookout import Lookout

OWN_MAIL: Final = frozenset({SENT, DRAFT})
"""Labels of what the person writes: they make no new mail."""
UNFINISHED: Final = frozenset({DRAFT, "CHAT"})
"""What has one of these is no mail, or none yet."""
FEW: Final = 4
"""Messages that are read whole however large they are. More at once would not fit into a small worker's memory, and
an event does not tell how large a message is: of those the attachments' bodies are left out."""


def take_in(live: Live, lookout: Lookout) -> tuple[Live, int]:
    """Commit, page by page, what happened since the mark; gives how far it came and how many messages were queued.

    Raises MarkExpiredError, and TryAgainError when the mailbox asks to wait. What was committed by then stays.
    """
    count = 0
    for page in lookout.watched.changes(live.mark):
        if page.mark == live.mark and not page.events:
            continue
        queued = lookout.queue(live, page.mark, arrivals(page.events, lookout), list(label_acts(page.events)))
        if queued is None:
            return live, count
        count += len(queued)
        live = replace(live, mark=page.mark)
    return live, count


def arrivals(events: Sequence[MailEvent], lookout: Lookout) -> list[Listed]:
    """Messages new to the watched folders, each once, that nobody knows yet."""
    came = {
        event.message_id: Listed(event.message_id, event.thread_id)
        for event in events
        if is_arrival(event, lookout.folders)
    }
    if not came:
        return []
    known = lookout.places.look_up(lookout.account.id, list(came), ())
    new = [message for message_id, message in came.items() if message_id not in known]
    return [replace(message, is_large=True) for message in new] if len(new) > FEW else new


def is_arrival(event: MailEvent, folders: frozenset[str]) -> bool:
    """Whether a message came in by this: it was delivered to a watched folder, or taken out of spam into one.

    Only what nobody has looked at is sorted then: what AuraMail saw lying in spam, and left there, stays where the
    person puts it. Any other message that is put into a folder is put there by the person, and is no new mail.
    """
    if event.kind is EventKind.ADDED:
        return bool(event.labels & (folders - OWN_MAIL)) and not event.labels & UNFINISHED
    is_rescued = event.kind is EventKind.UNLABELLED and SPAM in event.changed
    return is_rescued and bool(event.labels & (folders - OWN_MAIL - {SPAM, TRASH}))


def label_acts(events: Sequence[MailEvent]) -> Iterator[LabelAct]:
    """Labels put on or taken off, by whomever; being read says nothing about where a message belongs."""
    for event in events:
        if event.kind in {EventKind.LABELLED, EventKind.UNLABELLED}:
            for label in sorted(event.changed - {UNREAD}):
                yield LabelAct(event.message_id, label, event.kind is EventKind.LABELLED, event.mark)
