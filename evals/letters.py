"""Writes the messages of the sets as RFC 5322 bytes: headers as they are told, the rest as usual."""

import re
from collections.abc import Sequence
from email.header import Header
from email.message import EmailMessage
from typing import Final

WITH_PEOPLE: Final = frozenset({"from", "to", "cc", "bcc", "reply-to", "sender"})
ATTACHED: Final = b"A few bytes.\n"
BOUNDARY: Final = "==part=="
"""The standard library would draw one, and equal sets must give equal bytes."""
_PERSON: Final = re.compile(r'\s*"?([^"<>]*?)"?\s*<([^<>]*)>\s*')
_HEADER_NAME: Final = re.compile(r"[!-9;-~]+")


def letter(envelope: str, additions: Sequence[tuple[str, str]], body: str, *, to: str, date: str) -> bytes:
    """A message from `Name <address> | Subject`, what is added to it by name, and its text.

    Raises ValueError where an addition is neither a header with a value, nor html, nor a file with its type.
    """
    sender, bar, subject = envelope.partition("|")
    if not bar or "@" not in sender:
        raise ValueError(f"no sender and subject: {envelope}")
    head = [("From", sender.strip()), ("To", to), ("Date", date), ("Subject", subject.strip())]
    replaced = set[str]()
    for name, value in additions:
        if name in {"html", "attach"}:
            continue
        if not _HEADER_NAME.fullmatch(name):
            raise ValueError(f"not a header: {name}")
        places = [place for place, (known, _) in enumerate(head) if known.lower() == name.lower()]
        if places and name.lower() not in replaced:
            head[places[0]] = (name, value)
        else:
            head.append((name, value))
        replaced.add(name.lower())
    lines = [f"{name}: {_encoded(name, value)}\n".encode() for name, value in head]
    return b"".join(lines) + _rest(additions, body, replaced)


def _encoded(name: str, value: str) -> str:
    """A value in ASCII stays as it is; other letters become encoded words (RFC 2047), but for those of an address."""
    if name.lower() in WITH_PEOPLE:
        return _PERSON.sub(lambda found: f"{_phrase(found[1])} <{found[2]}>", value).strip()
    return value if value.isascii() else Header(value, "utf-8", header_name=name).encode()


def _phrase(name: str) -> str:
    if not name.isascii():
        return Header(name, "utf-8").encode()
    return f'"{name}"' if re.search(r"[^\w !#$%&'*+/=?^`{|}~-]", name) else name


def _rest(additions: Sequence[tuple[str, str]], body: str, replaced: set[str]) -> bytes:
    """The body with the headers that describe it, but for those that were told otherwise."""
    mail = EmailMessage()
    mail.set_content(body, subtype="html" if ("html", "") in additions else "plain", charset="utf-8")
    for name, value in additions:
        if name == "attach":
            filename, _, kind = value.rpartition(" ")
            main, slash, sub = kind.partition("/")
            if not filename or not slash:
                raise ValueError(f"not a file with its type: {value}")
            mail.add_attachment(ATTACHED, main, sub, filename=filename.strip())
    if mail.is_multipart():
        mail.set_boundary(BOUNDARY)
    for name in replaced & {known.lower() for known in mail}:
        del mail[name]
    return mail.as_bytes()
