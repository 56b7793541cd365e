"""Any server that speaks OpenAI's chat completions: Ollama, llama.cpp, vLLM."""

import json
from typing import Any, Final

import httpx2

from auramail.ai.access import Access
from auramail.ai.answer import read_answer
from auramail.ai.errors import read_seconds, refusal, unreachable
from auramail.ai.prompt import SCHEMA, write_prompt
from auramail.ai.window import CallWindow
from auramail.core.accounts import Person
from auramail.core.decisions import Opinion
from auramail.core.errors import NeedsPersonError
from auramail.core.messages import Message
from auramail.core.wording import Wording

TIMEOUT_SECONDS: Final = 60.0
"""A model on the person's own processor takes its time."""
MOST_TOKENS: Final = 256


class OpenAICompatibleModel:
    """`ports.LanguageModel` on POST /chat/completions with response_format json_schema.

    The schema is also said in the prompt, because some servers ignore it, and every answer is validated.
    """

    def __init__(
        self, base_url: str, key: str, model: str, window: CallWindow, timeout: float = TIMEOUT_SECONDS
    ) -> None:
        """Raises NeedsPersonError without an address or a model's name. `timeout` in seconds."""
        if not base_url or not model:
            raise NeedsPersonError(
                Wording.of("The OpenAI-compatible server needs an address and a model."),
                Wording.of("Set OPENAI_BASE_URL (such as http://127.0.0.1:11434/v1) and OPENAI_MODEL."),
            )
        self.name = model
        self._access = Access("OPENAI", model, key, base_url)
        self._access.check()
        self._window = window
        self._address = f"{base_url.rstrip('/')}/chat/completions"
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx2.Client(timeout=timeout, headers=headers)

    def judge(self, message: Message, person: Person) -> Opinion | None:
        del person
        prompt = write_prompt(message)
        self._window.enter()
        question = {
            "model": self.name,
            "messages": [{"role": "system", "content": prompt.rules}, {"role": "user", "content": prompt.mail}],
            "temperature": 0,
            "max_tokens": MOST_TOKENS,
            "response_format": {"type": "json_schema", "json_schema": {"name": "opinion", "schema": SCHEMA}},
        }
        try:
            answer = self._client.post(self._address, json=question)
        except httpx2.HTTPError:
            raise unreachable(self._access) from None
        if answer.status_code != httpx2.codes.OK:
            raise refusal(answer.status_code, self._access, read_seconds(answer.headers.get("retry-after", "")))
        return read_answer(_content(answer.text), self.name)

    def close(self) -> None:
        """End the connections."""
        self._client.close()


def _content(body: str) -> str | None:
    """The text of the first choice, if the body has one."""
    try:
        data: Any = json.loads(body)
        content = data["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        return None
    return content if isinstance(content, str) else None
