"""What a language model is shown of a message: masked first, then cut, so that no half of a secret is left at a cut."""

import re
from typing import Final

from auramail.core.messages import Message
from auramail.reading.excerpts import GAP, excerpt
from auramail.reading.invisible import one_line
from auramail.reading.masking import Masked, mask

LONGEST_TEXT: Final = 60_000
"""Characters on each side of a very long text that are looked at."""
LONGEST_SENDER: Final = 200
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def shown_text(message: Message, most: int) -> Masked:
    """What its sender wrote, in at most `most` characters: nothing quoted, hidden or signed, and no secrets.

    The subject may say what a number in the text is. Secrets are counted in the whole text.
    """
    text = message.text
    if len(text) > 2 * LONGEST_TEXT:
        # Both cuts are in the midst of what no excerpt reaches, so what they halve is not shown.
        text = f"{text[:LONGEST_TEXT]}\n{GAP}\n{text[-LONGEST_TEXT:]}"
    masked = mask(_sendable(text), before=_sendable(message.subject))
    return Masked(excerpt(masked.text, most), masked.counts)


def shown_subject(message: Message, most: int) -> Masked:
    """The subject on one line, without secrets, in at most `most` characters."""
    masked = mask(_sendable(one_line(message.subject)))
    return Masked(" ".join(excerpt(masked.text, most).split()), masked.counts)


def shown_sender(message: Message) -> str:
    """The sender's own name and address, and no other address that stands in the name."""
    address = one_line(_sendable(message.sender.address))
    name = one_line(_sendable(message.sender.name))
    if name.lower() == address:
        name = ""
    name = excerpt(mask(name).text, LONGEST_SENDER).replace("\n", " ").strip(" <>")
    return f"{name} <{address[:LONGEST_SENDER]}>".strip() if address else name


def _sendable(text: str) -> str:
    """The text as UTF-8 can carry it: halves of a pair are joined, single ones replaced."""
    if not _SURROGATES.search(text):
        return text
    return text.encode("utf_16_le", "surrogatepass").decode("utf_16_le", "replace")
