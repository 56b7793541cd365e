"""The day by which the reader is to do something: not a sender's promise, not a shop's offer, not a meeting's day."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from auramail.core.messages import Message
from auramail.reading.asking import Ask, asking_of
from auramail.reading.dates import DateMention, find_dates, sentence_around
from auramail.reading.spoken import is_postscript, is_to_many, passed_on, spoken_now

FARTHEST: Final = timedelta(days=2 * 366)
LONGEST_OVERDUE: Final = timedelta(days=31)
NEAR: Final = 160
"""Letters between an ask and the sentence that only says by when."""
_PATHS: Final = ("paymentDueDate", "paymentDue", "dueDate")
_TERM: Final = re.compile(
    r"\b(?:due|payable|overdue|deadline|closing date|last day|must be|needs? to be|(?:re)?pay(?:ment)?|rsvp|invoice|"
    r"renew|bill|"
    r"термін\w{0,2}|строк\w{0,2}|дедлайн|крайн\w{2,3}|останній день|сплат\w{1,5}|оплат\w{1,5}|погас\w{1,4}|"
    r"внес\w{1,4}|здати|"
    r"подати|поповн\w{2,5}|заборгован\w{2,4}|повернути|передплат\w{1,3}|зберіганн\w|зберіга(?:ється|тимуть|тиметься|"
    r"ємо))\b"
)
_YOURS: Final = re.compile(r"\b(?:you|your|due|deadline|ваш\w{0,3}|вам|вас|до сплати|термін|строк|заборгованість)\b")
_PAYMENT: Final = re.compile(r"\b(?:pay|payment|payable|сплат\w{1,4}|оплат\w{1,4})\b")
_EXPIRY: Final = re.compile(
    r"\b(?:expir\w{1,5}|ends?|ending|lapses?|runs? out|valid (?:until|till|to)|until|by|закінчу\w{3,6}|"
    r"закінчит\w{1,3}|спливає|діє|дійсн\w{1,3}|"
    r"чинн\w{1,3}|завершується|припин\w{3,5})\b[^.!?\n]{0,40}\Z"
)
_ENDS: Final = re.compile(
    r"\b(?:expir\w{1,5}|ends?|ending|lapses?|runs? out|valid|закінчу\w{3,6}|закінчит\w{1,3}|спливає|діє|"
    r"дійсн\w{1,3}|чинн\w{1,3}|завершується|"
    r"припин\w{3,5}|знищ\w{3,6}|hold|held|kept|wants?|expects?|чека\w{1,3}|зберіга\w{3,5}|need|needs|треба|потрібно|"
    r"required|latest|останній|collect|приймаємо)\b"
)
_OFFER: Final = re.compile(
    r"\b(?:(?:i|we|they|he|she)(?:'ll| will| can| would|'d| shall| plan to| aim to| hope to)|will be (?:sent|"
    r"delivered|ready|paid|returned)|"
    r"(?:надішл|зробл|сплач|оплач|поверн|відда|пода|покаж|відправл|перевір|підгот|закінч|прийд|приїд|переда|напиш|"
    r"скин|зда|купл|доставл|оголос)"
    r"(?:ю|у|ую|ему|ім|имо|емо|уємо|ємо|амо|уть|ять|ить|е)|буде (?:сплачено|надіслано|готов\w|доставлен\w))\b"
)
_PAST: Final = re.compile(
    r"\b(?:paid|received|charged|completed|settled|signed|sent|submitted|confirmed|thank you for your payment|"
    r"сплачен\w|оплачен\w|отриман\w|"
    r"отрима(?:ли|ла|в)|списан\w|зарахован\w|подан\w|здан\w|виконан\w|надісла(?:но|ли|ла|в)|підписан\w|проси(?:в|ла|"
    r"ло|ли)|пода(?:в|ла|ли)|asked|бул[аио]? внесен\w)\b"
)
_SELLS: Final = re.compile(
    r"\b(?:акці[яії]|знижк\w{1,3}|промокод\w{0,2}|пропозиці[яії]|offer (?:is )?(?:valid|ends|expires|good)|"
    r"(?:special|limited|this) offer|sale|discount|promo|save|deal|купуй\w{0,2}|"
    r"кредит\w{0,2}|розіграш\w{0,2}|"
    r"опитуванн\w|оцін\w{1,4}|отримай\w{0,2}|виграй\w{0,2}|survey|(?:take a|spare a) (?:moment|minute)|subscribe)\b|"
    r"\d\s?%"
)
_COMMA: Final = re.compile(r"[,;:!?\n]|\.\s")
_SPAN: Final = re.compile(r"(?:within|протягом|впродовж|упродовж|in|за)\s")
_SOON: Final = re.compile(r"(?:сьогодні|завтра|післязавтра|today|tomorrow|tonight|(?:наступно\w{2}\s)?\w{5,9})\Z")
_EVENT: Final = re.compile(
    r"\b(?:meet|meeting|dinner|lunch|party|appointment|visit|call|flight|come|join|зустріч\w{0,3}|збор\w{1,2}|"
    r"збираємо\w{0,2}|приход\w{2,3}|"
    r"візит\w{0,2}|дзвін\w{1,4}|зідзвон\w{2,6}|вечер\w{1,2}|прийд\w{1,4}|приїд\w{1,4}|святку\w{2,4})\b"
)


def find_due_date(message: Message, zone: str, own: frozenset[str] = frozenset()) -> tuple[date, str] | None:
    """The day and its words; `zone` is the reader's IANA zone, `own` their addresses. What markup says comes first."""
    for thing in message.markup:
        for path in _PATHS:
            day = day_of(thing.properties.get(path, ""))
            if day is not None:
                return day, thing.properties[path]
    if not _is_to_reader(message, own):
        return None
    found = _due_in(spoken_now(message), message, zone)
    below = "" if found else passed_on(message)
    if below and any(ask.sort != "question" for ask in asking_of(spoken_now(message)).asks):
        # What is passed on with a request has its own deadline: "Оплати, будь ласка" above a forwarded bill.
        found = _due_in(below, message, zone)
    return _earliest_to_come(found, message.date.date()) if found else None


