"""Questions to a language model and its answers, whoever the model is and whatever they are about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Purpose(StrEnum):
    """What a question is for."""

    JUDGE = "judge"
    RULE = "rule"
    SEARCH = "search"
    TRANSCRIBE = "transcribe"


class Finish(StrEnum):
    """How an answer ended."""

    DONE = "done"
    CUT = "cut"
    """At the most tokens it might have; what there is of it is not the whole."""
    BLOCKED = "blocked"
    """The server's own filters kept the question or the answer back."""
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Part:
    """What of one message leaves this computer with a question: cut and masked, but not yet fenced.

    `masked` counts what was replaced, by kind of secret.
    """

    message_id: str
    text: str
    masked: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Clip:
    """Recorded speech."""

    data: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a model is asked.

    `rules` are the house's own words, `content` all that comes from a person or their mail. `schema` is the JSON Schema
    of a good answer. `version` names the prompt it was written by. `parts` are what `content` was made of, `key` is
    what a good answer depends on: `content` without its random marks. `seconds` is how long the asker can wait for an
    answer, waiting for a place included. `account_id` and `run_id` say for whom it is asked; 0: for nobody special.
    """

    purpose: Purpose
    rules: str
    content: str
    schema: Mapping[str, Any]
    version: str
    key: str
    parts: tuple[Part, ...] = ()
    clip: Clip | None = None
    most_tokens: int = 256
    seconds: float = 30.0
    account_id: int = 0
    run_id: int = 0


@dataclass(frozen=True, slots=True)
class Tokens:
    """As the server's own figures have it; `answered` includes what it thought before it answered."""

    sent: int = 0
    answered: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(self.sent + other.sent, self.answered + other.answered)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said; `text` is empty unless there was any. `micros` is its price in millionths of a US dollar.

    `call_id` finds the record of the call, 0 if there is none. `is_cached` means that nobody was asked now.
    """

    text: str
    model: str
    finish: Finish = Finish.DONE
    tokens: Tokens = field(default_factory=Tokens)
    micros: int = 0
    call_id: int = 0
    is_cached: bool = False
