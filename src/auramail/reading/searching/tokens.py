"""A request cut into tokens: words, quoted phrases, addresses, numbers, and terms of Gmail's own search language."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType
from typing import Final

from auramail.reading.calendar_words import MONTHS
from auramail.reading.searching.numerals import number_at
from auramail.reading.searching.operators import FIELDS, term_at
from auramail.reading.searching.patterns import spoken
from auramail.reading.searching.vocabulary import MAIL, UNITS, WORDS

LONGEST_REQUEST: Final = 1000
"""Characters of a request that are read; nobody says more, and what is left is said to be ignored."""


class Sort(Enum):
    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    QUOTED = "quoted"
    TERM = "term"
    ADDRESS = "address"
    FILE = "file"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it was written; `key` is the form in which it is looked up: lower case, no apostrophes, digits."""

    sort: Sort
    text: str
    key: str


QUOTED, TERM, ADDRESS, FILE, REFUSED = "\x01", "\x02", "\x03", "\x04", "\x05"
"""Keys of tokens that no word list knows."""
_SAME_LETTERS: Final = str.maketrans("aceiopxyABCEHIKMOPTX", "асеіорхуАВСЕНІКМОРТХ")
_APOSTROPHES: Final = re.compile(r"['’ʼ`´‘]")
_SCAN: Final = re.compile(
    r"""
      (?P<quoted>"[^"]{1,300}"|«[^«»]{1,300}»|“[^“”]{1,300}”|„[^„“”]{1,300}[“”])
    | (?P<address>[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})
    | (?P<file>[\w-]{1,60}\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|csv|txt|xml|mp4|mov|ics|eml|7z|odt)(?![\w@]))
    | (?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![\w-])
        |(?:19|20)[0-9]{2}-[01][0-9](?![\w-])|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}(?![\w/])
        |[0-9]{1,2}([./-])[0-9]{1,2}\5(?:[0-9]{4}|[0-9]{2})(?![\w])|[0-9]{1,2}\.[01][0-9](?![\w,.]))
    | (?P<domain>(?:[a-z0-9-]{1,63}\.){1,5}
        (?:com|org|net|ua|gov|edu|io|co|info|eu|pl|de|uk|us|biz|app|dev|me|example)(?![\w@-]))
    | (?P<number>[0-9]{1,3}(?:[ \u00a0][0-9]{3}){1,3}(?![\w])(?:[.,][0-9]{1,2}(?!\w))?|[0-9]{1,15}(?:[.,][0-9]{1,3})*
        (?=[^\w]|$|(?:mb|gb|kb|k|m|мб|гб|кб|грн|uah|usd|eur|гривень|дол|день|дні|днів|д|d|го|ого|е|st|nd|rd|th)(?!\w)))
    | (?P<mark>[,;:?!()$€£₴<>&]|\.(?=\s|$)|[–—-](?=\s)|\.{2,})
    | (?P<word>\w(?:[\w.'’ʼ`´‘&+/-]{0,60}\w)?)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def clean(text: str) -> str:
    """The text without what cannot be seen: control, direction and format characters; blanks are blanks."""
    kept = unicodedata.normalize("NFC", text)
    return "".join(_visible(one) for one in kept)


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    return "" if category == "Cf" else " " if category[0] == "C" else character


def key_of(text: str) -> str:
    """The form in which a word is looked up; Latin letters inside a Cyrillic word are taken for what they look like."""
    key = _APOSTROPHES.sub("", text).casefold()
    if any("а" <= one <= "ӿ" for one in key) and not key.isascii():
        key = key.translate(_SAME_LETTERS)
    return key


_PROVIDERS: Final = MappingProxyType(
    {"джимейл": "gmail", "джімейл": "gmail", "гмейл": "gmail", "жмейл": "gmail", "яху": "yahoo", "аутлук": "outlook",
     "укр": "ukr", "мета": "meta", "ком": "com", "нет": "net", "орг": "org", "юа": "ua", "уа": "ua"}
)  # fmt: skip
_DOT: Final = "(?:dot|крапка|точка)"
_SIGN: Final = "(?:underscore|dash|hyphen|нижнє підкреслення|підкреслення|дефіс|тире)"
_HOST: Final = f"(?:[a-z0-9-]{{2,30}}|{'|'.join(_PROVIDERS)})"
_SPOKEN_ADDRESS: Final = re.compile(
    rf"(?<![\w@.])([a-z0-9_.-]{{2,30}}(?: (?:{_DOT}|{_SIGN}) [a-z0-9_-]{{1,30}}){{0,3}}) "
    rf"(?:(?:at|собака|собачка|равлик|ет) ({_HOST}(?: {_DOT} {_HOST}){{1,3}})"
    rf"|(?:at|собака|собачка|равлик|ет) ((?:gmail|yahoo|outlook|hotmail|icloud|ukr|{'|'.join(_PROVIDERS)}) "
    rf"(?:com|net|ua|ком|нет|юа)))(?![\w@.])",
    re.IGNORECASE,
)


def _spelled(match: re.Match[str]) -> str:
    """An address as it is written, from one as it is said."""
    local = re.sub(
        f"(?i) {_SIGN} ", lambda sign: "-" if re.search("dash|hyphen|дефіс|тире", sign[0]) else "_", match[1]
    )
    host = re.sub(f"(?i) {_DOT} | ", ".", match[2] or match[3])
    names = [_PROVIDERS.get(part.casefold(), part) for part in host.split(".")]
    return re.sub(f"(?i) {_DOT} ", ".", local) + "@" + ".".join(names)


def tokens_of(text: str) -> list[Token]:
    """The tokens of a cleaned text, numbers in words joined to one; "bob at example dot com" is an address."""
    return _joined(list(_scan(_SPOKEN_ADDRESS.sub(_spelled, text))))


def _scan(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        if text[place] == " ":
            place += 1
            continue
        typed = _typed(text, place)
        if typed:
            token, place = typed
            yield token
            continue
        match = _SCAN.match(text, place)
        if match is None:
            place += 1
            continue
        yield _token(match)
        place = match.end()


_TYPED: Final = re.compile(r"-?[A-Za-z]\w{1,11}:[^\s:]|-[^\W_]{2}|-\"|-?[({]")


def _typed(text: str, place: int) -> tuple[Token, int] | None:
    """A term of Gmail's own language; a bracket alone is one only if it holds what only that language has."""
    if (place and text[place - 1] != " ") or not _TYPED.match(text, place):
        return None
    term = term_at(text, place)
    if term is None or (term.end < len(text) and text[term.end] not in " ,;.?!"):
        return _refused(text, place)
    if term.text[0] in "({" and not re.search(r"\bOR\b|\w:\S|[({ ]-\w|\{.* ", term.text):
        return None
    return Token(Sort.TERM, term.text, TERM), term.end


_FIELD: Final = re.compile(rf"-?(?:{'|'.join(sorted(FIELDS))}):\S{{1,200}}", re.IGNORECASE)


def _refused(text: str, place: int) -> tuple[Token, int] | None:
    """One of Gmail's operators with a value that Gmail does not know."""
    match = _FIELD.match(text, place)
    return (Token(Sort.WORD, match[0], REFUSED), match.end()) if match else None


def _token(match: re.Match[str]) -> Token:
    text = match[0]
    match match.lastgroup:
        case "quoted":
            found = Token(Sort.QUOTED, " ".join(text[1:-1].split()), QUOTED)
        case "address" | "domain":
            found = Token(Sort.ADDRESS, text.strip(".-"), ADDRESS)
        case "file":
            found = Token(Sort.FILE, text, FILE)
        case "number":
            found = Token(Sort.NUMBER, text, "".join(text.split()))
        case "mark":
            found = Token(Sort.MARK, text, text)
        case "word":
            key = key_of(text)
            slipped = _APOSTROPHES.sub("", text).casefold() != key
            found = Token(Sort.WORD, text.translate(_SAME_LETTERS) if slipped else text, key)
        case _:
            found = Token(Sort.DATE, text, text)
    return found


def _joined(tokens: list[Token]) -> list[Token]:
    keys = [token.key for token in tokens]
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        if tokens[place].sort is Sort.WORD and _two_months(tokens[place].key):
            found += _apart(tokens[place])
            place += 1
            continue
        number = number_at(keys, place) if tokens[place].sort is Sort.WORD and not _is_pronoun(keys, place) else None
        if number is None:
            found.append(tokens[place])
            place += 1
            continue
        value, length = number
        text = " ".join(token.text for token in tokens[place : place + length])
        found.append(replace(tokens[place], sort=Sort.NUMBER, text=text, key=str(value)))
        place += length
    return found


def _is_pronoun(keys: list[str], place: int) -> bool:
    """Whether "one" stands for a thing and counts nothing: "the one from Susan"."""
    return keys[place] in _ONE and not (place + 1 < len(keys) and keys[place + 1] in _COUNTED)


_ONE: Final = frozenset({"one", "один", "одна", "одне", "одну", "одного", "однієї"})
_COUNTED: Final = frozenset(" ".join([*UNITS.values(), WORDS["tokens.counted"]]).split())


def _two_months(key: str) -> bool:
    """Whether a word is a range such as березень-квітень."""
    first, hyphen, last = key.partition("-")
    return bool(hyphen) and first in _MONTHS and last in _MONTHS


def _apart(token: Token) -> list[Token]:
    first, _, last = token.text.partition("-")
    return [
        replace(token, text=first, key=key_of(first)),
        Token(Sort.MARK, "-", "-"),
        replace(token, text=last, key=key_of(last)),
    ]


_MONTHS: Final = frozenset(spoken(MONTHS))
_HESITATION: Final = re.compile(r"[еэ]+|[мm]{2,}|[аa]{2,}|u+h*m*|e+r+m*|h+m+|a+h+|o+h+|[еэ]-?[еэ-]+|м-м|a-a|у+м*")
_HESITATIONS: Final = frozenset(MAIL["hesitation"].split())


def without_hesitation(tokens: list[Token]) -> list[Token]:
    """The tokens without the sounds of thinking, which stand anywhere."""
    return [token for token in tokens if token.sort is not Sort.WORD or not _hesitates(token.key)]


def _hesitates(key: str) -> bool:
    return key in _HESITATIONS or (len(key) < 8 and key != "у" and _HESITATION.fullmatch(key) is not None)
