"""Every kind of language model, opened over the same fake server."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from auramail.ai.access import Access
from auramail.ai.decisions import DecisionsModel
from auramail.ai.gemini import GeminiModel
from auramail.ai.openai_compatible import OpenAICompatibleModel
from auramail.ai.scripted import ScriptedModel
from auramail.core.clock import SystemClock
from auramail.core.questions import Answer, Clip, Finish, Part, Purpose, Question
from auramail.ports.models import LanguageModel
from tests.fakes.model_server import ModelServer, Reply
from tests.fakes.model_server import Question as Heard

HASTY: Final = 0.3
"""Seconds an asker waits; the fake answers in two milliseconds."""
NOW: Final = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SCHEMA: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "type": "object",
        "properties": {
            "category": {"type": "string", "enum": ["IMPORTANT", "REVIEW", "DELETE"]},
            "kind": {"type": "string", "enum": ["bill", "work"]},
            "confidence": {"type": "integer", "minimum": 0, "maximum": 100},
        },
        "required": ["category", "kind", "confidence"],
        "additionalProperties": False,
    }
)


class StoppedCalendar(SystemClock):
    """Seconds run, the date stands still."""

    def now(self) -> datetime:
        return NOW


def a_question(content: str = "Subject: Sale", **changes: Any) -> Question:
    """A question about one message, changed."""
    question = Question(
        Purpose.JUDGE, "Sort the mail.", content, SCHEMA, "judge-0", key=content, parts=(Part("m1", content),)
    )
    return replace(question, **changes)


def a_spoken_question() -> Question:
    schema = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}
    clip = Clip(b"\x1aE\xdf\xa3 speech", "audio/webm;codecs=opus")
    return Question(Purpose.TRANSCRIBE, "Write down what is said.", "", schema, "speech-0", key="", clip=clip)


def open_gemini(server: ModelServer, **changes: Any) -> GeminiModel:
    access = Access("GEMINI", "gemini-3.5-flash-lite", server.key, server.gemini_url)
    return GeminiModel(replace(access, **changes), "", StoppedCalendar())


def open_decisions(server: ModelServer, **changes: Any) -> DecisionsModel:
    access = Access("GEMINI", "gemini-decision-1", server.key, server.gemini_url, "GEMINI_DECISIONS_MODEL")
    return DecisionsModel(replace(access, **changes), StoppedCalendar())


def open_openai(server: ModelServer, **changes: Any) -> OpenAICompatibleModel:
    access = Access("OPENAI", "llama3.2", server.key, server.openai_url)
    return OpenAICompatibleModel(replace(access, **changes), StoppedCalendar(), is_cloud=True)


def open_scripted(server: ModelServer) -> ScriptedModel:
    """The model of the tests, told the same words as the one behind HTTP says."""
    finishes = {"STOP": Finish.DONE, "MAX_TOKENS": Finish.CUT, "NO_CANDIDATES": Finish.EMPTY, "OTHER": Finish.EMPTY}

    def script(question: Question) -> Answer:
        said = server.script(Heard("scripted", "scripted", question.rules, question.content, question.schema, {}))
        reply = said if isinstance(said, Reply) else Reply(said)
        finish = finishes.get(reply.finish, Finish.BLOCKED)
        return Answer(reply.text, "scripted", finish if reply.text or finish is not Finish.DONE else Finish.EMPTY)

    return ScriptedModel(script, is_cloud=True)


@dataclass(frozen=True, slots=True)
class ModelCase:
    """How to open a model, and its settings, if it is behind a server; `has_words` unless it only chooses."""

    open: Callable[..., GeminiModel | DecisionsModel | OpenAICompatibleModel | ScriptedModel]
    family: str = ""
    named_by: str = ""
    has_words: bool = True

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
        "gemini": ModelCase(open_gemini, "GEMINI", "GEMINI_MODEL"),
        "openai": ModelCase(open_openai, "OPENAI", "OPENAI_MODEL"),
        "decisions": ModelCase(open_decisions, "GEMINI", "GEMINI_DECISIONS_MODEL", has_words=False),
        "scripted": ModelCase(open_scripted),
    }
)
ON_HTTP = tuple(name for name, case in CASES.items() if case.speaks_http)
WITH_WORDS = tuple(name for name in ON_HTTP if CASES[name].has_words)
GOOGLES = tuple(name for name in ON_HTTP if CASES[name].family == "GEMINI")


def answer(**changes: Any) -> dict[str, Any]:
    """A good answer, changed."""
    return {"category": "REVIEW", "kind": "bill", "confidence": 80} | changes