def _is_to_reader(message: Message, own: frozenset[str]) -> bool:
    """Whether what is asked is asked of the reader: a copy, and talk on a public list, ask somebody else."""
    if "list-post" in message.headers and "list-unsubscribe" in message.headers:
        return False
    if not own or not message.to or message.sender.address in own:
        return True
    return not any(each.address in own for each in message.cc) or any(each.address in own for each in message.to)


def day_of(text: str) -> date | None:
    """The day of an ISO 8601 date or time."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _due_in(text: str, message: Message, zone: str) -> list[DateMention]:
    """The days something is due by; of a bill's those to pay by, not those to send a meter's reading by."""
    said = message.date.date()
    to_many = is_to_many(message)
    due = []
    payments = []
    mentions = [
        mention
        for mention in find_dates(text, message.date, zone)
        if said - LONGEST_OVERDUE <= mention.date <= said + FARTHEST
    ]
    asks = [ask for ask in asking_of(text).asks if ask.sort != "question"] if mentions else []
    for mention in mentions:
        sentence = sentence_around(text, mention.start, mention.end).lower()
        if to_many and not (_YOURS.search(sentence) or is_postscript(text, mention.start)):
            continue
        if _is_due(mention, sentence, text, asks):
            due.append(mention)
            if _PAYMENT.search(sentence):
                payments.append(mention)
    return payments or due


def _is_due(mention: DateMention, sentence: str, text: str, asks: Sequence[Ask]) -> bool:
    if _SELLS.search(sentence):
        return False
    asked = next((ask for ask in asks if ask.start <= mention.start < ask.end), None)
    if asked is not None:
        by_when = mention.is_deadline or _SPAN.match(mention.words.lower()) or _is_expiry(mention, text)
        return bool(by_when) or (_is_when_to_act(mention, sentence) and not asked.words.endswith("?"))
    part = _part_around(text, mention).lower()
    if _OFFER.search(part) or _PAST.search(part):
        return False
    if mention.is_deadline and _TERM.search(sentence):
        return True
    near = any(abs(ask.start - mention.end) <= NEAR or abs(mention.start - ask.end) <= NEAR for ask in asks)
    return near and (mention.is_deadline or _is_expiry(mention, text)) and _ENDS.search(sentence) is not None


def _part_around(text: str, mention: DateMention) -> str:
    """The part of the sentence in which a day stands: what comes after a comma is another matter."""
    opening = text[max(mention.start - 120, 0) : mention.start]
    start = max(opening.rfind(mark) for mark in (",", ";", ":", ".", "!", "?", "\n"))
    closing = _COMMA.search(text, mention.end, mention.end + 120)
    return opening[start + 1 :] + text[mention.start : closing.start() if closing else mention.end + 120]


def _is_when_to_act(mention: DateMention, sentence: str) -> bool:
    """Whether a day says when to act, as in "надішліть завтра", rather than when something takes place."""
    is_soon = mention.time is None and _SOON.match(mention.words.lower()) is not None
    return is_soon and not _EVENT.search(sentence)


def _is_expiry(mention: DateMention, text: str) -> bool:
    return _EXPIRY.search(text[max(mention.start - 70, 0) : mention.start].lower()) is not None


def _earliest_to_come(due: Sequence[DateMention], said: date) -> tuple[date, str]:
    to_come = [one for one in due if one.date >= said]
    mention = min(to_come, key=lambda one: one.date) if to_come else max(due, key=lambda one: one.date)
    return mention.date, mention.words
