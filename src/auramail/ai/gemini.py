"""Gemini, through google-genai; imported only where it is asked for, because that takes a second."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpx2
from google import genai
from google.genai import errors, types

from auramail.ai.access import Access
from auramail.ai.answer import read_answer
from auramail.ai.errors import read_seconds, refusal, unreachable, wrong_key
from auramail.ai.prompt import SCHEMA, Prompt, write_prompt
from auramail.ai.window import CallWindow
from auramail.core.accounts import Person
from auramail.core.decisions import Opinion
from auramail.core.errors import AuraMailError, NeedsPersonError
from auramail.core.messages import Message
from auramail.core.wording import Wording

TIMEOUT_MILLISECONDS: Final = 20_000
MOST_TOKENS: Final = 256


class GeminiModel:
    """`ports.LanguageModel` on generateContent with an answer schema (https://ai.google.dev/api/generate-content)."""

    def __init__(
        self, key: str, model: str, base_url: str, window: CallWindow, timeout: int = TIMEOUT_MILLISECONDS
    ) -> None:
        """Raises NeedsPersonError without a usable key. `base_url` empty: Google's; `timeout` in milliseconds."""
        if not key:
            raise NeedsPersonError(
                Wording.of("Gemini needs a key."), Wording.of("Set GEMINI_API_KEY, or use --model local.")
            )
        self.name = model
        self._access = Access("GEMINI", model, key, base_url)
        self._access.check()
        self._window = window
        self._client = genai.Client(
            api_key=key, http_options=types.HttpOptions(base_url=base_url or None, timeout=timeout)
        )

    def judge(self, message: Message, person: Person) -> Opinion | None:
        """See the port. An empty answer (a safety block, a cut one) is no answer, not an error."""
        del person
        prompt = write_prompt(message)
        self._window.enter()
        try:
            text = self._ask(prompt)
        except errors.APIError as error:
            raise refused(error, self._access) from None
        except httpx2.HTTPError:
            raise unreachable(self._access) from None
        except (ValueError, TypeError, AttributeError, RecursionError):
            return None  # google-genai lets its JSON reader's and its validator's errors through
        return read_answer(text, self.name)

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def _ask(self, prompt: Prompt) -> str | None:
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
        return answer.text


def thinking(model: str) -> types.ThinkingConfig | None:
    """As little thought as the family allows: budget 0 for 2.5, the lowest level for 3."""
    if "gemini-2.5" in model and "pro" not in model:
        return types.ThinkingConfig(thinking_budget=0)
    if "gemini-3" in model:
        return types.ThinkingConfig(thinking_level=types.ThinkingLevel.LOW)
    return None


def refused(error: errors.APIError, access: Access) -> AuraMailError:
    """What a refusal means; a wrong key comes as 400 with the reason API_KEY_INVALID (google.rpc.ErrorInfo)."""
    if any(detail.get("reason") == "API_KEY_INVALID" for detail in error_details(error.details)):
        return wrong_key(access)
    return refusal(error.code, access, retry_delay(error.details))


def retry_delay(details: Any) -> float | None:
    """Seconds in an error's google.rpc.RetryInfo, `"retryDelay": "17s"` (https://cloud.google.com/apis/design/errors)."""
    delays = (detail.get("retryDelay") for detail in error_details(details))
    return next((read_seconds(delay) for delay in delays if isinstance(delay, str)), None)


def error_details(details: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in `error.details` of an answer, whatever else it holds."""
    error = details.get("error") if isinstance(details, dict) else None
    listed = error.get("details") if isinstance(error, dict) else None
    yield from (detail for detail in listed if isinstance(detail, dict)) if isinstance(listed, list) else ()
