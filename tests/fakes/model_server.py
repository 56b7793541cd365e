"""A fake language model over real HTTP, in the languages of Gemini, its Decisions and OpenAI, with a scripted mind.

https://ai.google.dev/api/generate-content · https://platform.openai.com/docs/api-reference/chat
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from types import TracebackType
from typing import Any, Self

from tests.fakes.google.errors import GoogleError
from tests.fakes.google.faults import SLOW, Fault, FaultPlan
from tests.fakes.google.http import FakeHTTPServer
from tests.fakes.google.wire import Request, Response, answer_json
from tests.fakes.model_decisions import Decisions
from tests.fakes.model_dialects import Asked, Dialect, Gemini, OpenAI, Refusal, Said, read_form


@dataclass(frozen=True, slots=True)
class Question:
    """What the product asked, whichever API it spoke (`gemini`, `decisions` or `openai`); `clip` is recorded speech."""

    dialect: str
    model: str
    system: str
    text: str
    schema: Mapping[str, Any] | None
    body: Mapping[str, Any]
    clip: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model says: `content` as text, or anything else as JSON; `finish` is Gemini's finishReason.

    `SAFETY`, `PROHIBITED_CONTENT`, `RECITATION` and `SPII` come without any text, `MAX_TOKENS` with half of it,
    `BLOCKED` refuses the prompt itself, `NO_CANDIDATES` says nothing at all. Tokens are counted when not given: one for
    four characters. `reasoning` is told as each API tells it, `thoughts` are its tokens, `extra` are fields of the
    answer that nobody asked for.
    """

    content: Any = ""
    finish: str = "STOP"
    tokens_in: int | None = None
    tokens_out: int | None = None
    thoughts: int = 0
    reasoning: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The words that reach the client."""
        if self.finish not in {"STOP", "MAX_TOKENS", "TOOL"}:
            return ""
        whole = self.content if isinstance(self.content, str) else json.dumps(self.content, ensure_ascii=False)
        return whole[: len(whole) // 2] if self.finish == "MAX_TOKENS" else whole


Script = Callable[[Question], Any]
"""Answers a question with a Reply, a text, or a value that becomes JSON; with a Refusal, or a whole HTTP Response."""


@dataclass
class ModelServer:
    """Start with `with ModelServer(script) as model:`; `model.gemini_url` and `model.openai_url` are the addresses.

    `questions` are all that were answered or refused. Methods for faults: `generate`, `models`. `refuses` are wishes
    that this server does not fulfil: `json_schema`, `json_object`, `max_tokens`, `temperature`, `thinking`, `audio`.
    `latency` is waited for by `sleep`, in real seconds by default. With a `drip` every answer comes one byte at a time,
    so many seconds apart.
    """

    script: Script = field(default=lambda _: "")
    models: Sequence[str] = (
        "gemini-3.5-flash-lite",
        "gemini-3.8-flash",
        "gemini-2.5-flash",
        "llama3.2",
        "gemini-decision-1",
    )
    refuses: frozenset[str] = frozenset()
    drip: float = 0.0
    key: str = "AIza-canary-model-key"
    latency: float = 0.0
    port: int = 0
    sleep: Callable[[float], object] | None = None
    questions: list[Question] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = Lock()
        self._plan = FaultPlan()
        self._http = FakeHTTPServer(self._answer, self.port, self.latency, self.sleep)

    @property
    def gemini_url(self) -> str:
        return self._http.url

    @property
    def openai_url(self) -> str:
        return f"{self._http.url}/v1"

    @property
    def http_calls(self) -> int:
        return self._http.http_calls

    def fault(
        self,
        kind: str,
        method: str = "generate",
        *,
        nth: int = 1,
        times: int | None = 1,
        seconds: float = 30.0,
        retry_after: int | None = None,
    ) -> Fault:
        """Plan a fault of `tests.fakes.google.faults`; a 429 tells `retry_after` as each API does."""
        return self._plan.add(Fault(method, kind, nth, times, seconds, retry_after))

    def start(self) -> None:
        self._http.start()

    def stop(self) -> None:
        self._http.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _answer(self, request: Request) -> Response:
        dialect = dialect_of(request)
        matched = dialect.path.fullmatch(request.path)
        if matched is None:
            return dialect.write_error(Refusal(404, f"no such path: {request.path}"))
        return self._speak(dialect, matched.groupdict(), request)

    def _speak(self, dialect: Dialect, path: Mapping[str, str | None], request: Request) -> Response:
        asks = request.method == "POST"
        with self._lock:
            fault = self._plan.strike("generate" if asks else "models")
        if not dialect.is_authorised(request, self.key):
            return dialect.write_error(
                Refusal(dialect.bad_key_status, "API key not valid. Please pass a valid API key.")
            )
        try:
            answer = self._generate(dialect, path, request, fault) if asks else self._describe(dialect, path, fault)
        except GoogleError as error:
            return dialect.write_error(Refusal(error.code, error.message, error.retry_after))
        except Refusal as refused:
            return dialect.write_error(refused)
        if fault and fault.kind == SLOW:
            self._http.stopping.wait(fault.seconds)
        return replace(fault.spoil(answer) if fault else answer, pause=self.drip)

    def _describe(self, dialect: Dialect, path: Mapping[str, str | None], fault: Fault | None) -> Response:
        """One model, or the list of them."""
        if fault:
            fault.break_before()
        name = path.get("model")
        if name is None:
            return answer_json(dialect.write_models(self.models))
        self._check_model(name)
        return answer_json(dialect.write_model(name))

    def _generate(
        self, dialect: Dialect, path: Mapping[str, str | None], request: Request, fault: Fault | None
    ) -> Response:
        body = _read_body(request)
        asked = dialect.read(request, body, path.get("model") or "", self.refuses)
        question = Question(dialect.name, asked.model, asked.system, asked.text, asked.schema, body, asked.clip)
        with self._lock:
            self.questions.append(question)
        if fault:
            fault.break_before()
        self._check_model(question.model)
        said = self.script(question)
        if isinstance(said, Refusal):
            raise said
        return said if isinstance(said, Response) else answer_json(dialect.write(asked, _counted(said, asked)))

    def _check_model(self, name: str) -> None:
        if name not in self.models:
            raise Refusal(404, f"models/{name} is not found for API version v1, or is not supported.")


def dialect_of(request: Request) -> Dialect:
    """Google and the others both have a `/v1/models`: Google's clients are known by their key header."""
    if request.path.endswith("/decisions"):
        return Decisions()
    is_google = "x-goog-api-key" in request.headers or "key" in request.query
    return Gemini() if is_google or ":" in request.path or request.path.startswith("/v1beta/") else OpenAI()


def _read_body(request: Request) -> Any:
    if request.headers.get("content-type", "").startswith("multipart/"):
        return read_form(request)
    try:
        return json.loads(request.body)
    except ValueError as error:
        raise Refusal(400, "Invalid JSON payload received.") from error


def _counted(said: Any, asked: Asked) -> Said:
    reply = said if isinstance(said, Reply) else Reply(said)
    return Said(
        reply.text,
        reply.finish,
        reply.tokens_in if reply.tokens_in is not None else count_tokens(asked.system + asked.text),
        reply.tokens_out if reply.tokens_out is not None else count_tokens(reply.text),
        reply.thoughts,
        reply.reasoning,
        reply.extra,
    )


def count_tokens(text: str) -> int:
    return (len(text) + 3) // 4
