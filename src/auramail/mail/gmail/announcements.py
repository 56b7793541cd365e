"""Gmail's announcements that a mailbox has changed, as Pub/Sub carries them."""

import base64
from dataclasses import dataclass
from typing import Final

import orjson

from auramail.mail.gmail.history import is_history_id

LONGEST_ADDRESS: Final = 320
"""Characters: 64 before the @ and 255 behind it (RFC 5321, 4.5.3.1)."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """The mailbox of `address` (lower case) has changed up to `mark`, a history id.

    `message_id` is Pub/Sub's, the same whenever it delivers the message again; `ack_id` is what a pulled one is
    acknowledged by.
    """

    address: str
    mark: str
    message_id: str = ""
    ack_id: str = ""


def read_announcement(message: object, ack_id: str = "") -> Announcement | None:
    """Gmail's announcement in a message of Pub/Sub; None for whatever else somebody published.

    https://developers.google.com/workspace/gmail/api/guides/push#receiving_notifications
    """
    if not isinstance(message, dict):
        return None
    try:
        said = orjson.loads(_decoded(str(message.get("data"))))
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    address, mark = said.get("emailAddress"), str(said.get("historyId"))
    if not isinstance(address, str) or "@" not in address or len(address) > LONGEST_ADDRESS:
        return None
    if not is_history_id(mark):
        return None
    return Announcement(address.lower(), mark, str(message.get("messageId") or ""), ack_id)


def _decoded(data: str) -> bytes:
    """Base64 in either alphabet: Gmail's guide says base64url, Pub/Sub's own reference does not; raises ValueError."""
    plain = data.replace("-", "+").replace("_", "/").rstrip("=")
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
