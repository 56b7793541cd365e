"""How the sample mailbox is written down: plain text files of drafts, with days counted from the day it is opened."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Europe/Kyiv")

_TOKEN = re.compile(r"\[\[([+-]?\d+) ([a-z-]+)\]\]")
_NAMES = """\
січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
понеділок вівторок середа четвер п’ятниця субота неділя
January February March April May June July August September October November December
Monday Tuesday Wednesday Thursday Friday Saturday Sunday"""
_MONTHS_UK, _MONTHS_OF_UK, _DAYS_UK, _MONTHS_EN, _DAYS_EN = (line.split() for line in _NAMES.splitlines())


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a draft's body: `text`, `html`, `calendar` (with its method), `attach` (name and type) or `raw`."""

    kind: str
    details: str
    content: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One sample message before its dates are known. `fields` are its directives in lower case, `headers` go as is."""

    name: str
    days_ago: int
    at: time
    fields: Mapping[str, str]
    headers: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = field(default=())

    @property
    def labels(self) -> frozenset[str]:
        """The label ids of `in:`."""
        return frozenset(self.fields["in"].split())

    def written(self, day: date) -> datetime:
        """When it was written if the sample is opened on `day`."""
        return datetime.combine(day - timedelta(days=self.days_ago), self.at, ZONE)


def read_drafts(text: str) -> Iterator[Draft]:
    """Read drafts: `=== name`, directives, an empty line, and the parts of the body between `--- kind` lines.

    Directives: `when: -12 09:14` (days before the opening, time in Kyiv), `in:` label ids, `from:` and `to:` (the
    person themself if missing), `subject:`, `reply:` the draft it answers, `auth:` and `envelope:` what the receiving
    server found, `list:` a List-Id, `charset:`. A name in capitals is a header that goes as it is.
    """
    for block in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        name, _, rest = block.partition("\n")
        head, _, body = rest.partition("\n\n")
        lines = [line.partition(":")[::2] for line in re.sub(r"\n[ \t]+", " ", head).splitlines()]
        fields = {key: value.strip() for key, value in lines if key.islower()}
        days, _, clock = fields["when"].partition(" ")
        yield Draft(
            name=name.strip(),
            days_ago=-int(days),
            at=time.fromisoformat(clock),
            fields=fields,
            headers=tuple((key, value.strip()) for key, value in lines if not key.islower()),
            parts=tuple(_read_parts(body)),
        )


def _read_parts(body: str) -> Iterator[Part]:
    pieces = re.split(r"^--- (.+)\n", "--- text\n" + body, flags=re.MULTILINE)[1:]
    for heading, content in zip(pieces[::2], pieces[1::2], strict=True):
        kind, _, details = heading.partition(" ")
        if content.strip() or (kind == "attach"):
            yield Part(kind, details.strip(), content.rstrip("\n") + "\n")


def fill_in(text: str, written: datetime) -> str:
    """Replace `[[+5 uk]]` by the day five days after the message, as a person or a program writes it."""
    return _TOKEN.sub(lambda match: _say_day(written.date() + timedelta(days=int(match[1])), match[2]), text)


def _say_day(day: date, form: str) -> str:
    month_uk, month_en = _MONTHS_OF_UK[day.month - 1], _MONTHS_EN[day.month - 1]
    forms = {
        "uk": f"{day.day} {month_uk}",
        "uk-year": f"{day.day} {month_uk} {day.year} року",
        "uk-day": _DAYS_UK[day.weekday()],
        "uk-month": f"{_MONTHS_UK[day.month - 1]} {day.year}",
        "en": f"{day.day} {month_en}",
        "en-year": f"{month_en} {day.day}, {day.year}",
        "en-day": _DAYS_EN[day.weekday()],
        "en-month": f"{month_en} {day.year}",
        "num": f"{day:%d.%m.%Y}",
        "short": f"{day:%d.%m}",
        "iso": day.isoformat(),
        "ics": f"{day:%Y%m%d}",
        "year": str(day.year),
        "date": f"{_DAYS_EN[day.weekday()][:3]}, {day.day:02} {month_en[:3]} {day.year}",
    }
    return forms[form]
