import binascii

import pytest

from auramail.reading.bodies import LONGEST_TEXT, decode_transfer, read_text, unflow, uuencoded_files


@pytest.mark.parametrize(
    ("encoding", "data", "meant"),
    [
        ("quoted-printable", b"caf=C3=A9 =\r\nau lait", "café au lait".encode()),
        ("Quoted-Printable", b"soft =  \r\nbreak", b"soft break"),
        ("quoted-printable", b"50= off, =ZZ", b"50= off, =ZZ"),
        ("BASE64 ; x", b"SGVs\r\nbG8=", b"Hello"),
        ("7bit", b"as it is", b"as it is"),
        ("8-bit nonsense", b"as it is", b"as it is"),
        ("", b"as it is", b"as it is"),
        ("base64", b"SGVsbG8=\r\n____\r\nA mailing list", b"Hello\n____\r\nA mailing list"),
        ("base64", b"SGVs*bG8=\nSGVsbG8=", b"HelloHello"),
        ("", b"a" * 70 + b"=\n" + b"b" * 70 + b"=\nc=3D", b"a" * 70 + b"b" * 70 + b"c="),
        ("", b"=" * 70 + b"\na=20\n" + b"=" * 70 + b"\n", b"=" * 70 + b"\na=20\n" + b"=" * 70 + b"\n"),
        ("7bit", b"a" * 70 + b"=\nb=3D", b"a" * 70 + b"=\nb=3D"),
    ],
)
def test_transfer_encodings_are_undone(encoding: str, data: bytes, meant: bytes) -> None:
    assert decode_transfer(data, encoding) == meant


def test_uuencoded_body_is_decoded_up_to_where_it_breaks() -> None:
    line = binascii.b2a_uu(b"Hello, Ana")

    assert decode_transfer(b"begin 644 a.txt\n" + line + b"`\nend\n", "x-uuencode") == b"Hello, Ana"
    assert decode_transfer(b"begin 644 a.txt\n" + line + b"\xff\xff\xff\n", "uuencode") == b"Hello, Ana"
    assert decode_transfer(b"not uuencoded", "uuencode") != b""


def test_text_beyond_the_limit_is_cut_with_a_note() -> None:
    text, notes = read_text(b"x" * (LONGEST_TEXT + 1), "", "", is_html=False)

    assert len(text) == LONGEST_TEXT
    assert notes == {"text_cut"}


def test_html_may_name_its_charset_itself() -> None:
    html = '<meta http-equiv=Content-Type content="text/html; charset=koi8-u"><p>Ні'.encode("koi8_u")

    assert read_text(html, "8bit", "", is_html=True) == (html.decode("koi8_u"), set())


def test_lying_charset_is_noted_and_line_ends_are_one_kind() -> None:
    assert read_text("Так\r\nі\rні".encode(), "", "us-ascii", is_html=False) == ("Так\nі\nні", {"charset"})


def test_zero_bytes_are_dropped() -> None:
    assert read_text(b"a\0b", "", "", is_html=False)[0] == "ab"


def test_flowed_lines_are_joined_within_their_depth() -> None:
    text = "one \ntwo\n> quoted \n> on\nthree \n>> deep\n-- \nAna"

    assert unflow(text, delete_space=False) == "one two\n> quoted on\nthree \n>> deep\n-- \nAna"


def test_flowed_lines_lose_their_space_where_asked() -> None:
    assert unflow("日 \n本", delete_space=True) == "日本"


def test_uuencoded_files_in_a_text_are_taken_out_and_named() -> None:
    text = "See the file.\nbegin 644 report.doc\n#0V%T\n`\nend\nBye."

    left, files = uuencoded_files(text)

    assert left == "See the file.\n\nBye."
    assert [name for name, _ in files] == ["report.doc"]


@pytest.mark.parametrize("text", ["begin 644 a\nno last line", "to begin with\nend", "begin 644 a\n" * 3 + "\nend"])
def test_text_that_only_looks_uuencoded_stays(text: str) -> None:
    left, files = uuencoded_files(text)

    assert len(files) <= 1
    assert left or files
