"""What a message names: the day something is due, the amount, the company, the place; rather none than a wrong one."""

import re
from datetime import UTC, date, timedelta
from decimal import Decimal

from auramail.core.decisions import Entities, Money
from auramail.core.messages import Message
from auramail.reading.companies import find_company
from auramail.reading.dates import DateMention, find_dates, sentence_around
from auramail.reading.money import find_amounts
from auramail.reading.places import find_place
from auramail.reading.zones import zone_of

LONGEST_WORDS = 200
_FARTHEST = timedelta(days=2 * 366)
_LONGEST_OVERDUE = timedelta(days=31)
_DUE_PATHS = (
    *("paymentDueDate", "paymentDue", "dueDate", "startDate", "checkinTime", "checkinDate", "startTime"),
    *(
        "reservationFor.startDate",
        "reservationFor.departureTime",
        "reservationFor.checkinTime",
        "reservationFor.startTime",
    ),
)
_AMOUNT_PATHS = (
    ("totalPaymentDue.price", "totalPaymentDue.priceCurrency"),
    ("totalPaymentDue.value", "totalPaymentDue.currency"),
    ("totalPrice", "priceCurrency"),
    ("price", "priceCurrency"),
    ("acceptedOffer.price", "acceptedOffer.priceCurrency"),
    ("total", "currency"),
)
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_PRICE = re.compile(r"\d{1,12}(?:\.\d{1,4})?\Z")
# Mass mail asks to buy by Sunday; only a duty makes its day a due date.
_DUTY = re.compile(
    r"\b(?:bill|invoice|payment|pay|due|renew|expires?|confirm|reply|respond|рахун\w{2,4}|сплат\w{1,4}|оплат\w{1,4}|"
    r"термін\w{0,2}|строк\w{0,2}|поверн\w{2,4}|підтверд\w{2,4}|відповід\w{1,4}|поповн\w{2,4})\b",
    re.IGNORECASE,
)
# Of a bill's days the one to pay by is meant, not the one to send a meter's reading by.
_PAYMENT = re.compile(r"\b(?:pay|payment|сплат\w{1,4}|оплат\w{1,4})\b", re.IGNORECASE)
_JOURNEY = re.compile(
    r"\b(?:departure|departs|check-in|boarding|flight|train|concert|ticket\w?|відправлення|виїзд|рейс\w?|поїзд\w?|квит\w{2,4}|"
    r"концерт\w?|заїзд|заселення)\b",
    re.IGNORECASE,
)
_APPOINTMENT = re.compile(
    r"\b(?:meet(?:ing)?|call|appointment|interview|webinar|reservation|booking|visit|lunch|dinner|standup|sync|demo|"
    r"зустріч\w{0,3}|нарад\w{1,2}|дзвін\w{1,4}|співбесід\w|вебінар\w{0,2}|запис\w{0,2}|візит\w{0,2}|прийом\w{0,2}|"
    r"бронюванн\w|зберемось|зустрінемось|збори|засіданн\w|созвон\w{0,2}|чекаємо|репетиці\w|платіж|платежу)\b",
    re.IGNORECASE,
)
_CANCELLED = frozenset({"CANCEL", "REPLY"})


def read_entities(message: Message, zone: str) -> Entities:
    """What the message names, each with its words; `zone` is the reader's IANA zone. Never fails."""
    text = f"{message.subject}\n{message.text}"
    due = _due_date(message, text, zone)
    amount = _amount(message, text)
    company = find_company(message)
    place = find_place(message)
    named = (("due_date", due), ("amount", amount), ("company_name", company), ("location", place))
    return Entities(
        due_date=due[0] if due else None,
        amount=amount[0] if amount else None,
        company_name=company[0] if company else None,
        location=place[0] if place else None,
        words=tuple((field, " ".join(found[1].split())[:LONGEST_WORDS]) for field, found in named if found),
    )


def _due_date(message: Message, text: str, zone: str) -> tuple[date, str] | None:
    """Exact statements first, then deadlines, then the one day of an appointment."""
    for invitation in message.invitations:
        if invitation.start is not None and invitation.method not in _CANCELLED:
            start = invitation.start if invitation.all_day else invitation.start.astimezone(zone_of(zone) or UTC)
            return start.date(), invitation.summary
    for thing in message.markup:
        for path in _DUE_PATHS:
            day = _day(thing.properties.get(path, ""))
            if day is not None:
                return day, thing.properties[path]
    mentions = [one for one in find_dates(text, message.date, zone) if _is_sensible(one, message.date.date())]
    deadlines = [one for one in mentions if one.is_deadline]
    if deadlines and (_DUTY.search(text) or not message.header("list-unsubscribe")):
        payments = [one for one in deadlines if _PAYMENT.search(sentence_around(text, one.start, one.end))]
        return _earliest_to_come(payments or deadlines, message.date.date())
    # The day of writing itself, without a time, is a date line rather than an appointment.
    said = message.date.date()
    to_come = {one.date: one for one in reversed(mentions) if one.date > said or (one.date == said and one.time)}
    if len(to_come) == 1 and _APPOINTMENT.search(text):
        mention = next(iter(to_come.values()))
        return mention.date, mention.words
    # A journey names its end as well as its beginning.
    timed = [one for one in mentions if one.date >= said and one.time]
    if (timed or len(to_come) == 1) and _JOURNEY.search(text):
        mention = min(timed or to_come.values(), key=lambda one: one.date)
        return mention.date, mention.words
    return None


def _is_sensible(mention: DateMention, said: date) -> bool:
    return said - _LONGEST_OVERDUE <= mention.date <= said + _FARTHEST


def _earliest_to_come(deadlines: list[DateMention], said: date) -> tuple[date, str]:
    to_come = [one for one in deadlines if one.date >= said]
    mention = min(to_come, key=lambda one: one.date) if to_come else max(deadlines, key=lambda one: one.date)
    return mention.date, mention.words


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _amount(message: Message, text: str) -> tuple[Money, str] | None:
    """What markup says, else what the text calls the total, else the only amount there is."""
    for thing in message.markup:
        for price_path, currency_path in _AMOUNT_PATHS:
            money = _priced(thing.properties.get(price_path, ""), thing.properties.get(currency_path, ""))
            if money is not None:
                return money, f"{thing.properties[price_path]} {thing.properties[currency_path]}"
    mentions = [one for one in find_amounts(text) if one.money.value > 0]
    totals = [one for one in mentions if one.is_total]
    if totals:
        return totals[-1].money, totals[-1].words
    if len({one.money for one in mentions}) == 1:
        return mentions[0].money, mentions[0].words
    return None


def _priced(price: str, currency: str) -> Money | None:
    price, currency = price.replace(",", "").strip(), currency.strip().upper()
    if not _PRICE.match(price) or not _CURRENCY.match(currency):
        return None
    return Money(Decimal(price).quantize(Decimal("0.01")), currency)
