"""Dates in Ukrainian and English text, absolute and relative to the day the message was written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from auramail.reading.calendar_words import ELSEWHERE
from auramail.reading.clock_times import hours_beside
from auramail.reading.date_forms import BEFORE_A_NUMBER, DIGIT_FORMS, PART_OF_THE_DAY, WORD_FORMS, Said
from auramail.reading.zones import zone_of

LONGEST_TEXT = 20_000
MOST_DATES = 50

_YEARS = range(1990, 2100)
_BREAK = re.compile(r"[.!?](?=\s|\Z)(?<!\bтис.)(?<!\bгрн.)|\n")
_NEAR = 5
"""Letters between two names of the same day."""
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:20)?\d\d(?![\d/])")
_AMERICA = timedelta(hours=-10), timedelta(hours=-4)
_OPENING = re.compile(r"[0-9]+|[^\W\d_]+(?:'[^\W\d_]+)?")
_NUMBERED = re.compile(r" the \d| ?\d")
_NOT_BEFORE_DIGITS = frozenset(".,:/-")
_CYRILLIC = re.compile("[а-яіїєґ]")
_APOSTROPHES = str.maketrans("’ʼ`‘\u00a0\u202f", "''''  ")
_DEADLINE = re.compile(
    r"(?:\b(?:до|не пізніше(?: ніж| як)?(?: до)?|термін(?:ом)?|строк(?:ом)?|дедлайн|by|before|due|deadline|(?:no|"
    r"not) later than|"
    r"until|till)\b"
    r"(?:\s{0,2}(?:сплати|оплати|подання|подачі|виконання|відповіді|здачі|завершення|date|day|on|by|is|the|"
    r"close of business|cob|eod|end of (?:the )?(?:day|business)(?: on)?|кінця (?:робочого )?дня|\d{1,2}[:.]\d\d|"
    r"\d{1,2}\s?[ap]m|noon|midnight|[вуо]|є|це|ранку|вечора|обіду|початку|[,—–:-])){0,5}\s{0,3}|"
    r"\b(?:термін|строк|останній день|last day|due|deadline)\b[^.!?\n:]{0,40}[:—–]\s{0,3})\Z",
)
_NOT_DEADLINE = re.compile(
    r"(?:\b(?:з|із|from|від|between)\s[\d.:]{1,10}(?:\s\w{3,10})?\s(?:до|to|till|until|по)\s{0,2}|"
    r"\b(?:сплачено|оплачено|триває|paid|open)\b[^,.!?\n]{0,25})\Z",
)
_PAYS = re.compile(r"\b(?:pay|settle|сплат\w{1,4}|оплат\w{1,4}|погас\w{1,4})\b")
"""To keep a discount by paying is a duty, not an offer."""
_ELSEWHERE = re.compile(r"\b(?:bis|bis zum|do|entro|entro il|avant le|antes del?)\s\Z")
"""Words that are a deadline before a day of other languages."""
_FOREIGN_DAY = re.compile(rf"\d{{1,2}}[./-]\d|(?:{'|'.join(word for words in ELSEWHERE for word in words)})\Z")
_SELF_DEADLINE = re.compile(r"(?:eod|cob|close of business)\Z")
_OFFER = re.compile(
    r"\b(?:акці[яії]|знижк\w{1,3}|промокод\w{0,2}|пропозиці[яії]|offer (?:is )?(?:valid|ends|expires|good)|sale|"
    r"discount|promo)\b|\d\s?%"
)
_TERM_OF_SPAN = re.compile(r"\b(?:due|payable|expires?|expiring|закінчується|закінчиться|спливає|завершується)\s\Z")
_DEADLINE_OPENINGS = ("by the ", "before the ", "until the ", "till the ", "than the ", "due the ", "до ", "пізніше ")
_SPAN_OPENING = re.compile(r"(?:within|протягом|впродовж|упродовж|за)\s")
_OBLIGATION = re.compile(
    r"\b(?:please|must|need|required?|reply|respond|answer|submit|pay|return|complete|confirm|send|let (?:me|us) know|"
    r"сплат\w{0,6}|оплат\w{0,6}|нада(?:йте|ти)|наді(?:шліть|слати)|просимо|прошу|необхідно|потрібно|слід|повинні|"
    r"підтверд\w{0,6}|відпові\w{0,6}|пода(?:йте|ти)|погасити|будь ласка|зверніться|повернути)\b",
)
_DAY_END = re.compile(
    r"(?:eod|cob|end of (?:the )?(?:business )?day|close of business|кінця (?:робочого )?дня|вечора|обіду)\Z"
)


Clock = time
"""A time of day, under a name that no field of a mention has."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day the text names, with its time of day if it has one; `is_deadline` if something is due by then.

    `until` is when it ends that day; `is_weekday` if the text names no more than the day of the week.
    """

    date: date
    time: Clock | None
    words: str
    start: int
    end: int
    is_deadline: bool
    until: Clock | None = None
    is_weekday: bool = False


@lru_cache(maxsize=4)
def find_dates(text: str, said: datetime, zone: str) -> Sequence[DateMention]:
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
        if found and mention.start - found[-1].end <= _NEAR:
            if mention.words.lower() in PART_OF_THE_DAY:
                # "Завтра до обіду" is tomorrow; only alone is it today.
                found[-1] = replace(found[-1], is_deadline=True)
                continue
            if _DAY_END.match(found[-1].words.lower()):
                # "by EOD Friday", "до кінця дня п'ятниці": the day that follows is meant.
                found[-1] = mention
                continue
            if mention.is_weekday != found[-1].is_weekday and not text[found[-1].end : mention.start].strip(" ,(—–-"):
                found[-1] = _as_one(found[-1], mention, text)
                continue
        found.append(mention)
        if len(found) >= MOST_DATES:
            break
    return tuple(found)


def _as_one(first: DateMention, second: DateMention, text: str) -> DateMention:
    """A day and its weekday, as in "Thursday, 12 March at 9" and "12 березня (четвер) о 9": the day is what counts."""
    day, beside = (second, first) if first.is_weekday else (first, second)
    return DateMention(
        day.date,
        day.time or beside.time,
        text[first.start : second.end],
        first.start,
        second.end,
        first.is_deadline or second.is_deadline,
        day.until if day.time else beside.until,
    )


def _mentions(plain: str, text: str, said: datetime, zone: str) -> Iterator[DateMention]:
    context = Said(said.astimezone(zone_of(zone) or UTC).date(), _is_day_first(plain, said, zone), text)
    reached = 0
    for opening in _OPENING.finditer(plain):
        word = opening.group()
        forms = WORD_FORMS.get(word)
        if forms is None:
            if word[0] > "9":
                continue
            forms = DIGIT_FORMS
        elif word in BEFORE_A_NUMBER and not _NUMBERED.match(plain, opening.end()):
            continue
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
                yield _mention(plain, text, match, day, is_deadline=is_deadline)
                break


def _mention(plain: str, text: str, match: re.Match[str], day: date, *, is_deadline: bool) -> DateMention:
    start, end = match.span()
    hours = hours_beside(plain, start, end)
    is_weekday = "weekday" in match.re.groupindex and match["nth"] is None
    begins, until, by = hours or (None, None, False)
    return DateMention(day, begins, text[start:end], start, end, is_deadline or by, until, is_weekday)


def _is_day_first(text: str, said: datetime, zone: str) -> bool | None:
    """Whether 03/04 is in April: as the other days of the text are written, the language, the zones."""
    if "/" in text:
        for match in _SLASHED.finditer(text):
            if int(match[1]) > 12 or int(match[2]) > 12:
                return int(match[1]) > 12
    if not text.isascii() and _CYRILLIC.search(text):
        return True
    offset = said.utcoffset() or timedelta()
    in_dollars = "$" in text and "€" not in text and "£" not in text
    if zone.startswith("America/") or in_dollars or _AMERICA[0] <= offset <= _AMERICA[1]:
        return False
    return True if offset > timedelta() else None


def _is_deadline(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    if _SELF_DEADLINE.match(match.group()):
        return True
    before = text[max(start - 60, 0) : start]
    if match.group().startswith(("in ", "через ")):
        return _TERM_OF_SPAN.search(before) is not None
    if _SPAN_OPENING.match(match.group()):
        return _OBLIGATION.search(sentence_around(text, start, end)) is not None
    is_foreign = _FOREIGN_DAY.match(match.group()) and _ELSEWHERE.search(before)
    if is_foreign or match.group().startswith(_DEADLINE_OPENINGS):
        return True
    if _DEADLINE.search(before) is None or _NOT_DEADLINE.search(before):
        return False
    sentence = sentence_around(text, start, end)
    return _OFFER.search(sentence) is None or _PAYS.search(sentence) is not None


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence in which text[start:end] stands, or its nearest 200 characters on each side."""
    before, after = text[max(start - 200, 0) : start], text[end : end + 200]
    opening = max((match.end() for match in _BREAK.finditer(before)), default=0)
    closing = _BREAK.search(after)
    return before[opening:] + text[start:end] + (after[: closing.start()] if closing else after)
