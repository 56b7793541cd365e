"""Stretches of days of the calendar, reckoned back from the day a request is made."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from auramail.reading.date_arithmetic import add_months, day_of
from auramail.reading.searching.operators import FIRST_YEAR

DAY: Final = timedelta(days=1)


class Period(NamedTuple):
    """Days from `start` up to, but not with, `end`; not `sure` if the words could mean others."""

    start: date
    end: date
    sure: bool = True


def whole(unit: str, first: date, count: int = 1) -> Period:
    """The calendar day, week, month or year in which a day lies; `count` of them from there on."""
    match unit:
        case "day":
            return Period(first, first + timedelta(days=count))
        case "week":
            monday = first - timedelta(days=first.weekday())
            return Period(monday, monday + timedelta(weeks=count))
        case "month" | "half":
            month = first.replace(day=1)
            return Period(month, add_months(month, count))
        case "quarter":
            quarter = first.replace(month=(first.month - 1) // 3 * 3 + 1, day=1)
            return Period(quarter, add_months(quarter, 3 * count))
        case _:
            return Period(date(first.year, 1, 1), date(first.year + count, 1, 1))


def back(today: date, unit: str, count: int) -> date | None:
    """The day so many units before; None before mail was."""
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(unit)
    if count > 40_000 // (30 * months if months else 1):
        return None
    if months:
        found = add_months(today, -months * count)
    else:
        found = today - timedelta(days=count * (7 if unit in {"week", "weekend"} else 1))
    return found if found.year >= FIRST_YEAR else None


def latest(month: int, day: int, today: date) -> date | None:
    """The last such day that is not to come: 29 February may be three years ago."""
    years = range(today.year, today.year - 8, -1)
    days = (day_of(year, month, day) for year in years)
    return next((one for one in days if one and one <= today), None)


def weekend(today: date, *, this: bool) -> Period:
    """The latest weekend that has begun; the last one is one that is over."""
    saturday = today - timedelta(days=(today.weekday() - 5) % 7)
    if not this and today.weekday() >= 5:
        saturday -= timedelta(weeks=1)
    return Period(saturday, saturday + 2 * DAY)
