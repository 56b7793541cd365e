"""How Gemini and OpenAI-compatible servers put the same question and the same answer."""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, Protocol

from tests.fakes.google.wire import Request, Response, answer_json

_STATUS = {400: "INVALID_ARGUMENT", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED"}
_OPENAI_FINISH = {"STOP": "stop", "MAX_TOKENS": "length", "TOOL": "tool_calls"}
_DETAIL = "type.googleapis.com/google.rpc."


@dataclass(slots=True)
class Refusal(Exception):  # noqa: N818  # a word of the API, like its answer
    """`quotas` are the ids of Google's QuotaFailure, `code` is OpenAI's or Google's canonical status."""

    status: int
    message: str
    retry_after: int | None = None
    quotas: Sequence[str] = ()
    code: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    model: str
    system: str
    text: str
    schema: Mapping[str, Any] | None
    clip: bytes = b""
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The choices of a decision."""


@dataclass(frozen=True, slots=True)
class Said:
    """The words of an answer, how it ended (Gemini's finishReason) and its figures; `extra` fields nobody asked for."""

    text: str
    finish: str
    tokens_in: int
    tokens_out: int
    thoughts: int = 0
    reasoning: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


class Dialect(Protocol):
    name: str
    path: re.Pattern[str]
    bad_key_status: int

    def is_authorised(self, request: Request, key: str) -> bool: ...

    def read(self, request: Request, body: Any, model: str, refuses: frozenset[str]) -> Asked:
        """Raises Refusal for what the API would not take."""
        ...

    def write(self, asked: Asked, said: Said) -> dict[str, Any]: ...

    def write_error(self, refusal: Refusal) -> Response: ...

    def write_model(self, name: str) -> dict[str, Any]: ...

    def write_models(self, names: Sequence[str]) -> dict[str, Any]: ...


class Gemini:
    name = "gemini"
    path = re.compile(r"/v1(?:beta)?/models(?:/(?P<model>[^/:]+)(?::generateContent)?)?")
    bad_key_status = 400  # so it is: API_KEY_INVALID comes as INVALID_ARGUMENT

    def is_authorised(self, request: Request, key: str) -> bool:
        return key in {request.headers.get("x-goog-api-key"), *request.query.get("key", ())}

    def read(self, request: Request, body: Any, model: str, refuses: frozenset[str]) -> Asked:
        deadline = request.headers.get("x-server-timeout", "60")
        if float(deadline) < 10:
            raise Refusal(400, f"Manually set deadline {deadline}s is too short. Minimum allowed deadline is 10s.")
        if unknown := body.keys() - _GEMINI_FIELDS:
            raise Refusal(400, f'Invalid JSON payload received. Unknown name "{min(unknown)}": Cannot find field.')
        if not body.get("contents"):
            raise Refusal(400, "* GenerateContentRequest.contents: contents is not specified")
        config = body.get("generationConfig", {})
        check_thinking(config.get("thinkingConfig", {}), model, refuses)
        schema = config.get("responseJsonSchema", config.get("responseSchema"))
        if schema is not None and config.get("responseMimeType") != "application/json":
            raise Refusal(400, "response_mime_type must be application/json when a response schema is set")
        clips = [
            part["inlineData"]["data"] for said in body["contents"] for part in said["parts"] if "inlineData" in part
        ]
        return Asked(
            model,
            text_of(body.get("systemInstruction")),
            "\n".join(map(text_of, body["contents"])),
            schema,
            base64.urlsafe_b64decode(clips[0].replace("+", "-").replace("/", "_")) if clips else b"",
        )

    def write(self, asked: Asked, said: Said) -> dict[str, Any]:
        usage = {
            "promptTokenCount": said.tokens_in,
            "candidatesTokenCount": said.tokens_out,
            "totalTokenCount": said.tokens_in + said.tokens_out + said.thoughts,
        }
        if said.thoughts:
            usage["thoughtsTokenCount"] = said.thoughts
        answer: dict[str, Any] = {
            "usageMetadata": usage,
            "modelVersion": asked.model,
            "responseId": "fake",
            **said.extra,
        }
        if said.finish == "BLOCKED":
            return answer | {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}
        if said.finish == "NO_CANDIDATES":
            return answer
        content: dict[str, Any] = {"role": "model"}
        parts = [{"text": said.reasoning, "thought": True}] if said.reasoning else []
        if said.text:
            parts.append({"text": said.text})
        if parts:
            content["parts"] = parts
        return answer | {"candidates": [{"content": content, "finishReason": said.finish, "index": 0}]}

    def write_error(self, refusal: Refusal) -> Response:
        error: dict[str, Any] = {
            "code": refusal.status,
            "message": refusal.message,
            "status": refusal.code or _STATUS.get(refusal.status, "UNAVAILABLE"),
        }
        details: list[dict[str, Any]] = []
        if "API key" in refusal.message:
            info = {"@type": f"{_DETAIL}ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"}
            details.append(info)
        if refusal.quotas:
            violations = [{"quotaId": quota, "quotaDimensions": {"location": "global"}} for quota in refusal.quotas]
            details.append({"@type": f"{_DETAIL}QuotaFailure", "violations": violations})
        if refusal.retry_after is not None:
            details.append({"@type": f"{_DETAIL}RetryInfo", "retryDelay": f"{refusal.retry_after}s"})
        if details:
            error["details"] = details
        return answer_json({"error": error}, refusal.status, refusal.headers)

    def write_model(self, name: str) -> dict[str, Any]:
        methods = ["createDecision"] if "decision" in name else ["generateContent", "countTokens"]
        return {
            "name": f"models/{name}",
            "displayName": name,
            "inputTokenLimit": 1_048_576,
            "outputTokenLimit": 65_536,
            "supportedGenerationMethods": methods,
        }

    def write_models(self, names: Sequence[str]) -> dict[str, Any]:
        return {"models": [self.write_model(name) for name in names]}


class OpenAI:
    name = "openai"
    path = re.compile(r"/v1/(?:chat/completions|audio/transcriptions|models(?:/(?P<model>[^/]+))?)")
    bad_key_status = 401

    def is_authorised(self, request: Request, key: str) -> bool:
        """Local servers ask for no key; one that is given must be right."""
        return request.headers.get("authorization", f"Bearer {key}") == f"Bearer {key}"

    def read(self, request: Request, body: Any, model: str, refuses: frozenset[str]) -> Asked:
        del model
        if request.path.endswith("/transcriptions"):
            if "audio" in refuses:
                raise Refusal(404, "no such path")
            return Asked(body["model"], "", "", None, body["file"])
        messages = body.get("messages")
        if not isinstance(body.get("model"), str) or not messages:
            raise Refusal(400, "you must provide a model and messages")
        wished = body.get("response_format", {})
        check_wishes({wished.get("type", ""), *body}, refuses)
        spoken = {"system": "", "user": ""}
        for message in messages:
            role = "system" if message["role"] in {"system", "developer"} else "user"
            spoken[role] += ("\n" if spoken[role] else "") + text_of(message)
        schema = wished.get("json_schema", {}).get("schema") if wished.get("type") == "json_schema" else None
        return Asked(body["model"], spoken["system"], spoken["user"], schema)

    def write(self, asked: Asked, said: Said) -> dict[str, Any]:
        usage = {
            "prompt_tokens": said.tokens_in,
            "completion_tokens": said.tokens_out + said.thoughts,
            "total_tokens": said.tokens_in + said.tokens_out + said.thoughts,
        }
        if asked.clip:
            return {"text": said.text, "usage": usage}
        reason = _OPENAI_FINISH.get(said.finish, "content_filter")
        message: dict[str, Any] = {"role": "assistant", "content": said.text}
        if reason == "content_filter":
            message["content"] = said.text or None
        if said.reasoning:
            message["reasoning_content"] = said.reasoning
        none = said.finish == "NO_CANDIDATES"
        return {
            "id": "chatcmpl-fake",
            "object": "chat.completion",
            "created": 1_795_000_000,
            "model": asked.model,
            "choices": [] if none else [{"index": 0, "message": message, "finish_reason": reason, "logprobs": None}],
            "usage": usage,
            **said.extra,
        }

    def write_error(self, refusal: Refusal) -> Response:
        kind = "rate_limit_error" if refusal.status == 429 else "invalid_request_error"
        headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
        error = {"message": refusal.message, "type": kind, "param": None, "code": refusal.code or None}
        return answer_json({"error": error}, refusal.status, headers | dict(refusal.headers))

    def write_model(self, name: str) -> dict[str, Any]:
        return {"id": name, "object": "model", "created": 1_795_000_000, "owned_by": "fake"}

    def write_models(self, names: Sequence[str]) -> dict[str, Any]:
        return {"object": "list", "data": [self.write_model(name) for name in names]}


def check_thinking(config: Mapping[str, Any], model: str, refuses: frozenset[str]) -> None:
    """Raises Refusal as each family does (https://ai.google.dev/gemini-api/docs/thinking)."""
    level = config.get("thinkingLevel", config.get("thinking_level"))
    budget = config.get("thinkingBudget")
    if config and "thinking" in refuses:
        raise Refusal(400, "Thinking is not enabled for this model.")
    if level and (model.startswith("gemini-2.5") or (model == "gemini-3.8-flash" and level == "MINIMAL")):
        raise Refusal(400, f"Thinking level {level} is not supported for this model.")
    if budget == 0 and "pro" in model:
        raise Refusal(400, "Budget 0 is invalid. This model only works in thinking mode.")


def check_wishes(wishes: set[str], refuses: frozenset[str]) -> None:
    """Raises Refusal for the first wish that this server refuses."""
    if "max_tokens" in wishes & refuses:
        raise Refusal(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
    for kind in ("json_schema", "json_object"):
        if kind in wishes & refuses:
            raise Refusal(400, f"'response_format' of type '{kind}' is not supported.")
    if "temperature" in wishes & refuses:
        raise Refusal(400, "Unsupported value: 'temperature' does not support 0 with this model.")


def read_form(request: Request) -> dict[str, Any]:
    """The fields of a multipart form (RFC 7578): text as text, files as bytes."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    form: dict[str, Any] = {}
    for part in BytesParser(policy=HTTP).parsebytes(head + request.body).iter_parts():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        form[str(name)] = data if part.get_filename() else bytes(data).decode()
        if part.get_filename():
            form["filename"], form["filetype"] = part.get_filename(), part.get_content_type()
    return form


_GEMINI_FIELDS = frozenset(
    {"contents", "systemInstruction", "generationConfig", "safetySettings", "tools", "toolConfig", "cachedContent"}
)


def text_of(content: Any) -> str:
    """The text of a Gemini content or an OpenAI message, whose parts may be a plain string."""
    if not content:
        return ""
    if isinstance(content, str):
        return content
    parts = content.get("parts", content.get("content", ""))
    if isinstance(parts, str):
        return parts
    return "\n".join(part.get("text", "") for part in parts if "text" in part)
