"""What is Gemini's alone: the shape of its errors, its families, and bodies its own client trips over."""

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from google.genai import types

from auramail.ai.gemini import GeminiModel, retry_delay, thinking
from auramail.core.accounts import Person
from auramail.core.errors import NeedsPersonError, TryAgainError
from tests.builders import a_message
from tests.contracts.model_cases import CASES, answer, window
from tests.fakes.google.http import FakeHTTPServer
from tests.fakes.google.wire import Request, Response
from tests.fakes.model_server import ModelServer

LITE = "gemini-3.5-flash-lite"


@pytest.fixture
def body() -> list[Response]:
    """The one answer that the server gives."""
    return []


@pytest.fixture
def model(body: list[Response]) -> Iterator[GeminiModel]:
    def answer(request: Request) -> Response:
        del request
        return body[0]

    server = FakeHTTPServer(answer)
    server.start()
    with closing(GeminiModel("key", LITE, server.url, window())) as opened:
        yield opened
    server.stop()


def candidate(**content: Any) -> dict[str, Any]:
    return {"candidates": [content]}


ODD: dict[str, Any] = {
    "a list": [],
    "a word": "answer",
    "nothing": {},
    "no candidates": {"candidates": []},
    "candidates of another kind": {"candidates": "many"},
    "a candidate of another kind": {"candidates": ["one"]},
    "no content": candidate(finishReason="STOP"),
    "content of another kind": candidate(content="text"),
    "parts of another kind": candidate(content={"parts": "text"}),
    "a part of another kind": candidate(content={"parts": [7]}),
    "text that is a number": candidate(content={"parts": [{"text": 7}]}),
    "a call of a function": candidate(content={"parts": [{"functionCall": {"name": "delete", "args": {}}}]}),
}


@pytest.mark.parametrize("said", ODD.values(), ids=ODD)
def test_answer_of_an_odd_shape_is_no_answer(model: GeminiModel, body: list[Response], said: Any) -> None:
    body.append(Response(200, json.dumps(said).encode(), {"Content-Type": "application/json"}))

    assert model.judge(a_message(), Person()) is None


@pytest.mark.parametrize("said", [b"", b"busy", b"[]", b'"busy"', b'{"error": "busy"}', b'{"error": {"details": "x"}}'])
def test_refusal_of_an_odd_shape_is_still_a_refusal(model: GeminiModel, body: list[Response], said: bytes) -> None:
    body.append(Response(503, said, {"Content-Type": "application/json"}))

    with pytest.raises(TryAgainError):
        model.judge(a_message(), Person())


def test_without_a_key_the_person_is_told_which_setting_it_is() -> None:
    with pytest.raises(NeedsPersonError) as missing:
        GeminiModel("", LITE, "", window())

    assert missing.value.hint is not None
    assert "GEMINI_API_KEY" in missing.value.hint.say()


@pytest.mark.parametrize(
    "details",
    [
        None,
        [],
        {"error": None},
        {"error": {"details": {}}},
        {"error": {"details": ["x", {"retryDelay": 7}, {"retryDelay": "soon"}]}},
    ],
)
def test_error_without_a_readable_delay_has_none(details: Any) -> None:
    assert retry_delay(details) is None


def test_every_family_is_asked_to_think_as_little_as_it_can() -> None:
    assert thinking("gemini-2.5-flash") == types.ThinkingConfig(thinking_budget=0)
    assert thinking("gemini-3.8-flash") == types.ThinkingConfig(thinking_level=types.ThinkingLevel.LOW)
    assert thinking("gemini-2.5-pro") is None  # it refuses a budget of 0
    assert thinking("gemma-3") is None


@pytest.mark.parametrize("name", ["gemini-3.8-flash", "gemini-2.5-flash"])
def test_every_current_family_accepts_how_it_is_asked(name: str) -> None:
    with ModelServer(lambda _: answer()) as server, CASES["gemini"].opened(server, model=name) as model:
        assert model.judge(a_message(), Person()) is not None
