"""Any server that speaks OpenAI's chat completions: Ollama, llama.cpp, vLLM, and those in the cloud."""

import json
from dataclasses import dataclass, replace
from typing import Any, Final

import httpx2

from auramail.ai.access import Access
from auramail.ai.chat_answers import first_choice, read_chat, read_json, read_transcript
from auramail.ai.errors import no_credit, no_such_model, read_retry_after, refusal, unreachable, unreached, wrong_key
from auramail.ai.wire import NOBODY_THERE, ModelClient, sendable
from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError
from auramail.core.questions import Answer, Clip, Finish, Question
from auramail.core.wording import Wording
from auramail.ports.world import Clock

LONGEST_SECONDS: Final = 60.0
"""A model on the person's own processor takes its time."""
CHECK_SECONDS: Final = 10.0
FORMATS: Final = ("json_schema", "json_object", "")
"""How strictly a server is asked to keep to JSON, the strictest first."""
SCHEMA_SAID: Final = "Answer with one JSON object and nothing else. It follows this JSON Schema:"
THOUGHTS: Final = 2048
"""Tokens on top for a model that was seen to think before it answers."""
UNPROCESSABLE: Final = frozenset({httpx2.codes.BAD_REQUEST, httpx2.codes.UNPROCESSABLE_CONTENT})
MISSING: Final = frozenset({httpx2.codes.NOT_FOUND, httpx2.codes.METHOD_NOT_ALLOWED, httpx2.codes.NOT_IMPLEMENTED})
ENDINGS: Final = {"audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/ogg": "ogg", "audio/wav": "wav", "audio/x-wav": "wav"}
"""Servers tell the format from the file's name; what browsers record is WebM otherwise."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What a server was found to accept, so that it refuses each wish but once."""

    format: int = 0
    limit: str = "max_tokens"
    has_temperature: bool = True
    thinks: bool = False

    def yielding(self, refusal_text: str) -> "Habits | None":
        """Without the wish that a refusal names; None if it names none."""
        said = refusal_text[:2000].lower()
        if self.limit == "max_tokens" and "max_completion_tokens" in said:
            return replace(self, limit="max_completion_tokens")
        if FORMATS[self.format] and any(word in said for word in ("response_format", "json_schema", "json_object")):
            return replace(self, format=self.format + 1)
        if self.has_temperature and "temperature" in said:
            return replace(self, has_temperature=False)
        return None


