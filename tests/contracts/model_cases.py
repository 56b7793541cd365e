"""Every kind of language model, opened over the same fake server."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from auramail.ai.gemini import GeminiModel
from auramail.ai.openai_compatible import OpenAICompatibleModel
from auramail.ai.scripted import ScriptedModel
from auramail.ai.window import CallWindow
from auramail.ports.world import LanguageModel
from tests.fakes.clock import FakeClock
from tests.fakes.model_server import ModelServer, Question, Reply

PATIENT, HASTY = 20.0, 0.3
"""Seconds a client waits for an answer; the fake answers in two milliseconds."""


def window() -> CallWindow:
    return CallWindow(1000, FakeClock())


def open_gemini(server: ModelServer, timeout: float = PATIENT, **changes: str) -> GeminiModel:
    given = {"key": server.key, "model": "gemini-3.5-flash-lite", "base_url": server.gemini_url} | changes
    return GeminiModel(**given, window=window(), timeout=int(timeout * 1000))


def open_openai(server: ModelServer, timeout: float = PATIENT, **changes: str) -> OpenAICompatibleModel:
    given = {"key": server.key, "model": "llama3.2", "base_url": server.openai_url} | changes
    return OpenAICompatibleModel(**given, window=window(), timeout=timeout)


def open_scripted(server: ModelServer) -> ScriptedModel:
    """The model of the tests, told the same words as the one behind HTTP says."""

    def script(mail: str) -> str | None:
        said = server.script(Question("scripted", "scripted", "", mail, None, {}))
        reply = said if isinstance(said, Reply) else Reply(said)
        return reply.text

    return ScriptedModel(script)


@dataclass(frozen=True, slots=True)
class ModelCase:
    """How to open a model, and how the names of its settings begin; `speaks_http` where there is a server."""

    open: Callable[..., GeminiModel | OpenAICompatibleModel | ScriptedModel]
    family: str = ""

    @property
    def speaks_http(self) -> bool:
        return bool(self.family)

    @contextmanager
    def opened(self, server: ModelServer, **changes: Any) -> Iterator[LanguageModel]:
        """The model, changed as a test wants it, for a while."""
        model = self.open(server, **changes)
        yield model
        if not isinstance(model, ScriptedModel):
            model.close()


CASES: Mapping[str, ModelCase] = MappingProxyType(
    {
        "gemini": ModelCase(open_gemini, "GEMINI"),
        "openai": ModelCase(open_openai, "OPENAI"),
        "scripted": ModelCase(open_scripted),
    }
)
ON_HTTP = tuple(name for name, case in CASES.items() if case.speaks_http)


def answer(**changes: Any) -> dict[str, Any]:
    """A good answer, changed."""
    return {"category": "ACTION_REQUIRED", "kind": "bill", "confidence": 80} | changes
