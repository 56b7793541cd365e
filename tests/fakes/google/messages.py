"""Messages as Gmail shows them: the same bytes as raw, full, metadata or minimal resources, and as words to search."""

import base64
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from functools import cached_property, lru_cache
from typing import Any

from tests.fakes.google.heads import plain_head, raw_values

MOST_TO_SEARCH = 200_000
"""Bytes of a message that are parsed for words: hostile MIME of megabytes takes Python's parser minutes."""

_NAMES = re.compile(rb"name[*\d\s]*=|=\?")
"""What stands before every file name: the parameter, or the start of an encoded word that may hide one."""


class Parsed:
    """What searching and snippets need to know of a message's bytes."""

    def __init__(self, raw: bytes) -> None:
        self.head: Message = BytesParser(policy=policy.compat32).parsebytes(raw[:MOST_TO_SEARCH])

    @cached_property
    def headers(self) -> list[tuple[str, str]]:
        return _headers(self.head)

    @cached_property
    def text(self) -> str:
        """Every text part, tags taken out, in reading order."""
        plain = [read_text(part) for part in leaves(self.head) if part.get_content_type() == "text/plain"]
        marked = [read_text(part) for part in leaves(self.head) if part.get_content_type() == "text/html"]
        return "\n".join(plain or [html.unescape(re.sub(r"<[^<>]{0,1000}>", " ", text)) for text in marked])

    @cached_property
    def snippet(self) -> str:
        return html.escape(" ".join(self.text[:1000].split()))[:200]

    @cached_property
    def file_names(self) -> tuple[str, ...]:
        return tuple(name for part in leaves(self.head) if (name := file_name(part)))


@lru_cache(maxsize=128)
def parsed(raw: bytes) -> Parsed:
    """The last few are kept, not all: parsed, a mailbox takes ten times the memory of its bytes."""
    return Parsed(raw)


@dataclass(slots=True)
class StoredMessage:
    """A message in the fake mailbox; `received` is Gmail's internalDate in milliseconds, `row` its place in columns."""

    id: str
    thread_id: str
    raw: bytes
    received: int
    labels: set[str]
    history_id: int = 0
    row: int = -1

    @property
    def text(self) -> str:
        return parsed(self.raw).text

    @property
    def snippet(self) -> str:
        return parsed(self.raw).snippet

    @property
    def file_names(self) -> tuple[str, ...]:
        return parsed(self.raw).file_names if _may_have_files(self.raw) else ()

    def header(self, name: str) -> str:
        """All values of a header, decoded, one per line."""
        head = plain_head(self.raw)
        if head is not None and len(head) < MOST_TO_SEARCH:
            return "\n".join(decode(value) for value in raw_values(head, name))
        return "\n".join(value for header, value in parsed(self.raw).headers if header.lower() == name.lower())

    def reference(self) -> dict[str, str]:
        return {"id": self.id, "threadId": self.thread_id}

    def resource(
        self, form: str = "full", wanted_headers: frozenset[str] = frozenset(), *, with_snippet: bool = True
    ) -> dict[str, Any]:
        """The Message resource in one of Gmail's formats; `wanted_headers` are lower case and narrow `metadata`."""
        answer: dict[str, Any] = self.reference()
        if self.labels:
            answer["labelIds"] = sorted(self.labels)
        if with_snippet:
            answer["snippet"] = self.snippet
        answer |= {
            "historyId": str(self.history_id),
            "internalDate": str(self.received),
            "sizeEstimate": len(self.raw),
        }
        if form == "raw":
            answer["raw"] = base64.urlsafe_b64encode(self.raw).decode()
        elif form == "full":
            whole = BytesParser(policy=policy.compat32).parsebytes(self.raw)
            answer["payload"] = _part(whole, "", f"ANGjdJ{self.id}")
        elif form == "metadata":
            answer["payload"] = {
                "mimeType": parsed(self.raw).head.get_content_type(),
                "headers": [
                    {"name": name, "value": value}
                    for name, value in parsed(self.raw).headers
                    if not wanted_headers or name.lower() in wanted_headers
                ],
            }
        return answer


def _may_have_files(raw: bytes) -> bool:
    """Whether parsing is worth while: most mail tells by its head, or by a word it lacks, that it has no files."""
    head = plain_head(raw)
    if head is None:
        return True
    content = " ".join(raw_values(head, "content-type") + raw_values(head, "content-disposition")).lower()
    if "name" in content or "=?" in content:
        return True
    if "multipart" not in content and "message" not in content:
        return False
    inside = raw[len(head) : MOST_TO_SEARCH].lower()
    return (b"name" in inside or b"=?" in inside) and bool(_NAMES.search(inside))


def leaves(message: Message) -> Iterator[Message]:
    """Every part that is not a container."""
    return (part for part in message.walk() if not part.is_multipart())


def file_name(part: Message) -> str:
    named = Message()
    for name, value in _headers(part):
        if name.lower() in {"content-disposition", "content-type"}:
            named[name] = value
    try:
        return decode(named.get_filename() or "")
    except (TypeError, ValueError, AttributeError):  # RFC 2231 parameters that contradict themselves
        return "noname"


def read_text(part: Message) -> str:
    content = _content(part)
    try:
        return content.decode(str(part.get_content_charset() or "utf-8"), "replace")
    except (LookupError, UnicodeError):
        return content.decode("latin-1")


def decode(value: str) -> str:
    """RFC 2047 words and raw UTF-8 into text, as Gmail's payload has them; what cannot be decoded stays."""
    value = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    value = re.sub(r"\r?\n[ \t]?", " ", value)
    if "=?" not in value or len(value) > 10_000:
        return value
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return value


def _content(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (LookupError, UnicodeError, ValueError):
        return b""
    return content if isinstance(content, bytes) else b""


def _headers(message: Message) -> list[tuple[str, str]]:
    """Names and decoded values; raw_items, since the parsed ones lose bytes that are not ASCII."""
    return [(name, decode(str(value))) for name, value in message.raw_items()]


def _part(part: Message, number: str, attachment: str) -> dict[str, Any]:
    """A MessagePart; the bytes of attachments stay away behind an attachmentId."""
    name = file_name(part)
    answer: dict[str, Any] = {
        "partId": number,
        "mimeType": part.get_content_type(),
        "filename": name,
        "headers": [{"name": name, "value": value} for name, value in _headers(part)],
    }
    if part.is_multipart():
        answer["body"] = {"size": 0}
        children = [child for child in part.get_payload() if isinstance(child, Message)]
        prefix = f"{number}." if number else ""
        answer["parts"] = [_part(child, f"{prefix}{index}", attachment) for index, child in enumerate(children)]
        return answer
    content = _content(part)
    if name:
        answer["body"] = {"attachmentId": f"{attachment}_{number}", "size": len(content)}
    elif content:
        answer["body"] = {"size": len(content), "data": base64.urlsafe_b64encode(content).decode()}
    else:
        answer["body"] = {"size": 0}
    return answer
