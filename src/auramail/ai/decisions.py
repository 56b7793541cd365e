"""Gemini's Decisions API: calibrated probabilities of given choices instead of words; it only judges.

Imported only where it is asked for, because google-genai takes a second.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

import httpx2
from google.genai import decisions
from google.genai._interactions import APIStatusError, GeminiNextGenAPIClientError

from auramail.ai.access import Access
from auramail.ai.errors import unreachable
from auramail.ai.google_api import UNREADABLE, GoogleAPI
from auramail.ai.wire import figure, sendable
from auramail.core.errors import AuraMailError, GiveUpError
from auramail.core.questions import Answer, Finish, Purpose, Question, Tokens
from auramail.core.wording import Wording
from auramail.ports.world import Clock

VERSION: Final = "v1beta"
"""The only one that has it (November 2026)."""
LONGEST_SECONDS: Final = 60.0
CHIEF: Final = "category"
"""The choice whose probability is the confidence of the whole."""


class DecisionsModel:
    """`ports.models.LanguageModel` for questions about one message whose answer is a choice from closed sets."""

    def __init__(self, access: Access, clock: Clock, *, is_cloud: bool = True) -> None:
        """Raises NeedsPersonError without a usable key."""
        self.name = access.model
        self.is_cloud = is_cloud
        self._access = access
        self._api = GoogleAPI(access, VERSION, clock)
        self._decisions = self._api.client.decisions
        self._decisions.sdk_configuration.debug_logger = Silence()

    def ask(self, question: Question) -> Answer:
        """See the port. Raises GiveUpError for whatever is no choice about exactly one message."""
        choices = choices_of(question)
        if not choices:
            raise GiveUpError(Wording.of("The model {model} only judges single messages.", model=self.name))
        answer = self._asked(question, choices)
        if isinstance(answer, AuraMailError):
            raise answer  # outside of any except: the client's errors hold the key and what was sent
        return answer

    def check(self) -> None:
        self._api.check("createDecision")

    def close(self) -> None:
        """End the connections."""
        self._api.close()

    def _asked(self, question: Question, choices: Mapping[str, list[str]]) -> Answer | AuraMailError:
        questions = {
            name: decisions.ChoiceQuestion(
                instructions=f"{sendable(question.rules)}\n\nChoose only the {name}.",
                criteria=dict.fromkeys(values, ""),
            )
            for name, values in choices.items()
        }
        try:
            said = self._decisions.create(
                model=f"models/{self.name}",
                input=sendable(question.content),
                questions=questions,
                timeout=min(question.seconds, LONGEST_SECONDS),
            )
            return self._read(said, question, choices)
        except GeminiNextGenAPIClientError as error:
            return self._refused(error)
        except UNREADABLE:
            return Answer("", self.name, Finish.EMPTY)

    def _refused(self, error: GeminiNextGenAPIClientError) -> Answer | AuraMailError:
        """Without a status no answer came; with a good one it was none."""
        status = getattr(error, "status_code", None)
        if status is None:
            return unreachable(self._access)
        if status < httpx2.codes.MULTIPLE_CHOICES:
            return Answer("", self.name, Finish.EMPTY)
        headers = error.response.headers if isinstance(error, APIStatusError) else {}
        return self._api.refused(status, getattr(error, "body", None), headers)

    def _read(
        self, said: decisions.CreateDecisionResponse, question: Question, choices: Mapping[str, list[str]]
    ) -> Answer:
        """The probabilities as the JSON that was asked for; empty unless every choice was made."""
        tokens = tokens_of(said)
        if said.prompt_feedback and said.prompt_feedback.block_reason:
            return Answer("", self.name, Finish.BLOCKED, tokens)
        answers = said.answers if isinstance(said.answers, dict) else {}
        shares = {name: shares_of(answers.get(name), values) for name, values in choices.items()}
        if not all(shares.values()):
            return Answer("", self.name, Finish.EMPTY, tokens)
        return Answer(json.dumps(rendered(question.schema, shares)), self.name, Finish.DONE, tokens)


class Silence:
    """Takes the place of the client's own log, which GOOGLE_GENAI_DEBUG fills with keys and mail."""

    def debug(self, msg: str, *args: Any, **kwargs: Any) -> None: ...


def choices_of(question: Question) -> dict[str, list[str]]:
    """The closed sets that a question is about; none where it is more than a choice about one message."""
    if question.purpose is not Purpose.JUDGE or len(question.parts) != 1 or question.clip:
        return {}
    properties = question.schema.get("properties", {})
    return {name: list(kind["enum"]) for name, kind in properties.items() if len(kind.get("enum", ())) > 1}


def shares_of(answer: Any, values: list[str]) -> dict[str, float]:
    """The probability of each value, the likeliest first; nothing if the answer is not of these values."""
    told = answer.probabilities if isinstance(answer, decisions.ChoiceAnswer) else None
    if not isinstance(told, dict):
        return {}
    known = {value: told[value] for value in values if _is_share(told.get(value))}
    return dict(sorted(known.items(), key=lambda pair: -pair[1]))


def rendered(schema: Mapping[str, Any], shares: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    """What a model of words would have said. It found no words to point at, so texts are empty."""
    chosen: dict[str, Any] = {name: next(iter(of)) for name, of in shares.items()}
    chief = shares.get(CHIEF) or next(iter(shares.values()))
    for name, kind in schema.get("properties", {}).items():
        if name == "confidence":
            chosen[name] = round(100 * max(chief.values()))
        elif name == "shares":
            chosen[name] = {value: round(share, 4) for value, share in chief.items()}
        elif kind.get("type") == "string" and name not in chosen:
            chosen[name] = ""
    return chosen


def tokens_of(said: decisions.CreateDecisionResponse) -> Tokens:
    usage = said.usage
    if usage is None:
        return Tokens()
    return Tokens(
        sent=figure(usage.total_input_tokens),
        answered=figure(usage.total_output_tokens) + figure(usage.total_thought_tokens),
    )


def _is_share(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1
