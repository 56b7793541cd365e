"""The ways Ukrainian and English name a day, and which day each means."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from auramail.reading.calendar_words import (
    DAYS_AHEAD,
    MONTHS,
    NUMBERS,
    OF_THE_DAY,
    ORDINALS,
    PERIODS,
    UNITS,
    WEEKDAYS,
    any_of,
)
from auramail.reading.date_arithmetic import (
    add_months,
    add_working_days,
    day_of,
    day_of_month,
    end_of,
    last_day,
    weekday_ahead,
    without_year,
)

_LONGEST_SPAN = 400


class Said(NamedTuple):
    """What a date is read against: the day it was written, whether days come before months (or None), and the text."""

    today: date
    day_first: bool | None
    text: str


Resolve = Callable[[re.Match[str], Said, bool], date | None]
"""Gives the day a match means; the last argument says whether something is due by then."""


class Form(NamedTuple):
    """One way to name a day: a pattern of lower-case text and what it means."""

    pattern: re.Pattern[str]
    resolve: Resolve


def _named_month(match: re.Match[str], said: Said, is_deadline: bool) -> date | None:
    month, day, year = MONTHS[match["month"]], int(match["day"]), match["year"] or match["close"]
    return day_of(int(year), month, day) if year else without_year(month, day, said.today, is_deadline=is_deadline)


def _iso(match: re.Match[str], _said: Said, _is_deadline: bool) -> date | None:
    return day_of(int(match["year"]), int(match["month"]), int(match["day"]))


def _numeric(match: re.Match[str], said: Said, _is_deadline: bool) -> date | None:
    """15.01.2027 and 15/01/2027; with slashes, what could be two days is none unless the reader's order is known."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    year += 2000 if year < 100 else 0
    if match["separator"] != "/" or first > 12 or first == second:
        return day_of(year, second, first)
    if second > 12:
        return day_of(year, first, second)
    if said.day_first is None:
        return None
    return day_of(year, second, first) if said.day_first else day_of(year, first, second)


_BEFORE_DAY_AND_MONTH = re.compile(
    r"(?:\b(?:до|на|від|дата|термін|строк|пізніше|сплати|оплати|подання|подачі|закінчується|by|on|due|before|date|"
    rf"{any_of(WEEKDAYS)})\b,?|:|\bдо \d\d?[:.]\d\d)\s{{0,3}}\Z"
)
_BEFORE_TIME = re.compile(r",?\s(?:о|об|at|з)\s\d|,\s\d\d:\d\d")


def _day_and_month(match: re.Match[str], said: Said, is_deadline: bool) -> date | None:
    """15.01 could be a price or a version: only the words before it, or a time after it, make it a day."""
    before = match.string[max(match.start() - 18, 0) : match.start()]
    if not (_BEFORE_DAY_AND_MONTH.search(before) or _BEFORE_TIME.match(match.string, match.end())):
        return None
    return without_year(int(match["month"]), int(match["day"]), said.today, is_deadline=is_deadline)


def _relative(match: re.Match[str], said: Said, _is_deadline: bool) -> date | None:
    return said.today + timedelta(days=DAYS_AHEAD[match["word"]])


def _of_the_day(match: re.Match[str], said: Said, _is_deadline: bool) -> date | None:
    return said.today + timedelta(days=OF_THE_DAY[match["word"]])


def _spelt_day(match: re.Match[str], said: Said, is_deadline: bool) -> date | None:
    """A day in words is one with its month, or after "до" where nothing else could be the twentieth."""
    day = ORDINALS[match["day"]]
    if match["month"]:
        return without_year(MONTHS[match["month"]], day, said.today, is_deadline=is_deadline)
    is_day = match.string.endswith(_BEFORE_SPELT, 0, match.start()) and _AFTER_SPELT.match(match.string, match.end())
    return day_of_month(day, said.today) if is_day else None


def _by_evening(match: re.Match[str], said: Said, _is_deadline: bool) -> date | None:
    """Alone, "до вечора" is today."""
    return said.today if match.string.endswith("до ", 0, match.start()) else None


PART_OF_THE_DAY = ("вечора", "обіду")
_BEFORE_SPELT = ("до ", "пізніше ")
_AFTER_SPELT = re.compile(r"\s{0,2}(?:числа\b|[.,;:!?)\n]|\Z|(?:включно|і|й|та|а|бо|щоб|або|чи|якщо)\b)")


