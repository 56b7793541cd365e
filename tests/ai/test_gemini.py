"""What is Gemini's alone: its families, how they think, and bodies its own client trips over."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from google.genai import types

from auramail.ai.access import Access
from auramail.ai.gemini import THOUGHTS, GeminiModel, thinking_of
from auramail.ai.google_api import GOOGLE, GoogleAPI
from auramail.core.clock import SystemClock
from auramail.core.errors import GiveUpError, NeedsPersonError
from auramail.core.questions import Finish, Tokens
from tests.contracts.model_cases import CASES, HASTY, a_question, a_spoken_question, answer
from tests.fakes.google.wire import Response
from tests.fakes.model_dialects import Refusal
from tests.fakes.model_server import ModelServer

LITE = "gemini-3.5-flash-lite"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(lambda _: answer()) as started:
        yield started


@pytest.fixture
def model(server: ModelServer) -> Iterator[GeminiModel]:
    access = Access("GEMINI", LITE, server.key, server.gemini_url)
    with closing(GeminiModel(access, "", SystemClock())) as opened:
        yield opened


def candidate(**content: Any) -> dict[str, Any]:
    return {"candidates": [content]}


ODD: dict[str, Any] = {
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
    "only thoughts": candidate(content={"parts": [{"text": "hm", "thought": True}]}, finishReason="STOP"),
    "figures that are words": candidate(content={"parts": [{"text": "x"}]})
    | {"usageMetadata": {"promptTokenCount": "x"}},
}


@pytest.mark.parametrize("said", ODD.values(), ids=ODD)
def test_answer_of_an_odd_shape_is_no_answer(server: ModelServer, model: GeminiModel, said: Any) -> None:
    server.script = lambda _: Response(200, json.dumps(said).encode(), {"Content-Type": "application/json"})

    assert model.ask(a_question()).finish is Finish.EMPTY


def test_figures_include_the_cache_and_the_thoughts(server: ModelServer, model: GeminiModel) -> None:
    usage = {
        "promptTokenCount": 1000,
        "cachedContentTokenCount": 600,  # among those sent
        "candidatesTokenCount": 40,
        "thoughtsTokenCount": 300,
        "totalTokenCount": 1340,
    }
    said = candidate(content={"parts": [{"text": "{}"}]}, finishReason="STOP") | {"usageMetadata": usage}
    server.script = lambda _: Response(200, json.dumps(said).encode(), {"Content-Type": "application/json"})

    assert model.ask(a_question()).tokens == Tokens(1000, 340)


@pytest.mark.filterwarnings("ignore:.*is not a valid FinishReason")
def test_way_to_end_that_its_client_does_not_know_is_no_answer(server: ModelServer, model: GeminiModel) -> None:
    said = candidate(content={"parts": [{"text": "{}"}]}, finishReason="BORED")
    server.script = lambda _: Response(200, json.dumps(said).encode(), {"Content-Type": "application/json"})

    assert model.ask(a_question()).finish is Finish.EMPTY


def test_without_a_key_the_person_is_told_which_setting_it_is() -> None:
    with pytest.raises(NeedsPersonError) as missing:
        GeminiModel(Access("GEMINI", LITE, "", ""), "", SystemClock())

    assert missing.value.hint is not None
    assert "GEMINI_API_KEY" in missing.value.hint.say()


def test_version_of_the_api_is_a_setting(server: ModelServer) -> None:
    access = Access("GEMINI", LITE, server.key, server.gemini_url)

    with closing(GeminiModel(access, "v7", SystemClock())) as model, pytest.raises(NeedsPersonError):
        model.ask(a_question())  # the fake has no v7

    with closing(GeminiModel(access, "v1beta", SystemClock())) as model:
        assert model.ask(a_question()).finish is Finish.DONE


def test_environment_cannot_send_mail_elsewhere(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_GENAI_USE_VERTEXAI", "true")
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:1")

    with CASES["gemini"].opened(server) as model:
        assert model.ask(a_question()).finish is Finish.DONE
    with closing(GoogleAPI(Access("GEMINI", LITE, "key", ""), "", SystemClock())) as api:
        assert api.client._api_client._http_options.base_url == GOOGLE


@pytest.mark.parametrize(
    ("name", "thinking"),
    [
        ("gemini-2.5-flash", types.ThinkingConfig(thinking_budget=0)),
        ("gemini-2.5-pro", types.ThinkingConfig(thinking_budget=128)),
        ("gemini-3.8-flash", types.ThinkingConfig(thinking_level=types.ThinkingLevel.LOW)),
        ("gemma-3", None),
    ],
)
def test_every_family_is_asked_to_think_as_little_as_it_can(name: str, thinking: types.ThinkingConfig | None) -> None:
    assert thinking_of(name) == thinking


@pytest.mark.parametrize("name", ["gemini-3.8-flash", "gemini-2.5-flash", "gemini-2.5-pro", "gemma-3"])
def test_every_family_accepts_how_it_is_asked(server: ModelServer, name: str) -> None:
    server.models = [name]

    with CASES["gemini"].opened(server, model=name) as model:
        assert model.ask(a_question()).finish is Finish.DONE

    assert len(server.questions) == 1


def test_thoughts_leave_the_answer_its_tokens(server: ModelServer, model: GeminiModel) -> None:
    model.ask(a_question(most_tokens=200))

    assert server.questions[0].body["generationConfig"]["maxOutputTokens"] == 200 + THOUGHTS


def test_model_that_cannot_think_is_told_so_but_once(server: ModelServer, model: GeminiModel) -> None:
    server.refuses = frozenset({"thinking"})

    assert model.ask(a_question()).finish is Finish.DONE
    assert model.ask(a_question()).finish is Finish.DONE

    assert server.http_calls == 3


def test_refusal_of_another_kind_is_not_asked_again(server: ModelServer, model: GeminiModel) -> None:
    server.script = lambda _: Refusal(400, "Request payload is too large.")

    with pytest.raises(GiveUpError):
        model.ask(a_question())

    assert server.http_calls == 1


def test_asker_in_a_hurry_names_no_deadline_that_google_refuses(model: GeminiModel) -> None:
    assert model.ask(a_question(seconds=HASTY)).finish is Finish.DONE  # the fake refuses less than 10 s as Google does


def test_recorded_speech_goes_along(server: ModelServer, model: GeminiModel) -> None:
    server.script = lambda _: {"text": "find the bill"}
    spoken = a_spoken_question()

    said = model.ask(replace(spoken, content="Names: Olena"))

    assert json.loads(said.text) == {"text": "find the bill"}
    assert spoken.clip is not None
    assert (server.questions[0].clip, server.questions[0].text) == (spoken.clip.data, "Names: Olena")


def test_question_without_a_schema_is_answered_in_words(server: ModelServer, model: GeminiModel) -> None:
    server.script = lambda _: "Hello."

    assert model.ask(a_question(schema={})).text == "Hello."
    assert "responseMimeType" not in server.questions[0].body["generationConfig"]
