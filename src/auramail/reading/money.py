"""Amounts of money in Ukrainian and English text, with the words they were read from."""

import re
from dataclasses import dataclass
from decimal import Decimal

from auramail.core.decisions import Money

LONGEST_TEXT = 20_000
MOST_AMOUNTS = 100

_CURRENCIES = {
    "UAH": ("₴", "грн", "гривень", "гривня", "гривні", "гривню", "гривнею", "гривен", "uah"),
    "EUR": ("€", "євро", "euro", "euros", "eur"),
    "USD": ("us$", "$", "долар", "долара", "долари", "доларів", "доларах", "дол", "dollar", "dollars", "usd"),
    "GBP": ("£", "gbp", "фунтів", "quid", "pounds"),
    "PLN": ("zł", "злотих", "злоті", "злотий", "pln"),
    "CHF": ("chf",),
    "CZK": ("kč", "czk", "крон"),
    "CAD": ("c$", "ca$", "cad"),
    "AUD": ("a$", "au$", "aud"),
    "JPY": ("¥", "jpy"),
    "SEK": ("sek",),
    "NOK": ("nok",),
    "DKK": ("dkk",),
    "HUF": ("huf",),
    "RON": ("ron",),
    "TRY": ("₺", "try"),
    "ILS": ("₪", "ils"),
    "NGN": ("₦", "ngn"),
    "INR": ("₹", "inr"),
    "NZD": ("nz$", "nzd"),
    "SGD": ("s$", "sgd"),
    "BGN": ("лв", "bgn"),
    "MDL": ("лей", "леїв", "mdl"),
    "GEL": ("₾", "ларі", "gel"),
    "KZT": ("₸", "kzt"),
    **{code: (code.lower(),) for code in ("ZAR", "KES", "GHS", "AED", "SAR", "THB", "BRL", "MXN", "HKD", "CNY", "KRW")},
}
_CURRENCY_OF = {word: code for code, words in _CURRENCIES.items() for word in words}
_SYMBOLS = "|".join(re.escape(word) for word in sorted(_CURRENCY_OF, key=len, reverse=True) if not word.isalpha())
# "try" and "gel" are words before they are money.
_CODES = "|".join(code.lower() for code in _CURRENCIES if code not in {"TRY", "GEL"})
_WORDS = "|".join(sorted((word for word in _CURRENCY_OF if word.isalpha() and word != "try"), key=len, reverse=True))
_TIMES = {
    **dict.fromkeys(("тис", "тисяч", "тисячі", "тисяча", "k", "thousand"), 1000),
    **dict.fromkeys(("млн", "мільйон", "мільйона", "мільйонів", "m", "mln", "million"), 10**6),
    **dict.fromkeys(("млрд", "bn", "billion"), 10**9),
}
_MARKS = tuple({word[:3] for word in _CURRENCY_OF if word != "try"})
"""A text without any of them names no amount; looking for them is faster than looking at each number."""
_NUMBER = re.compile(r"\d(?:\d{0,2}(?:[ \u00a0\u202f\u2009'’]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|[\d.,]{0,16}\d)?")
_BEFORE = re.compile(rf"(?<![^\W_])({_SYMBOLS}|(?:{_CODES})(?![a-z]))[ \u00a0]?\Z", re.IGNORECASE)
_TIMES_AFTER = re.compile(
    r"[ \u00a0]?(тисяч[аі]?|тис|мільйон(?:а|ів)?|млн|млрд|thousand|million|billion|mln|bn|[km])\b\.?", re.IGNORECASE
)
_AFTER = re.compile(
    rf"[ \u00a0\u202f]{{0,2}}({_SYMBOLS}|(?:{_WORDS})\b)(?:\.?[ \u00a0]?(\d\d)[ \u00a0]?(?:коп|к\.))?", re.IGNORECASE
)
_TWO_SEPARATORS = re.compile(r"[.,]{2}")
_NOT_BEFORE = frozenset(".,/-+#№:")
_LARGEST = 10**12
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class AmountMention:
    """An amount and where its words stand."""

    money: Money
    words: str
    start: int
    end: int


def find_amounts(text: str) -> list[AmountMention]:
    """The amounts a text names, in order; numbers without a currency are none."""
    text = text[:LONGEST_TEXT]
    plain = text.lower()
    if not any(mark in plain for mark in _MARKS):
        return []
    found: list[AmountMention] = []
    for match in _NUMBER.finditer(text):
        mention = _mention(text, match)
        if mention is not None:
            found.append(mention)
            if len(found) >= MOST_AMOUNTS:
                break
    return found


def _mention(text: str, match: re.Match[str]) -> AmountMention | None:
    start, end = match.span()
    times = _TIMES_AFTER.match(text, end)
    stop = times.end() if times else end
    before = _BEFORE.search(text[max(start - 4, 0) : start])
    after = _AFTER.match(text, stop)
    value = value_of(match.group()) if before or after else None
    if value is None:
        return None
    if times:
        value *= _TIMES[times.group(1).lower()]
    if before:
        start -= before.end() - before.start()
        currency = _CURRENCY_OF[before.group(1).lower()]
    elif after and not (start and (text[start - 1].isalpha() or text[start - 1] in _NOT_BEFORE)):
        stop = after.end()
        value += Decimal(after.group(2) or 0) / 100
        currency = _CURRENCY_OF[after.group(1).lower()]
    else:
        return None
    if value >= _LARGEST:
        return None
    return AmountMention(Money(value.quantize(_CENT), currency), text[start:stop], start, stop)


def value_of(digits: str) -> Decimal | None:
    """A number in any of the usual spellings: `1 500,00`, `1,500.00`, `1.500,00`, `1500`."""
    digits = re.sub(r"[\s'’]", "", digits)
    if _TWO_SEPARATORS.search(digits):
        return None
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0:
        whole, decimals = digits[:last], digits[last + 1 :]
        separator = digits[last]
        is_grouping = len(decimals) == 3 and (separator in whole or not ({".", ","} & set(whole)))
        if is_grouping:
            whole, decimals = whole + decimals, ""
        whole = whole.replace(".", "").replace(",", "")
        digits = f"{whole}.{decimals}" if decimals else whole
    return Decimal(digits) if digits.replace(".", "", 1).isdigit() and digits.isascii() else None
