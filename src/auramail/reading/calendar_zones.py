"""Time zones a calendar defines itself (RFC 5545, section 3.6.5), and the other ways to name one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo

from auramail.reading.windows_zones import WINDOWS_ZONES
from auramail.reading.zones import zone_of

MOST_OBSERVANCES = 50

_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?\Z")
_FIXED = re.compile(r"(?:\(?(?:UTC|GMT)\s?)?([+-])(\d{1,2}):?(\d\d)?\)?\Z", re.IGNORECASE)
_ONSET = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)\Z")
_WEEKDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)\Z")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Observance:
    """Standard or daylight time: from `onset` on, every year anew if `month` is not 0, clocks are `after` off UTC.

    The yearly day is the `week`-th `weekday` (0: Monday) of the month, from the end if negative; without a week it is
    the day of the onset. `before` is what clocks showed until then.
    """

    onset: datetime
    before: timedelta
    after: timedelta
    month: int = 0
    week: int = 0
    weekday: int = 0

    def latest(self, moment: datetime) -> datetime | None:
        """The last onset not after a local time; None if there was none yet."""
        onsets = [self.onset] if self.month == 0 else [self._in(moment.year), self._in(moment.year - 1)]
        return max((onset for onset in onsets if self.onset <= onset <= moment), default=None)

    def _in(self, year: int) -> datetime:
        first = date(year, self.month, 1)
        if self.week == 0:
            day = first + timedelta(days=self.onset.day - 1)
        elif self.week > 0:
            day = first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.week - 1))
        else:
            last = date(year + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=1)
            day = last - timedelta(days=(last.weekday() - self.weekday) % 7 + 7 * (-self.week - 1))
        return datetime.combine(day, self.onset.time())


def read_observance(lines: Mapping[str, str]) -> Observance | None:
    """A STANDARD or DAYLIGHT component by the values of its lines; None if it makes no sense."""
    before, after = (_offset(lines.get(name, "")) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
    found = _ONSET.match(lines.get("DTSTART", "").strip())
    if before is None or after is None or found is None:
        return None
    year, month_of_onset, day, hour, minute, second = (int(group) for group in found.groups())
    try:
        # Outlook begins its zones in the year 1601. A local time, as the RFC has it.
        onset = datetime(year, month_of_onset, day, hour, minute, second)  # noqa: DTZ001
    except ValueError:
        return None
    rule = dict(part.partition("=")[::2] for part in lines.get("RRULE", "").upper().split(";"))
    month, weekday = rule.get("BYMONTH", ""), _WEEKDAY.match(rule.get("BYDAY", ""))
    if rule.get("FREQ") != "YEARLY" or not month.isdecimal() or not 1 <= int(month[:3]) <= 12:
        return Observance(onset, before, after)
    week = int(weekday.group(1) or 1) if weekday else 0
    return Observance(onset, before, after, int(month), week, _WEEKDAYS.index(weekday.group(2)) if weekday else 0)


def zone_at(moment: datetime, observances: Sequence[Observance]) -> tzinfo | None:
    """The offset that holds at a local time, as a zone; None if the calendar defines nothing."""
    begun = [(latest, one.after) for one in observances if (latest := one.latest(moment)) is not None]
    if begun:
        return timezone(max(begun)[1])
    return timezone(min(observances, key=lambda one: one.onset).before) if observances else None


def zone_named(name: str) -> tzinfo | None:
    """The zone of an IANA or Windows name, or of a bare offset such as `GMT+0200`."""
    name = name.strip().strip('"')
    zone = zone_of(name) or zone_of(WINDOWS_ZONES.get(name.lower(), ""))
    fixed = _FIXED.match(name) if zone is None else None
    if fixed is None or int(fixed.group(2)) > 14:
        return zone
    minutes = int(fixed.group(2)) * 60 + int(fixed.group(3) or 0)
    return timezone(timedelta(minutes=-minutes if fixed.group(1) == "-" else minutes))


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.match(text.strip())
    if found is None or int(found.group(2)) > 23:
        return None
    length = timedelta(hours=int(found.group(2)), minutes=int(found.group(3)), seconds=int(found.group(4) or 0))
    return (-length if found.group(1) == "-" else length) if length < timedelta(hours=24) else None