class OpenAICompatibleModel:
    """`ports.models.LanguageModel` on POST /chat/completions, and /audio/transcriptions for recorded speech.

    The schema is also said in the rules, because some servers ignore response_format and others refuse it.
    """

    def __init__(self, access: Access, clock: Clock, *, is_cloud: bool) -> None:
        """Raises NeedsPersonError without an address or a model's name."""
        if not access.address or not access.model:
            raise NeedsPersonError(
                Wording.of("The OpenAI-compatible server needs an address and a model."),
                Wording.of("Set OPENAI_BASE_URL (such as http://127.0.0.1:11434/v1) and OPENAI_MODEL."),
            )
        access.check()
        self.name = access.model
        self.is_cloud = is_cloud
        self._access = access
        self._clock = clock
        self._address = access.address.rstrip("/")
        self._habits = Habits()
        headers = {"Authorization": f"Bearer {access.key}"} if access.key else {}
        self._client = ModelClient(clock, headers)

    def ask(self, question: Question) -> Answer:
        """See the port. What comes back unreadable is an empty answer, not an error."""
        until = self._clock.monotonic() + min(question.seconds, LONGEST_SECONDS)
        answer = self._heard(question, question.clip, until) if question.clip else self._asked(question, until)
        if isinstance(answer, AuraMailError):
            raise answer  # outside of any except: httpx2's errors hold the key and what was sent
        return answer

    def check(self) -> None:
        """Look the model up in the server's list; a server without a readable list is believed."""
        problem = self._look_up()
        if problem:
            raise problem

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def _asked(self, question: Question, until: float) -> Answer | AuraMailError:
        habits = self._habits
        while True:
            reply = self._send("chat/completions", until, json=self._body(question, habits))
            if isinstance(reply, AuraMailError):
                return reply
            if reply.status_code == httpx2.codes.OK:
                break
            humbler = habits.yielding(reply.text) if reply.status_code in UNPROCESSABLE else None
            if humbler is None:
                return self._refused(reply)
            self._habits = habits = humbler
        answer = read_chat(reply.content, self.name)
        if answer.finish is Finish.CUT and first_choice(reply.content).thought:
            self._habits = replace(habits, thinks=True)
        return answer

    def _body(self, question: Question, habits: Habits) -> dict[str, Any]:
        schema = dict(question.schema)
        rules = sendable(question.rules) + (f"\n\n{SCHEMA_SAID}\n{json.dumps(schema)}" if schema else "")
        body: dict[str, Any] = {
            "model": self.name,
            "messages": [
                {"role": "system", "content": rules},
                {"role": "user", "content": sendable(question.content)},
            ],
            habits.limit: question.most_tokens + (THOUGHTS if habits.thinks else 0),
        }
        if habits.has_temperature:
            body["temperature"] = 0
        if schema and FORMATS[habits.format]:
            body["response_format"] = {"type": FORMATS[habits.format]}
            if not habits.format:
                body["response_format"]["json_schema"] = {"name": "answer", "schema": schema}
        return body

    def _heard(self, question: Question, clip: Clip, until: float) -> Answer | AuraMailError:
        name = f"speech.{ENDINGS.get(clip.content_type.partition(';')[0].strip().lower(), 'webm')}"
        reply = self._send(
            "audio/transcriptions",
            until,
            data={"model": self.name, "response_format": "json"},
            files={"file": (name, clip.data, clip.content_type)},
        )
        if isinstance(reply, AuraMailError):
            return reply
        if reply.status_code in MISSING:
            return GiveUpError(Wording.of("The language model {model} does not understand speech.", model=self.name))
        if reply.status_code != httpx2.codes.OK:
            return self._refused(reply)
        return read_transcript(reply.content, self.name, question.schema)

    def _look_up(self) -> AuraMailError | None:
        reply = self._send("models", self._clock.monotonic() + CHECK_SECONDS, method="GET")
        if isinstance(reply, AuraMailError):
            return reply
        if reply.status_code in MISSING:
            return None
        if reply.status_code != httpx2.codes.OK:
            return self._refused(reply)
        names = _names(read_json(reply.content))
        if not names or self.name in {*names, *(name.removesuffix(":latest") for name in names)}:
            return None
        return no_such_model(self._access, names)

    def _send(self, path: str, until: float, method: str = "POST", **content: Any) -> httpx2.Response | AuraMailError:
        seconds = until - self._clock.monotonic()
        if seconds <= 0:
            return unreachable(self._access)
        try:
            return self._client.request(method, f"{self._address}/{path}", timeout=seconds, **content)
        except (*NOBODY_THERE, UnicodeError):
            return unreached(self._access)
        except httpx2.HTTPError:
            return unreachable(self._access)

    def _refused(self, reply: httpx2.Response) -> AuraMailError:
        """What a refusal means, where its status alone does not say it."""
        body = read_json(reply.content)
        error = body.get("error") if isinstance(body, dict) else None
        code = error.get("code") if isinstance(error, dict) else None
        if code == "insufficient_quota":
            return no_credit(self._access)
        if code == "invalid_api_key":
            return wrong_key(self._access)
        return refusal(reply.status_code, self._access, read_retry_after(reply.headers, self._clock.now()))


def _names(listed: Any) -> list[str]:
    """The models that a server has; none if it takes any name, as llama.cpp does, or if the list is unreadable."""
    models = listed.get("data") if isinstance(listed, dict) else None
    rows = [model for model in models if isinstance(model, dict)] if isinstance(models, list) else []
    if any(model.get("owned_by") == "llamacpp" for model in rows):
        return []
    return [model["id"].removeprefix("models/") for model in rows if isinstance(model.get("id"), str)]
