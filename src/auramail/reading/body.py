"""What a message says: its text parts chosen, read and put together."""

import re
from dataclasses import dataclass, field

from auramail.core.messages import Attachment, Link, Markup
from auramail.reading.bodies import LONGEST_TEXT, decode_transfer, read_text, unflow, uuencoded_files
from auramail.reading.html import MOST_LINKS, Page, read_html, tidy
from auramail.reading.html_limits import LONGEST_HTML, strip_tags
from auramail.reading.invisible import without_unseen
from auramail.reading.markup import read_markup
from auramail.reading.mime import Part, Tree
from auramail.reading.quotes import split_letter
from auramail.reading.sealed import seal_of, without_armour
from auramail.reading.targets import LONGEST_TARGET, read_target
from auramail.reading.tnef import LARGEST as LARGEST_BUNDLE
from auramail.reading.tnef import read_bundle

LONGEST_OWN = 16_000
KEPT_END = 4_000
LONGEST_QUOTED = 8_000
LONGEST_SIGNATURE = 2_000
LONGEST_PAGES = LONGEST_HTML * 5 // 4
"""Characters of HTML that are parsed in all parts together; usual messages have one page, newsletters a long one."""
LONGEST_LETTERS = 128 * 1024
"""Characters of text in all parts together that are taken apart."""
MOST_CALENDARS = 3
_LONGEST_LETTER = 64 * 1024
_URL = re.compile(r"https?://[^\s<>\"'\u00ab\u00bb]{3,1500}", re.IGNORECASE)
_READABLE = frozenset({"text/plain", "text/html", "text/markdown", "text/enriched", "text/richtext"})
_CALENDARS = frozenset({"text/calendar", "application/ics"})
_BUNDLES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_NOT_ATTACHMENTS = frozenset(
    {
        *("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"),
        *("message/delivery-status", "message/disposition-notification", "text/rfc822-headers", "text/x-amp-html"),
        *("message/feedback-report", "text/watch-html", "application/pgp-encrypted", "text/calendar"),
    }
)


@dataclass(slots=True)
class Body:
    """What the parts of a message say together; `calendars` are text/calendar parts with their iTIP method."""

    own: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    markup: list[Markup] = field(default_factory=list)
    calendars: list[tuple[str, str]] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    bundled: str = ""
    images: int = 0
    has_html: bool = False
    read_bytes: int = 0
    read_pages: int = 0
    read_letters: int = 0


def read_body(tree: Tree, *, is_forward: bool) -> Body:
    """Read every part that is text, name every part that is not."""
    body = Body()
    choices: dict[int, list[Part]] = {}
    has_text = False
    for part in tree.parts:
        if part.content_type in _CALENDARS or part.filename.lower().endswith(".ics"):
            _read_calendar(body, tree, part)
        elif _is_text(part, has_text=has_text):
            has_text = True
            if part.alternative:
                choices.setdefault(part.alternative, []).append(part)
                if len(choices[part.alternative]) > 1:
                    continue
                _read_choice(body, tree, _leaves_of(tree, part.alternative), is_forward=is_forward)
            else:
                _read_part(body, tree, part, is_forward=is_forward)
        else:
            _name_attachment(body, tree, part)
    if not has_text and not any(body.own):
        body.own.append(body.bundled)
    return body


def _is_text(part: Part, *, has_text: bool) -> bool:
    if part.content_type not in _READABLE or part.disposition == "attachment":
        return False
    return not part.filename or not has_text


def _leaves_of(tree: Tree, alternative: int) -> list[Part]:
    return [part for part in tree.parts if part.alternative == alternative and _is_text(part, has_text=True)]


def _read_choice(body: Body, tree: Tree, parts: list[Part], *, is_forward: bool) -> None:
    """Of several renderings a reader sees the HTML, if it says anything; else the plain text."""
    pages = [part for part in parts if part.content_type == "text/html"]
    plain = [part for part in parts if part.content_type != "text/html"]
    before = len(body.own)
    for part in pages:
        _read_part(body, tree, part, is_forward=is_forward)
    if not any(text for text in body.own[before:]):
        for part in plain[:1]:
            _read_part(body, tree, part, is_forward=is_forward)


