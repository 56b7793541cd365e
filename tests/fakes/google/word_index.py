"""The words of one header over a whole mailbox: each value is cut into words once, however many messages have it."""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from tests.fakes.google.messages import StoredMessage

_FOUND_KEPT = 64


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def holds(text: str, wanted: Sequence[str]) -> bool:
    """Whether the wanted words follow each other in the text; Gmail matches whole words, never parts."""
    words = tokens(text)
    return any(words[start : start + len(wanted)] == list(wanted) for start in range(len(words) - len(wanted) + 1))


class WordIndex:
    """Messages never change and rows are only added, so that nothing here is ever undone."""

    def __init__(self, header: str) -> None:
        self._header = header
        self._read = 0
        self._rows: dict[str, list[int]] = {}
        """The rows of each value."""
        self._by_word = _Values(lambda value: set(tokens(value)))
        self._by_itself = _Values(lambda value: {value.strip().strip("<>")})
        self._found: OrderedDict[tuple[str, ...], tuple[int, list[int]]] = OrderedDict()
        """The rows found for the words asked for last, and how many rows there were then."""

    def catch_up(self, messages: Sequence[StoredMessage]) -> None:
        for row in range(self._read, len(messages)):
            self._rows.setdefault(messages[row].header(self._header), []).append(row)
        self._read = len(messages)

    def rows_with(self, wanted: Sequence[str]) -> list[int]:
        """Rows whose value has the words one after another."""
        key = tuple(wanted)
        read, rows = self._found.pop(key, (-1, []))
        if read != self._read:
            known = self._by_word.of(self._rows)
            rarest = min((known.get(word, []) for word in wanted), key=len)
            rows = self._all_rows(value for value in rarest if len(wanted) == 1 or holds(value, wanted))
        self._found[key] = self._read, rows
        if len(self._found) > _FOUND_KEPT:
            self._found.popitem(last=False)
        return rows

    def rows_of(self, value: str) -> list[int]:
        """Rows with exactly this value, angle brackets apart."""
        return self._all_rows(self._by_itself.of(self._rows).get(value, []))

    def _all_rows(self, values: Iterable[str]) -> list[int]:
        return [row for value in values for row in self._rows[value]]


class _Values:
    """Values by what they are found by, made when first asked for."""

    def __init__(self, keys: Callable[[str], set[str]]) -> None:
        self._keys = keys
        self._learned = 0
        self._values: dict[str, list[str]] = {}

    def of(self, values: Mapping[str, object]) -> Mapping[str, list[str]]:
        """`values` in the order they came; those known from before are not looked at again."""
        for value in islice(values, self._learned, None):
            for key in self._keys(value):
                self._values.setdefault(key, []).append(value)
        self._learned = len(values)
        return self._values
