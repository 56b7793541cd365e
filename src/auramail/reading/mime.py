"""The parts of a message (RFC 2046), found by searching for boundaries: nothing is copied that is not read."""

import re
from dataclasses import dataclass, field

from auramail.reading.headers import Head, parameters, read_head
from auramail.reading.invisible import without_controls

MOST_PARTS = 200
DEEPEST = 30
LONGEST_MESSAGE = 64 * 1024 * 1024
"""Bytes that are looked at: Gmail receives at most 50 MB."""
LONGEST_BOUNDARY = 250
MOST_FALSE_BOUNDARIES = 10_000

_NOT_A_TYPE = re.compile(r"[^a-z0-9!#$&^_.+*/-]")


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of the tree; its body lies in the raw bytes between `start` and `end`.

    `attached` is the number of messages it is enclosed in, `alternative` tells the leaves of one
    multipart/alternative from another's (0: none).
    """

    head: Head
    content_type: str
    parameters: dict[str, str]
    disposition: str
    filename: str
    start: int
    end: int
    attached: int
    alternative: int
    related: bool


@dataclass(slots=True)
class Tree:
    """A message taken apart."""

    raw: bytes
    head: Head
    parts: list[Part] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    opened: int = 0
    false_boundaries: int = 0
    alternatives: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the tree a part stands."""

    depth: int = 0
    attached: int = 0
    alternative: int = 0
    related: bool = False
    digest: bool = False


def read_tree(raw: bytes) -> Tree:
    """Take a message apart; never fails, and stops at the limits with a note."""
    if b"\n" not in raw[:4096] and b"\r" in raw[:4096]:
        raw = raw[:LONGEST_MESSAGE].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    end = min(len(raw), LONGEST_MESSAGE)
    head = read_head(raw, 0, end)
    tree = Tree(raw, head)
    if len(raw) > LONGEST_MESSAGE:
        tree.notes.add("message_cut")
    _take(tree, head, end, _Place())
    return tree


def _take(tree: Tree, head: Head, end: int, place: _Place) -> None:
    """Add the part whose head was read, or what is inside it."""
    if head.broken:
        tree.notes.add("broken_headers")
    if head.cut:
        tree.notes.add("headers_cut")
    kind, details = _content_type(head, place)
    start = head.body_start
    if kind.startswith("multipart/"):
        boundary = details.get("boundary", "").rstrip()[:LONGEST_BOUNDARY].encode("utf_8", "replace")
        if place.depth >= DEEPEST:
            tree.notes.add("too_deep")
            return
        if boundary and _take_inside(tree, (start, end), boundary, _inside(tree, kind, place)):
            return
        tree.notes.add("no_boundary")
        kind, details = _naked_type(tree.raw, start), {}
    elif kind in {"message/rfc822", "message/global"} and place.depth < DEEPEST:
        _add(tree, head, end, place, (kind, details))
        tree.opened += 1
        inner = read_head(tree.raw, start, end)
        _take(tree, inner, end, _Place(place.depth + 1, place.attached + 1))
        return
    _add(tree, head, end, place, (kind, details))


def _content_type(head: Head, place: _Place) -> tuple[str, dict[str, str]]:
    value = head.first("content-type")
    if not value:
        return ("message/rfc822" if place.digest else "text/plain"), {}
    kind, details = parameters(value)
    kind = _NOT_A_TYPE.sub("", kind)
    if "/" not in kind:
        # RFC 2045, section 5.2: what cannot be understood is plain text; "text" and "html" alone are seen in mail.
        kind = "text/html" if kind == "html" else "text/plain"
    return kind, details


def _naked_type(raw: bytes, start: int) -> str:
    opening = raw[start : start + 512].lstrip()[:64].lower()
    return "text/html" if opening.startswith((b"<html", b"<!doctype html")) else "text/plain"


def _inside(tree: Tree, kind: str, place: _Place) -> _Place:
    alternative = place.alternative
    if kind == "multipart/alternative":
        tree.alternatives += 1
        alternative = tree.alternatives
    return _Place(
        place.depth + 1,
        place.attached,
        alternative,
        place.related or kind == "multipart/related",
        kind == "multipart/digest",
    )


def _take_inside(tree: Tree, span: tuple[int, int], boundary: bytes, place: _Place) -> bool:
    """Take the parts between the boundary's lines; False if there is not even one."""
    raw = tree.raw
    start, end = span
    delimiter = b"--" + boundary
    found = _delimiter(tree, delimiter, start, end)
    if found is None:
        return False
    while found is not None and not found[2]:
        following = _delimiter(tree, delimiter, found[1], end)
        stop = following[0] if following else end
        if following is None:
            tree.notes.add("not_closed")
        if tree.opened >= MOST_PARTS:
            tree.notes.add("too_many_parts")
            return True
        tree.opened += 1
        _take(tree, read_head(raw, found[1], max(stop, found[1])), stop, place)
        found = following
    return True


def _delimiter(tree: Tree, delimiter: bytes, start: int, end: int) -> tuple[int, int, bool] | None:
    """The next boundary line: where the text before it ends, where the text after it starts, whether it closes."""
    raw = tree.raw
    position = start if raw.startswith(delimiter, start) else raw.find(b"\n" + delimiter, max(start - 1, 0), end) + 1
    while position > 0 or raw.startswith(delimiter, position):
        after = position + len(delimiter)
        line_end = raw.find(b"\n", after, min(after + 1000, end))
        rest = raw[after : line_end if line_end >= 0 else min(after + 1000, end)].strip()
        if not rest or rest.startswith(b"--"):
            before = max(position - 1, start)
            if before > start and raw[before - 1] == 0x0D:
                before -= 1
            return before, (line_end + 1 if line_end >= 0 else end), rest.startswith(b"--")
        tree.false_boundaries += 1
        if tree.false_boundaries > MOST_FALSE_BOUNDARIES:
            tree.notes.add("too_many_parts")
            return None
        position = raw.find(b"\n" + delimiter, after, end) + 1
    return None


def _add(tree: Tree, head: Head, end: int, place: _Place, content: tuple[str, dict[str, str]]) -> None:
    kind, details = content
    disposition, more = parameters(head.first("content-disposition"))
    filename = without_controls(more.get("filename") or details.get("name") or "")
    tree.parts.append(
        Part(
            head=head,
            content_type=kind,
            parameters=details,
            disposition=disposition,
            filename=filename[:255],
            start=min(head.body_start, end),
            end=end,
            attached=place.attached,
            alternative=place.alternative,
            related=place.related,
        )
    )
