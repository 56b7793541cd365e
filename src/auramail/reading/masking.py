"""Masking: secrets of a text give way to words that say what stood there, before a language model sees it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from auramail.reading.invisible import without_unseen
from auramail.reading.secret_forms import CODE_MARK
from auramail.reading.secret_links import find_addresses, find_keys, find_secret_parts, find_tokens
from auramail.reading.secret_numbers import (
    find_cards,
    find_ibans,
    find_personal_numbers,
    find_phones,
    find_security_codes,
)
from auramail.reading.secret_words import find_codes, find_passwords, find_seed_phrases

Finder = Callable[[str, str], Iterable[tuple[int, int]]]
"""From a text and the same folded, letter by letter, to the spans of its secrets in order."""


class Secret(StrEnum):
    """What a language model is not told."""

    CODE = "code"
    KEY = "key"
    LINK = "link"
    TOKEN = "token"  # noqa: S105  # nosec B105  # a kind of secret, not one
    ADDRESS = "address"
    SEED = "seed"
    IBAN = "iban"
    CARD = "card"
    CVV = "cvv"
    PERSONAL = "personal"
    PASSWORD = "password"  # noqa: S105  # nosec B105  # as above
    PHONE = "phone"


PLACEHOLDERS: Final[Mapping[Secret, str]] = MappingProxyType(
    {
        Secret.KEY: "[private key]",
        Secret.LINK: "[secret]",
        Secret.TOKEN: "[access key]",
        Secret.ADDRESS: "[address]",
        Secret.SEED: "[wallet phrase]",
        Secret.IBAN: "[bank account]",
        Secret.CARD: "[card number]",
        Secret.CVV: "[card security code]",
        Secret.PERSONAL: "[personal number]",
        Secret.PASSWORD: "[password]",
        Secret.PHONE: "[phone number]",
        Secret.CODE: "[one-time code]",
    }
)
"""What stands for a secret of each kind; the model understands it, and the sentence keeps its meaning."""

_FINDERS: Final[Sequence[tuple[Secret, Finder]]] = (
    (Secret.KEY, find_keys),
    (Secret.LINK, find_secret_parts),
    (Secret.ADDRESS, find_addresses),
    (Secret.TOKEN, find_tokens),
    (Secret.SEED, find_seed_phrases),
    (Secret.IBAN, find_ibans),
    (Secret.CARD, find_cards),
    (Secret.CVV, find_security_codes),
    (Secret.PERSONAL, find_personal_numbers),
    (Secret.PASSWORD, find_passwords),
    (Secret.PHONE, find_phones),
    (Secret.CODE, find_codes),
)
"""In the order they look: what is certain by its form goes before what only its neighbours give away."""
MOST_ROUNDS: Final = 6
"""A secret that is gone may bring the words around it closer, so they are looked at again, but not for ever."""
_SAID_AGAIN: Final = (Secret.CODE, Secret.PASSWORD)
"""Kinds that stand without their words, too, where they stood with them once."""
MOST_SAID_AGAIN: Final = 20
_IS_TELLING: Final = re.compile(r"(?!(?:19|20)\d\d\Z)(?=[^\n]{0,40}\d)[^\n]{4,40}")
"""A secret too long and too odd to be anything else elsewhere."""

_MARK_OF: Final = {kind: chr(ord(CODE_MARK) + number) for number, kind in enumerate(Secret)}
"""While it is looked at, one private character stands for each secret; senders' own are taken out before."""
_PRIVATE: Final = re.compile(f"[{''.join(_MARK_OF.values())}]")
_PLACEHOLDER: Final = re.compile("|".join(map(re.escape, PLACEHOLDERS.values())))
_MARK_OF_WORDS: Final = {PLACEHOLDERS[kind]: mark for kind, mark in _MARK_OF.items()}
_WORDS_OF_MARK: Final = {mark: words for words, mark in _MARK_OF_WORDS.items()}

