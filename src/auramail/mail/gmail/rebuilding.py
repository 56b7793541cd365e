"""A message without the bodies of its attachments, rebuilt from Gmail's `format=full` into RFC 822 bytes."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from email.message import Message
from typing import Any, Final

DEEPEST: Final = 50
ENCODED: Final = frozenset({"content-transfer-encoding"})
Part = Mapping[str, Any]


def rebuild(payload: Part) -> bytes:
    """The message as its sender made it, except that attachments are empty.

    An attachment keeps its headers; its `Content-Disposition` tells its length in bytes (`size`, RFC 2183, 2.7).
    Header values come from Gmail decoded and stay UTF-8 (RFC 6532).
    """
    return b"".join(_part(payload, 0))


def _part(part: Part, depth: int) -> Iterator[bytes]:
    children = part.get("parts") or []
    kind = str(part.get("mimeType") or "text/plain")
    if depth > DEEPEST:
        return
    if children and kind == "message/rfc822":
        yield _head(part, {})
        yield from _part(children[0], depth + 1)
    elif children:
        boundary = f"auramail-{depth}-{part.get('partId') or 'top'}"
        yield _head(part, {"Content-Type": f'{kind}; boundary="{boundary}"'})
        for child in children:
            yield f"--{boundary}\r\n".encode()
            yield from _part(child, depth + 1)
            yield b"\r\n"
        yield f"--{boundary}--\r\n".encode()
    else:
        yield from _leaf(part, kind)


def _leaf(part: Part, kind: str) -> Iterator[bytes]:
    body = part.get("body") or {}
    if "data" not in body:
        yield _head(part, {"Content-Disposition": f"{_disposition(part)}; size={int(body.get('size') or 0)}"})
        return
    content = _decoded(str(body["data"]))
    changed = {"Content-Transfer-Encoding": "base64"}
    if kind.startswith("text/") and _is_recoded(content):
        changed["Content-Type"] = _with_utf8(_header(part, "content-type") or kind)
    yield _head(part, changed)
    yield base64.encodebytes(content)


def _head(part: Part, changed: Mapping[str, str]) -> bytes:
    dropped = ENCODED | {name.lower() for name in changed}
    kept = [(name, value) for name, value in _headers(part) if name.lower() not in dropped]
    lines = [f"{name}: {value}\r\n" for name, value in [*kept, *changed.items()]]
    return "".join(lines).encode("utf-8", "surrogateescape") + b"\r\n"


def _headers(part: Part) -> Iterator[tuple[str, str]]:
    for header in part.get("headers") or []:
        name, value = str(header.get("name") or ""), str(header.get("value") or "")
        if re.fullmatch(r"[!-9;-~]+", name):  # RFC 5322, 2.2
            yield name, re.sub(r"[\r\n\0]+\s*", " ", value)


def _header(part: Part, wanted: str) -> str:
    return next((value for name, value in _headers(part) if name.lower() == wanted), "")


def _disposition(part: Part) -> str:
    return _header(part, "content-disposition") or f'attachment; filename="{_quoted(str(part.get("filename") or ""))}"'


def _quoted(text: str) -> str:
    return re.sub(r'[\\"\r\n]', "_", text)


def _decoded(data: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(data + "=" * (-len(data) % 4))
    except binascii.Error:
        return b""


def _is_recoded(content: bytes) -> bool:
    """Whether a text has to be UTF-8: legacy Cyrillic and Western charsets practically never form valid UTF-8."""
    try:
        return not content.isascii() and bool(content.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _with_utf8(content_type: str) -> str:
    message = Message()
    message["Content-Type"] = content_type
    message.set_param("charset", "utf-8")
    return str(message["Content-Type"])
