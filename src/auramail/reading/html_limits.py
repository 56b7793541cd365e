"""A cheap look at HTML before it is parsed: what would keep a parser busy for minutes is read without one."""

import re
from html import unescape
from itertools import accumulate

LONGEST_HTML = 192 * 1024
DEEPEST_TAG = 256
MOST_WORK = 400_000
"""Sum of the depths of all tags: an unclosed `<font>` is opened again in every later paragraph (HTML, 13.2.4.3)."""
MOST_ATTRIBUTES = 500
"""Attributes of one tag; each is compared with all before it."""

_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]{0,20})")
_WHOLE_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>?")
_EMBEDDED = re.compile(r"data:[^<>\s\"',]{0,100},[A-Za-z0-9+/=%]+")
_SEPARATORS = re.compile(r"[\s/=]")
# Elements that never contain others, or that the next one of their kind closes.
_FLAT = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"),
        *("p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup"),
        *("html", "head", "body", "title", "track"),
    }
)
_MARKUP = "ld+json"
_LONGEST_OPENING = 200
_DROPPED = (("<style", "</style"), ("<script", "</script"), ("<!--", "-->"))


class _Steps(dict[str, int]):
    """How a tag changes the depth; filled as tags are met, and never beyond what mail is written in."""

    def __missing__(self, tag: str) -> int:
        name = tag.lstrip("/").lower()
        step = 0 if name in _FLAT else -1 if tag.startswith("/") else 1
        if len(self) < 1000:
            self[tag] = step
        return step


_STEPS = _Steps()


def cut_long(html: str, longest: int = LONGEST_HTML) -> tuple[str, bool]:
    """The HTML within its limit: first style, script and comments go, then the middle."""
    if len(html) <= longest:
        return html, False
    html = _without_dropped(html, keeps_markup=True)
    if len(html) <= longest:
        return html, False
    kept_end = longest // 4
    return html[: longest - kept_end] + html[len(html) - kept_end :], True


def _without_dropped(html: str, *, keeps_markup: bool = False) -> str:
    for opening, closing in _DROPPED:
        html = _without(html, opening, closing, keeps_markup=keeps_markup)
    return html


def _without(html: str, opening: str, closing: str, *, keeps_markup: bool) -> str:
    lower = html.lower()
    if len(lower) != len(html):
        # A few letters change length in lower case; then places would not agree.
        lower = html
    kept: list[str] = []
    last = 0
    start = lower.find(opening)
    while start >= 0:
        stop = lower.find(closing, start)
        if keeps_markup and _MARKUP in lower[start : start + _LONGEST_OPENING].partition(">")[0] and stop >= 0:
            # What a script says in schema.org's words is read, not run.
            start = lower.find(opening, stop)
            continue
        kept.append(html[last:start])
        if stop < 0:
            last = len(html)
            break
        last = lower.find(">", stop) + 1 or len(html)
        start = lower.find(opening, last)
    return "".join([*kept, html[last:]])


def is_safe(html: str) -> bool:
    """Whether a parser will be done with it in milliseconds."""
    depths = list(accumulate(map(_STEPS.__getitem__, _TAG.findall(html)), initial=0))
    return max(depths) <= DEEPEST_TAG and sum(depths) <= MOST_WORK and _has_few_attributes(html)


def _has_few_attributes(html: str) -> bool:
    if "data:" in html:
        html = _EMBEDDED.sub("", html)
    return not any(len(piece) > 2 * MOST_ATTRIBUTES and _is_crowded(piece) for piece in html.split("<"))


def _is_crowded(piece: str) -> bool:
    tag = piece.partition(">")[0]
    if tag.count('"') % 2 or tag.count("'") % 2:
        # The first `>` may stand in a value, where it ends nothing.
        tag = piece
    return len(_SEPARATORS.findall(tag)) > MOST_ATTRIBUTES


def strip_tags(html: str) -> str:
    """The text of HTML no parser should see: tags cut out, entities decoded, nothing judged."""
    return unescape(_WHOLE_TAG.sub("\n", _without_dropped(html)))
