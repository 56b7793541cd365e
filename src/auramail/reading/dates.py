"""Dates in Ukrainian and English text, absolute and relative to the day the message was written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from auramail.reading.date_forms import DIGIT_FORMS, WORD_FORMS, Said
from auramail.reading.zones import zone_of

LONGEST_TEXT = 20_000
MOST_DATES = 50

_YEARS = range(1990, 2100)
_OPENING = re.compile(r"[0-9]+|[^\W\d_]+(?:'[^\W\d_]+)?")
_NOT_BEFORE_DIGITS = frozenset(".,:/-")
_CYRILLIC = re.compile("[а-яіїєґ]")
_APOSTROPHES = str.maketrans("’ʼ`‘\u00a0\u202f", "''''  ")
_DEADLINE = re.compile(
    r"(?:\b(?:до|не пізніше(?: ніж)?|термін(?:ом)?|строк(?:ом)?|дедлайн|by|before|due|deadline|(?:no|not) later than|"
    r"have until)\b"
    r"(?:\s{0,2}(?:сплати|оплати|подання|подачі|виконання|відповіді|здачі|завершення|date|day|on|by|is|the|"
    r"close of business|cob|eod|end of (?:the )?(?:day|business)(?: on)?|кінця (?:робочого )?дня|\d{1,2}[:.]\d\d|"
    r"\d{1,2}\s?[ap]m|noon|midnight|[вуо]|є|це|ранку|вечора|[,—–:-])){0,5}\s{0,3}|"
    r"\b(?:термін|строк|останній день|last day|due|deadline)\b[^.!?\n:]{0,40}:\s{0,3})\Z",
)
_NOT_DEADLINE = re.compile(
    r"(?:\b(?:з|із|from|від|between)\s[\d.:]{1,10}(?:\s\w{3,10})?\s(?:до|to|till|until|по)\s{0,2}|"
    r"\b(?:сплачено|оплачено|триває|paid|open)\b[^.!?\n]{0,25})\Z",
)
_SELF_DEADLINE = re.compile(r"(?:eod|cob|close of business)\Z")
_OFFER = re.compile(r"\b(?:акці[яії]|знижк\w{1,3}|промокод\w{0,2}|пропозиці[яії]|offer|sale|discount|promo)\b|\d\s?%")
_SPAN_OPENING = re.compile(r"(?:within|протягом|впродовж|упродовж|за)\s")
_OBLIGATION = re.compile(
    r"\b(?:please|must|need|required?|reply|respond|answer|submit|pay|return|complete|confirm|send|let (?:me|us) know|"
    r"сплат\w{0,6}|оплат\w{0,6}|нада(?:йте|ти)|наді(?:шліть|слати)|просимо|прошу|необхідно|потрібно|слід|повинні|"
    r"підтверд\w{0,6}|відпові\w{0,6}|пода(?:йте|ти)|погасити|будь ласка|зверніться|повернути)\b",
)
_DAY_END = re.compile(r"(?:eod|cob|end of (?:the )?(?:business )?day|close of business|кінця (?:робочого )?дня)\Z")
_TIME_AFTER = re.compile(
    r"\s{0,3}[,(t–—-]?\s{0,3}(?P<marker>at|by|before|о|об|@|до|після|з|from|[ву])?\s{0,3}"
    r"(?P<hour>[01]?\d|2[0-3])(?:(?::|\.(?=\d\d(?!\.?\d)))(?P<minute>[0-5]\d))?(?::[0-5]\d)?"
    r"\s?(?P<half>[ap]\.?m\b\.?|год)?(?![\d.:/%-])",
)
_TIME_BEFORE = re.compile(
    r"(?<![\d.:])(?P<marker>)(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\.?)?"
    r"(?:\s(?:on|of))?,?\s{0,3}(?:[ву]\s)?\Z",
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day the text names, with its time of day if it has one; `is_deadline` if something is due by then."""

    date: date
    time: time | None
    words: str
    start: int
    end: int
    is_deadline: bool


def find_dates(text: str, said: datetime, zone: str) -> list[DateMention]:
    """The days a text names, in order. `said` (aware) is when it was written, `zone` the reader's IANA zone.

    A day without a year is the nearest one, and for a deadline one to come; what could be two days is none.
    """
    text = text[:LONGEST_TEXT]
    plain = text.translate(_APOSTROPHES).lower()
    if len(plain) != len(text):
        # A few letters change length in lower case; then places would not agree.
        plain = text
    found: list[DateMention] = []
    for mention in _mentions(plain, text, said, zone):
        if found and mention.start - found[-1].end <= 5 and _DAY_END.match(found[-1].words.lower()):
            # "by EOD Friday", "до кінця дня п'ятниці": the day that follows is meant.
            found.pop()
        found.append(mention)
        if len(found) >= MOST_DATES:
            break
    return found


def _mentions(plain: str, text: str, said: datetime, zone: str) -> Iterator[DateMention]:
    day_first = True if _CYRILLIC.search(plain) else False if zone.startswith("America/") else None
    context = Said(said.astimezone(zone_of(zone) or UTC).date(), day_first, text)
    reached = 0
    for opening in _OPENING.finditer(plain):
        word = opening.group()
        forms = WORD_FORMS.get(word)
        if forms is None:
            if word[0] > "9":
                continue
            forms = DIGIT_FORMS
        start = opening.start()
        if start < reached or (forms is DIGIT_FORMS and plain[start - 1 : start] in _NOT_BEFORE_DIGITS):
            continue
        for form in forms:
            match = form.pattern.match(plain, start)
            if match is None:
                continue
            is_deadline = _is_deadline(plain, match)
            day = form.resolve(match, context, is_deadline)
            if day is not None and day.year in _YEARS:
                reached = match.end()
                yield DateMention(
                    day, _time_of(plain, start, reached), text[start:reached], start, reached, is_deadline
                )
                break


def _is_deadline(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    if _SELF_DEADLINE.match(match.group()):
        return True
    before = text[max(start - 60, 0) : start]
    if _SPAN_OPENING.match(match.group()):
        return _OBLIGATION.search(sentence_around(text, start, end)) is not None
    if match.group().startswith(("by the ", "due the ", "до ", "пізніше ")):
        return True
    if _DEADLINE.search(before) is None or _NOT_DEADLINE.search(before):
        return False
    return _OFFER.search(sentence_around(text, start, end)) is None


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence in which text[start:end] stands, or its nearest 200 characters on each side."""
    opening = max(text.rfind(mark, max(start - 200, 0), start) for mark in ".!?\n")
    closings = [place for mark in ".!?\n" if (place := text.find(mark, end, end + 200)) >= 0]
    return text[max(opening + 1, start - 200, 0) : min(closings, default=end + 200)]


def _time_of(text: str, start: int, end: int) -> time | None:
    after = _TIME_AFTER.match(text, end)
    if after is not None and (after["minute"] or after["half"] or after["marker"] in {"at", "@", "о", "об"}):
        return _clock(after)
    before = _TIME_BEFORE.search(text[max(start - 20, 0) : start])
    if before is not None and (before["minute"] or before["half"]):
        return _clock(before)
    return None


def _clock(match: re.Match[str]) -> time | None:
    hour, half = int(match["hour"]), match["half"] or ""
    if half.startswith(("a", "p")):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, int(match["minute"] or 0))
