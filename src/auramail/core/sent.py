"""What a language model was shown of a message, for the person to look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from auramail.core.questions import Purpose, Tokens


@dataclass(frozen=True, slots=True)
class Sent:
    """One call's part of one message, as it left this computer.

    `rules` and `text` are None where no copy was to be kept, and once it was erased for its age. `masked` counts what
    was replaced, by kind of secret. `tokens` and `micros` are those of the whole call, which held `together` messages.
    """

    call_id: int
    at: datetime
    model: str
    prompt: str
    purpose: Purpose
    rules: str | None
    text: str | None
    masked: Mapping[str, int]
    tokens: Tokens
    micros: int
    together: int
