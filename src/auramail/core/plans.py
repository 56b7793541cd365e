"""Plans: what should change, as a value, before anything is touched."""

from dataclasses import dataclass

from auramail.core.actions import Action, Change
from auramail.core.decisions import Decision
from auramail.core.messages import Message
from auramail.core.wording import Wording


@dataclass(frozen=True, slots=True)
class Step:
    """What a plan wants for one message.

    `held` says why a person is asked first, if so; `kept` says what spared the message from leaving the inbox, if so.
    """

    message: Message
    decision: Decision
    action: Action
    change: Change
    held: Wording | None = None
    kept: Wording | None = None
