"""Gmail's search language over the index of a local source: what an index can answer, and no guess at the rest."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NoReturn

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.mail.search_terms import OPERATORS, Matcher, Moment, word

LONGEST_SEARCH = 2000
DEEPEST_NESTING = 20

_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<bracket>[(){}])
      | (?P<minus>-)(?=[^\s-])
      | (?P<field>[A-Za-z_][A-Za-z0-9_]*):(?=\S)
      | "(?P<phrase>[^"]*)"?
      | (?P<word>[^\s(){}"]+)
    )""",
    re.VERBOSE,
)
_CLOSING: Final = {"(": ")", "{": "}"}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def read_search(text: str, *, now: datetime, zone: str) -> Matcher:
    """Turn a search into a test of messages; an empty one lets all pass.

    Terms side by side must all hold, OR binds closer than that, `-` denies, `{a b}` means a OR b. Plain words are
    looked for at the beginning of words in subject, sender and recipients. Raises NeedsPersonError for what is not
    understood.
    """
    if len(text) > LONGEST_SEARCH:
        raise NeedsPersonError(Wording.of("The search is longer than {most} characters.", most=LONGEST_SEARCH))
    return _Reading(_tokens(text), Moment(now, zone)).whole()


def _tokens(text: str) -> list[_Token]:
    tokens = []
    position = 0
    text = text.rstrip()
    while position < len(text) and (match := _TOKEN.match(text, position)):
        kind = match.lastgroup or ""
        tokens.append(_Token(kind, match[kind]))
        position = match.end()
    return tokens


class _Reading:
    """A descent through the tokens; `term` of a field makes the matcher of each word inside it."""

    def __init__(self, tokens: Sequence[_Token], moment: Moment) -> None:
        self._tokens = tokens
        self._moment = moment
        self._at = 0
        self._depth = 0

    def whole(self) -> Matcher:
        matcher = self._all("", word)
        if self._at < len(self._tokens):
            _refuse_bracket(self._tokens[self._at].text)
        return matcher

    def _next(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _all(self, closing: str, term: Callable[[str], Matcher]) -> Matcher:
        """Terms up to the closing bracket: all must hold; between braces any."""
        groups: list[list[Matcher]] = []
        joined = False
        while (token := self._next()) and token != _Token("bracket", closing):
            if token.kind == "word" and token.text in {"OR", "AND", "|"}:
                joined = bool(groups) and token.text != "AND"
                self._at += 1
                continue
            if token.kind == "bracket" and token.text in ")}":
                break
            matcher = self._term(term)
            if joined:
                groups[-1].append(matcher)
            else:
                groups.append([matcher])
            joined = False
        alternatives = [_any_of(group) for group in groups]
        return _any_of(alternatives) if closing == "}" and alternatives else _all_of(alternatives)

    def _term(self, term: Callable[[str], Matcher]) -> Matcher:
        token = self._tokens[self._at]
        self._at += 1
        match token.kind:
            case "minus":
                denied = self._term(term)
                return lambda message: not denied(message)
            case "bracket":
                return self._group(token.text, term)
            case "field":
                return self._field(token.text.lower())
            case _:
                return term(token.text.removeprefix("+") if token.kind == "word" else token.text)

    def _group(self, opening: str, term: Callable[[str], Matcher]) -> Matcher:
        self._depth += 1
        if self._depth > DEEPEST_NESTING:
            _refuse_bracket(opening)
        matcher = self._all(_CLOSING[opening], term)
        if self._next() != _Token("bracket", _CLOSING[opening]):
            _refuse_bracket(opening)
        self._at += 1
        self._depth -= 1
        return matcher

    def _field(self, name: str) -> Matcher:
        operator = OPERATORS.get(name)
        if operator is None:
            raise NeedsPersonError(
                Wording.of("The search operator “{name}:” is not understood in local mail.", name=name),
                Wording.of(
                    "Understood are from: to: subject: label: in: is: has: category: larger: smaller: after: before: "
                    "newer_than: older_than:; put words that hold a colon in quotes."
                ),
            )
        return self._term(lambda value: operator(value, self._moment))


def _all_of(matchers: Sequence[Matcher]) -> Matcher:
    return lambda message: all(matcher(message) for matcher in matchers)


def _any_of(matchers: Sequence[Matcher]) -> Matcher:
    return matchers[0] if len(matchers) == 1 else lambda message: any(matcher(message) for matcher in matchers)


def _refuse_bracket(bracket: str) -> NoReturn:
    raise NeedsPersonError(
        Wording.of("The bracket “{bracket}” in the search has no partner.", bracket=bracket),
        Wording.of("Close it, or put words that hold a bracket in quotes."),
    )
