"""When mail came, as a request says it: periods with the words before them that make bounds of them."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from auramail.reading.searching.patterns import one_of
from auramail.reading.searching.periods import MONTH_WORDS, UNIT_OF, WEEKDAY_WORDS, Named, month_at, period_at
from auramail.reading.searching.spans import When, older, rolling
from auramail.reading.searching.stretches import DAY, Period, latest, whole
from auramail.reading.searching.vocabulary import DATES, WORDS

_Reader = Callable[[str, int, date], When | None]
_BETWEEN: Final = re.compile(one_of(DATES["between"]))
_SINCE: Final = re.compile(one_of(DATES["since"]))
_OPEN_END: Final = re.compile(
    r"(?:(?:і|й|та|and) )?(?:до|по|until|till|to|through) (?:сьогодні|зараз|now|today|цього часу) "
)
_JOINT: Final = re.compile(
    f"(?:(?:і|й|та|and|to|to the|{'|'.join(word.replace('_', ' ') for word in DATES['until'].split())}) )"
)
_NOT_EARLIER: Final = re.compile(one_of("не_раніше не_раніше_ніж no_earlier_than not_before"))
_AFTER: Final = re.compile(one_of(DATES["after"]))
_BEFORE: Final = re.compile(
    one_of(
        DATES["before"] + " by older_than старші_за старші_ніж старіші_за старіші_ніж давніші_за давніші_ніж ранiше "
        "earlier_than раніше"
    )
)
_BEGINNING: Final = re.compile(
    one_of(DATES["since"])
    + r"(?:the |самого )?"
    + one_of("початку beginning_of start_of very_beginning_of")
    + r"(?:the )?"
)
_TO_DATE: Final = re.compile("(?:the )?(?P<unit>week|month|quarter|year) to date ")
_ENDING: Final = re.compile(r"(?:до|until|till|through|by|before|to) (?:the )?(?:кінця|end of) (?:the )?")
_UNTIL: Final = re.compile(
    one_of("until till through up_to по аж_до не_пізніше не_пізніше_ніж no_later_than not_later_than")
)
_IN: Final = re.compile(one_of(WORDS["days.in"]))
_DATED: Final = re.compile(one_of("від від_дати датований"))
_OUT_OF_LAST: Final = re.compile(one_of("з із зі") + one_of(DATES["past"]) + one_of(UNIT_OF))
"""Mail "з минулого тижня" is of that week; "з понеділка" is since then."""
_FROM: Final = re.compile("from ")
_ONWARDS: Final = re.compile(one_of("on onwards onward forward till_now until_now"))
_RELATIVE: Final = re.compile(one_of(WORDS["days.relative"]))
_INCLUSIVE: Final = re.compile(one_of("включно inclusive inclusively"))
_BARE_NUMBER: Final = re.compile(r"(?:the )?(?P<day>\d{1,2}) (?:го |ого |st |nd |rd |th |числа )?")
_LISTED: Final = re.compile(one_of(MONTH_WORDS) + r"(?:or|and|або|чи|і|та|й) \Z")
_ALONE_NO_PERIOD: Final = re.compile(r"\d{4} |\d{1,2}[./]\d{1,2} ")


def _between(line: str, start: int, today: date) -> When | None:
    """From one period through another; "1" takes its month from "10 березня"."""
    opening = _BETWEEN.match(line, start) or _SINCE.match(line, start)
    within = None if opening else _IN.match(line, start)
    first_at = opening.end() if opening else within.end() if within else start
    first = period_at(line, first_at, today, guided=first_at > start)
    bare = _BARE_NUMBER.match(line, first_at)
    for end in [first.end if first else None, bare.end() if bare else None]:
        joint = _JOINT.match(line, end) if end is not None else None
        if end is None or joint is None or (opening is None and joint[0].strip() in _NO_RANGE_ALONE):
            continue
        second = period_at(line, joint.end(), today)
        if second is None:
            continue
        begins = first.period if first and end == first.end else _same_month(bare, second, line, joint.end())
        if begins:
            return _range(begins, second, _kinds(line[first_at : second.end].split()))
    return None


_NO_RANGE_ALONE: Final = frozenset({"і", "й", "та", "and", "до", "through", "up to", "через"})
"""Without "from" before them these join, or bound on their own."""


def _same_month(bare: re.Match[str] | None, second: Named, line: str, place: int) -> Period | None:
    words = set(line[place : second.end].split())
    if bare is None or not words & MONTH_WORDS.keys() or second.period.end - second.period.start != DAY:
        return None
    day = int(bare["day"])
    if not 0 < day < second.period.start.day:
        return None
    start = second.period.start.replace(day=day)
    return Period(start, start + DAY)


def _range(first: Period, second: Named, named: set[str]) -> When | None:
    start, end = first.start, second.period.end
    sure = first.sure and second.period.sure
    if start >= end and "month" in named:
        # "З 20 грудня до 10 січня": the year before.
        start = latest(start.month, start.day, end - DAY) or start
    elif start >= end and "weekday" in named:
        # "From Monday to Friday last week": the Monday of that week.
        start -= timedelta(weeks=(start - end).days // 7 + 1)
    if start >= end:
        # "Від сьогодні до вівторка": the other way round.
        start, end, sure = second.period.start, first.end, False
    return When(second.end, start, end, sure)


def _kinds(words: Sequence[str]) -> set[str]:
    """Whether months or days of the week are named."""
    months, days = not MONTH_WORDS.keys().isdisjoint(words), words[0] in WEEKDAY_WORDS
    return {name for name, is_named in (("month", months), ("weekday", days)) if is_named}


def _bounded(line: str, start: int, today: date) -> When | None:
    for pattern, bounds in _BOUNDS:
        opening = pattern.match(line, start)
        named = period_at(line, opening.end(), today) if opening else None
        if named:
            return bounds(line, start, named)
    return None


def _since(line: str, start: int, named: Named) -> When:
    """From a day on; what is "від 15 березня" may just bear that date."""
    opened = _FROM.match(line, start)
    now = _OPEN_END.match(line, named.end)
    if opened and not now:
        return _from(line, opened.end(), named)
    last = _OUT_OF_LAST.match(line, start)
    if last and not now:
        return When(named.end, named.period.start, named.period.end, named.period.sure)
    sure = named.period.sure and not _DATED.match(line, start)
    return When(now.end() if now else named.end, named.period.start, None, sure)


def _from(line: str, place: int, named: Named) -> When:
    """Mail "from last week" or "from 2024" is of that time; "from Monday" may be since then, "from Monday on" is."""
    onwards = _ONWARDS.match(line, named.end)
    period = named.period
    relative = _RELATIVE.match(line, place) is not None
    if onwards:
        return When(onwards.end(), period.start, None, period.sure)
    sure = relative or (period.end - period.start > DAY and not month_at(line, place))
    return When(named.end, period.start, period.end, period.sure and sure)


def _to_end(line: str, start: int, today: date) -> When | None:
    """Until the end of January, of last year."""
    opening = _ENDING.match(line, start)
    named = period_at(line, opening.end(), today) if opening else None
    return When(named.end, None, named.period.end, named.period.sure) if named else None


def _from_beginning(line: str, start: int, today: date) -> When | None:
    """Since the beginning of the year, of March, of this week."""
    to_date = _TO_DATE.match(line, start)
    if to_date:
        return When(to_date.end(), whole(UNIT_OF[to_date["unit"]], today).start, None)
    opening = _BEGINNING.match(line, start)
    if not opening:
        return None
    unit = re.compile(one_of(UNIT_OF, "unit")).match(line, opening.end())
    if unit and UNIT_OF[unit["unit"]] not in {"hour", "weekend"}:
        return When(unit.end(), whole(UNIT_OF[unit["unit"]], today).start, None)
    named = period_at(line, opening.end(), today)
    return When(named.end, named.period.start, None, named.period.sure) if named else None


def _later(line: str, start: int, named: Named) -> When:
    """After a month is after its end; after a day is what Gmail's own after: means, which begins with that day."""
    days = named.period.end - named.period.start
    after = named.period.start if days == DAY or _NOT_EARLIER.match(line, start) else named.period.end
    return When(named.end, after, None, named.period.sure)


