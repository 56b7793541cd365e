"""How Gemini and OpenAI-compatible servers put the same question and the same answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tests.fakes.google.wire import Request, Response, answer_json

_STATUS = {400: "INVALID_ARGUMENT", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED"}
_OPENAI_FINISH = {"STOP": "stop", "MAX_TOKENS": "length"}


@dataclass(slots=True)
class Refusal(Exception):  # noqa: N818  # a word of the API, like its answer
    status: int
    message: str
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    model: str
    system: str
    text: str
    schema: Mapping[str, Any] | None


class Dialect(Protocol):
    name: str
    path: re.Pattern[str]
    bad_key_status: int

    def is_authorised(self, request: Request, key: str) -> bool: ...

    def read(self, body: Any, model: str) -> Asked:
        """Raises Refusal for what the API would not take."""
        ...

    def write(self, model: str, text: str, finish: str, tokens_in: int, tokens_out: int) -> dict[str, Any]: ...

    def write_error(self, refusal: Refusal) -> Response: ...

    def write_model(self, name: str) -> dict[str, Any]: ...

    def write_models(self, names: Sequence[str]) -> dict[str, Any]: ...


class Gemini:
    name = "gemini"
    path = re.compile(r"/v1(?:beta)?/models(?:/(?P<model>[^/:]+)(?::generateContent)?)?")
    bad_key_status = 400  # so it is: API_KEY_INVALID comes as INVALID_ARGUMENT

    def is_authorised(self, request: Request, key: str) -> bool:
        return key in {request.headers.get("x-goog-api-key"), *request.query.get("key", ())}

    def read(self, body: Any, model: str) -> Asked:
        if unknown := body.keys() - _GEMINI_FIELDS:
            raise Refusal(400, f'Invalid JSON payload received. Unknown name "{min(unknown)}": Cannot find field.')
        if not body.get("contents"):
            raise Refusal(400, "* GenerateContentRequest.contents: contents is not specified")
        config = body.get("generationConfig", {})
        thinking = config.get("thinkingConfig", {})
        level = thinking.get("thinkingLevel", thinking.get("thinking_level"))
        if level and (model.startswith("gemini-2.5") or (model == "gemini-3.8-flash" and level == "MINIMAL")):
            raise Refusal(400, f"Thinking level {level} is not supported for this model.")
        schema = config.get("responseJsonSchema", config.get("responseSchema"))
        if schema is not None and config.get("responseMimeType") != "application/json":
            raise Refusal(400, "response_mime_type must be application/json when a response schema is set")
        return Asked(model, _text_of(body.get("systemInstruction")), "\n".join(map(_text_of, body["contents"])), schema)

    def write(self, model: str, text: str, finish: str, tokens_in: int, tokens_out: int) -> dict[str, Any]:
        usage = {
            "promptTokenCount": tokens_in,
            "candidatesTokenCount": tokens_out,
            "totalTokenCount": tokens_in + tokens_out,
        }
        answer: dict[str, Any] = {"usageMetadata": usage, "modelVersion": model, "responseId": "fake"}
        if finish == "BLOCKED":
            return answer | {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}
        content: dict[str, Any] = {"role": "model"}
        if text:
            content["parts"] = [{"text": text}]
        return answer | {"candidates": [{"content": content, "finishReason": finish, "index": 0}]}

    def write_error(self, refusal: Refusal) -> Response:
        error: dict[str, Any] = {
            "code": refusal.status,
            "message": refusal.message,
            "status": _STATUS.get(refusal.status, "UNAVAILABLE"),
        }
        if "API key" in refusal.message:
            info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
            error["details"] = [info | {"domain": "googleapis.com"}]
        if refusal.retry_after is not None:
            retry = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{refusal.retry_after}s"}
            error["details"] = [retry]
        return answer_json({"error": error}, refusal.status)

    def write_model(self, name: str) -> dict[str, Any]:
        return {
            "name": f"models/{name}",
            "displayName": name,
            "inputTokenLimit": 1_048_576,
            "outputTokenLimit": 65_536,
            "supportedGenerationMethods": ["generateContent", "countTokens"],
        }

    def write_models(self, names: Sequence[str]) -> dict[str, Any]:
        return {"models": [self.write_model(name) for name in names]}


class OpenAI:
    name = "openai"
    path = re.compile(r"/v1/(?:chat/completions|models(?:/(?P<model>[^/]+))?)")
    bad_key_status = 401

    def is_authorised(self, request: Request, key: str) -> bool:
        """Local servers ask for no key; one that is given must be right."""
        return request.headers.get("authorization", f"Bearer {key}") == f"Bearer {key}"

    def read(self, body: Any, model: str) -> Asked:
        del model
        messages = body.get("messages")
        if not isinstance(body.get("model"), str) or not messages:
            raise Refusal(400, "you must provide a model and messages")
        spoken = {"system": "", "user": ""}
        for message in messages:
            role = "system" if message["role"] in {"system", "developer"} else "user"
            spoken[role] += ("\n" if spoken[role] else "") + _text_of(message)
        wished = body.get("response_format", {})
        schema = wished.get("json_schema", {}).get("schema") if wished.get("type") == "json_schema" else None
        return Asked(body["model"], spoken["system"], spoken["user"], schema)

    def write(self, model: str, text: str, finish: str, tokens_in: int, tokens_out: int) -> dict[str, Any]:
        reason = _OPENAI_FINISH.get(finish, "content_filter")
        message = {"role": "assistant", "content": text or None if reason == "content_filter" else text}
        return {
            "id": "chatcmpl-fake",
            "object": "chat.completion",
            "created": 1_795_000_000,
            "model": model,
            "choices": [{"index": 0, "message": message, "finish_reason": reason, "logprobs": None}],
            "usage": {
                "prompt_tokens": tokens_in,
                "completion_tokens": tokens_out,
                "total_tokens": tokens_in + tokens_out,
            },
        }

    def write_error(self, refusal: Refusal) -> Response:
        kind = "rate_limit_error" if refusal.status == 429 else "invalid_request_error"
        headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
        error = {"message": refusal.message, "type": kind, "param": None, "code": None}
        return answer_json({"error": error}, refusal.status, headers)

    def write_model(self, name: str) -> dict[str, Any]:
        return {"id": name, "object": "model", "created": 1_795_000_000, "owned_by": "fake"}

    def write_models(self, names: Sequence[str]) -> dict[str, Any]:
        return {"object": "list", "data": [self.write_model(name) for name in names]}


def dialect_of(request: Request) -> Dialect:
    """Both have a `/v1/models`: Google's clients are known by their key header."""
    is_google = "x-goog-api-key" in request.headers or "key" in request.query
    return Gemini() if is_google or ":" in request.path or request.path.startswith("/v1beta/") else OpenAI()


_GEMINI_FIELDS = frozenset(
    {"contents", "systemInstruction", "generationConfig", "safetySettings", "tools", "toolConfig", "cachedContent"}
)


def _text_of(content: Any) -> str:
    """The text of a Gemini content or an OpenAI message, whose parts may be a plain string."""
    if not content:
        return ""
    parts = content.get("parts", content.get("content", ""))
    if isinstance(parts, str):
        return parts
    return "\n".join(part.get("text", "") for part in parts)
