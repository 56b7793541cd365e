"""Gmail's search language, the documented part that mail programs use: a query becomes a test of messages.

Grammar (https://support.google.com/mail/answer/7190): words and `name:value` terms are joined by AND, `OR` joins its
two neighbours, `{…}` joins all it holds by OR, `(…)` groups, `-` negates, quotes make a phrase.
"""

import re
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from tests.fakes.google.columns import Columns, Mask
from tests.fakes.google.errors import invalid
from tests.fakes.google.mailbox import Mailbox
from tests.fakes.google.messages import StoredMessage
from tests.fakes.google.search_terms import NOTHING, Context, Test, term_test

_TOKENS = re.compile(
    r"""
    (?P<blank>\s+)
  | (?P<open>-?(?:[A-Za-z_]+:)?[({])
  | (?P<close>[)}])
  | (?P<term>-?\+?(?:[A-Za-z_]+:)?"[^"]*"|[^\s(){}"]+)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it is meant for a mailbox at a moment."""

    test: Test
    columns: Columns

    def among(self, messages: Mask) -> Mask:
        """Those of some messages that meet it."""
        return self.test.narrow(messages)

    def __call__(self, message: StoredMessage) -> bool:
        alone = np.zeros(len(self.columns.messages), np.bool_)
        alone[message.row] = True
        return bool(self.test.narrow(alone)[message.row])


def compile_query(query: str, mailbox: Mailbox, now: datetime) -> Query:
    """What a query means; an empty one is met by all messages."""
    tokens = [(match.lastgroup or "", match.group()) for match in _TOKENS.finditer(query)]
    parser = _Parser([token for token in tokens if token[0] != "blank"], Context(mailbox, now))
    return Query(parser.everything(), mailbox.columns)


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]], context: Context) -> None:
        self.tokens = tokens
        self.context = context
        self.at = 0

    def everything(self) -> Test:
        test = self._all_until("", "")
        if self.at < len(self.tokens):
            raise invalid(f"Invalid query: unexpected {self.tokens[self.at][1]}")
        return test

    def _all_until(self, closing: str, name: str, *, any_of: bool = False) -> Test:
        """The terms up to `closing`, each under the operator `name` a group stands after, as in `from:(a b)`."""
        groups: list[list[Test]] = []
        joined = False
        while self.at < len(self.tokens) and self.tokens[self.at][1] != closing:
            kind, text = self.tokens[self.at]
            if kind == "close":
                break
            if text in {"OR", "|"} and groups:
                joined = True
                self.at += 1
                continue
            test = self._one(kind, text, name)
            if joined:
                groups[-1].append(test)
            else:
                groups.append([test])
            joined = False
        alternatives = [_any(group) for group in groups]
        return _any(alternatives) if any_of and alternatives else _all(alternatives)

    def _one(self, kind: str, text: str, name: str) -> Test:
        self.at += 1
        negated = text.startswith("-") and len(text) > 1
        text = text.removeprefix("-") if negated else text
        if kind == "open":
            closing = ")" if text.endswith("(") else "}"
            test = self._all_until(closing, text[:-1].removesuffix(":") or name, any_of=closing == "}")
            self.at += 1  # Gmail forgives a bracket that is never closed
        else:
            test = term_test(text if not name or ":" in text else f"{name}:{text}", self.context)
        return _not(test) if negated else test


def _all(tests: list[Test]) -> Test:
    quick_first = sorted(tests, key=lambda test: test.is_slow)

    def narrow(among: Mask) -> Mask:
        for test in quick_first:
            among = test.narrow(among)
        return among

    return Test(narrow, is_slow=any(test.is_slow for test in tests))


def _any(tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    quick_first = sorted(tests, key=lambda test: test.is_slow)

    def narrow(among: Mask) -> Mask:
        found = NOTHING.narrow(among)
        for test in quick_first:
            found |= test.narrow(among & ~found)
        return found

    return Test(narrow, is_slow=any(test.is_slow for test in tests))


def _not(test: Test) -> Test:
    return Test(lambda among: among & ~test.narrow(among), is_slow=test.is_slow)
