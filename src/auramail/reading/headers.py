"""The head of a message or part: fields out of bytes, encoded words (RFC 2047) and parameters (RFC 2231)."""

import binascii
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from auramail.reading.charsets import decode_text
from auramail.reading.invisible import without_controls

LONGEST_FIELD = 8 * 1024
LARGEST_HEAD = 64 * 1024
"""Characters of all decoded values together; the first ones are kept."""
READ_AHEAD = 256 * 1024
"""Bytes of a head that are looked at; fields the reading depends on are kept even beyond LARGEST_HEAD."""
MOST_PARAMETERS = 64
MOST_STREAMS = 10_000
"""Base64 streams in one value."""

_ESSENTIAL = frozenset(
    {
        *("from", "to", "cc", "reply-to", "sender", "subject", "date", "message-id", "in-reply-to", "references"),
        *("content-type", "content-transfer-encoding", "content-disposition", "content-id", "content-description"),
        *("list-unsubscribe", "list-id", "authentication-results", "precedence", "auto-submitted"),
    }
)
_WITH_PARAMETERS = frozenset({"content-type", "content-disposition"})
_FIELD = re.compile(r"^([!-9;-~]+)[ \t]*:(.*)$", re.MULTILINE)
_WORD_START = r"=\?([^?\s=]{1,60})\?([bBqQ])\?"
_WORD_END = r"\?=(?![0-9A-F]{2}[^\s?]{0,99}\?=)"
# A word as it should be; else one with spaces or question marks in it; else one without its end, as far as words go.
_ENCODED_WORD = re.compile(
    rf"{_WORD_START}(?:([^?\s]{{0,1500}}){_WORD_END}|"
    rf"((?:(?!=\?[^?\s=]{{1,60}}\?[bBqQ]\?)[^\0]){{0,1500}}?){_WORD_END}|([^\s?<>\",;]{{0,1500}})\??)"
)
_Q_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
_PADDING = re.compile(rb"=+")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
# Some write no semicolon behind a quoted value.
_PARAMETER = re.compile(r'(?:;|(?<=")\s)\s{0,99}([^\s=;"]{1,99})\s{0,99}=\s{0,99}("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
_MAIN = re.compile(r"[^;]{0,200}?(?=;|\s[^\s=;]{1,99}\s?=|\Z)")
_PERCENT_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f]){2}")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SECTION = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?\Z")


@dataclass(slots=True)
class Head:
    """The decoded fields of a head, and where its body begins. `broken` says that a line was no field."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    start: int = 0
    body_start: int = 0
    broken: bool = False
    cut: bool = False

    def first(self, name: str) -> str:
        values = self.fields.get(name)
        return values[0] if values else ""


def read_head(raw: bytes, start: int, end: int) -> Head:
    """Read the fields of raw[start:end]; never fails."""
    if raw.startswith((b"From ", b">From "), start):
        # The separator line of an mbox, left in front of its message.
        start = raw.find(b"\n", start, end) + 1 or end
    head = Head(start=start, body_start=end)
    if raw.startswith(b"\n", start) or raw.startswith(b"\r\n", start):
        head.body_start = start + (1 if raw[start] == 0x0A else 2)
        return head
    stop, head.body_start = _blank_line(raw, start, end)
    block = raw[start : min(stop, start + READ_AHEAD)]
    head.cut = stop - start > READ_AHEAD
    kept = 0
    for written, value in _fields(block, head, whole=not head.cut):
        name = written.lower()
        known = head.fields.get(name)
        if kept > LARGEST_HEAD and (known is not None or name not in _ESSENTIAL):
            head.cut = True
            continue
        # The encoded words of a file name may be cut in two by RFC 2231; `parameters` joins first and decodes then.
        text = (_raw_text_of if name in _WITH_PARAMETERS else _text_of)(value[:LONGEST_FIELD])
        head.cut = head.cut or len(value) > LONGEST_FIELD
        kept += len(text) + len(name)
        if known is None:
            head.fields[name] = [text]
        else:
            known.append(text)
    return head


def _blank_line(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the head ends and where the body starts."""
    plain = raw.find(b"\n\n", start, end)
    carriage = raw.find(b"\n\r\n", start, end if plain < 0 else plain + 1)
    if carriage >= 0:
        return carriage, carriage + 3
    return (plain, plain + 2) if plain >= 0 else (end, end)


def _fields(block: bytes, head: Head, *, whole: bool) -> list[tuple[str, str]]:
    """Names and values, each byte a character of Latin-1."""
    # Unfolding keeps every offset, so that a body without a blank line before it is found where it starts.
    unfolded = block.replace(b"\r\n", b" \n").replace(b"\n ", b"  ").replace(b"\n\t", b"  ").decode("latin_1")
    fields: list[tuple[str, str]] = _FIELD.findall(unfolded)
    if len(fields) <= unfolded.count("\n"):
        return _fields_of_broken(unfolded, head, whole=whole)
    return fields


def _fields_of_broken(unfolded: str, head: Head, *, whole: bool) -> list[tuple[str, str]]:
    """Lines that are no fields are left out; two of them in a row are the body, which no blank line announced."""
    fields: list[tuple[str, str]] = []
    lines = unfolded.split("\n")
    offset = head.start
    for number, line in enumerate(lines):
        found = _FIELD.match(line)
        if found:
            fields.append((found.group(1), found.group(2)))
        elif line.strip():
            head.broken = True
            if number + 1 == len(lines) or not _FIELD.match(lines[number + 1]):
                if whole:
                    head.body_start = offset
                break
        offset += len(line) + 1
    return fields