_ON_DIGITS: Final = re.compile(r"(?<=\d)[\u0300-\u036f\u20d0-\u20ff]+")
_ODD: Final = re.compile(
    r"[\u00b2\u00b3\u00b9\u2070-\u2089\u2460-\u24ff\uff01-\uff5e\U0001d400-\U0001d7ff]|[^\D0-9]|[^\S \n]|"
    r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]|[’ʼ`‘´]"
)
"""Digits, letters, spaces, dashes and apostrophes that mean the plain ones."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without secrets, and how many of each kind (a `Secret`) were taken out."""

    text: str
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def mask(text: str, before: str = "") -> Masked:
    """The text with a placeholder for each secret, and without characters nobody sees. Never fails.

    `before` is what a reader has read before it (the subject), for it may say what a number is. Masking what is
    masked changes nothing. Takes time in proportion to the text: about 0.1 s for 100,000 letters.
    """
    work = _Work(before, text)
    for _ in range(MOST_ROUNDS):
        known = work.text
        for kind, find in _FINDERS:
            work.replace(kind, list(find(work.text, work.plain)))
        for kind in _SAID_AGAIN:
            work.replace(kind, work.said_again(kind))
        if work.text == known:
            break
    words = _PRIVATE.sub(lambda mark: _WORDS_OF_MARK[mark.group()], work.text[work.first :])
    return Masked(words, MappingProxyType(dict(+work.counts)))


class _Work:
    """A text being masked, and the same folded; `first` is where what was read before it ends."""

    __slots__ = ("_said", "counts", "first", "plain", "text")

    def __init__(self, before: str, text: str) -> None:
        opening = f"{_marked(before)}\n\n" if before else ""
        self.text = opening + _marked(text)
        self.plain = folded(self.text)
        self.first = len(opening)
        self.counts = Counter[str]()
        self._said: dict[Secret, set[str]] = {kind: set() for kind in _SAID_AGAIN}

    def replace(self, kind: Secret, spans: Sequence[tuple[int, int]]) -> None:
        if not spans:
            return
        if kind in self._said:
            self._said[kind] |= {self.plain[start:end] for start, end in spans[:MOST_SAID_AGAIN]}
        self.counts[kind] += sum(start >= self.first for start, _ in spans)
        self.first -= sum(end - start - 1 for start, end in spans if start < self.first)
        self.text, self.plain = (_replaced(each, spans, _MARK_OF[kind]) for each in (self.text, self.plain))

    def said_again(self, kind: Secret) -> list[tuple[int, int]]:
        """Where else a secret of that kind stands that its words gave away in one place."""
        said = [each for each in sorted(self._said[kind]) if _IS_TELLING.fullmatch(each)][:MOST_SAID_AGAIN]
        if not said:
            return []
        again = re.compile(rf"(?<![\w.,-])(?:{'|'.join(map(re.escape, said))})(?![\w-]|[.,]\d)")
        return [match.span() for match in again.finditer(self.plain)]


def _marked(text: str) -> str:
    """The text as it looks, with its placeholders, which are no secrets, as single characters."""
    text = _PRIVATE.sub("\ufffd", without_unseen(text)[0])
    return _PLACEHOLDER.sub(lambda words: _MARK_OF_WORDS[words.group()], _ON_DIGITS.sub("", text))


def _replaced(text: str, spans: Iterable[tuple[int, int]], mark: str) -> str:
    pieces: list[str] = []
    reached = 0
    for start, end in spans:
        pieces += text[reached:start], mark
        reached = end
    return "".join(pieces) + text[reached:]


def folded(text: str) -> str:
    """The text in lower case, with plain digits, spaces and dashes: as many characters as before."""
    plain = _ODD.sub(lambda match: _plain(match.group()), text)
    lower = plain.lower()
    if len(lower) == len(plain):
        return lower
    # A few letters become two in lower case; then places would not agree.
    return "".join(each if len(each.lower()) > 1 else each.lower() for each in plain)


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    if character in "’ʼ`‘´":
        return "'"
    if unicodedata.category(character) == "Pd" or character in "\u2212\u2043":
        return "-"
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    spelt = unicodedata.normalize("NFKC", character)
    return spelt if len(spelt) == 1 else character
