"""The body of a text part: transfer encodings undone, charset read, flowed lines joined (RFC 2045, RFC 3676)."""

import binascii
import re

from auramail.reading.charsets import decode_text
from auramail.reading.headers import decode_base64

LONGEST_TEXT = 1024 * 1024
"""Bytes of one text part that are read."""

_TWO_BYTES_AT_MOST = 2
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_UU_BEGIN = re.compile(r"(?m)^begin [0-7]{3,4} (\S[^\n]{0,200})$")
_NONE = frozenset({"", "7bit", "8bit", "binary"})
_NOT_IN_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]")
_WORDS = re.compile(rb"[^\s]{2,} [^\s]{2,}")
_QUOTED_BYTE = re.compile(rb"=(?:3D|20|[89A-F][0-9A-F])")
_SOFT_BREAK = re.compile(rb"^[^\n]{60,74}[^=\n]=\r?$", re.MULTILINE)
_SOFT_BREAK_WITH_SPACES = re.compile(rb"=[ \t]+\r?\n")


def decode_transfer(data: bytes, encoding: str) -> bytes:
    """Undo a Content-Transfer-Encoding, as far as it can be undone; an unknown one counts as none."""
    encoding = encoding.partition(";")[0].strip().strip('"').lower()
    if encoding == "base64":
        return _decode_base64_body(data)
    if encoding in {"quoted-printable", "quotedprintable", "qp"} or (encoding in _NONE and _looks_quoted(data)):
        return binascii.a2b_qp(_SOFT_BREAK_WITH_SPACES.sub(b"=\n", data) if b"= " in data or b"=\t" in data else data)
    if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return _decode_uu(data)
    return data


def _decode_base64_body(data: bytes) -> bytes:
    """Base64, and what a mailing list wrote below it as plain text."""
    foreign = _NOT_IN_BASE64.search(data)
    if foreign is None:
        return decode_base64(data)
    start = data.rfind(b"\n", 0, foreign.start()) + 1
    if not start or not _WORDS.search(data, start):
        return decode_base64(data)
    return decode_base64(data[:start]) + b"\n" + data[start:]


def _looks_quoted(data: bytes) -> bool:
    """Whether a text nobody declared so is quoted-printable: forwarding programs lose that line of the head."""
    if data.count(b"=\n") + data.count(b"=\r\n") < 2 or _QUOTED_BYTE.search(data) is None:
        return False
    return len(_SOFT_BREAK.findall(data)) > 1


def _decode_uu(data: bytes) -> bytes:
    decoded = []
    for line in data.splitlines():
        if line.startswith(b"begin ") or not line:
            continue
        if line.strip() in {b"end", b"`"}:
            break
        # Old encoders end a line with trailing rubbish; the first character says how many bytes count.
        wanted = ((line[0] - 32) & 63) * 4 + 5
        try:
            decoded.append(binascii.a2b_uu(line[: wanted // 3]))
        except binascii.Error:
            break
    return b"".join(decoded) or data


def read_text(data: bytes, encoding: str, charset: str, *, is_html: bool) -> tuple[str, set[str]]:
    """The text of a part, its lines ended as Python ends them, and notes: `text_cut`, `charset`."""
    notes = set()
    if len(data) > LONGEST_TEXT:
        data = data[:LONGEST_TEXT]
        notes.add("text_cut")
    data = decode_transfer(data, encoding)
    if is_html and not charset and not data.isascii():
        found = _META_CHARSET.search(data[:2048])
        charset = found.group(1).decode("ascii") if found else ""
    text, believed = decode_text(data, charset)
    if not believed:
        notes.add("charset")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", ""), notes


def unflow(text: str, *, delete_space: bool) -> str:
    """Join the lines of format=flowed text; quoted lines join only lines of the same depth (RFC 3676, section 4)."""
    joined: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        if open_depth == depth and content != "-- ":
            joined[-1] += content
        else:
            joined.append(">" * depth + (" " if depth else "") + content)
        if flows and delete_space:
            joined[-1] = joined[-1][:-1]
        open_depth = depth if flows else -1
    return "\n".join(joined)


def uuencoded_files(text: str) -> tuple[str, list[tuple[str, int]]]:
    """Take uuencoded files out of a text: what is left, and each file's name and size."""
    if "\nend" not in text or "begin " not in text:
        return text, []
    files: list[tuple[str, int]] = []
    kept: list[str] = []
    last = 0
    for match in _UU_BEGIN.finditer(text):
        if match.start() < last:
            continue
        stop = text.find("\nend", match.end())
        if stop < 0:
            break
        kept.append(text[last : match.start()])
        files.append((match.group(1).strip(), (stop - match.end()) * 3 // 4))
        last = stop + len("\nend")
    return "".join([*kept, text[last:]]), files
