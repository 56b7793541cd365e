"""Numbers nobody else should have: cards, bank accounts, numbers of people and telephones, found by form and checksum.

Every finder takes a text and the same folded (see masking.py), and yields spans in order without overlaps.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

Span = tuple[int, int]

_RUN: Final = re.compile(r"\d+(?:[ \n\-./_|,:·•~=]{1,3}\d+)*")
_DIGITS: Final = re.compile(r"\d+")
_CARD_WORD: Final = re.compile(
    r"(?:\bcard|\bкарт|\bkart|\btarjeta|\bcarte|\bcarta|\bvisa|master ?card|\bpan\b|\bcartão)"
)
_CARD_REACH: Final = 50
_SHAPES: Final = frozenset(
    {
        *((4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (4, 4, 4, 4, 2), (8, 8), (4, 12), (12, 4), (6, 10)),
        *((4, 4, 8), (4, 8, 4), (8, 4, 4), (6, 6, 4), (4, 5, 6), (6, 4, 6), (6, 2, 4, 4), (6, 13), (8, 10), (5, 5, 5)),
    }
)
"""How the digits of a card are grouped where it is written by people."""
_EVEN_GROUPS: Final = 6
_PREFIXES: Final = {
    13: re.compile("4"),
    14: re.compile("3(?:0[0-5]|[689])"),
    15: re.compile("3[47]"),
    16: re.compile("[3-6]|2[2-7]|8[12]|9804"),
    17: re.compile("5[06-8]|6"),
    18: re.compile("5[06-8]|6"),
    19: re.compile("[4-6]"),
}
"""How numbers of cards begin, by their length (ISO/IEC 7812; 9804: ПРОСТІР)."""

_FIRST_DIGITS: Final = "2345689"

_IBAN_LENGTHS: Final = {
    country: int(length)
    for length, countries in {
        "15": "no", "16": "be", "18": "dk fi fo gl nl sd fk", "19": "mk si", "20": "at ba ee kz lt lu xk mn",
        "21": "ch hr li lv", "22": "bg bh cr de gb ge ie me rs va", "23": "ae gi il iq om so tl",
        "24": "ad cz dz es md pk ro sa se sk tn vg", "25": "ao cv gw ly mz pt st", "26": "is tr ir",
        "27": "fr gr it sm mc mr bf bi cm cf dj td km cg ga gq",
        "28": "al az by cy do gt hn hu lb pl sv ni bj ci ma ml ne sn tg",
        "29": "br eg ps qa ua", "30": "jo kw mu ye", "31": "mt sc", "32": "lc", "33": "ru",
    }.items()
    for country in countries.split()
}  # fmt: skip
"""The IBAN registry (ISO 13616), and countries that use the form without being in it."""
_IBAN_START: Final = re.compile(r"(?<![^\W_])[a-z]{2}[ \n\-.:]{0,2}\d[ \n\-.:]{0,2}\d(?=[ \n\-.:_/]{0,3}[a-z0-9])")
_IBAN_LETTER: Final = re.compile(r"[ \n\-.:_/]{0,3}([a-z0-9])")
_CYRILLIC_AS_LATIN: Final = str.maketrans("авсенікмортхуеѕ", "abcehikmoptxyes")

_CVV: Final = re.compile(
    r"\b(?:cvv2?|cvc2?|cvn2?|card security code|security code on the (?:back|card)|код безпеки картки|"
    r"три цифри (?:на|зі?) зворот\w{0,5}|pruefnummer|prüfnummer)\b[^\w\n]{0,4}(?:(?:code|код|number|is|це|"
    r"картки|2|:)[^\w\n]{1,4}){0,3}"
    r"\n?\s{0,3}(\d[ -]?\d[ -]?\d(?:[ -]?\d)?)(?![\d.,]?\d)"
)
_PERSONAL: Final = re.compile(
    r"(?P<tax>\b(?:рнокпп|і\.?п\.?н\.?|инн|ідентифікаційн\w{2,3} (?:код|номер)\w{0,2}|податков\w{2,3} (?:номер|"
    r"код)\w{0,2}|"
    r"облікової картки платника(?: податків)?|rnokpp|ipn|tax (?:id|number|code)|tin)(?!\w))|"
    r"(?P<passport>\b(?:паспорт\w{0,3}|passport|reisepass|paszport\w{0,2}|pasaporte|passeport|passaporto|"
    r"pasaport|id[- ]?(?:card|карт)\w{0,3}|"
    r"посвідчення (?:особи|водія)|водійськ\w{2,4} посвідчення|driv\w{2,5} licen[cs]e|посвідк\w{1,2}))|"
    r"(?P<other>\b(?:унзр|pesel|ssn|social security(?: number)?|nino|national insurance(?: number)?|"
    r"codice fiscale|dni|nie|cnp|"
    r"rodné číslo|cpf|tc kimlik(?: no)?|снилс|steuer-?id\w{0,20}|nin|personnummer|record number|"
    r"national id(?: number)?))(?!\w)"
)
_BETWEEN: Final = re.compile(r"[^\d\n]{0,40}?[\n ]{0,2}")
_TAX_NUMBER: Final = re.compile(r"\D{0,40}?(?<!\d)(\d(?:[ -]?\d){9})(?![ -]?\d)")
_TAX_WEIGHTS: Final = (-1, 5, 7, 9, 4, 6, 10, 5, 7)
_PASSPORT_NUMBER: Final = re.compile(
    r"[^\d\n.!?]{0,40}?(?<![^\W_])((?:[a-zа-яіїєґ]{1,2}[ -]?(?:№ ?)?\d{6,8}|[a-z]{3}\d{6}|"
    r"\d{2}[ -]\d{2}[ -]\d{6}|\d{9})(?!\w))"
)
_OTHER_NUMBER: Final = re.compile(
    r"[^\d\n.!?]{0,12}?(?<![^\W_])([a-z]{6}\d\d[a-z]\d\d[a-z]\d{3}[a-z]|[a-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d]|"
    r"[xyz]?-?\d{7,8}-?[a-z]|"
    r"\d{8}-\d{5}|\d{3}[- ]\d\d[- ]\d{4}|\d{6}[/-]?\d{3,4}|\d{3}[. ]\d{3}[. ]\d{3}[- ]\d\d|\d(?:[ -]?\d){8,12})(?!\w)"
)

_PHONE: Final = re.compile(
    r"(?=[+(\d])(?:(?<![\w+])\+ ?\d(?:[ \-().·/]{0,3}\d){7,14}(?![ -]?\d)|"
    r"(?<![\w.,/#№+-])(?:\(?\b0\d{2}\)?[ \-.]{0,2}\d{3}[ \-.]?\d{2}[ \-.]?\d{2}|0[ -]?800[ \-.]?\d{3}[ \-.]?\d{3}|"
    r"\(0\d{3,4}\)[ \-.]?\d{2,3}[ \-.]?\d{2}[ \-.]?\d{2}|(?:380|"
    r"8 ?\(?0)[ -]?\(?\d{2}\)?[ \-.]?\d{3}[ \-.]?\d{2}[ \-.]?\d{2}|"
    r"\(\d{3}\)[ \-.]?\d{3}[ \-.]\d{4}|(?:1[-. ])?\d{3}-\d{3}-\d{4}|\d{3}\.\d{3}\.\d{4}|0\d{4} \d{6}|"
    r"0\d{3} \d{3} \d{4}|00[1-9](?:[ \-]?\d){9,12})"
    r"(?![\w]|[.,:/-]\d| (?!0\d\d)\d))"
)
_PHONE_WORD: Final = re.compile(
    r"\b(?:тел(?:ефон\w{0,3})?|моб(?:ільн\w{2,3})?|факс|tel|telephone|phone|mobile|cell|fax|whatsapp|viber|"
    r"telegram|вайбер|"
    r"(?:за)?(?:телефону|дзвон|набер)\w{1,5}|call(?: (?:us|me))?|номером)(?: (?:number|номер\w{0,2}|no|at|on|"
    r"за))?[.:№ ]{1,4}"
    r"(\+?\(?\d(?:[ \-()]{0,2}\d){5,13})(?!\w|[.,:/-]\d)"
)


def find_cards(_: str, plain: str) -> Iterator[Span]:
    """Numbers of payment cards: how they begin, their length and the Luhn digit are right."""
    for run in _RUN.finditer(plain):
        if run.end() - run.start() < 13:
            continue
        groups = [(group.start(), group.end()) for group in _DIGITS.finditer(plain, *run.span())]
        first = 0
        while first < len(groups):
            last = _last_of_card(plain, groups, first) if plain[groups[first][0]] in _FIRST_DIGITS else None
            if last is not None:
                yield groups[first][0], groups[last][1]
            first = (first if last is None else last) + 1


def _last_of_card(plain: str, groups: Sequence[Span], first: int) -> int | None:
    """The group of digits with which the card that begins at the first one ends."""
    digits = ""
    found = None
    for last in range(first, len(groups)):
        start, end = groups[last]
        digits += plain[start : min(end, start + 20)]
        if len(digits) > 19:
            break
        starts = _PREFIXES.get(len(digits))
        if not starts or not starts.match(digits):
            continue
        some = groups[first : last + 1]
        if _may_be_card(plain, some) if is_luhn(digits) else _is_called_card(plain, some):
            found = last
    return found


def _may_be_card(plain: str, groups: Sequence[Span]) -> bool:
    lengths = tuple(end - start for start, end in groups)
    total = sum(lengths)
    if total not in {13, 17} and (len(groups) == 1 or lengths in _SHAPES):
        return True
    if _is_named_card(plain, groups):
        return True
    between = {plain[end:start] for (_, end), (start, _) in pairwise(groups)}
    is_even = len(set(lengths[:-1])) == 1 and lengths[-1] <= lengths[0]
    return total in {15, 16, 19} and is_even and len(between) == 1 and len(groups) >= _EVEN_GROUPS


def _is_named_card(plain: str, groups: Sequence[Span]) -> bool:
    start = groups[0][0]
    return _CARD_WORD.search(plain, max(start - _CARD_REACH, 0), start) is not None


def _is_called_card(plain: str, groups: Sequence[Span]) -> bool:
    """Whether it is written as the number of a card and called one: then it is, with a wrong digit."""
    lengths = tuple(end - start for start, end in groups)
    return lengths in {(16,), (4, 4, 4, 4)} and _is_named_card(plain, groups)


def is_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812-1."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0


def find_ibans(_: str, plain: str) -> Iterator[Span]:
    """International bank account numbers; with the word IBAN before it, its check digits may be wrong."""
    plain = plain.translate(_CYRILLIC_AS_LATIN)
    reached = 0
    for opening in _IBAN_START.finditer(plain):
        start = opening.start()
        length = _IBAN_LENGTHS.get(plain[start : start + 2])
        if length is None or start < reached:
            continue
        spelt, end = _spelt(plain, start, length)
        if len(spelt) < length or sum(map(str.isdigit, spelt[4:])) * 2 < length - 4:
            continue
        if is_iban(spelt) or (spelt[4:].isdigit() and "iban" in plain[max(start - 40, 0) : start]):
            reached = end
            yield start, end


def _spelt(plain: str, start: int, length: int) -> tuple[str, int]:
    """The next letters and digits, without what separates them, and where they end."""
    spelt = plain[start]
    place = start + 1
    while len(spelt) < length:
        following = _IBAN_LETTER.match(plain, place)
        if following is None:
            break
        spelt += following[1]
        place = following.end()
    return spelt, place


def is_iban(spelt: str) -> bool:
    """Whether the check digits are right: ISO 7064, mod 97-10."""
    return int("".join(str(int(each, 36)) for each in spelt[4:] + spelt[:4])) % 97 == 1


def find_security_codes(_: str, plain: str) -> Iterator[Span]:
    for match in _CVV.finditer(plain):
        yield match.span(1)


def find_personal_numbers(text: str, plain: str) -> Iterator[Span]:
    """Numbers by which a state knows a person, beside their names."""
    reached = 0
    for word in _PERSONAL.finditer(plain):
        form = {"tax": _TAX_NUMBER, "passport": _PASSPORT_NUMBER, "other": _OTHER_NUMBER}[word.lastgroup or "other"]
        match = form.match(plain, word.end())
        if match is None or match.start(1) < reached:
            continue
        number = re.sub(r"\D", "", match[1])
        letters = re.sub(r"[\W\d]", "", text[match.start(1) : match.end(1)])
        if (form is _TAX_NUMBER and not is_tax_number(number)) or (
            form is _PASSPORT_NUMBER and not (letters + "X").isupper()
        ):
            continue
        reached = match.end(1)
        yield match.span(1)


def is_tax_number(digits: str) -> bool:
    """Whether the last digit is the check digit of a Ukrainian taxpayer (РНОКПП)."""
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, digits, strict=False))
    return total % 11 % 10 == int(digits[-1])


def find_phones(_: str, plain: str) -> Iterator[Span]:
    """Telephone numbers: by their form, or any after a word for a telephone."""
    spans = sorted(
        [match.span() for match in _PHONE.finditer(plain)] + [match.span(1) for match in _PHONE_WORD.finditer(plain)]
    )
    reached = 0
    for start, end in spans:
        if start >= reached:
            reached = end
            yield start, end
