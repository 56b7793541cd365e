import pytest

from auramail.reading.mime import DEEPEST, MOST_PARTS, Tree, read_tree
from tests.reading.letters import letter, multipart


def bodies(tree: Tree) -> list[bytes]:
    return [tree.raw[part.start : part.end] for part in tree.parts]


def test_plain_mail_is_one_part() -> None:
    tree = read_tree(letter("Hello."))

    assert [part.content_type for part in tree.parts] == ["text/plain"]
    assert bodies(tree) == [b"Hello."]
    assert tree.notes == set()


def test_parts_are_what_stands_between_the_boundaries() -> None:
    body, kind = multipart("mixed", "Content-Type: text/plain\r\n\r\nHello.", "Content-Type: text/html\r\n\r\n<p>Hi")
    tree = read_tree(letter("preamble\r\n" + body + "epilogue", kind))

    assert bodies(tree) == [b"Hello.", b"<p>Hi"]
    assert tree.notes == set()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(end: str) -> None:
    body, kind = multipart("mixed", "\r\nHello.")
    tree = read_tree(letter(body, kind).replace(b"\r\n", end.encode()))

    assert [part.strip() for part in bodies(tree)] == [b"Hello."]


def test_boundary_that_begins_like_another_is_told_apart() -> None:
    inner, inner_kind = multipart("alternative", "\r\ninner", boundary="b1-inner")
    body, kind = multipart("mixed", f"{inner_kind}\r\n\r\n{inner}", "\r\nouter", boundary="b1")

    assert bodies(read_tree(letter(body, kind))) == [b"inner", b"outer"]


def test_missing_last_boundary_is_noted() -> None:
    tree = read_tree(letter("--b1\r\n\r\nHello.", "Content-Type: multipart/mixed; boundary=b1"))

    assert bodies(tree) == [b"Hello."]
    assert tree.notes == {"not_closed"}


@pytest.mark.parametrize("kind", ["multipart/mixed", "multipart/mixed; boundary=other", 'multipart/mixed; boundary=""'])
def test_multipart_without_its_boundary_is_plain_text(kind: str) -> None:
    tree = read_tree(letter("Hello.", f"Content-Type: {kind}"))

    assert [part.content_type for part in tree.parts] == ["text/plain"]
    assert tree.notes == {"no_boundary"}


def test_html_without_its_boundary_is_html() -> None:
    tree = read_tree(letter("<!DOCTYPE html><p>Hi", "Content-Type: multipart/mixed"))

    assert [part.content_type for part in tree.parts] == ["text/html"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("text/HTML", "text/html"),
        ("html", "text/html"),
        ("plain", "text/plain"),
        ("; charset=x", "text/plain"),
        ("text/h tml", "text/html"),
    ],
)
def test_content_types_are_read_as_meant(written: str, meant: str) -> None:
    assert read_tree(letter("x", f"Content-Type: {written}")).parts[0].content_type == meant


def test_enclosed_message_is_a_part_and_its_own_parts_follow() -> None:
    inner = "From: cleo@example.org\r\nSubject: Inner\r\n\r\nInside."
    body, kind = multipart("mixed", "\r\nOutside.", f"Content-Type: message/rfc822\r\n\r\n{inner}")
    tree = read_tree(letter(body, kind))

    assert [(part.content_type, part.attached) for part in tree.parts] == [
        ("text/plain", 0),
        ("message/rfc822", 0),
        ("text/plain", 1),
    ]
    assert bodies(tree)[-1] == b"Inside."


def test_parts_of_a_digest_are_messages() -> None:
    body, kind = multipart("digest", "\r\nSubject: One\r\n\r\nFirst.")

    assert [part.content_type for part in read_tree(letter(body, kind)).parts] == ["message/rfc822", "text/plain"]


def test_leaves_of_alternatives_and_relatives_are_marked() -> None:
    inner, inner_kind = multipart(
        "related", "Content-Type: text/html\r\n\r\n<p>", "Content-Type: image/png\r\n\r\nx", boundary="b2"
    )
    body, kind = multipart("alternative", "\r\nplain", f"{inner_kind}\r\n\r\n{inner}")

    marks = [(part.content_type, part.alternative, part.related) for part in read_tree(letter(body, kind)).parts]

    assert marks == [("text/plain", 1, False), ("text/html", 1, True), ("image/png", 1, True)]


def test_file_names_come_from_either_header() -> None:
    named = letter(
        "x", "Content-Type: application/pdf; name=a.pdf", 'Content-Disposition: attachment; filename="b.pdf"'
    )

    assert read_tree(named).parts[0].filename == "b.pdf"
    assert read_tree(letter("x", "Content-Type: application/pdf; name=a.pdf")).parts[0].filename == "a.pdf"


def test_parts_beyond_the_limit_are_left_out() -> None:
    body, kind = multipart("mixed", *["\r\nx"] * (MOST_PARTS + 50))
    tree = read_tree(letter(body, kind))

    assert len(tree.parts) == MOST_PARTS
    assert tree.notes == {"too_many_parts"}


def test_nesting_beyond_the_limit_is_left_out() -> None:
    raw = "".join(
        f"Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n" for depth in range(DEEPEST + 5)
    )

    assert "too_deep" in read_tree(raw.encode()).notes


def test_enclosed_messages_beyond_the_limit_are_left_unopened() -> None:
    assert len(read_tree(b"Content-Type: message/rfc822\n\n" * 100).parts) == DEEPEST + 1


def test_no_bytes_are_an_empty_part() -> None:
    assert bodies(read_tree(b"")) == [b""]
