"""Times of day beside a day: "о 15:00", "at 3 pm", "2–3:30 pm", "з 10 до 12"."""

import re
from datetime import time
from typing import NamedTuple

_HOUR = r"(?:[01]?\d|2[0-3])"
_HALF = r"(?:[ap]\.?m\b\.?|ранку|вечора|дня|ночі|год(?:ин\w?)?\b\.?|o'clock)"
_CLOCK = (
    rf"(?P<hour>{_HOUR})(?:(?::|\.(?=\d\d(?!\.?\d)))(?P<minute>[0-5]\d)(?::[0-5]\d)?)?"
    rf"(?:-?(?:й|ї|ій|го))?\s?(?P<half>{_HALF})?"
)
_UNTIL = rf"(?:\s?(?:-|–|—|to|till|until|до|по)\s?{_CLOCK.replace('P<', 'P<until_')})?"
_AFTER = re.compile(
    r"[\s,;|()–—-]{0,5}(?:(?:час|початок|time|starts?|begins?|doors|when|час початку)\s?(?:at\s?)?[:—–-]?\s{0,2})?"
    r"(?P<marker>t(?=\d\d:)|at|by|before|about|around|о|об|@|до|після|з|із|від|from|between|[ву])?\s{0,3}"
    rf"(?:{_CLOCK}{_UNTIL}|(?P<noon>noon|midday|опівдні))(?![\d:/%])(?!\.\d)(?!-\d)"
)
_BEFORE = re.compile(
    r"(?<![\d.:,/-])(?P<marker>at |о |об |з |із |від |from |between )?"
    rf"{_CLOCK}{_UNTIL}(?:\s(?:on|of|this|next))?,?\s{{0,3}}(?:[ву]\s)?(?:the\s)?\Z"
)
_NOON_BEFORE = re.compile(r"\bnoon(?:\s(?:on|of))?,?\s\Z")
_EXACT = frozenset({"at", "@", "о", "об"})
_BY = frozenset({"до", "by", "before"})
_FROM = frozenset({"з", "із", "від", "from", "between"})
_LONGEST_BEFORE = 45
_EARLIEST_BARE = 7
"""A bare "at 3" of people is in the afternoon."""
NOON = 12


class Hours(NamedTuple):
    """When something begins, and ends if that is said; `by` if all there is said is until when."""

    begins: time
    ends: time | None = None
    by: bool = False


def hours_beside(text: str, start: int, end: int) -> Hours | None:
    """The time of day of the day text[start:end]; `text` is in lower case."""
    after = _AFTER.match(text, end)
    if after is not None and _is_clock(after):
        return _hours(after)
    if after is not None and after["noon"]:
        return Hours(time(NOON), by=(after["marker"] or "") in _BY)
    window = text[max(start - _LONGEST_BEFORE, 0) : start]
    if window[-12:].strip() and any(map(str.isdigit, window)):
        before = _BEFORE.search(window)
        if before is not None and _is_clock(before):
            return _hours(before)
    return Hours(time(NOON)) if "noon" in window and _NOON_BEFORE.search(window) else None


def _is_clock(match: re.Match[str]) -> bool:
    marker = (match["marker"] or "").strip()
    if not match["hour"]:
        return False
    if match["minute"] or match["half"] or match["until_minute"] or match["until_half"] or marker in _EXACT:
        return True
    return marker in _FROM and match["until_hour"] is not None


def _hours(match: re.Match[str]) -> Hours | None:
    half, until_half = match["half"] or "", match["until_half"] or ""
    ends = _time(match["until_hour"], match["until_minute"], until_half)
    begins = _time(match["hour"], match["minute"], half or _shared(match, until_half))
    if begins is None:
        return None
    if ends is not None and not until_half and ends < begins and ends.hour < NOON:
        ends = ends.replace(hour=ends.hour + NOON)
    return Hours(begins, ends if ends is not None and ends > begins else None, (match["marker"] or "").strip() in _BY)


def _shared(match: re.Match[str], until_half: str) -> str:
    """In "2–3:30 pm" both are in the afternoon, in "11–1 pm" only the end is."""
    if not until_half or not match["until_hour"] or int(match["hour"]) >= NOON:
        return ""
    return until_half if int(match["hour"]) <= int(match["until_hour"]) % NOON else "am"


def _time(hour: str | None, minute: str | None, half: str) -> time | None:
    if not hour:
        return None
    count = int(hour)
    if half.startswith(("a", "p")) and not half.startswith("по"):
        if not 1 <= count <= NOON:
            return None
        count = count % NOON + (NOON if half.startswith("p") else 0)
    elif (half in {"вечора", "дня"} and count < NOON) or (not half and not minute and 1 <= count < _EARLIEST_BARE):
        count += NOON
    return time(count, int(minute or 0))
