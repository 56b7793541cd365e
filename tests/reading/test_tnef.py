import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.core.messages import Attachment
from auramail.reading.tnef import read_bundle
from tests.reading.letters import letter, multipart, read

HEAD = struct.pack("<IH", 0x223E9F78, 1)


def attribute(tag: int, content: bytes) -> bytes:
    return struct.pack("<BII", 1, tag, len(content)) + content + b"\0\0"


def text_property(name: int, text: str) -> bytes:
    content = text.encode("utf_16_le") + b"\0\0"
    return struct.pack("<HHII", 0x1F, name, 1, len(content)) + content + b"\0" * (-len(content) % 4)


def number_property(name: int) -> bytes:
    return struct.pack("<HHI", 3, name, 7)


def named_property(words: str) -> bytes:
    name = words.encode("utf_16_le")
    head = struct.pack("<HH", 0x0B, 0x8001) + b"g" * 16 + struct.pack("<II", 1, len(name))
    return head + name + b"\0" * (-len(name) % 4) + struct.pack("<I", 1)


def properties(*each: bytes) -> bytes:
    return struct.pack("<I", len(each)) + b"".join(each)


CODE_PAGE = attribute(0x00069007, struct.pack("<Q", 1251))
FILE = (
    attribute(0x00069002, b"\1\0\0\0")
    + attribute(0x00018010, "РАХУНО~1.PDF".encode("cp1251") + b"\0")
    + attribute(0x0006800F, b"x" * 500)
    + attribute(0x00069005, properties(number_property(0x0E20), text_property(0x3707, "Рахунок за березень.pdf")))
)


def test_letter_and_files_of_a_bundle_are_read() -> None:
    body = attribute(0x0002800C, "Добрий день,\r\nрахунок у файлі.\0".encode("cp1251"))

    bundle = read_bundle(HEAD + CODE_PAGE + body + FILE)

    assert bundle.text == "Добрий день,\nрахунок у файлі."
    assert bundle.files == [("Рахунок за березень.pdf", 500)]


def test_letter_among_the_properties_is_found_behind_others() -> None:
    found = properties(number_property(0x17), named_property("odd"), text_property(0x1000, "Привіт"))

    assert read_bundle(HEAD + attribute(0x00069003, found)).text == "Привіт"


def test_page_among_the_properties_is_read_without_its_tags() -> None:
    page = b"<p>Hello &amp; bye</p>"
    found = properties(struct.pack("<HHII", 0x102, 0x1013, 1, len(page)) + page + b"\0" * (-len(page) % 4))

    assert read_bundle(HEAD + attribute(0x00069003, found)).text == "Hello & bye"


def test_short_name_stands_where_there_is_no_other() -> None:
    short = attribute(0x00069002, b"") + attribute(0x00069005, properties(text_property(0x3704, "A.PDF")))

    assert read_bundle(HEAD + short).files == [("A.PDF", 0)]


@pytest.mark.parametrize("data", [b"", b"not a bundle", HEAD, HEAD + b"\1" * 20, (HEAD + FILE)[:60]])
def test_broken_bundle_is_read_up_to_where_it_breaks(data: bytes) -> None:
    assert read_bundle(data).text == ""


@given(st.lists(st.sampled_from([CODE_PAGE, FILE, FILE[:30], b"\xff" * 8]) | st.binary(max_size=40), max_size=8))
def test_any_bytes_are_some_bundle(pieces: list[bytes]) -> None:
    read_bundle(HEAD + b"".join(pieces))


def test_bundle_without_a_letter_beside_it_is_the_letter_and_its_files_are_attached() -> None:
    raw = HEAD + CODE_PAGE + attribute(0x0002800C, "Добрий день!\0".encode("cp1251")) + FILE
    head = "Content-Type: application/ms-tnef; name=winmail.dat"
    alone = read(letter(raw, head))
    body, kind = multipart("mixed", "\r\nHello.", f"{head}\r\nContent-Transfer-Encoding: x\r\n\r\nBUNDLE")
    beside = read(letter(body.encode().replace(b"BUNDLE", raw), kind))

    assert alone.text == "Добрий день!"
    assert beside.text == "Hello."
    assert Attachment("Рахунок за березень.pdf", "application/octet-stream", 500) in beside.attachments
    assert alone.notes == beside.notes == ("winmail_dat",)