def _read_part(body: Body, tree: Tree, part: Part, *, is_forward: bool) -> None:
    text = _text_of(body, tree, part)
    is_html = part.content_type == "text/html" or _is_page(text)
    text, sealed = without_armour(text)
    if sealed:
        body.notes.add(sealed)
    if is_html and body.read_pages < LONGEST_PAGES:
        page = _read_page(body, text)
        text = page.visible
        for sink, said in ((body.quoted, page.quoted), (body.signature, page.signature), (body.hidden, page.hidden)):
            seen, spelt = without_unseen(said)
            sink.append(seen)
            body.hidden.append(spelt)
    else:
        if is_html or part.content_type in {"text/enriched", "text/richtext"}:
            text = tidy(strip_tags(text))
        elif part.parameters.get("format", "").lower() == "flowed":
            text = unflow(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
        text, files = uuencoded_files(text)
        body.attachments += [Attachment(name[:255], "application/octet-stream", size) for name, size in files]
        if files:
            body.notes.add("uuencoded")
    text, spelt = without_unseen(text)
    body.hidden.append(spelt)
    if not is_html:
        text = _plain_tidy(text)
        body.links += _bare_links(text, MOST_LINKS - len(body.links))
    _take_letter(body, text, is_attached=part.attached > 0, is_forward=is_forward)


def _take_letter(body: Body, text: str, *, is_attached: bool, is_forward: bool) -> None:
    left = max(min(_LONGEST_LETTER, LONGEST_LETTERS - body.read_letters), 0)
    if len(text) > left:
        body.notes.add("text_cut")
        text = _shortened(text, left, left // 4) if left else ""
    body.read_letters += len(text)
    letter = split_letter(text, is_forward=is_forward)
    if is_attached:
        body.quoted.append(letter.own)
        return
    if letter.forwards:
        body.notes.add("forwarded")
    body.own.append(letter.own)
    body.quoted.append(letter.quoted)
    body.signature.append(letter.signature)


def _is_page(text: str) -> bool:
    """Whether text that is called plain is a whole page."""
    return text[:100].lstrip()[:15].lower().startswith(("<!doctype html", "<html"))


def _text_of(body: Body, tree: Tree, part: Part) -> str:
    left = max(LONGEST_TEXT - body.read_bytes, 0)
    data = tree.raw[part.start : min(part.end, part.start + left)]
    if part.end - part.start > left:
        body.notes.add("text_cut")
        data = _with_end(data, tree.raw, part.end)
    body.read_bytes += len(data)
    encoding = part.head.first("content-transfer-encoding")
    text, notes = read_text(
        data, encoding, part.parameters.get("charset", ""), is_html=part.content_type == "text/html"
    )
    body.notes |= notes
    return text


def _with_end(data: bytes, raw: bytes, end: int) -> bytes:
    """Data that was cut, its last quarter replaced by the end of what it was cut from; lines stay whole."""
    tail = len(data) // 4
    head_end = data.rfind(b"\n", 0, len(data) - tail) + 1
    tail_start = raw.find(b"\n", end - tail, end) + 1
    return data[:head_end] + raw[tail_start:end] if head_end and tail_start else data


def _read_page(body: Body, text: str) -> Page:
    page = read_html(text, min(LONGEST_HTML, LONGEST_PAGES - body.read_pages))
    body.read_pages += len(text)
    body.has_html = True
    body.images += page.images
    body.links += page.links[: MOST_LINKS - len(body.links)]
    body.notes |= page.notes
    if page.tree is not None:
        body.markup += read_markup(text, page.tree)
    return page


def _plain_tidy(text: str) -> str:
    """Signature separators keep their space (RFC 3676, section 4.3); other lines lose theirs."""
    return tidy(text.replace("\n-- \n", "\n--\n"))


def _shortened(text: str, longest: int, end: int) -> str:
    """A text without its middle: the end often holds what is asked for."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - end].rstrip()}\n[…]\n{text[len(text) - end :].lstrip()}".rstrip()


def _bare_links(text: str, most: int) -> list[Link]:
    if "://" not in text:
        return []
    targets = (match.group().rstrip(".,;:!?)]}*_") for match in _URL.finditer(text))
    return [Link(read_target(target), target[:LONGEST_TARGET]) for target, _ in zip(targets, range(most), strict=False)]


def _read_calendar(body: Body, tree: Tree, part: Part) -> None:
    if not part.attached and len(body.calendars) < MOST_CALENDARS:
        body.calendars.append((_text_of(body, tree, part), part.parameters.get("method", "")))
    if part.disposition == "attachment":
        body.attachments.append(Attachment(part.filename, part.content_type, _size(tree, part)))


def _name_attachment(body: Body, tree: Tree, part: Part) -> None:
    kind = part.content_type
    seal = seal_of(kind, part.parameters)
    if seal:
        body.notes.add(seal)
    if kind in _NOT_ATTACHMENTS or (part.related and kind.startswith("image/") and part.disposition != "attachment"):
        return
    if kind in _BUNDLES or part.filename.lower() == "winmail.dat":
        _open_bundle(body, tree, part)
    body.attachments.append(Attachment(part.filename, kind, _size(tree, part)))


def _open_bundle(body: Body, tree: Tree, part: Part) -> None:
    body.notes.add("winmail_dat")
    data = tree.raw[part.start : min(part.end, part.start + LARGEST_BUNDLE)]
    bundle = read_bundle(decode_transfer(data, part.head.first("content-transfer-encoding")))
    body.bundled = body.bundled or without_unseen(bundle.text)[0]
    body.attachments += [Attachment(name[:255], "application/octet-stream", size) for name, size in bundle.files]


def _size(tree: Tree, part: Part) -> int:
    length = max(part.end - part.start, 0)
    if part.head.first("content-transfer-encoding").strip().lower() != "base64":
        return length
    breaks = tree.raw.count(b"\n", part.start, part.end) + tree.raw.count(b"\r", part.start, part.end)
    padding = tree.raw[max(part.end - 4, part.start) : part.end].count(b"=")
    return max((length - breaks) * 3 // 4 - padding, 0)


def text_of(pieces: list[str], longest: int, end: int) -> tuple[str, bool]:
    """The pieces as one text within a limit, and whether something was left out."""
    text = "\n\n".join(piece for piece in pieces if piece)
    return _shortened(text, longest, end), len(text) > longest
