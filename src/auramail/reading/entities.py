"""What a message names: the day something is due, the amount, the company, the place; rather none than a wrong one."""

from auramail.core.decisions import Entities
from auramail.core.messages import Message
from auramail.reading.companies import find_company
from auramail.reading.due_dates import find_due_date
from auramail.reading.event_times import find_event_time
from auramail.reading.places import find_place
from auramail.reading.sums import find_sum

LONGEST_WORDS = 200


def read_entities(message: Message, zone: str, own: frozenset[str] = frozenset()) -> Entities:
    """What the message names, each with its words. Never fails.

    `zone` is the reader's IANA zone; `own` are the reader's addresses, if they are known.
    """
    due = find_due_date(message, zone, own)
    event = find_event_time(message, zone)
    amount = find_sum(message)
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
