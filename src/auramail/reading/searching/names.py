"""Names of people as a sentence bends them, and as they stand in a From line: "від Олени" → Олена.

Only rules that hold for nearly every name are used alone; where an ending allows more, the word as it was said stays
beside the guess. Source of the endings: Ukrainian orthography of 2019, §§ 78-104.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from auramail.reading.searching.vocabulary import WORDS

_GIVEN: Final = WORDS["names.given"]
GIVEN_ENGLISH: Final = frozenset(WORDS["names.given_latin"].split())
_ROLES: Final = tuple(WORDS["names.roles"].split())
"""A person knows who is meant; a search does not."""
_SURNAME_ENDINGS: Final = tuple(WORDS["names.surname_endings"].split())


class Case(Enum):
    """How the words before a name bend it."""

    GENITIVE = "genitive"
    DATIVE = "dative"
    INSTRUMENTAL = "instrumental"
    NOMINATIVE = "nominative"


_Rows = tuple[tuple[str, int, str, str, str], ...]
_DECLENSIONS: Final[_Rows] = (
    # what a nominative ends with, how much of it goes, and what comes instead in genitive, dative, instrumental
    ("ова", 1, "ої", "ій", "ою"),
    ("ія", 1, "ї", "ї", "єю"),
    ("оя", 1, "ї", "ї", "єю"),
    ("ая", 1, "ї", "ї", "єю"),
    ("йя", 1, "ї", "ї", "єю"),
    ("я", 1, "і", "і", "ею"),
    ("ша", 1, "і", "і", "ею"),
    ("га", 2, "ги", "зі", "гою"),
    ("ка", 2, "ки", "ці", "кою"),
    ("а", 1, "и", "і", "ою"),
    ("о", 1, "а", "у ові", "ом"),
    ("й", 1, "я", "ю єві", "єм"),
    ("ь", 1, "я", "ю еві", "ем"),
    ("", 0, "а у", "у ові", "ом"),
)
_RUSSIAN: Final[_Rows] = (
    ("ия", 1, "и", "и", "ей"),
    ("я", 1, "и", "е", "ей"),
    ("ша", 1, "и", "е", "ей"),
    ("га", 1, "и", "е", "ой"),
    ("ка", 1, "и", "е", "ой"),
    ("а", 1, "ы", "е", "ой"),
    ("ий", 1, "я", "ю", "ем"),
    ("й", 1, "я", "ю", "ем"),
    ("овь", 1, "и", "и", "ью"),
    ("очь", 1, "ери", "ери", "ерью"),
    ("ь", 1, "я", "ю", "ем"),
    ("", 0, "а", "у", "ом"),
)
"""The same for Russian names. Source: Зализняк, Грамматический словарь русского языка, on proper names."""
_IRREGULAR: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ігор": ("ігоря", "ігорю ігореві", "ігорем"),
        "лікар": ("лікаря", "лікарю лікареві", "лікарем"),
        "любов": ("любові", "любові", "любовю"),
        "павел": ("павла", "павлу", "павлом"),
        "петр": ("петра", "петру", "петром"),
        "пётр": ("петра", "петру", "петром"),
        "страховая": ("страховой", "страховой", "страховой"),
        "налоговая": ("налоговой", "налоговой", "налоговой"),
        "лев": ("лева", "леву левові", "левом"),
        "федір": ("федора", "федору федорові", "федором"),
        "садок": ("садка садку", "садку", "садком"),
        "орендодавець": ("орендодавця", "орендодавцю орендодавцеві", "орендодавцем"),
    }
)
_BENT: Final = (Case.GENITIVE, Case.DATIVE, Case.INSTRUMENTAL)


def _plain(text: str) -> str:
    return text.replace("'", "").replace("’", "").casefold()


def _forms(name: str, table: _Rows = _DECLENSIONS) -> Iterator[tuple[Case, str]]:
    """A nominative and its other forms, by case."""
    yield Case.NOMINATIVE, name
    if name.isascii():
        return
    rows = _IRREGULAR.get(name, ())
    if not rows:
        _, cut, *endings = next(row for row in table if name.endswith(row[0]))
        stem = name[: len(name) - int(cut)]
        rows = tuple(" ".join(stem + ending for ending in str(row).split()) for row in endings)
    for case, forms in zip(_BENT, rows, strict=True):
        yield from ((case, form) for form in forms.split())


def _table() -> Mapping[str, Mapping[Case, str]]:
    found: dict[str, dict[Case, str]] = {}
    for names, table in ((_GIVEN, _DECLENSIONS), (WORDS["names.given_russian"], _RUSSIAN)):
        for name in map(_plain, dict.fromkeys(names.split())):
            for case, form in _forms(name, table):
                found.setdefault(form, {}).setdefault(case, name)
    return MappingProxyType(found)


GIVEN: Final = _table()
"""Each form of a known Ukrainian or Russian given name, with the names whose form it is, by case."""


_ROLE_OF: Final = {
    **{form: role for role in WORDS["names.roles_russian"].split() for _, form in _forms(role, _RUSSIAN)},
    **{form: role for role in _ROLES for _, form in _forms(role)},
}


def is_given(key: str) -> bool:
    return key in GIVEN or key in GIVEN_ENGLISH


def is_role(key: str) -> bool:
    """Whether a word says what somebody is to the person, and not who."""
    return key in _ROLE_OF


def is_bent(key: str) -> bool:
    """Whether a known name stands in another case than the nominative."""
    forms = GIVEN.get(key)
    return Case.NOMINATIVE not in forms if forms else is_role(key) and _ROLE_OF[key] != key


def is_surname(key: str) -> bool:
    """Whether a word ends as Ukrainian surnames do."""
    return len(key) > 4 and key.endswith(_SURNAME_ENDINGS)


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((ending, instead.strip("-")) for ending, _, instead in (pair.partition(">") for pair in text.split()))


_SURE: Final = {
    Case.GENITIVE: _pairs(
        "ського>ський цького>цький ської>ська цької>цька енка>енко чука>чук щука>щук юка>юк івни>івна "
        "ївни>ївна овича>ович "
        "ової>ова ої>а ства>ство ього>ій ого>ий "
        "овой>ова евой>ева иной>ина ского>ский цкого>цкий ской>ская цкой>цкая овны>овна евны>евна"
    ),
    Case.DATIVE: _pairs(
        "ському>ський цькому>цький ській>ська цькій>цька ству>ство енку>енко енкові>енко чуку>чук юку>юк "
        "івні>івна ївні>ївна "
        "овичу>ович ьому>ій ому>ий овой>ова евой>ева иной>ина"
    ),
    Case.INSTRUMENTAL: _pairs(
        "ством>ство ським>ський цьким>цький ською>ська цькою>цька енком>енко чуком>чук юком>юк івною>івна "
        "ївною>ївна овичем>ович "
        "им>ий овой>ова евой>ева иной>ина"
    ),
}
_GUESSES: Final = {
    Case.GENITIVE: _pairs(
        "ії>ія ті>тя ні>ня лі>ля ці>ця вця>вець ки>ка ги>га ы>а и>а ея>ей ия>ий ія>ій ля>ль ря>р ня>нь "
        "іка>ік ика>ик ака>ак яка>як уйка>уйко ка>ко а>- ку>к у>-"
    ),
    Case.DATIVE: _pairs("ові>- еві>ь єві>й ію>ій ії>ія ці>ка і>а у>-"),
    Case.INSTRUMENTAL: _pairs("ом>- ем>ь єм>й ією>ія ею>я ою>а"),
}


def nominatives(text: str, case: Case, before: str = "") -> list[str]:
    """The forms to look for: the nominative where it is certain, else a guess and the word as it was said.

    `before` is the word before it in the name: "нової" says that "пошти" is a woman's or a thing's, in -а.
    """
    key = _plain(text)
    if case is Case.NOMINATIVE or not any("а" <= one <= "ґ" for one in key):
        return [text]
    known = GIVEN.get(key)
    if known:
        return [_as_written(known.get(case) or known.get(Case.NOMINATIVE) or next(iter(known.values())), text)]
    if key in _ROLE_OF:
        return [_as_written(_ROLE_OF[key], text)]
    feminine = (("и", "а"),) if case is Case.GENITIVE and before.endswith("ої") else ()
    certain = _nominative(text, (*feminine, *_SURE[case]), 1)
    guess = certain or _nominative(text, _GUESSES[case], 2)
    return list(dict.fromkeys([certain or guess or text, certain or text]))


def _nominative(text: str, endings: Iterable[tuple[str, str]], least: int) -> str:
    """The word with its ending changed, if more than `least` letters of it stay; else nothing."""
    low = text.casefold()
    for ending, instead in endings:
        if low.endswith(ending) and len(low) > len(ending) + least:
            return text[: -len(ending)] + (instead.upper() if text.isupper() else instead)
    return ""


def _as_written(name: str, text: str) -> str:
    """The name in the capitals of the word it is taken from; its letters where they are the same."""
    if text.isupper() and len(text) > 1:
        return name.upper()
    return name[:1].upper() + name[1:] if text[:1].isupper() else name
