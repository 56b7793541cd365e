"""What a language model pointed at, read by our own grammar: it says where to look, never what that means."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from auramail.core.decisions import Entities
from auramail.core.messages import Message
from auramail.reading.dates import find_dates
from auramail.reading.money import find_amounts

LONGEST_NAME: Final = 60
FIELDS: Final[Mapping[str, str]] = {
    "due": "due_date",
    "amount": "amount",
    "company": "company_name",
    "place": "location",
}
"""What a model's word for a field is called here."""


def with_pointed(entities: Entities, pointed: Sequence[tuple[str, str]], message: Message, zone: str) -> Entities:
    """Fill in what is missing from the words that were pointed at, which stand in the message; what is there stays.

    Words that do not name exactly one day to come, or one sum, name nothing.
    """
    for name, words in pointed:
        field = FIELDS[name]
        if getattr(entities, field) is None and (found := _read(name, words, message, zone)) is not None:
            told: dict[str, Any] = {field: found, "words": (*entities.words, (field, " ".join(words.split())))}
            entities = replace(entities, **told)
    return entities


def _read(name: str, words: str, message: Message, zone: str) -> object:
    if name == "due":
        days = {mention.date for mention in find_dates(words, message.date, zone)}
        day = days.pop() if len(days) == 1 else None
        return day if day is not None and day >= message.date.date() - timedelta(days=1) else None
    if name == "amount":
        sums = {mention.money for mention in find_amounts(words)}
        return sums.pop() if len(sums) == 1 else None
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST_NAME else None
