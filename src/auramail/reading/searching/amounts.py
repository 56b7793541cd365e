"""Amounts of money: Gmail knows none, so one is looked for in the ways it is written, and comparisons are left out."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from auramail.reading.searching.operators import any_of
from auramail.reading.searching.patterns import one_of
from auramail.reading.searching.scene import Found, Part, Scene
from auramail.reading.searching.vocabulary import WORDS

_CURRENCIES: Final = {
    "UAH": "грн гривень гривні гривня гривню гривнях гривен гривнів гривнею ₴ uah hryvnia hryvnias hryvnya",
    "USD": "доларів долари долар долара доларах баксів бакси дол $ usd dollar dollars bucks",
    "EUR": "євро € eur euro euros",
    "GBP": "фунтів фунти фунта £ gbp pound pounds quid",
    "PLN": "злотих злоті злотого pln zloty",
}
_SIGNS: Final = {"UAH": "грн", "USD": "$", "EUR": "€", "GBP": "£", "PLN": "zł"}
_CURRENCY_OF: Final = {word: code for code, words in _CURRENCIES.items() for word in words.split()}
_NUMBER: Final = r"(?P<number>\d{1,12}(?:[.,]\d{1,3})*)"
_AMOUNT: Final = re.compile(
    rf"(?:{one_of(WORDS['amounts.before'])})?"
    rf"(?:{one_of('$ € £ ₴ usd eur uah', 'sign')}{_NUMBER} |"
    rf"{_NUMBER.replace('number', 'figure')} {one_of(_CURRENCY_OF, 'currency')})"
)
_COMPARED: Final = re.compile(rf"(?:{one_of(WORDS['amounts.before_compared'])})?" + one_of(WORDS["amounts.compared"]))


def amount(scene: Scene, place: int) -> Iterator[Found]:
    """Exactly so much, as quoted forms; more, less or about so much cannot be asked of Gmail and is left out."""
    compared = _COMPARED.match(scene.line, scene.starts[place])
    match = _AMOUNT.match(scene.line, compared.end() if compared else scene.starts[place])
    if match is None and compared:
        yield from _range(scene, compared.end())
    if match is None:
        return
    end = scene.token_at(match.end())
    if compared:
        yield Found(_second(scene, end), Part.LOST, sure=False)
        return
    number = _number(match["number"] or match["figure"])
    code = _CURRENCY_OF[match["sign"] or match["currency"]]
    if number is not None:
        yield Found(end, Part.THING, any_of([f'"{form}"' for form in forms(number, code)]))


_BETWEEN: Final = re.compile(rf"\d{{1,12}} {one_of('до і та and to по - – —')}\d{{1,12}} {one_of(_CURRENCY_OF)}")
_SECOND: Final = re.compile(rf"{one_of('до і та and to по')}\d{{1,12}} (?:{one_of(_CURRENCY_OF)})?")


def _range(scene: Scene, start: int) -> Iterator[Found]:
    match = _BETWEEN.match(scene.line, start)
    if match:
        yield Found(scene.token_at(match.end()), Part.LOST, sure=False)


def _second(scene: Scene, end: int) -> int:
    match = _SECOND.match(scene.line, scene.starts[end])
    return scene.token_at(match.end()) if match else end


def _number(text: str) -> Decimal | None:
    """1500, 1 500,50, 1,500.00: the last mark is a decimal one if one or two digits follow."""
    last = max(text.rfind("."), text.rfind(","))
    whole, rest = (text[:last], text[last + 1 :]) if last >= 0 and len(text) - last < 4 else (text, "0")
    digits = whole.replace(".", "").replace(",", "")
    return Decimal(f"{digits}.{rest}") if digits else None


def forms(number: Decimal, code: str) -> list[str]:
    """How mail writes an amount: with its currency before or behind, with cents, thousands apart."""
    cents = f"{number:.2f}"
    whole, _, rest = cents.partition(".")
    grouped = f"{int(whole):,}"
    sign = _SIGNS[code]
    written = [f"{whole},{rest}", f"{whole}.{rest}"]
    if rest == "00":
        written = [f"{whole} {sign}", f"{whole} {code}", *written]
        if sign in "$€£":
            written[0] = f"{sign}{whole}"
    if "," in grouped:
        written += [f"{grouped.replace(',', ' ')},{rest}", f"{grouped}.{rest}"]
        if rest == "00":
            written.append(f"{grouped.replace(',', ' ')} {sign}" if sign not in "$€£" else f"{sign}{grouped}")
    return written