def decode_value(value: bytes) -> str:
    """A field's value as text: raw 8-bit bytes guessed, encoded words decoded, runs of white space made one space."""
    return _text_of(value.decode("latin_1"))


def _text_of(value: str) -> str:
    text = _raw_text_of(value)
    return without_controls(decode_words(text)) if "=?" in text else text


def _raw_text_of(value: str) -> str:
    """A value with its encoded words as they are."""
    if value.isascii() and value.isprintable():
        return " ".join(value.split()) if "  " in value else value.strip()
    return without_controls(value if value.isascii() else decode_text(value.encode("latin_1"), "")[0])


def decode_words(text: str) -> str:
    """Decode RFC 2047 encoded words, also broken ones: unknown charsets, spaces inside, cut characters, no end."""
    pieces: list[str] = []
    run: list[tuple[str, str, str]] = []
    last = 0
    for match in _ENCODED_WORD.finditer(text):
        between = text[last : match.start()]
        charset, encoding, usual, spaced, endless = match.groups()
        word = (charset.partition("*")[0].lower(), encoding.lower(), usual or spaced or endless or "")
        if run and (between.strip() or run[0][0] != word[0]):
            pieces.append(_decode_run(run))
            run = []
        if between.strip() or not last:
            pieces.append(between)
        run.append(word)
        last = match.end()
    if run:
        pieces.append(_decode_run(run))
    pieces.append(text[last:])
    return "".join(pieces)


def _decode_run(run: list[tuple[str, str, str]]) -> str:
    """Neighbouring words of one charset are one string of bytes: senders cut characters in two between them."""
    charset = run[0][0]
    contents = [(encoding, content.encode("utf_8", "replace")) for _, encoding, content in run]
    text, believed = decode_text(
        b"".join(_decode_q(content) if encoding == "q" else decode_base64(content) for encoding, content in contents),
        charset,
    )
    if not believed and len(run) > 1 and all(encoding == "b" for encoding, _ in contents):
        # One stream of Base64 may have been cut anywhere, not only between its groups of four.
        joined, is_whole = decode_text(decode_base64(b"".join(content for _, content in contents)), charset)
        text = joined if is_whole else text
    return text.replace("\0", "")


def _decode_q(content: bytes) -> bytes:
    return _Q_BYTE.sub(lambda match: bytes((int(match.group(1), 16),)), content.replace(b"_", b" "))


def decode_base64(data: bytes) -> bytes:
    """Base64 with whatever is broken in it left out: foreign characters, missing padding, a lonely last character."""
    if data.find(b"=", 0, len(data.rstrip(b"=\r\n \t"))) >= 0:
        # Padding in the middle: several streams were put one behind the other.
        streams = _PADDING.split(data, MOST_STREAMS)
        return b"".join(map(_decode_stream, streams))
    return _decode_stream(data)


def _decode_stream(data: bytes) -> bytes:
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        letters = _NOT_BASE64.sub(b"", data)
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """The main value of a Content-Type or its like in lower case, and its parameters, joined and decoded."""
    main = value.partition(";")[0]
    if "=" in main:
        # `application/pdf name=a.pdf`: the first semicolon is sometimes missing too.
        found = _MAIN.match(main)
        main = found.group() if found else main[:200]
    rest = value[len(main) :].strip()
    if not rest:
        return main.strip().lower(), {}
    plain: dict[str, str] = {}
    sections: dict[str, list[tuple[int, bool, str]]] = {}
    for count, match in enumerate(_PARAMETER.finditer(rest if rest.startswith(";") else f";{rest}")):
        if count >= MOST_PARAMETERS:
            break
        name = _SECTION.match(match.group(1).lower())
        content = _unquoted(match.group(2))
        if name is None or (name.group(2) is None and name.group(3) is None):
            plain.setdefault(match.group(1).lower(), _decoded(content))
        else:
            sections.setdefault(name.group(1), []).append((int(name.group(2) or 0), bool(name.group(3)), content))
    for name_of_parts, parts in sections.items():
        plain[name_of_parts] = _joined(parts)
    return main.strip().lower(), plain


def _decoded(content: str) -> str:
    """A value in one of the ways no standard allows and many programs use: encoded words, or percent signs alone."""
    if "=?" in content:
        return decode_words(content)
    if "%" in content and _PERCENT_ENCODED.search(content):
        return decode_text(unquote_to_bytes(content), "")[0]
    return content


def _unquoted(value: str) -> str:
    value = value.strip()
    if value.startswith('"'):
        return _ESCAPED.sub(r"\1", value[1:-1] if len(value) > 1 and value.endswith('"') else value[1:])
    return value


def _joined(parts: list[tuple[int, bool, str]]) -> str:
    """RFC 2231, sections 3 and 4: the charset stands in front of the first piece, before two apostrophes."""
    parts.sort(key=lambda part: part[0])
    charset = ""
    data = b""
    for position, (_, extended, content) in enumerate(parts):
        if extended and position == 0 and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)  # noqa: PLW2901 - what is left is the content
        data += unquote_to_bytes(content) if extended else content.encode("utf_8", "replace")
    return _decoded(decode_text(data, charset)[0])
