"""JSON as templates of mail write it: mended where what was meant is certain, left out where it is not."""

import json
import re
from html import unescape
from typing import Any

MOST_BRACKETS = 2000
MOST_VALUES = 50

_WRAPPING = re.compile(
    r"\A(?:\s|\ufeff|<!--|(?://|/\*)?\s?<!\[CDATA\[(?:\*/)?){1,9}|(?:\s|;|-->|(?://|/\*)?\s?\]\]>(?:\*/)?){1,9}\Z"
)
# A string, or a comma before a closing bracket.
_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.){0,10000}")|,(?=\s{0,99}[\]}])', re.DOTALL)
_BETWEEN = re.compile(r"[\s,;]*")
_DECODER = json.JSONDecoder(strict=False)
"""Line breaks within strings are no reason to refuse them."""


def load_json(text: str) -> Any:
    """The value, or the list of values one behind the other; None if there is none. Never fails."""
    text = _WRAPPING.sub("", text)
    if text.count("[") + text.count("{") > MOST_BRACKETS:
        return None
    found = _decode(text)
    if found is None and '"' not in text:
        # The quotes went through one template too many.
        text = unescape(text).replace("\u201c", '"').replace("\u201d", '"')
        found = _decode(text)
    if found is None:
        found = _decode(_TRAILING_COMMA.sub(r"\1", text))
    return found


def _decode(text: str) -> Any:
    values: list[Any] = []
    position = 0
    try:
        while position < len(text) and len(values) < MOST_VALUES:
            value, position = _DECODER.raw_decode(text, position)
            values.append(value)
            between = _BETWEEN.match(text, position)
            position = between.end() if between else position
    except (ValueError, RecursionError):
        return values[0] if values else None
    return values[0] if len(values) == 1 else values or None
