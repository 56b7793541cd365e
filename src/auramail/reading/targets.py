"""Where a link leads, as a browser would read what is written there (WHATWG URL Standard, section 4.4)."""

import re
from urllib.parse import urljoin

from auramail.reading.invisible import one_line

LONGEST_TARGET = 2000

_USUAL = re.compile(r"https?://[!-\[\]-~]+\Z")
_ENDS = "".join(map(chr, range(0x21)))
_INSIDE = re.compile("[\x00-\x1f\x7f]+")
_WEB = re.compile(r"(https?|ftp):[\\/]*", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]{0,40}:", re.IGNORECASE)


def read_target(written: str, base: str = "") -> str:
    """The target of a link: absolute where that can be known, else as it is written; `base` is the page's own."""
    written = written[:LONGEST_TARGET]
    if _USUAL.match(written):
        return written
    # Browsers drop line breaks and tabs inside an address, and read a backslash as a slash.
    target = one_line(_INSIDE.sub("", written.strip(_ENDS)))
    if target.startswith(("//", "\\\\")):
        target = f"https:{target}"
    elif target[:4].lower() == "www.":
        target = f"http://{target}"
    web = _WEB.match(target)
    if web is not None:
        place, mark, rest = _parted(target[web.end() :])
        target = f"{web.group(1).lower()}://{place.replace(chr(92), '/')}{mark}{rest}"
    elif base and not _ABSOLUTE.match(target) and not target.startswith("#"):
        target = _joined(base, target)
    return target[:LONGEST_TARGET]


def is_relative(target: str) -> bool:
    """Whether a target leads nowhere by itself; `#top` is a place in the page and leads there."""
    return not target.startswith("#") and _ABSOLUTE.match(target) is None


def _parted(rest: str) -> tuple[str, str, str]:
    end = min((position for mark in "?#" if (position := rest.find(mark)) >= 0), default=len(rest))
    return rest[:end], rest[end : end + 1], rest[end + 1 :]


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target)
    except ValueError:
        # A base such as `http://[` is none.
        return target
