"""Numbers in words, cardinal and ordinal, as speech recognition writes them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from auramail.reading.calendar_words import ORDINAL_STEMS

_CARDINALS: Final = {
    "один одна одне одного одну однієї одному one": 1,
    "два дві двох двом двома two": 2,
    "три трьох трьом трьома three": 3,
    "чотири чотирьох чотирьом чотирма four": 4,
    "пять пяти пятьох пятьма пятьом five": 5,
    "шість шести шістьох шістьма six": 6,
    "сім семи сімох сьома seven": 7,
    "вісім восьми вісьмох вісьма eight": 8,
    "девять девяти девятьох nine": 9,
    "десять десяти десятьох ten": 10,
    "одинадцять одинадцяти eleven": 11,
    "дванадцять дванадцяти twelve": 12,
    "тринадцять тринадцяти thirteen": 13,
    "чотирнадцять чотирнадцяти fourteen": 14,
    "пятнадцять пятнадцяти fifteen": 15,
    "шістнадцять шістнадцяти sixteen": 16,
    "сімнадцять сімнадцяти seventeen": 17,
    "вісімнадцять вісімнадцяти eighteen": 18,
    "девятнадцять девятнадцяти nineteen": 19,
    "двадцять двадцяти двадцятьох twenty": 20,
    "тридцять тридцяти тридцятьох thirty": 30,
    "сорок сорока forty fourty": 40,
    "пятдесят пятдесяти fifty": 50,
    "шістдесят шістдесяти sixty": 60,
    "сімдесят сімдесяти seventy": 70,
    "вісімдесят вісімдесяти eighty": 80,
    "девяносто девяноста ninety": 90,
    "сто ста": 100,
    "двісті двохсот": 200,
    "триста трьохсот": 300,
    "чотириста чотирьохсот": 400,
    "пятсот пятисот": 500,
    "шістсот шестисот": 600,
    "сімсот семисот": 700,
    "вісімсот восьмисот": 800,
    "девятсот девятисот": 900,
    "две двух": 2,
    "трех": 3,
    "четыре четырех": 4,
    "шесть": 6,
    "семь": 7,
    "восемь": 8,
    "одиннадцать": 11,
    "двенадцать": 12,
    "четырнадцать": 14,
    "шестнадцать": 16,
    "семнадцать": 17,
    "восемнадцать": 18,
    "девятнадцать": 19,
    "двадцать двадцати": 20,
    "тридцать тридцати": 30,
    "пятьдесят": 50,
    "шестьдесят": 60,
    "семьдесят": 70,
    "восемьдесят": 80,
    "двести": 200,
    "четыреста": 400,
    "пятьсот": 500,
    "шестьсот": 600,
    "семьсот": 700,
    "восемьсот": 800,
    "девятьсот": 900,
}
_ENGLISH_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
_RUSSIAN_ORDINALS: Final = {
    "перв": 1,
    "втор": 2,
    "четверт": 4,
    "пят": 5,
    "шест": 6,
    "седьм": 7,
    "восьм": 8,
    "девят": 9,
    "десят": 10,
    "одиннадцат": 11,
    "двенадцат": 12,
    "четырнадцат": 14,
    "шестнадцат": 16,
    "семнадцат": 17,
    "восемнадцат": 18,
    "девятнадцат": 19,
    "двадцат": 20,
    "тридцат": 30,
}
_ENDINGS: Final = "ого е ому ий им ому"
_SOFT_ENDINGS: Final = "ього є ьому ій ім"
_MULTIPLIERS: Final = {
    "hundred": 100,
    "hundreds": 100,
    **dict.fromkeys(("тисяча", "тисячу", "тисячі", "тисяч", "thousand", "thousands"), 1000),
}


def _spelled() -> Mapping[str, tuple[int, bool]]:
    """Each word with its number and whether it is an ordinal, which ends a number."""
    found = {word: (value, False) for words, value in _CARDINALS.items() for word in words.split()}
    found |= {word: (value, True) for value, word in enumerate(_ENGLISH_ORDINALS.split(), 1)}
    found["thirtieth"] = (30, True)
    for value, stem in ORDINAL_STEMS.items():
        endings = _SOFT_ENDINGS if value == 3 else _ENDINGS
        found |= {stem.replace("'", "") + ending: (value, True) for ending in endings.split()}
    found |= {stem + ending: (value, True) for stem, value in _RUSSIAN_ORDINALS.items() for ending in ("ого", "ое")}
    return MappingProxyType(found | {"третье": (3, True), "третьего": (3, True)})


_WORDS: Final = _spelled()
NUMBER_WORDS: Final = frozenset({*_WORDS, *_MULTIPLIERS})


def number_at(keys: Sequence[str], start: int) -> tuple[int, int] | None:
    """The number in words that begins there and how many words it has: "двадцять п'ять", "two hundred and fifty"."""
    total = current = used = 0
    place = start
    last = 10_000
    while place < len(keys):
        key = keys[place]
        if key in _MULTIPLIERS and (used or key not in {"hundreds", "thousands"}):
            factor = _MULTIPLIERS[key]
            if factor == 1000:
                total, current, last = total + (current or 1) * 1000, 0, 1000
            else:
                current, last = (current or 1) * 100, 100
            place = used = place + 1
            continue
        if key == "and" and used and last in {100, 1000} and _below(keys, place + 1, last):
            place += 1
            continue
        value, ends = _WORDS.get(key, (0, False))
        if not value or not _fits(value, last):
            break
        current += value
        last = value
        place = used = place + 1
        if ends:
            break
    if not used:
        return None
    return _as_year(keys, used, total + current, used - start)


def _below(keys: Sequence[str], place: int, limit: int) -> bool:
    return place < len(keys) and 0 < _WORDS.get(keys[place], (0, False))[0] < limit


def _fits(value: int, last: int) -> bool:
    """Whether a number may follow in the same one: units follow tens, tens follow hundreds."""
    if last < 20:
        return False
    return value < 10 if last < 100 else value < 100 if last < 1000 else value < last


def _as_year(keys: Sequence[str], place: int, value: int, length: int) -> tuple[int, int]:
    """Join "twenty" and "twenty four" to the year they mean."""
    if value in {19, 20} and place < len(keys) and _WORDS.get(keys[place], (0, True))[0] in range(10, 91):
        rest = number_at(keys, place)
        if rest and rest[0] < 100:
            return value * 100 + rest[0], length + rest[1]
    return value, length