def _weekday(match: re.Match[str], said: Said, is_deadline: bool) -> date | None:
    word = match["weekday"]
    if len(word) < 6 and word.isascii() and said.text[match.start("weekday")].islower():
        # "sat" and "sun" are words of their own.
        return None
    if match["nth"]:
        return day_of_month(int(match["nth"]), said.today)
    which = "next" if match["next"] or match["week"] else "this" if match["this"] or is_deadline else ""
    return weekday_ahead(WEEKDAYS[word], said.today, which=which)


def _span(match: re.Match[str], said: Said, _is_deadline: bool) -> date | None:
    word = match["count"] or match["tally"] or "1"
    count = int(word) if word.isdigit() else NUMBERS[word]
    unit = UNITS[match["unit"]]
    if count > _LONGEST_SPAN:
        return None
    if unit == "day":
        return add_working_days(said.today, count) if match["working"] else said.today + timedelta(days=count)
    if unit == "month":
        return add_months(said.today, count)
    return said.today + (timedelta(weeks=count) if unit == "week" else timedelta(days=-(-count // 24)))


def _period_end(match: re.Match[str], said: Said, _is_deadline: bool) -> date | None:
    return end_of(PERIODS[match["period"]], said.today, following=bool(match["next"]))


def _month_end(match: re.Match[str], said: Said, _is_deadline: bool) -> date | None:
    month = MONTHS[match["month"]]
    year = int(match["year"]) if match["year"] else said.today.year + (month < said.today.month)
    return last_day(date(year, month, 1))


def _next_day_of_month(match: re.Match[str], said: Said, _is_deadline: bool) -> date | None:
    return day_of_month(int(match["day"] or match["tag"]), said.today)


_MONTH = rf"(?P<month>{any_of(MONTHS)})\b\.?"
_YEAR = r"(?:,?\s{1,3}(?P<year>(?:19|20)\d\d)(?!\d)(?:\s?(?:р\.|року|р\b))?)?"
_WHICH = (
    r"(?:(?:(?P<next>next|наступно(?:го|ї|му)|наступн(?:ий|у|а)|following)|"
    r"(?P<this>this|coming|ц(?:ього|ієї|ю|ей|ій)|найближч(?:ого|ої|у|ий)))\s{1,3})?"
)
_NOT_PAST = r"(?<!last )(?<!past )(?<!минулого )(?<!минулої )(?<!минулу )(?<!every )(?<!each )(?<!щочас )"
_COUNT = (
    rf"(?P<count>\d{{1,3}}|{any_of(NUMBERS)})(?:\s?\(\w{{1,15}}\))?(?:\s?(?:-|–|to)\s?\d{{1,3}})?"
    r"(?:-х|-ти|-и)?[\s-]{1,3}"
)
_WORKING = (
    r"(?P<working>(?:working|business|робоч(?:их|і|ого)|банківських)\s{1,3})?(?:(?:calendar|календарн(?:их|і))\s)?"
)
# A span that starts at another event than the writing says nothing about a day.
_FROM_ELSEWHERE = (
    r"(?!\s(?:of (?:delivery|purchase|order|your (?:purchase|order))|after|before|from(?! (?:today|now))|ago|"
    r"до|після|(?:з|від) (?:моменту|дати|дня)(?! (?:(?:отримання|одержання|виставлення) )?(?:ц|лист|рахун|повідом|"
    r"вимог))|тому))"
)


def _form(pattern: str, resolve: Resolve) -> Form:
    return Form(re.compile(pattern), resolve)


DIGIT_FORMS: tuple[Form, ...] = (
    _form(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])", _iso),
    _form(
        r"(?P<first>\d{1,2})(?P<separator>[./-])(?P<second>\d{1,2})(?P=separator)"
        r"(?P<year>(?:19|20)\d\d|\d\d)(?![\d/-]|\.\d)",
        _numeric,
    ),
    _form(
        r"(?P<day>\d\d?)\.(?P<month>0[1-9]|1[0-2])"
        r"(?![\d%]|[.,]\d|\s{0,3}(?:грн|гр|uah|usd|eur|₴|\$|€|%|год|кг|км|м\b))",
        _day_and_month,
    ),
    _form(
        r"(?P<day>\d{1,2})(?:-?(?:го|е|st|nd|rd|th))?(?:\s?[-–]\s?\d{1,2})?(?:\s{1,3}of)?[\s-]{1,3}"
        rf"{_MONTH}(?:-(?P<close>(?:19|20)\d\d)\b)?{_YEAR}",
        _named_month,
    ),
)
"""Ways that begin with a digit."""

_MONTH_FIRST = _form(
    rf"{_MONTH}(?P<close>)\s{{1,3}}(?:the\s)?(?P<day>\d{{1,2}})(?!\d|[:.]\d)(?:st|nd|rd|th)?"
    rf"(?:\s?[-–]\s?\d{{1,2}}\b)?{_YEAR}",
    _named_month,
)
_RELATIVE = _form(rf"(?P<word>{any_of(DAYS_AHEAD)})\b", _relative)
_WEEKDAY = _form(
    rf"{_NOT_PAST}{_WHICH}(?P<weekday>{any_of(WEEKDAYS)})\b(?:,?\s(?:the\s)?(?P<nth>\d{{1,2}})(?:st|nd|rd|th|-го|"
    rf"-е)\b(?!\s(?:of\s)?(?:{any_of(MONTHS)})))?"
    r"(?P<week>\s(?:(?:на\s)?наступно(?:го|му) тиж(?:ня|ні)|next week)\b)?",
    _weekday,
)
_SPAN = _form(
    rf"(?:(?:within|in|за)\s{{1,3}}(?:(?:the next\s)?{_COUNT}|the next\s)|"
    r"(?:протягом|впродовж|упродовж|через)\s{1,3}(?:(?:наступних|найближчих)\s)?"
    rf"(?:{_COUNT.replace('?P<count>', '?P<tally>')})?)"
    rf"{_WORKING}(?P<unit>{any_of(UNITS)})\b{_FROM_ELSEWHERE}",
    _span,
)
_PERIOD_END = _form(
    r"(?:end of|close of|кін(?:ця|ець))\s{1,3}(?:the\s)?(?:(?P<next>next|наступного)\s)?"
    rf"(?:this\s|цього\s(?!дня)|поточного\s)?(?P<period>{any_of(PERIODS)})\b",
    _period_end,
)
_MONTH_END = _form(rf"(?:end of|кінця)\s{{1,3}}{_MONTH}{_YEAR}", _month_end)
_NEXT_DAY_OF_MONTH = _form(
    r"(?:(?:by|before|on|due|until|till|than) the (?P<day>\d{1,2})(?:st|nd|rd|th)|"
    r"(?:до|пізніше)\s(?P<tag>\d{1,2})(?:-го(?:\sчисла)?|\sчисла))\b"
    rf"(?!\s(?:of\s)?(?:{any_of(MONTHS)})\b|\s(?:року|століття|поверху|floor|century|anniversary|birthday|time)\b)",
    _next_day_of_month,
)
BEFORE_A_NUMBER = frozenset({"by", "before", "on", "due", "until", "till", "than", "до", "пізніше"})
"""Words that name a day only together with its number: "by the 15th", "до 15-го"."""
_OF_THE_DAY = _form(rf"(?P<word>{any_of(OF_THE_DAY)})\s(?:дня|ранку|обіду|вечора)\b", _of_the_day)
_SPELT_DAY = _form(rf"(?P<day>{any_of(ORDINALS)})\b(?:\s{_MONTH})?", _spelt_day)
_BY_EVENING = _form(rf"(?:{'|'.join(PART_OF_THE_DAY)})\b", _by_evening)
_WHICH_WORDS = (
    "next following this coming наступного наступної наступному наступний наступну наступна цього цієї цю цей цій "
    "найближчого найближчої найближчу найближчий"
)
_OPENINGS = (
    (_MONTH_FIRST, MONTHS),
    (_RELATIVE, [words.split(" ")[0] for words in DAYS_AHEAD]),
    (_WEEKDAY, [*WEEKDAYS, *_WHICH_WORDS.split(" ")]),
    (_SPAN, ["within", "in", "за", "протягом", "впродовж", "упродовж", "через"]),
    (_PERIOD_END, ["end", "close", "кінця", "кінець"]),
    (_MONTH_END, ["end", "кінця"]),
    (_NEXT_DAY_OF_MONTH, [*BEFORE_A_NUMBER]),
    (_OF_THE_DAY, [*OF_THE_DAY]),
    (_SPELT_DAY, sorted({words.split(" ")[0] for words in ORDINALS})),
    (_BY_EVENING, [*PART_OF_THE_DAY]),
)
WORD_FORMS: dict[str, tuple[Form, ...]] = {
    word: tuple(form for form, openings in _OPENINGS if word in openings) for _, words in _OPENINGS for word in words
}
"""Ways that begin with a word, by that word."""
