"""Addresses of a header: quoted names, comments, groups and what else is found there (RFC 5322, section 3.4)."""

import re

from auramail.core.messages import Address

MOST_ADDRESSES = 500

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|\((?:[^()\\]|\\.)*\)?|<[^<>]*>?|[,;:]|[^"(<,;:]+', re.DOTALL)
LONGEST_NAME = 500
_BARE = re.compile(r"[^\s<>()\"',;:@]{1,320}@[^\s<>()\"',;:@]{1,255}")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]+")
_COMMENT = re.compile(r"\([^()]*\)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def read_addresses(value: str) -> tuple[Address, ...]:
    """The addresses of one decoded header value; a name without an address is kept, with an empty address."""
    found: list[Address] = []
    words: list[str] = []
    comment = angle = ""
    has_at = False
    for token in _TOKEN.findall(value if value.isprintable() else _CONTROLS.sub(" ", value)):
        first = token[0]
        has_at = has_at or "@" in token
        if first == "," and not angle and not has_at:
            # "Koval, Ana <ana@example.org>": a name that should have been quoted.
            words.append(token)
        elif first in ",;":
            _finish(found, words, comment, angle)
            words, comment, angle, has_at = [], "", "", False
            if len(found) >= MOST_ADDRESSES:
                break
        elif first == ":":
            words, comment, has_at = [], "", False
        elif first == '"':
            words.append(_ESCAPED.sub(r"\1", token[1:].removesuffix('"')))
        elif first == "(":
            comment = token.strip("()")
        elif first == "<":
            angle = angle if "@" in angle else token
        else:
            words.append(token)
    _finish(found, words, comment, angle)
    return tuple(found[:MOST_ADDRESSES])


def _finish(found: list[Address], words: list[str], comment: str, angle: str) -> None:
    name = " ".join(" ".join(words).split()).replace(" ,", ",").strip(", ")[:LONGEST_NAME]
    address = _address(angle.strip("<> \t"))
    if not angle:
        bare = _BARE.search(name)
        if bare:
            address = _address(bare.group())
            name = name.replace(bare.group(), "").strip(" '\"")
    name = name.strip().strip("'").strip()
    comment = comment.strip()[:LONGEST_NAME]
    name = f"{name} ({comment})" if name and comment else name or comment
    if address or name:
        found.append(Address(address, name))


def _address(text: str) -> str:
    """Lower-case `local@domain`, or nothing; a source route (RFC 5322, section 4.4) is cut off."""
    text = _COMMENT.sub("", text)
    text = "".join(text.rpartition(":")[2].split()) if text.startswith("@") else "".join(text.split())
    text = text.removeprefix("mailto:").lower().rstrip(".")
    local, at, domain = text.rpartition("@")
    return text if at and local and domain else ""
