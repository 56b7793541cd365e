"""HTML as its reader sees it: visible text, links and pictures, and apart from them what is quoted or hidden."""

import re
from dataclasses import dataclass, field
from enum import IntEnum

from selectolax.lexbor import LexborHTMLParser, LexborNode

from auramail.core.messages import Link
from auramail.reading.colours import read_colour
from auramail.reading.elements import BLOCKS, CELLS, DROPPED, FORMS, LINKING, QUOTE_MARKS, SIGNATURE_MARKS
from auramail.reading.hiding import Look, Style, hiding_selectors, read_style
from auramail.reading.html_limits import LONGEST_HTML, cut_long, is_safe, strip_tags
from auramail.reading.invisible import one_line
from auramail.reading.quotes import begins_forwarded, is_attribution
from auramail.reading.targets import is_relative, read_target

MOST_LINKS = 500
LONGEST_LINK_TEXT = 200
LONGEST_COMMENT = 500
MOST_HIDDEN = 8000

_SPACES = re.compile(r"[\t\f\v\xa0\u2000-\u200a\u202f\u3000]")


class Sink(IntEnum):
    """Where text goes; a number, because it is looked up for every element."""

    VISIBLE = 0
    QUOTED = 1
    SIGNATURE = 2
    HIDDEN = 3


@dataclass(slots=True)
class Page:
    """A page as read; `tree` is None if the page was not fit for a parser."""

    visible: str = ""
    quoted: str = ""
    signature: str = ""
    hidden: str = ""
    links: tuple[Link, ...] = ()
    images: int = 0
    notes: set[str] = field(default_factory=set)
    tree: LexborHTMLParser | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """What holds for all text inside an element."""

    sink: Sink = Sink.VISIBLE
    look: Look = field(default_factory=Look)
    verbatim: bool = False


def read_html(html: str, longest: int = LONGEST_HTML) -> Page:
    """Read a page, as far as `longest` characters of it; never fails."""
    page = Page()
    html, cut = cut_long(html, longest)
    if cut:
        page.notes.add("html_cut")
    if not is_safe(html):
        page.notes.add("html_too_complex")
        page.visible = tidy(strip_tags(html))
        return page
    page.tree = LexborHTMLParser(html)
    _Walk(page).through(page.tree)
    return page


def tidy(text: str) -> str:
    """One space where there were several, no more than one empty line, nothing at the ends of lines."""
    text = _one_at_most(_SPACES.sub(" ", text) if _has_odd_spaces(text) else text, "  ")
    return _one_at_most(text.replace(" \n", "\n").replace("\n ", "\n"), "\n\n\n").strip()


def _has_odd_spaces(text: str) -> bool:
    return not text.isascii() or "\t" in text or "\f" in text or "\v" in text


def _one_at_most(text: str, run: str) -> str:
    """The text with runs of one character, longer than `run` without its last one, cut to that length."""
    while run in text:
        text = text.replace(run, run[1:])
    return text


