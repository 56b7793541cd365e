"""Stretches of days that a request names, looking back: mail lies in the past."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple

from auramail.reading.calendar_words import MONTHS, WEEKDAYS
from auramail.reading.date_arithmetic import add_months, day_of
from auramail.reading.searching.operators import FIRST_YEAR, LAST_YEAR
from auramail.reading.searching.patterns import COUNT, YEAR, count_of, one_of, spoken
from auramail.reading.searching.stretches import DAY, Period, back, latest, weekend, whole
from auramail.reading.searching.vocabulary import DATES, SEASONS, UNITS, WORDS


class Named(NamedTuple):
    """A period and where its words end in the line of keys."""

    end: int
    period: Period


_Resolve = Callable[[re.Match[str], date], Period | None]
MONTH_WORDS: Final = spoken(MONTHS) | spoken(
    {"січнем": 1, "лютим": 2, "березнем": 3, "квітнем": 4, "травнем": 5, "червнем": 6, "липнем": 7, "серпнем": 8,
     "вереснем": 9, "жовтнем": 10, "листопадом": 11, "груднем": 12}
)  # fmt: skip
_NAMES_TOO: Final = frozenset({"may", "march", "april", "june", "august", "jan", "mar", "apr", "jun", "aug", "бер"})
"""English months that are words or names of people too: alone they say nothing."""
_BARE_MONTHS: Final = [
    word for word in MONTH_WORDS if word not in _NAMES_TOO and (len(word) > 4 or word in {"july", "sept"})
]
_WEEKDAYS: Final = {word: day for word, day in spoken(WEEKDAYS).items() if len(word) > 3}
WEEKDAY_WORDS: Final = _WEEKDAYS | {f"{word}s": day for word, day in _WEEKDAYS.items() if word.endswith("day")}
UNIT_OF: Final = {word.replace("_", " "): unit for unit, words in UNITS.items() for word in words.split()}
_SEASON_OF: Final = {word: month for words, month in SEASONS.items() for word in words.split()}
_PAST: Final = one_of(DATES["past"], "past")
_THIS: Final = one_of(DATES["this"], "this")
_UNIT: Final = one_of(UNIT_OF, "unit")
_NTH: Final = r"(?:го |ого |е |st |nd |rd |th )?"
_OF_YEAR: Final = rf"(?:(?:, |of )?{YEAR}(?:року |рік |році |р |рр )?)?"


def _one_day(day: date | None, *, sure: bool = True) -> Period | None:
    return Period(day, day + DAY, sure) if day and FIRST_YEAR <= day.year < LAST_YEAR else None


def _relative(match: re.Match[str], today: date) -> Period | None:
    days = {"today": 0, "yesterday": 1, "before": 2, "tomorrow": -1}
    name = next(name for name in days if match[name])
    return _one_day(today - days[name] * DAY, sure=name != "tomorrow")


def _in_digits(match: re.Match[str], _today: date) -> Period | None:
    """2026-03-15, 15.03.2026; with slashes the day comes first, as in Europe, and that is a guess if it can be both."""
    numbers = [int(part) for part in re.split(r"[./-]", match["date"])]
    if re.fullmatch(r"(?:19[89]|20\d)\d-(?:0[1-9]|1[0-2])", match["date"]):
        return whole("month", date(numbers[0], numbers[1], 1))
    if len(numbers) < 3:
        return _one_day(latest(numbers[1], numbers[0], _today)) if 0 < numbers[1] < 13 else None
    if numbers[0] > 31:
        return _one_day(day_of(*numbers))
    first, second, year = numbers
    year += 2000 if year < 100 else 0
    if second > 12:
        return _one_day(day_of(year, first, second))
    sure = "/" not in match["date"] or first > 12 or first == second
    return _one_day(day_of(year, second, first), sure=sure)


def _day_of_month(match: re.Match[str], today: date) -> Period | None:
    month, day = MONTH_WORDS[match["month"]], int(match["day"])
    if match["year"]:
        return _one_day(day_of(int(match["year"]), month, day))
    if match["this"]:
        return _one_day(day_of(today.year, month, day))
    return _one_day(latest(month, day, today))


def _day_alone(match: re.Match[str], today: date) -> Period | None:
    """The last 15th, wherever it was: short months have no 31st."""
    days = (
        day_of(month.year, month.month, int(match["day"]))
        for month in (add_months(today.replace(day=1), -step) for step in range(3))
    )
    return _one_day(next((one for one in days if one and one <= today), None))


def _month(match: re.Match[str], today: date) -> Period | None:
    month = MONTH_WORDS[match["month"]]
    if match["year"]:
        return whole("month", date(int(match["year"]), month, 1))
    if match["this"]:
        return whole("month", today.replace(month=month, day=1))
    until = today.replace(day=1) - DAY if match["past"] else today
    first = latest(month, 1, until)
    return whole("month", first) if first else None


def _month_of(match: re.Match[str], today: date) -> Period | None:
    """In May of last year, торік восени."""
    year = today.year - (2 if match["two"] else 1 if match["past"] else 0)
    if match["season"]:
        first = date(year, _SEASON_OF[match["season"]], 1)
        return Period(first, add_months(first, 3))
    month = MONTH_WORDS[match["month"]]
    return _one_day(day_of(year, month, int(match["day"]))) if match["day"] else whole("month", date(year, month, 1))


def _year(match: re.Match[str], _today: date) -> Period | None:
    return whole("year", date(int(match["year"] or 2000 + int(match["short"])), 1, 1))


def _unit(match: re.Match[str], today: date) -> Period | None:
    """A week, month or year of the calendar, this or the last, month, year: those of the calendar."""
    unit = UNIT_OF[match["unit"]]
    steps = 0 if match["this"] else 2 if match["two"] or match["twice"] else 1
    if unit == "hour":
        return None
    if unit == "weekend":
        return weekend(today, this=not steps)
    first = back(whole(unit, today).start, unit, steps)
    return whole(unit, first) if first else None


def _bare_weekend(_match: re.Match[str], today: date) -> Period | None:
    return weekend(today, this=True)


def _short_year(match: re.Match[str], today: date) -> Period | None:
    return whole("year", today.replace(year=today.year - (2 if match["two"] else 1), day=1))


def _this_year(_match: re.Match[str], today: date) -> Period | None:
    return whole("year", today)


def _new_year(_match: re.Match[str], today: date) -> Period | None:
    return _one_day(date(today.year, 1, 1))


def _weekday(match: re.Match[str], today: date) -> Period | None:
    day = WEEKDAY_WORDS[match["weekday"]]
    if match["this"]:
        return _one_day(today + timedelta(days=day - today.weekday()))
    steps = (today.weekday() - day) % 7
    if match["past"]:
        return _one_day(today - timedelta(days=steps or 7))
    return _one_day(today - timedelta(days=steps), sure=steps > 0)


def _weekday_of_week(match: re.Match[str], today: date) -> Period | None:
    """On Friday last week."""
    monday = whole("week", today).start - timedelta(weeks=1 if match["past"] else 0)
    return _one_day(monday + timedelta(days=WEEKDAY_WORDS[match["weekday"]]))


def _week_of_day(match: re.Match[str], today: date) -> Period | None:
    month, day = MONTH_WORDS[match["month"]], int(match["day"])
    first = day_of(int(match["year"]), month, day) if match["year"] else latest(month, day, today)
    return whole("week", first) if first else None


def _ago(match: re.Match[str], today: date) -> Period | None:
    """So many days ago is a day; so many weeks, months or years ago is a whole one, and a guess."""
    unit = UNIT_OF[match["unit"]]
    count, sure = count_of(match)
    if unit == "hour":
        return _one_day(back(today, "day", count // 24), sure=False)
    first = back(today, unit, count)
    if first is None:
        return None
    return whole(unit, first)._replace(sure=sure and unit == "day")


def _season(match: re.Match[str], today: date) -> Period | None:
    month = _SEASON_OF[match["season"]]
    first = date(int(match["year"]), month, 1) if match["year"] else latest(month, 1, today)
    if first and match["past"] and add_months(first, 3) > today:
        first = add_months(first, -12)
    return Period(first, add_months(first, 3)) if first else None


def _quarter(match: re.Match[str], today: date) -> Period | None:
    month = int(match["nth"]) * 3 - 2
    first = date(int(match["year"]), month, 1) if match["year"] else latest(month, 1, today)
    return whole("quarter", first) if first else None


def _half(match: re.Match[str], today: date) -> Period | None:
    month = int(match["nth"]) * 6 - 5
    first = date(int(match["year"]), month, 1) if match["year"] else latest(month, 1, today)
    return Period(first, add_months(first, 6)) if first else None


def _form(pattern: str, resolve: _Resolve) -> tuple[re.Pattern[str], _Resolve]:
    return re.compile(pattern), resolve


_TODAY: Final = (
    one_of(WORDS["days.today"], "today")
    + "|"
    + one_of(WORDS["days.yesterday"], "yesterday")
    + "|"
    + one_of(WORDS["days.before_yesterday"], "before")
    + "|"
    + one_of("завтра завтрашні tomorrow", "tomorrow")
)
_MONTH_SLOT: Final = one_of(MONTH_WORDS, "month")
_THAT_YEAR: Final = (
    "(?:of |in )?(?:(?P<past>минулого року |торік |last year )|(?P<two>позаминулого року |позаторік )|"
    "(?P<this>цього року |this year ))(?:in |у |в )?"
)
_PART_OF_YEAR: Final = rf"(?:(?:(?P<day>\d{{1,2}}) {_NTH}(?:of )?)?{_MONTH_SLOT}|{one_of(_SEASON_OF, 'season')})(?:, )?"
_FORMS: Final = (
    _form(_PART_OF_YEAR + _THAT_YEAR, _month_of),
    _form(_THAT_YEAR + _PART_OF_YEAR, _month_of),
    _form(f"(?:{_TODAY})(?:день |дня |day )?", _relative),
    _form(r"(?P<date>\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?) (?:року |р )?", _in_digits),
    _form(rf"(?:the )?(?P<day>\d{{1,2}}) {_NTH}(?:of )?(?:{_THIS})?{_MONTH_SLOT}{_OF_YEAR}", _day_of_month),
    _form(rf"(?P<this>(?!))?{_MONTH_SLOT}(?:the )?(?P<day>\d{{1,2}}) {_NTH}{_OF_YEAR}", _day_of_month),
    _form(
        r"(?:the )?(?P<day>\d{1,2}) (?:(?:го )?числ[ао] |(?:st|nd|rd|th) )(?:цього місяця |of this month )?",
        _day_alone,
    ),
    _form(
        rf"(?P<past>(?!))?(?P<this>(?!))?{_MONTH_SLOT}(?:місяць |місяці )?(?:, |of )?{YEAR}(?:року |рік |році |р )?",
        _month,
    ),
    _form(rf"(?P<year>(?!))?(?:{_PAST}|{_THIS}){_MONTH_SLOT}", _month),
    _form(rf"(?P<year>(?!))?(?P<past>(?!))?(?P<this>(?!))?{one_of(_BARE_MONTHS, 'month')}(?:місяць |місяці )?", _month),
    _form(r"(?P<year>(?!))?(?P<short>[0-4]\d) (?:року |рік |році )", _year),
    _form(rf"(?P<short>(?!))?(?:року |рік |році |year )?{YEAR}(?:року |рік |році |роки |р |рр |year )?", _year),
    _form(rf"(?:{_THIS}|{_PAST}|{one_of(WORDS['days.past_twice'], 'two')}){_UNIT}(?P<twice>before last )?", _unit),
    _form(rf"(?P<this>(?!))?(?P<two>(?!))?(?:the )?{_UNIT}(?P<twice>before last )", _unit),
    _form(r"(?P<this>(?!))?(?P<two>(?!))?(?P<twice>(?!))?тому (?P<unit>тижні|місяці|році) ", _unit),
    _form("(?:the |ці |цих )?" + one_of(UNITS["weekend"]), _bare_weekend),
    _form(one_of(WORDS["days.this_year"]), _this_year),
    _form(r"(?:the )?(?:нового року|новий рік|new year|new years) (?:day )?", _new_year),
    _form(f"(?:{one_of(WORDS['days.last_year'])}|{one_of('позаторік', 'two')})", _short_year),
    _form(rf"(?:{_PAST}|{_THIS})?{one_of(WEEKDAY_WORDS, 'weekday')}", _weekday),
    _form(rf"{one_of(WEEKDAY_WORDS, 'weekday')}(?:of )?(?:{_PAST}|{_THIS}){one_of(UNITS['week'])}", _weekday_of_week),
    _form(
        rf"(?:{_PAST}|{_THIS}){one_of(UNITS['week'])}(?:в |у |on )?{one_of(WEEKDAY_WORDS, 'weekday')}",
        _weekday_of_week,
    ),
    _form(rf"(?:the )?week of (?:the )?{_MONTH_SLOT}(?:the )?(?P<day>\d{{1,2}}) {_NTH}{_OF_YEAR}", _week_of_day),
    _form(rf"{COUNT}?{_UNIT}{one_of(DATES['ago'])}", _ago),
    _form(rf"(?:{_PAST}|{_THIS})?{one_of(_SEASON_OF, 'season')}{_OF_YEAR}", _season),
    _form(rf"(?:the )?(?P<nth>[12]) (?:півріччя |half ){_OF_YEAR}", _half),
    _form(rf"(?P<nth>[1-4]) (?:st |nd |rd |th |го |й |му )?{one_of(UNITS['quarter'])}{_OF_YEAR}", _quarter),
)  # fmt: skip

_GUIDED: Final = (
    _form(rf"q(?P<nth>[1-4]) {_OF_YEAR}", _quarter),
    _form(rf"(?P<year>(?!))?(?P<past>(?!))?(?P<this>(?!))?{_MONTH_SLOT}", _month),
)


def period_at(line: str, start: int, today: date, *, guided: bool = True) -> Named | None:
    """The longest period that is named there; `guided` by a word such as "in", which lets "may" be a month."""
    best: Named | None = None
    for pattern, resolve in (*_FORMS, *_GUIDED) if guided else _FORMS:
        match = pattern.match(line, start)
        if match and (best is None or match.end() > best.end):
            period = resolve(match, today)
            if period:
                best = Named(match.end(), period)
    return best


def month_at(line: str, start: int) -> bool:
    """Whether a word there is a month that could be a person: "from april"."""
    return line[start:].partition(" ")[0] in _NAMES_TOO
