"""Days reckoned from the day a message was written."""

import calendar
from datetime import date, timedelta

NEAR_PAST = 14
"""Days by which a deadline without a year may already be past: reminders come late."""
_FRIDAY, _SUNDAY = 4, 6


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def without_year(month: int, day: int, today: date, *, is_deadline: bool) -> date | None:
    """A day that names no year: a deadline is one to come, anything else the nearest."""
    candidates = [day_of(today.year + step, month, day) for step in (-1, 0, 1)]
    known = [one for one in candidates if one is not None]
    if is_deadline:
        known = [one for one in known if one >= today - timedelta(days=NEAR_PAST)]
    return min(known, key=lambda one: abs(one - today), default=None)


def day_of_month(day: int, today: date) -> date | None:
    """The next such day: "до 15-го", "by the 15th"."""
    first = today.replace(day=1)
    for step in range(3):
        month = add_months(first, step)
        found = day_of(month.year, month.month, day)
        if found is not None and found >= today:
            return found
    return None


def weekday_ahead(weekday: int, today: date, *, which: str) -> date:
    """A weekday: `next` is the one of next week, `this` may be today, else it is the first one to come."""
    if which == "next":
        return today + timedelta(days=7 - today.weekday() + weekday)
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead if ahead or which == "this" else 7)


def end_of(period: str, today: date, *, following: bool) -> date:
    """The last day of a period; a week of work ends on Friday, unless it is over already."""
    if period == "week":
        last = _FRIDAY if following or today.weekday() <= _FRIDAY else _SUNDAY
        return today + timedelta(days=last - today.weekday() + (7 if following else 0))
    if period == "month":
        return last_day(add_months(today.replace(day=1), int(following)))
    if period == "quarter":
        first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        return last_day(add_months(first, 5 if following else 2))
    if period == "year":
        return date(today.year + int(following), 12, 31)
    return today + timedelta(days=int(following))


def last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def add_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_working_days(day: date, count: int) -> date:
    weeks, rest = divmod(count, 5)
    day += timedelta(weeks=weeks)
    while rest > 0 or day.weekday() > _FRIDAY:
        day += timedelta(days=1)
        rest -= day.weekday() <= _FRIDAY
    return day
