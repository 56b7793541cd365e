"""Consider: what is thought of one message, whoever asks: a run, or a person with a file in hand."""

from datetime import datetime

from auramail.core.accounts import Person
from auramail.core.decisions import Decision
from auramail.core.messages import Message
from auramail.flow.classify import Judges, classify
from auramail.flow.guard import guard


def consider(message: Message, person: Person, judges: Judges, now: datetime) -> Decision:
    """Guards first, then the judges in their order."""
    words = judges.local(message) if judges.local is not None else None
    return classify(message, guard(message, person, words), person, judges, now)
