"""The day by which the reader is to do something: not a sender's promise, not a shop's offer, not a meeting's day."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from auramail.core.messages import Message
from auramail.reading.asking import Ask, asking_of
from auramail.reading.dates import DateMention, find_dates, sentence_around
from auramail.reading.due_words import (
    BY,
    CHARGES,
    CLOSES,
    COMMA,
    ENDS,
    EVENT,
    EXPIRY,
    FOR_ME,
    HANDS,
    HAVE_TIME,
    HOURS,
    LABEL,
    LABEL_AFTER,
    LENDS,
    NEEDED,
    NO_DEMAND,
    OF_LABELS,
    OFFER,
    OPEN_UNTIL,
    OR,
    OR_BEFORE,
    PAST,
    PAYMENT,
    SELLS,
    SOON,
    SPAN,
    SURVEY,
    TERM,
    TOP_UP,
    URGENT_ONLY,
    WANTED,
    WANTS,
    YOURS,
)
from auramail.reading.spoken import is_postscript, is_quoted, is_to_many, passed_on, spoken_now

FARTHEST: Final = timedelta(days=2 * 366)
LONGEST_OVERDUE: Final = timedelta(days=31)
NEAR: Final = 160
"""Letters between an ask and the sentence that only says by when."""
LONGEST_LABEL: Final = 130
LONGEST_CLOSING: Final = 40
LONGEST_EXPIRY: Final = 70
LONGEST_LABEL_AFTER: Final = 40
_BARE_WEEKDAY: Final = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\Z", re.IGNORECASE)
_STOP: Final = re.compile(r"[.!?\n]")
_PATHS: Final = ("paymentDueDate", "paymentDue", "dueDate")


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
        one_of_many = to_many and not is_postscript(text, mention.start)
        place = _Place(mention, sentence, text, one_of_many, "list-unsubscribe" in message.headers)
        if one_of_many and (is_quoted(text, mention.start, mention.end) or HOURS.search(mention.words)):
            continue
        if _is_labelled(place) or (not (one_of_many and not YOURS.search(sentence)) and _is_due(place, asks)):
            due.append(mention)
            if PAYMENT.search(sentence):
                payments.append(mention)
    return payments or due


class _Place(NamedTuple):
    """A day, the sentence it stands in (in lower case), its text, and to whom that speaks."""

    mention: DateMention
    sentence: str
    text: str
    to_many: bool
    is_mailing: bool

    def before(self, letters: int) -> str:
        return self.text[max(self.mention.start - letters, 0) : self.mention.start].lower()

    @property
    def is_expiry(self) -> bool:
        """Whether something ends on that day."""
        return EXPIRY.search(self.before(LONGEST_EXPIRY)) is not None

    @property
    def told(self) -> str:
        """The sentence up to the day: after a comma comes another matter, "Закинь ключі сьогодні, бо я приїду"."""
        words = self.mention.words.lower()
        return self.sentence[: self.sentence.find(words) + len(words)]

    @property
    def part(self) -> str:
        return _part_around(self.text, self.mention).lower()


def _is_labelled(place: _Place) -> bool:
    """Whether a label makes it the last day: "Payment due", "Крайній термін", the closing day of a survey."""
    before = place.before(LONGEST_LABEL)
    label = LABEL.search(before) if any(piece in before for piece in OF_LABELS) else None
    if label is not None and (not HAVE_TIME.match(label.group()) or place.mention.is_deadline):
        return True
    end = place.mention.end
    if not place.to_many and LABEL_AFTER.match(place.text[end : end + LONGEST_LABEL_AFTER].lower()):
        return True
    if not CLOSES.search(before[-LONGEST_CLOSING:]) or OFFER.search(place.part) or SELLS.search(place.sentence):
        return False
    start = place.mention.start
    return SURVEY.search(place.text[max(start - NEAR, 0) : end + NEAR].lower()) is not None


def _is_due(place: _Place, asks: Sequence[Ask]) -> bool:
    mention, sentence = place.mention, place.sentence
    is_sold = SELLS.search(sentence) and (place.is_mailing or not PAYMENT.search(sentence))
    if is_sold or LENDS.search(sentence):
        return False
    if CHARGES.search(sentence) and any(TOP_UP.search(ask.words.lower()) for ask in asks):
        return True
    asked = next((ask for ask in asks if ask.start <= mention.start < ask.end), None)
    if asked is not None:
        return _is_asked_by(place, asked)
    is_near = any(abs(ask.start - mention.end) <= NEAR or abs(mention.start - ask.end) <= NEAR for ask in asks)
    return _is_said_by(place, is_near=is_near)


def _is_asked_by(place: _Place, asked: Ask) -> bool:
    """Whether the sentence that asks says by when."""
    if SPAN.match(place.mention.words.lower()):
        return OFFER.search(place.part) is None
    if place.mention.is_deadline or place.is_expiry:
        return True
    return _is_when_to_act(place) and (
        not asked.words.endswith("?")
        or (HANDS.search(place.sentence) is not None and not _BARE_WEEKDAY.match(place.mention.words))
    )


def _is_said_by(place: _Place, *, is_near: bool) -> bool:
    """Whether a sentence that tells nobody to act says by when: of what it names, or of what is asked near it."""
    mention, part = place.mention, place.part
    if is_near and WANTS.search(part) and mention.time is None:
        return True
    if OFFER.search(part) or PAST.search(part):
        return False
    if (mention.is_deadline and TERM.search(place.sentence)) or (not place.to_many and _is_wanted(place)):
        return True
    return is_near and (mention.is_deadline or place.is_expiry) and ENDS.search(place.sentence) is not None


def _is_wanted(place: _Place) -> bool:
    """Whether something is wanted by a day without being told: "Slides by Friday please", "I need an answer today"."""
    if place.mention.is_deadline:
        if OPEN_UNTIL.search(place.before(30)):
            return False
        return WANTED.search(place.sentence) is not None or _is_demand(place)
    is_soon = SPAN.match(place.mention.words.lower()) or _is_when_to_act(place)
    return bool(is_soon) and NEEDED.search(place.told) is not None


def _is_demand(place: _Place) -> bool:
    """Whether a sentence without a verb, or a question, wants something by a day: "Заяви мені на стіл до п'ятниці"."""
    end = place.mention.end
    stop = _STOP.search(place.text, end, end + 120)
    if stop is not None and stop.group() == "?":
        return True
    part = place.part
    if FOR_ME.search(part):
        return NO_DEMAND.search(part) is None
    return part.isascii() and BY.search(place.before(20)) is not None and NO_DEMAND.search(place.told) is None


def _part_around(text: str, mention: DateMention) -> str:
    """The part of the sentence in which a day stands: what comes after a comma is another matter."""
    opening = text[max(mention.start - 120, 0) : mention.start]
    start = max(opening.rfind(mark) for mark in (",", ";", ":", ".", "!", "?", "\n"))
    closing = COMMA.search(text, mention.end - mention.words.endswith("."), mention.end + 120)
    return opening[start + 1 :] + text[mention.start : closing.start() if closing else mention.end + 120]


def _is_when_to_act(place: _Place) -> bool:
    """Whether a day says when to act, as in "надішліть завтра", rather than when something takes place."""
    mention, sentence = place.mention, place.sentence
    if mention.time is not None or not SOON.match(mention.words.lower()) or URGENT_ONLY.search(sentence):
        return False
    if (
        OR.match(place.text, mention.end)
        or OR_BEFORE.search(place.before(9))
        or (place.to_many and not PAYMENT.search(sentence))
    ):
        return False
    return not EVENT.search(place.told) and not EVENT.search(place.part)


def _earliest_to_come(due: Sequence[DateMention], said: date) -> tuple[date, str]:
    to_come = [one for one in due if one.date >= said]
    mention = min(to_come, key=lambda one: one.date) if to_come else max(due, key=lambda one: one.date)
    return mention.date, mention.words
