"""Spans of days back from today, "за останні три дні", and what is older than one."""

import re
from datetime import date
from typing import Final, NamedTuple

from auramail.reading.searching.patterns import COUNT, HALVES, count_of, one_of
from auramail.reading.searching.periods import UNIT_OF
from auramail.reading.searching.stretches import back
from auramail.reading.searching.vocabulary import DATES, UNITS, WORDS


class When(NamedTuple):
    """Bounds of days, the end exclusive, and where their words end in the line."""

    end: int
    after: date | None
    before: date | None
    sure: bool = True

    @property
    def operator(self) -> str:
        bounds = (("after", self.after), ("before", self.before))
        return " ".join(f"{name}:{day:%Y/%m/%d}" for name, day in bounds if day)


_UNIT: Final = one_of(UNIT_OF, "unit")
_LAST: Final = one_of(DATES["last"])
_OVER: Final = one_of(DATES["over"])
_THAN: Final = one_of(DATES["than"])
_ROLLING: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_OVER})?{_LAST}{COUNT}{_UNIT}",
        rf"(?:{_OVER})?{COUNT}{_LAST}{_UNIT}",
        rf"(?:{_OVER})?(?P<count>(?!))?{one_of(WORDS['days.rolling_single'])}{_UNIT}",
        rf"(?:(?:in|over|during|within|for) (?:the )?|from the )(?P<count>(?!))?(?:last|past) {_UNIT}",
        rf"(?P<count>(?!))?the (?:last|past) {_UNIT}",
        rf"(?:{_OVER})?{_LAST}(?P<count>(?!))?{one_of(UNITS['half'], 'unit')}",
        rf"(?:за|протягом|упродовж|впродовж) (?:ці )?{COUNT}?{_UNIT}(?!тому |до |перед )",
        rf"within (?:the )?(?:last )?{COUNT}?{_UNIT}",
        rf"{one_of(DATES['newer'])}{_THAN}{COUNT}?{_UNIT}(?:ago )?",
        rf"{one_of(WORDS['days.not_older'])}{_THAN}{COUNT}?{_UNIT}",
        rf"{one_of('менше_ніж менш_ніж менше less_than')}{COUNT}?{_UNIT}{one_of(DATES['ago'])}",
        rf"{COUNT}?{_UNIT}{one_of('новіші or_newer')}",
        rf"{one_of('less_than under')}{COUNT}?{_UNIT}old ",
    )
)
_OLDER: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{one_of(DATES['older'])}(?:{_THAN})?{COUNT}?{_UNIT}(?:ago |old )?",
        rf"{one_of('не_новіші not_newer no_newer')}{_THAN}{COUNT}?{_UNIT}",
        rf"{one_of(WORDS['days.more_than'])}{COUNT}?{_UNIT}{one_of('тому ago old назад')}",
        rf"{COUNT}{_UNIT}{one_of('or_older or_more_old')}",
    )
)

_ONE_AND_A_HALF: Final = {"year": ("month", 18), "month": ("day", 45), "week": ("day", 10)}


def _length(match: re.Match[str], today: date) -> tuple[date | None, bool]:
    """The day that lies so far back; hours are rounded to whole days, and then it is a guess."""
    unit = UNIT_OF[match["unit"]]
    if match["count"] in HALVES:
        unit, count, sure = *_ONE_AND_A_HALF.get(unit, (unit, 2)), unit in _ONE_AND_A_HALF
        return back(today, unit, count), sure
    count, sure = count_of(match)
    if unit == "hour":
        return back(today, "day", -(-count // 24)) if count >= 24 else today, sure and count % 24 == 0
    return back(today, unit, count), sure


def rolling(line: str, start: int, today: date) -> When | None:
    best = max((found for form in _ROLLING if (found := form.match(line, start))), key=re.Match.end, default=None)
    if best is None:
        return None
    day, sure = _length(best, today)
    if day is None or _is_named(best["unit"], best["count"] or ""):
        return None
    return When(best.end(), day, None, sure)


def _is_named(unit: str, count: str) -> bool:
    """Whether a number names one: "за третій квартал" is one of four, "за 25 рік" is 2025, "за вихідні" the last."""
    if unit in {"вихідні", "weekend"}:
        return not count
    nth = unit in {"квартал", "кварталі", "quarter", "півріччя"} and count != ""
    return nth or (unit == "рік" and count.isdecimal() and int(count) > 1)


def older(line: str, start: int, today: date) -> When | None:
    for form in _OLDER:
        match = form.match(line, start)
        if match:
            day, sure = _length(match, today)
            return When(match.end(), None, day, sure) if day else None
    return None
