"""What a message names: the day something is due, the amount, the company, the place; rather none than a wrong one."""

import re
from decimal import Decimal

from auramail.core.decisions import Entities, Money
from auramail.core.messages import Message
from auramail.reading.companies import find_company
from auramail.reading.due_dates import find_due_date
from auramail.reading.event_times import find_event_time
from auramail.reading.money import find_amounts
from auramail.reading.places import find_place

LONGEST_WORDS = 200
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


def read_entities(message: Message, zone: str, own: frozenset[str] = frozenset()) -> Entities:
    """What the message names, each with its words; `zone` is the reader's IANA zone, `own` their addresses. Never fails."""
    text = f"{message.subject}\n{message.text}"
    due = find_due_date(message, zone, own)
    event = find_event_time(message, zone)
    amount = _amount(message, text)
    company = find_company(message)
    place = find_place(message)
    named = (
        *(("due_date", due and due[1]), ("amount", amount and amount[1]), ("company_name", company and company[1])),
        *(("location", place and place[1]), ("starts", event and event.words)),
    )
    return Entities(
        due_date=due[0] if due else None,
        amount=amount[0] if amount else None,
        company_name=company[0] if company else None,
        location=place[0] if place else None,
        words=tuple((field, " ".join(words.split())[:LONGEST_WORDS]) for field, words in named if words),
        starts=event.starts if event else None,
        ends=event.ends if event else None,
    )


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
