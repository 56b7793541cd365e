"""From the bytes of a mail to a Message: never fails; a broken mail is a Message with notes."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo

from auramail.core.messages import Address, Invitation, Message, Source
from auramail.reading.addresses import read_addresses
from auramail.reading.body import KEPT_END, LONGEST_OWN, LONGEST_QUOTED, LONGEST_SIGNATURE, read_body, text_of
from auramail.reading.date_header import read_date
from auramail.reading.html import MOST_HIDDEN
from auramail.reading.invisible import without_unseen
from auramail.reading.invitations import read_invitations
from auramail.reading.language import language_of
from auramail.reading.markup import MOST_OBJECTS
from auramail.reading.mime import read_tree

LONGEST_SUBJECT = 1000

_FORWARD = re.compile(
    r"\s{0,9}(?:(?:re|ha|відп|ответ|aw|odp)(?:\[\d{1,3}\])?\s?:\s?|\[(?!fwd?)[^\]\n]{1,60}\]\s?){0,4}"
    r"\[?(?:fwd?|пересл|переслано|пересилання|пер|fs|wg|pd|tr|rv|enc|doorst|i)\s?:|[^\n]{0,500}\(fwd\)\s{0,9}\Z",
    re.IGNORECASE,
)
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")


def read_message(source: Source) -> Message:
    """Read a mail. Never raises, whatever the bytes."""
    tree = read_tree(source.raw)
    fields = tree.head.fields
    subject, spelt = without_unseen(tree.head.first("subject"))
    body = read_body(tree, is_forward=_FORWARD.match(subject) is not None)
    body.hidden.append(spelt)
    body.notes |= tree.notes
    date, is_own_date = read_date(fields, source.received)
    sender = _sender(fields, body.notes)
    text, is_cut = text_of(body.own, LONGEST_OWN, KEPT_END)
    if is_cut:
        body.notes.add("text_cut")
    if not is_own_date:
        body.notes.add("date")
    return Message(
        id=source.id,
        thread_id=source.thread_id,
        date=date,
        sender=sender,
        subject=subject[:LONGEST_SUBJECT],
        text=text,
        to=_addresses(fields, "to"),
        cc=_addresses(fields, "cc"),
        reply_to=_addresses(fields, "reply-to"),
        message_id=_first_id(fields.get("message-id", ())),
        in_reply_to=_first_id(fields.get("in-reply-to", ())) or _last_id(fields.get("references", ())),
        labels=source.labels,
        headers={name: tuple(values) for name, values in fields.items()},
        quoted=text_of(body.quoted, LONGEST_QUOTED, 0)[0],
        signature=text_of(body.signature, LONGEST_SIGNATURE, 0)[0],
        hidden=text_of(body.hidden, MOST_HIDDEN, 0)[0],
        links=tuple(body.links),
        attachments=tuple(body.attachments),
        invitations=_invitations(body.calendars, date.tzinfo or UTC),
        markup=tuple(body.markup[:MOST_OBJECTS]),
        has_html=body.has_html,
        images=body.images,
        language=language_of(f"{subject}\n{text}"),
        size=len(source.raw),
        notes=tuple(sorted(body.notes)),
    )


def _sender(fields: Mapping[str, Sequence[str]], notes: set[str]) -> Address:
    """Who the From field names first; without one, the Sender or the Return-Path."""
    named = _addresses(fields, "from")
    reachable = [address for address in named if address.address]
    if len({address.address for address in reachable}) > 1:
        notes.add("several_senders")
    if reachable:
        return reachable[0]
    notes.add("no_sender")
    others = (*_addresses(fields, "sender"), *_addresses(fields, "return-path"), *named)
    return next((address for address in others if address.address), named[0] if named else Address(""))


def _addresses(fields: Mapping[str, Sequence[str]], name: str) -> tuple[Address, ...]:
    return tuple(address for value in fields.get(name, ()) for address in read_addresses(value))


def _invitations(calendars: Sequence[tuple[str, str]], zone: tzinfo) -> tuple[Invitation, ...]:
    """The events of all calendar parts, each once: clients send the same one inline and as a file."""
    found: dict[tuple[str, int, datetime | None], Invitation] = {}
    for text, method in calendars:
        for invitation in read_invitations(text, method, zone):
            found.setdefault((invitation.uid, invitation.sequence, invitation.instance), invitation)
    return tuple(found.values())


def _first_id(values: Sequence[str]) -> str:
    found = _MESSAGE_ID.findall(" ".join(values))
    return found[0] if found else ""


def _last_id(values: Sequence[str]) -> str:
    found = _MESSAGE_ID.findall(" ".join(values))
    return found[-1] if found else ""
