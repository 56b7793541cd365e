"""What every Message keeps, whatever the bytes it was read from: said once, for hypothesis and for the fuzzer."""

import re
from collections.abc import Iterator

from auramail.core.messages import Message
from auramail.reading.body import KEPT_END, LONGEST_OWN, LONGEST_QUOTED, LONGEST_SIGNATURE
from auramail.reading.html import MOST_HIDDEN, MOST_LINKS
from auramail.reading.invitations import LONGEST_VALUE
from auramail.reading.message import LONGEST_SUBJECT
from auramail.reading.targets import LONGEST_TARGET

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]")
ABSOLUTE = re.compile(r"#|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
ELLIPSIS = len("\n[…]\n")


def check(message: Message) -> None:
    """Raise AssertionError with the name of a promise that is broken."""
    for name, text, longest in texts(message):
        assert not CONTROLS.search(text), f"{name} holds a control character"
        assert not UNSEEN.search(text), f"{name} holds a character nobody sees"
        assert len(text) <= longest + ELLIPSIS, f"{name} is too long"
    for name, line in lines(message):
        assert not CONTROLS.search(line), f"{name} holds a control character"
        assert "\n" not in line, f"{name} has more than one line"
        line.encode()
    assert len(message.links) <= MOST_LINKS, "links are too many"
    relative = [link for link in message.links if not ABSOLUTE.match(link.target)]
    assert not relative or "relative_links" in message.notes, "a relative link is not noted"
    assert message.date.tzinfo is not None, "the date has no zone"
    for invitation in message.invitations:
        for moment in (invitation.start, invitation.end):
            assert moment is None or moment.tzinfo is not None, "an event has no zone"
        assert len(invitation.summary) <= LONGEST_VALUE, "a summary is too long"
    f"{message}".encode()


def texts(message: Message) -> Iterator[tuple[str, str, int]]:
    """Each text of many lines, with its bound in characters."""
    yield "text", message.text, max(LONGEST_OWN, KEPT_END)
    yield "quoted", message.quoted, LONGEST_QUOTED
    yield "signature", message.signature, LONGEST_SIGNATURE
    yield "hidden", message.hidden, MOST_HIDDEN


def lines(message: Message) -> Iterator[tuple[str, str]]:
    """Each text that is one line; file names and names of people keep what tricks the eye: guards look for it."""
    assert len(message.subject) <= LONGEST_SUBJECT, "the subject is too long"
    yield "subject", message.subject
    for address in (message.sender, *message.to, *message.cc, *message.reply_to):
        yield "name", address.name
        yield "address", address.address
    for link in message.links:
        assert len(link.target) <= LONGEST_TARGET, "a target is too long"
        yield "target", link.target
        yield "link", link.text
    for attachment in message.attachments:
        yield "file name", attachment.filename
        yield "type", attachment.content_type
    for invitation in message.invitations:
        yield from (("event", text) for text in (invitation.summary, invitation.location, invitation.organizer))
    for thing in message.markup:
        yield from (("markup", text) for text in (thing.type, *thing.properties, *thing.properties.values()))
    for values in message.headers.values():
        yield from (("header", value) for value in values)