def _earlier(line: str, _start: int, named: Named) -> When:
    inclusive = _INCLUSIVE.match(line, named.end)
    if inclusive:
        return When(inclusive.end(), None, named.period.end, named.period.sure)
    return When(named.end, None, named.period.start, named.period.sure)


def _through(_line: str, _start: int, named: Named) -> When:
    return When(named.end, None, named.period.end, named.period.sure)


def _within(line: str, start: int, named: Named) -> When:
    """In a period; what is "for Friday" or "на травень" may have come before."""
    words = line[start : named.end].split()
    ahead = words[0] in {"for", "на"} and words[1].replace("the", "") in {*MONTH_WORDS, *WEEKDAY_WORDS, ""}
    return When(named.end, named.period.start, named.period.end, named.period.sure and not ahead)


_BOUNDS: Final = (
    (_AFTER, _later),
    (_BEFORE, _earlier),
    (_UNTIL, _through),
    (_IN, _within),
    (_SINCE, _since),
    (re.compile(one_of("до")), _earlier),
)


def _alone(line: str, start: int, today: date) -> When | None:
    """A period without a word before it; a number alone is none."""
    named = period_at(line, start, today, guided=_LISTED.search(line, max(start - 30, 0), start) is not None)
    if named is None or _ALONE_NO_PERIOD.fullmatch(line, start, named.end):
        return None
    return _within(line, start, named)


_READERS: Final[tuple[_Reader, ...]] = (_from_beginning, _to_end, _between, rolling, older, _bounded, _alone)


def when_at(line: str, start: int, today: date) -> When | None:
    """The bounds that are named there, those with the most words."""
    best: When | None = None
    for reader in _READERS:
        found = reader(line, start, today)
        if found and (best is None or found.end > best.end):
            best = found
    return best
