"""winmail.dat, Outlook's own envelope: the names of the files in it, and the letter where it lies there as plain text.

Written after Microsoft's [MS-OXTNEF]; the rich text (PR_RTF_COMPRESSED) is not opened.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from auramail.reading.charsets import decode_text
from auramail.reading.html_limits import strip_tags
from auramail.reading.invisible import without_controls

LARGEST = 8 * 1024 * 1024
"""Bytes that are looked at."""
MOST_ATTRIBUTES = 2000
MOST_FILES = 50
LONGEST_BODY = 256 * 1024

_SIGNATURE = 0x223E9F78
_BODY, _TITLE, _DATA, _NEW_FILE = 0x0002800C, 0x00018010, 0x0006800F, 0x00069002
_PROPERTIES, _FILE_PROPERTIES, _CODE_PAGE = 0x00069003, 0x00069005, 0x00069007
_TEXT, _PAGE, _LONG_NAME, _SHORT_NAME = 0x1000, 0x1013, 0x3707, 0x3704
_WANTED = frozenset({_TEXT, _PAGE, _LONG_NAME, _SHORT_NAME})
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_SIZED = frozenset({0x0D, 0x1E, 0x1F, 0x102})
_UNICODE = 0x1F
_NAMED = 0x8000
_SEVERAL = 0x1000


@dataclass(slots=True)
class Bundle:
    """What was found in a winmail.dat: the letter, and each file's name and size in bytes."""

    text: str = ""
    files: list[tuple[str, int]] = field(default_factory=list)


def read_bundle(data: bytes) -> Bundle:
    """Never fails; a broken bundle is read up to where it breaks."""
    bundle = Bundle()
    code_page = "cp1252"
    for tag, content in _attributes(data[:LARGEST]):
        if tag == _CODE_PAGE and len(content) >= 4:
            code_page = f"cp{int.from_bytes(content[:4], 'little')}"
        elif tag == _BODY:
            bundle.text = bundle.text or _string(content, code_page)
        elif tag == _PROPERTIES:
            _take_letter(bundle, dict(_properties(content, code_page)))
        elif tag == _NEW_FILE and len(bundle.files) < MOST_FILES:
            bundle.files.append(("", 0))
        elif bundle.files:
            _describe_file(bundle, tag, content, code_page)
    return bundle


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each attribute: a level byte, tag, length, content, and a checksum nobody needs."""
    if len(data) < 6 or int.from_bytes(data[:4], "little") != _SIGNATURE:
        return
    position = 6
    for _ in range(MOST_ATTRIBUTES):
        if position + 9 > len(data):
            return
        tag, length = struct.unpack_from("<II", data, position + 1)
        yield tag, data[position + 9 : position + 9 + length]
        position += 9 + length + 2


def _take_letter(bundle: Bundle, found: dict[int, str]) -> None:
    if not bundle.text:
        bundle.text = found.get(_TEXT, "") or strip_tags(found.get(_PAGE, "")).strip()


def _describe_file(bundle: Bundle, tag: int, content: bytes, code_page: str) -> None:
    name, size = bundle.files[-1]
    if tag == _TITLE:
        name = name or without_controls(_string(content, code_page))
    elif tag == _DATA:
        size = len(content)
    elif tag == _FILE_PROPERTIES:
        found = dict(_properties(content, code_page))
        name = without_controls(found.get(_LONG_NAME) or name or found.get(_SHORT_NAME, ""))
    bundle.files[-1] = (name, size)


def _properties(data: bytes, code_page: str) -> Iterator[tuple[int, str]]:
    """The texts among MAPI properties ([MS-OXTNEF], section 2.1.3.4), by their ids."""
    position = 4
    for _ in range(MOST_ATTRIBUTES):
        if position + 4 > len(data):
            return
        kind, name = struct.unpack_from("<HH", data, position)
        position += 4
        if name >= _NAMED:
            # A GUID, then a number, or the length of a name and the name.
            spelt = _number(data, position + 16) == 1
            position += 24 + (_padded(_number(data, position + 20)) if spelt else 0)
        several = bool(kind & _SEVERAL) or kind in _SIZED
        kind &= ~_SEVERAL
        count = min(_number(data, position), MOST_ATTRIBUTES) if several else 1
        position += 4 if several else 0
        for _ in range(count):
            length = _number(data, position) if kind in _SIZED else _SIZES.get(kind, 0)
            position += 4 if kind in _SIZED else 0
            if not length or position + length > len(data):
                return
            if name in _WANTED:
                content = data[position : position + min(length, LONGEST_BODY)]
                yield name, _string(content, "utf_16_le" if kind == _UNICODE else code_page)
            position += _padded(length)


def _number(data: bytes, position: int) -> int:
    return int.from_bytes(data[position : position + 4], "little")


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4


def _string(content: bytes, codec: str) -> str:
    """A text up to its zero; code pages nobody knows are guessed."""
    text, _ = decode_text(content[:LONGEST_BODY], codec)
    return text.partition("\0")[0].replace("\r\n", "\n").strip()