class _Walk:
    """One way through a page, in the order of its text."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.out: list[list[str]] = [[] for _ in Sink]
        self.hidden_length = 0
        self.links: list[Link] = []
        self.alternatives: list[str] = []
        self.base = ""
        self.link_start = 0
        self.link_target = ""
        self.link_sink = Sink.VISIBLE
        self.hidden_names: frozenset[str] = frozenset()

    def through(self, tree: LexborHTMLParser) -> None:
        sheets = [node.text() for node in tree.css("style")]
        self.hidden_names = hiding_selectors("\n".join(sheets)) if sheets else frozenset()
        self._read_head(tree)
        root = tree.body
        if root is not None:
            self._walk(root)
        page = self.page
        page.visible = tidy("".join(self.out[Sink.VISIBLE]))
        page.quoted = tidy("".join(self.out[Sink.QUOTED]))
        page.signature = tidy("".join(self.out[Sink.SIGNATURE]))
        page.hidden = tidy("".join(self.out[Sink.HIDDEN]))[:MOST_HIDDEN]
        page.links = tuple(self.links)
        if not page.visible:
            # Of a page of pictures alone a reader who loads none sees what stands in their place.
            page.visible = tidy("\n".join(self.alternatives))
        if any(is_relative(link.target) for link in self.links):
            page.notes.add("relative_links")

    def _read_head(self, tree: LexborHTMLParser) -> None:
        """Where relative links start from, and the page a reader is sent on to."""
        for element in tree.css("base[href]")[:1]:
            base = read_target(element.attributes.get("href") or "")
            self.base = "" if is_relative(base) else base
        for element in tree.css('meta[http-equiv="refresh" i]')[:1]:
            _, found, target = (element.attributes.get("content") or "").partition("=")
            if found:
                self._add_link(target.strip(" '\""), "")

    def _walk(self, root: LexborNode) -> None:
        open_elements: list[tuple[LexborNode, str, _Place]] = []
        node: LexborNode | None = root
        place = _Place()
        while True:
            if node is None:
                if not open_elements:
                    return
                element, tag, place = open_elements.pop()
                self._leave(tag, place)
                node = element.next if open_elements else None
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._take_text(node.text_content or "", place)
            elif tag == "-comment":
                self._take_comment(node)
            elif tag not in DROPPED:
                inside = self._enter(node, tag, place)
                child = node.first_child
                if child is not None:
                    open_elements.append((node, tag, place))
                    node, place = child, inside
                    continue
                self._leave(tag, place)
            node = node.next if open_elements else None

    def _take_text(self, text: str, place: _Place) -> None:
        if not place.verbatim and "\n" in text:
            text = text.replace("\n", " ")
        if place.look.hidden:
            self._hide(text)
        else:
            self.out[place.sink].append(text)

    def _hide(self, text: str) -> None:
        if self.hidden_length < MOST_HIDDEN and text.strip():
            self.out[Sink.HIDDEN].append(text + "\n")
            self.hidden_length += len(text)

    def _take_comment(self, node: LexborNode) -> None:
        """Words in a comment are of interest to a guard; conditional comments are markup for Outlook."""
        text = (node.comment_content or "").strip()
        if len(text) > 40 and "<" not in text and not text.startswith("["):
            self._hide(text[:LONGEST_COMMENT])

    def _enter(self, node: LexborNode, tag: str, place: _Place) -> _Place:
        out = self.out[place.sink]
        if tag in BLOCKS or tag == "br":
            out.append("\n")
        elif tag in CELLS:
            out.append(" ")
        attributes = node.attributes
        if attributes:
            place = self._placed(node, tag, attributes, place)
        if tag == "img":
            self.page.images += 1
            if not place.look.hidden and len(self.alternatives) < MOST_LINKS:
                self.alternatives.append(attributes.get("alt") or "")
        elif tag in FORMS:
            self._take_form(tag, attributes)
        if tag in LINKING:
            self._open_link(attributes, place)
        elif tag == "pre":
            place = _Place(place.sink, place.look, verbatim=True)
        elif tag == "blockquote" and place.sink is Sink.VISIBLE:
            place = _Place(self._sink_of_blockquote(node, attributes), place.look, place.verbatim)
        return place

    def _placed(self, node: LexborNode, tag: str, attributes: dict[str, str | None], place: _Place) -> _Place:
        look = place.look
        if tag == "a":
            look = look.linked()
        style = attributes.get("style")
        if style:
            look = look.under(read_style(style))
        look = self._coloured(look, tag, attributes)
        sink = place.sink
        if "class" in attributes or "id" in attributes:
            names = f" {attributes.get('class') or ''} {attributes.get('id') or ''} ".lower()
            if self.hidden_names and any(
                mark + name in self.hidden_names for name in names.split() for mark in (".", "#")
            ):
                look = look.under(Style(gone=True))
            sink = self._sink_of_names(node, names, sink)
        if look is place.look and sink is place.sink:
            return place
        return _Place(sink, look, place.verbatim)

    @staticmethod
    def _coloured(look: Look, tag: str, attributes: dict[str, str | None]) -> Look:
        if "hidden" in attributes:
            return look.under(Style(gone=True))
        if "background" in attributes:
            look = look.under(Style(pictured=True))
        if "bgcolor" in attributes:
            look = look.under(Style(background=read_colour(attributes["bgcolor"] or "")))
        if tag == "font" and "color" in attributes:
            look = look.under(Style(colour=read_colour(attributes["color"] or "")))
        return look

    @staticmethod
    def _sink_of_names(node: LexborNode, names: str, sink: Sink) -> Sink:
        if sink is not Sink.VISIBLE:
            return sink
        if any(mark in names for mark in SIGNATURE_MARKS):
            return Sink.SIGNATURE
        if any(mark in names for mark in QUOTE_MARKS) and not begins_forwarded(node.text(separator="\n")):
            return Sink.QUOTED
        return sink

    def _sink_of_blockquote(self, node: LexborNode, attributes: dict[str, str | None]) -> Sink:
        """A quoted letter, or the words of somebody else that an author sets apart: those are what is being said."""
        said_so = attributes.get("type") == "cite" or "cite" in attributes
        lines = "".join(self.out[Sink.VISIBLE][-12:]).rstrip().rsplit("\n", 2)
        introduced = is_attribution(" ".join(lines[-2:])) or is_attribution(lines[-1])
        if (said_so or introduced) and not begins_forwarded(node.text(separator="\n")):
            return Sink.QUOTED
        return Sink.VISIBLE

    def _open_link(self, attributes: dict[str, str | None], place: _Place) -> None:
        self.link_target = attributes.get("href") or ""
        self.link_sink = Sink.HIDDEN if place.look.hidden else place.sink
        self.link_start = len(self.out[self.link_sink])

    def _leave(self, tag: str, place: _Place) -> None:
        if tag in BLOCKS:
            self.out[place.sink].append("\n")
        elif tag in CELLS:
            self.out[place.sink].append(" ")
        elif tag in LINKING and self.link_target:
            self._add_link(self.link_target, "".join(self.out[self.link_sink][self.link_start :]))
            self.link_target = ""

    def _add_link(self, written: str, text: str) -> None:
        target = read_target(written, self.base)
        if target and len(self.links) < MOST_LINKS:
            self.links.append(Link(target, one_line(text)[:LONGEST_LINK_TEXT]))

    def _take_form(self, tag: str, attributes: dict[str, str | None]) -> None:
        """What is typed into a form goes where its action says; a mail with a place for a password is no usual mail."""
        self.page.notes.add("form")
        if tag == "form":
            self._add_link(attributes.get("action") or "", "")
        elif (attributes.get("type") or "").lower() == "password":
            self.page.notes.add("password_field")
