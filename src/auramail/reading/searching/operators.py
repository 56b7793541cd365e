"""Gmail's search operators, and the only way for words to become part of a query.

Source: "Refine searches in Gmail", https://support.google.com/mail/answer/7190; what is not there is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from auramail.reading.date_arithmetic import day_of

LONGEST_QUERY: Final = 2000
DEEPEST_NESTING: Final = 10
FIRST_YEAR: Final = 1971
LAST_YEAR: Final = 2199
"""Years that a search may name: seconds are counted from 1970, and no mail is older."""
_TEXT: Final = frozenset({"from", "to", "cc", "bcc", "deliveredto", "subject", "label", "list", "filename"})
_NAMED: Final = MappingProxyType(
    {
        "category": "primary social promotions updates forums reservations purchases",
        "has": "attachment youtube drive document spreadsheet presentation userlabels nouserlabels yellow-star "
        "orange-star red-star purple-star blue-star green-star red-bang orange-guillemet yellow-bang green-check "
        "blue-info purple-question",
        "in": "anywhere archive inbox sent draft drafts spam trash snoozed scheduled",
        "is": "important starred unread read muted snoozed",
    }
)
_DAY: Final = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})|(\d{5,11})", re.ASCII)
NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {name: tuple(values.split()) for name, values in _NAMED.items()}
)
"""Operator → the only values that Gmail knows of it."""
_VALUES: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {name: re.compile("|".join(values.split())) for name, values in _NAMED.items()}
    | dict.fromkeys(("after", "before", "newer", "older"), _DAY)
    | dict.fromkeys(("older_than", "newer_than"), re.compile(r"[1-9]\d{0,3}[dmy]", re.ASCII))
    | dict.fromkeys(("size", "larger", "smaller"), re.compile(r"[1-9]\d{0,11}[km]?", re.ASCII))
    | {"rfc822msgid": re.compile(r"""[^\s(){}"']+""")}
)
FIELDS: Final = frozenset({*_TEXT, *_VALUES})
_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<bracket>[(){}])
      | (?P<minus>-)(?=[^\s-])
      | (?P<field>[A-Za-z][A-Za-z0-9_]*):(?=[^\s:])
      | "(?P<phrase>[^"]*)"
      | (?P<word>[^\s(){}":]+)
    )""",
    re.VERBOSE,
)
_CLOSING: Final = MappingProxyType({"(": ")", "{": "}"})
_PLAIN: Final = re.compile(r"(?!-)[\w@+.&$€₴£№%#/'’*_-]+")
_BARE: Final = re.compile(r"\w[\w@+.&/'’*-]*")


class Term(NamedTuple):
    """A part of a query in the form in which it may leave, and where it ends in the text it was read from."""

    text: str
    end: int


class _RefusedError(ValueError):
    """What was read is not in Gmail's search language."""


@dataclass(slots=True)
class _Reading:
    """A descent through a text; each step gives the canonical form of what it read, or raises _RefusedError."""

    text: str
    at: int = 0
    depth: int = 0

    def look(self) -> tuple[str, str]:
        """Kind and text of the next token, without taking it; two empty strings at the end."""
        match = _TOKEN.match(self.text, self.at)
        if match and match.lastgroup:
            return match.lastgroup, match[match.lastgroup]
        if self.text[self.at :].strip():
            raise _RefusedError
        return "", ""

    def take(self) -> tuple[str, str]:
        token = self.look()
        match = _TOKEN.match(self.text, self.at)
        self.at = match.end() if match else len(self.text)
        return token

    def all(self, closing: str, field: str = "") -> str:
        """Terms up to the closing bracket, which is taken too, or the end."""
        parts: list[str] = []
        joined = False
        while True:
            kind, value = self.look()
            if not kind or (kind, value) == ("bracket", closing):
                break
            if kind == "word" and value in {"OR", "AND"}:
                if joined or not parts:
                    raise _RefusedError
                self.take()
                parts.append(value)
                joined = True
                continue
            parts.append(self.term(field))
            joined = False
        if joined or (closing and (not parts or self.take()[1] != closing)):
            raise _RefusedError
        return " ".join(parts)

    def term(self, field: str = "") -> str:
        kind, value = self.take()
        match kind:
            case "minus":
                denied = self.term(field)
                if denied.startswith("-"):
                    raise _RefusedError
                return "-" + denied
            case "bracket" if value in _CLOSING:
                return self._group(value, field)
            case "phrase" if value.strip():
                return f'"{" ".join(value.split())}"'
            case "word" if _is_word(value):
                return value
            case "field" if not field:
                return self._field(value.lower())
        raise _RefusedError

    def _group(self, opening: str, field: str) -> str:
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            raise _RefusedError
        inside = self.all(_CLOSING[opening], field)
        self.depth -= 1
        return opening + inside + _CLOSING[opening]

    def _field(self, name: str) -> str:
        if name in _TEXT and self.look()[0] != "minus":
            return f"{name}:{self.term(name)}"
        kind, value = self.take()
        if kind == "field" or name not in _VALUES or kind not in {"word", "phrase"}:
            raise _RefusedError
        value = value if name == "rfc822msgid" else value.lower()
        match = _VALUES[name].fullmatch(value)
        if not match:
            raise _RefusedError
        return f"{name}:{_canonical(name, match)}"


def _is_word(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and text not in {"OR", "AND", "AROUND"} and any(map(str.isalnum, text))


def _canonical(name: str, match: re.Match[str]) -> str:
    if name in {"size", "larger", "smaller"}:
        return match[0].upper()
    if match.re is not _DAY or match[4]:
        return match[0]
    day = day_of(int(match[1]), int(match[2]), int(match[3]))
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _RefusedError
    return f"{day:%Y/%m/%d}"


def canonical(query: str) -> str | None:
    """The query with one blank between terms; None if it is not in Gmail's search language or too long."""
    if len(query) > LONGEST_QUERY or not query.isprintable():
        return None
    try:
        return _Reading(query).all("")
    except _RefusedError:
        return None


def fits(operator: str, before: int = 0) -> bool:
    """Whether an operator may leave as it stands, in a query of `before` characters: the gate of grammar and model."""
    return before + len(operator) <= LONGEST_QUERY and operator != "" and canonical(operator) == operator


def term_at(text: str, start: int) -> Term | None:
    """The typed term that begins there: `name:value`, `-word`, a group; None if there is none that Gmail knows."""
    reading = _Reading(text, start)
    try:
        return Term(reading.term(), reading.at)
    except _RefusedError:
        return None


def word(text: str) -> str:
    """A word or phrase as it may stand in a query, never an operator or a bracket; "" if nothing is left."""
    clean = " ".join("".join(one if one.isprintable() and one != '"' else " " for one in text).split())
    if not any(map(str.isalnum, clean)):
        return ""
    return clean if _BARE.fullmatch(clean) and clean not in {"OR", "AND", "AROUND"} else f'"{clean}"'


def any_of(parts: list[str]) -> str:
    """One of several parts, each once; a single one as it is."""
    kept = list(dict.fromkeys(part for part in parts if part))
    return f"({' OR '.join(kept)})" if len(kept) > 1 else "".join(kept)


def with_seconds(query: str, zone: str) -> str:
    """The query as it is sent: each day as seconds since 1970 of its midnight in `zone`; Gmail would take its own.

    Raises ValueError for a query that is not valid.
    """
    checked = canonical(query)
    if checked is None:
        raise ValueError(query)
    return _DATED.sub(lambda match: _seconds(match, ZoneInfo(zone)), checked)


_DATED: Final = re.compile(r'"[^"]*"|(?<![^\s({-])(after|before|newer|older):(\d{4})/(\d\d)/(\d\d)(?![^\s)}])')


def _seconds(match: re.Match[str], zone: ZoneInfo) -> str:
    if match[1] is None:
        return match[0]
    midnight = datetime.combine(date(int(match[2]), int(match[3]), int(match[4])), time(), zone)
    return f"{match[1]}:{int(midnight.timestamp())}"
