"""Consider: what is thought of one message, whoever asks: a run, or a person with a file in hand."""

from datetime import datetime

from auramail.core.accounts import Person
from auramail.core.decisions import Decision
from auramail.core.messages import Message
from auramail.flow.advice import Adviser, settle_now
from auramail.flow.classify import Judges, weigh_up


def consider(
    message: Message, person: Person, judges: Judges, now: datetime, adviser: Adviser | None = None
) -> Decision:
    """Guards first, then the judges in their order, and at once the language model, if it is wished and allowed."""
    return settle_now(weigh_up(message, person, judges, now), adviser)
