"""Gemini, through google-genai; imported only where it is asked for, because that takes a second."""

from typing import Any, Final

import httpx2
from google import genai
from google.genai import errors, types

from auramail.ai.answer import read_answer
from auramail.ai.errors import refusal, unreachable
from auramail.ai.prompt import SCHEMA, write_prompt
from auramail.ai.window import CallWindow
from auramail.core.accounts import Person
from auramail.core.decisions import Opinion
from auramail.core.errors import NeedsPersonError
from auramail.core.messages import Message
from auramail.core.wording import Wording

TIMEOUT_MILLISECONDS: Final = 20_000
MOST_TOKENS: Final = 256


class GeminiModel:
    """`ports.LanguageModel` on generateContent with an answer schema (https://ai.google.dev/api/generate-content)."""

    def __init__(self, key: str, model: str, base_url: str, window: CallWindow) -> None:
        """Raises NeedsPersonError without a key. `base_url` empty: Google's."""
        if not key:
            raise NeedsPersonError(
                Wording.of("Gemini needs a key."), Wording.of("Set GEMINI_API_KEY, or use --model local.")
            )
        self.name = model
        self._window = window
        self._client = genai.Client(
            api_key=key, http_options=types.HttpOptions(base_url=base_url or None, timeout=TIMEOUT_MILLISECONDS)
        )

    def judge(self, message: Message, person: Person) -> Opinion | None:
        """See the port. An empty answer (a safety block, a cut one) is no answer, not an error."""
        del person
        self._window.enter()
        prompt = write_prompt(message)
        try:
            answer = self._client.models.generate_content(
                model=self.name,
                contents=prompt.mail,
                config=types.GenerateContentConfig(
                    system_instruction=prompt.rules,
                    temperature=0.0,
                    max_output_tokens=MOST_TOKENS,
                    response_mime_type="application/json",
                    response_json_schema=SCHEMA,
                    thinking_config=thinking(self.name),
                ),
            )
        except errors.APIError as error:
            raise refusal(error.code, self.name, retry_delay(error.details)) from None
        except httpx2.HTTPError:
            raise unreachable(self.name) from None
        return read_answer(answer.text, self.name)


def thinking(model: str) -> types.ThinkingConfig | None:
    """As little thought as the family allows: budget 0 for 2.5, the lowest level for 3."""
    if "gemini-2.5" in model and "pro" not in model:
        return types.ThinkingConfig(thinking_budget=0)
    if "gemini-3" in model:
        return types.ThinkingConfig(thinking_level=types.ThinkingLevel.LOW)
    return None


def retry_delay(details: Any) -> float | None:
    """Seconds in an error's google.rpc.RetryInfo, `"retryDelay": "17s"` (https://cloud.google.com/apis/design/errors)."""
    error = details.get("error") if isinstance(details, dict) else None
    for detail in error.get("details") or () if isinstance(error, dict) else ():
        delay = detail.get("retryDelay") if isinstance(detail, dict) else None
        if isinstance(delay, str) and delay.removesuffix("s").replace(".", "", 1).isdigit():
            return float(delay.removesuffix("s"))
    return None
