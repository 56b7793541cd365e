"""Gemini's generateContent; imported only where it is asked for, because google-genai takes a second."""

from collections.abc import Iterator
from typing import Any, Final

import httpx2
from google.genai import errors, types

from auramail.ai.access import Access
from auramail.ai.errors import unreachable, unreached
from auramail.ai.google_api import UNREADABLE, GoogleAPI, headers_of, in_time
from auramail.ai.wire import NOBODY_THERE, figure, sendable
from auramail.core.errors import AuraMailError
from auramail.core.questions import Answer, Finish, Question, Tokens
from auramail.ports.world import Clock

LONGEST_SECONDS: Final = 60.0
THOUGHTS: Final = 1024
"""Tokens on top for models that always think: their thoughts count against what they may answer."""
LEAST_THOUGHT: Final = 128
"""The smallest budget that gemini-2.5-pro takes."""
BLOCKED: Final = frozenset({"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE"})


class GeminiModel:
    """`ports.models.LanguageModel` on https://ai.google.dev/api/generate-content, with the answer's schema enforced."""

    def __init__(self, access: Access, version: str, clock: Clock, *, is_cloud: bool = True) -> None:
        """Raises NeedsPersonError without a usable key. `version` of the API, empty: the client's own."""
        self.name = access.model
        self.is_cloud = is_cloud
        self._access = access
        self._api = GoogleAPI(access, version, clock)
        self._is_told_how_to_think = True

    def ask(self, question: Question) -> Answer:
        """See the port. What comes back unreadable is an empty answer, not an error."""
        answer = self._asked(question)
        if answer is None:
            self._is_told_how_to_think = False
            answer = self._asked(question)
        if isinstance(answer, AuraMailError):
            raise answer  # outside of any except: google-genai's errors hold the key and what was sent
        return answer or Answer("", self.name, Finish.EMPTY)

    def check(self) -> None:
        self._api.check("generateContent")

    def close(self) -> None:
        """End the connections."""
        self._api.close()

    def _asked(self, question: Question) -> Answer | AuraMailError | None:
        """The answer, the error, or None where the model refused how it was told to think."""
        thinking = thinking_of(self.name) if self._is_told_how_to_think else None
        try:
            said = self._api.client.models.generate_content(
                model=self.name,
                contents=types.Content(role="user", parts=list(_parts(question))),
                config=_wishes(question, thinking),
            )
            return read(said, self.name)
        except errors.APIError as error:
            if thinking and error.code == httpx2.codes.BAD_REQUEST and "thinking" in str(error.message).lower():
                return None
            return self._api.refused(error.code, error.details, headers_of(error))
        except NOBODY_THERE:
            return unreached(self._access)
        except httpx2.HTTPError:
            return unreachable(self._access)
        except UNREADABLE:
            return Answer("", self.name, Finish.EMPTY)


def _parts(question: Question) -> Iterator[types.Part]:
    if question.clip:
        yield types.Part.from_bytes(data=question.clip.data, mime_type=question.clip.content_type)
    if question.content:
        yield types.Part.from_text(text=sendable(question.content))


def _wishes(question: Question, thinking: types.ThinkingConfig | None) -> types.GenerateContentConfig:
    silent = thinking is not None and thinking.thinking_budget == 0
    return types.GenerateContentConfig(
        system_instruction=sendable(question.rules),
        temperature=0.0,
        max_output_tokens=question.most_tokens + (0 if silent else THOUGHTS),
        response_mime_type="application/json" if question.schema else None,
        response_json_schema=dict(question.schema) or None,
        thinking_config=thinking,
        http_options=in_time(min(question.seconds, LONGEST_SECONDS)),
    )


def thinking_of(model: str) -> types.ThinkingConfig | None:
    """As little thought as the family allows: the least budget for 2.5, the lowest level that all of 3 have."""
    if "gemini-2.5" in model:
        return types.ThinkingConfig(thinking_budget=LEAST_THOUGHT if "pro" in model else 0)
    if "gemini-3" in model:
        return types.ThinkingConfig(thinking_level=types.ThinkingLevel.LOW)
    return None


def read(said: types.GenerateContentResponse, model: str) -> Answer:
    """The answer with its figures. Thoughts are no part of its text, but of what it costs."""
    tokens = tokens_of(said.usage_metadata)
    if said.prompt_feedback and said.prompt_feedback.block_reason:
        return Answer("", model, Finish.BLOCKED, tokens)
    candidate = said.candidates[0] if said.candidates else None
    if candidate is None:
        return Answer("", model, Finish.EMPTY, tokens)
    reason = _word(candidate.finish_reason)
    if reason in BLOCKED or reason.startswith("IMAGE_"):
        return Answer("", model, Finish.BLOCKED, tokens)
    parts = (candidate.content.parts if candidate.content else None) or ()
    text = "".join(part.text for part in parts if part.text and not part.thought)
    if reason == "MAX_TOKENS":
        return Answer(text, model, Finish.CUT, tokens)
    if reason not in {"STOP", ""} or not text:
        return Answer("", model, Finish.EMPTY, tokens)
    return Answer(text, model, Finish.DONE, tokens)


def tokens_of(usage: types.GenerateContentResponseUsageMetadata | None) -> Tokens:
    """What was sent includes what the server had in its cache."""
    if usage is None:
        return Tokens()
    return Tokens(
        sent=figure(usage.prompt_token_count) + figure(usage.tool_use_prompt_token_count),
        answered=figure(usage.candidates_token_count) + figure(usage.thoughts_token_count),
    )


def _word(reason: Any) -> str:
    """An enumeration's word, or the server's own where google-genai does not know it."""
    return str(getattr(reason, "value", reason) or "")
