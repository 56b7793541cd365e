"""Urgency: how soon a message wants its reader, by its due date, its kind and its words."""

import re
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from auramail.core.decisions import Category, Entities, Kind, Urgency
from auramail.core.messages import Message

CODE_LIVES: Final = timedelta(days=1)
NEAR: Final = timedelta(days=2)
SOON: Final = timedelta(days=14)
PRESSING: Final = re.compile(
    r"\b(?:urgent(?:ly)?|asap|immediately|right away"
    r"|as soon as possible|critical|today|overdue|final (?:notice|reminder)"
    r"|терміново|негайно|якнайшвидше|сьогодні|прострочен\w+|срочно|немедленно|сегодня|dringend|sofort|heute)\b"
)
"""Looked for in lower case, which is several times faster than without regard to case."""
QUIET: Final = frozenset({Category.NEWSLETTER, Category.SOCIAL, Category.DELETE})
FOR_LATER: Final = frozenset({Kind.RECEIPT, Kind.DELIVERY, Kind.NOTIFICATION, Kind.OTHER, Kind.SPAM, Kind.SURVEY})
LOOKED_AT: Final = 1_500
"""Urgent words count near the beginning, where people put them."""


def urgency_of(message: Message, category: Category, kind: Kind, entities: Entities, now: datetime | None) -> Urgency:
    """HIGH wants the reader today, MEDIUM this week or so, LOW whenever there is time.

    Time is measured from `now`, or from the message's own date where nobody says what time it is.
    """
    if category is Category.DANGER or category in QUIET:
        return Urgency.LOW
    moment = now or message.date
    if kind is Kind.SECURITY_CODE:
        return Urgency.LOW if moment - message.date > CODE_LIVES else Urgency.HIGH
    if kind is Kind.SECURITY_ALERT:
        return Urgency.HIGH if category is Category.ACTION_REQUIRED else Urgency.MEDIUM
    if category is Category.ACTION_REQUIRED:
        return _of_action(message, entities, moment)
    if kind in FOR_LATER or category is Category.REVIEW:
        return Urgency.LOW
    return Urgency.MEDIUM if kind in {Kind.MEETING, Kind.TRAVEL, Kind.BILL} or _presses(message) else Urgency.LOW


def _presses(message: Message) -> bool:
    return PRESSING.search(f"{message.subject}\n{message.text[:LOOKED_AT]}".lower()) is not None


def _of_action(message: Message, entities: Entities, moment: datetime) -> Urgency:
    day = entities.due_date or (entities.starts.date() if entities.starts else None)
    if day is None:
        return Urgency.HIGH if _presses(message) else Urgency.MEDIUM
    zone = message.date.tzinfo or ZoneInfo("UTC")
    left = day - moment.astimezone(zone).date()
    if left <= NEAR:
        return Urgency.HIGH
    return Urgency.MEDIUM if left <= SOON or _presses(message) else Urgency.LOW
