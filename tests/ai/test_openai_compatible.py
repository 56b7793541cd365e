"""What is the OpenAI-compatible servers' alone: each refuses other wishes, and lists its models its own way."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from auramail.ai.access import Access
from auramail.ai.openai_compatible import THOUGHTS, Habits, OpenAICompatibleModel
from auramail.core.clock import SystemClock
from auramail.core.errors import GiveUpError, NeedsPersonError
from auramail.core.questions import Finish, Tokens
from auramail.ports.models import LanguageModel
from tests.contracts.model_cases import CASES, a_question, a_spoken_question, answer
from tests.fakes.google.http import FakeHTTPServer
from tests.fakes.google.wire import Request, Response
from tests.fakes.model_dialects import Refusal
from tests.fakes.model_server import ModelServer, Reply

OPENAI = CASES["openai"]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(lambda _: answer()) as started:
        yield started


@pytest.fixture
def model(server: ModelServer) -> Iterator[LanguageModel]:
    with OPENAI.opened(server) as opened:
        yield opened


def test_server_on_this_computer_needs_no_key(server: ModelServer) -> None:
    with OPENAI.opened(server, key="") as model:
        assert model.ask(a_question()).finish is Finish.DONE


def test_slash_at_the_end_of_the_address_does_no_harm(server: ModelServer) -> None:
    with OPENAI.opened(server, address=f"{server.openai_url}/") as model:
        assert model.ask(a_question()).finish is Finish.DONE


@pytest.mark.parametrize(("address", "name"), [("", "llama3.2"), ("http://127.0.0.1:11434/v1", "")])
def test_address_and_model_are_both_needed(address: str, name: str) -> None:
    with pytest.raises(NeedsPersonError) as missing:
        OpenAICompatibleModel(Access("OPENAI", name, "", address), SystemClock(), is_cloud=False)

    assert missing.value.hint is not None
    assert "OPENAI_BASE_URL" in missing.value.hint.say()


@pytest.mark.parametrize(
    ("refuses", "calls"),
    [
        ({"json_schema"}, 2),
        ({"json_schema", "json_object"}, 3),
        ({"max_tokens"}, 2),
        ({"temperature"}, 2),
        ({"json_schema", "json_object", "max_tokens", "temperature"}, 5),
    ],
)
def test_refused_wish_is_dropped_and_not_made_again(
    server: ModelServer, model: LanguageModel, refuses: set[str], calls: int
) -> None:
    server.refuses = frozenset(refuses)

    assert model.ask(a_question()).finish is Finish.DONE
    assert server.http_calls == calls

    assert model.ask(a_question()).finish is Finish.DONE
    assert server.http_calls == calls + 1
    assert json.dumps(dict(a_question().schema)) in server.questions[-1].system


@pytest.mark.parametrize("status", [400, 422])
def test_refusal_that_names_no_wish_is_final(server: ModelServer, model: LanguageModel, status: int) -> None:
    server.script = lambda _: Refusal(status, "context length exceeded")

    with pytest.raises(GiveUpError):
        model.ask(a_question())

    assert server.http_calls == 1


def test_server_that_refuses_whatever_is_left_out_is_not_asked_for_ever(
    server: ModelServer, model: LanguageModel
) -> None:
    server.script = lambda _: Refusal(400, "response_format max_completion_tokens temperature")

    with pytest.raises(GiveUpError):
        model.ask(a_question())

    assert server.http_calls == 5


def test_no_refusal_brings_a_wish_back() -> None:
    habits = Habits(format=2, limit="max_completion_tokens", has_temperature=False)

    assert habits.yielding("response_format max_tokens max_completion_tokens temperature") is None


@pytest.mark.parametrize(
    "said",
    [
        '<think>The user asks {"x": 1}.</think>\n{"a": 1}',
        'The user asks.</think>{"a": 1}',
        '```json\n{"a": 1}\n```',
        '```\n{"a": 1}```',
        '  {"a": 1}\n',
    ],
)
def test_only_the_answer_itself_is_heard(server: ModelServer, model: LanguageModel, said: str) -> None:
    server.script = lambda _: said

    assert json.loads(model.ask(a_question()).text) == {"a": 1}


@pytest.mark.parametrize("said", ['{"quote": "</think>{}"}', '[{"quote": "<think>"}]'])
def test_mark_of_thoughts_within_an_answer_is_part_of_it(server: ModelServer, model: LanguageModel, said: str) -> None:
    server.script = lambda _: said

    assert model.ask(a_question()).text == said


def test_thoughts_without_an_end_are_no_answer(server: ModelServer, model: LanguageModel) -> None:
    server.script = lambda _: '<think>{"category": "DELETE"}'

    assert model.ask(a_question()).finish is Finish.EMPTY


@pytest.mark.parametrize(
    "reply", [Reply("x" * 9, "MAX_TOKENS", reasoning="hm"), Reply("<think>hmm</think>", "MAX_TOKENS")]
)
def test_model_that_thought_until_it_was_cut_gets_more_room(
    server: ModelServer, model: LanguageModel, reply: Reply
) -> None:
    server.script = lambda _: reply

    assert model.ask(a_question(most_tokens=200)).finish is Finish.CUT
    model.ask(a_question(most_tokens=200))

    assert [asked.body["max_tokens"] for asked in server.questions] == [200, 200 + THOUGHTS]


def chat(message: dict[str, Any], reason: str = "stop", **fields: Any) -> dict[str, Any]:
    return {"choices": [{"message": message, "finish_reason": reason}], **fields}


@pytest.mark.parametrize(
    ("said", "finish"),
    [
        ([], Finish.EMPTY),
        ({}, Finish.EMPTY),
        ({"choices": []}, Finish.EMPTY),
        ({"choices": {}}, Finish.EMPTY),
        ({"choices": [None]}, Finish.EMPTY),
        ({"choices": [{"message": "text"}]}, Finish.EMPTY),
        (chat({"content": ["text"]}), Finish.EMPTY),
        (chat({"tool_calls": [{"function": {"name": "delete"}}]}, "tool_calls"), Finish.EMPTY),
        (chat({"content": None, "refusal": "I cannot help with that."}), Finish.BLOCKED),
        (chat({"content": "{}", "refusal": "No."}), Finish.BLOCKED),
        (chat({"content": None}, "content_filter"), Finish.BLOCKED),
        (chat({"content": "{}", "refusal": None}), Finish.DONE),
        (chat({"content": "{}"}, ["odd"]), Finish.DONE),  # type: ignore[arg-type]  # a server may say anything
    ],
)
def test_ways_to_answer_are_told_apart(server: ModelServer, model: LanguageModel, said: Any, finish: Finish) -> None:
    server.script = lambda _: Response(200, json.dumps(said).encode(), {"Content-Type": "application/json"})

    heard = model.ask(a_question())

    assert heard.finish is finish
    assert bool(heard.text) == (finish is Finish.DONE)


@pytest.mark.parametrize(
    "usage", [None, [], {}, {"prompt_tokens": "7", "completion_tokens": -1}, {"prompt_tokens": True}]
)
def test_figures_that_are_none_count_as_nothing(server: ModelServer, model: LanguageModel, usage: Any) -> None:
    said = chat({"content": "{}"}, usage=usage)
    server.script = lambda _: Response(200, json.dumps(said).encode(), {"Content-Type": "application/json"})

    assert model.ask(a_question()).tokens == Tokens()


@pytest.mark.parametrize(
    ("code", "setting"), [("insufficient_quota", "OPENAI_API_KEY"), ("invalid_api_key", "API_KEY")]
)
def test_what_waiting_cannot_help_needs_the_person(
    server: ModelServer, model: LanguageModel, code: str, setting: str
) -> None:
    server.script = lambda _: Refusal(429, "no", 20, code=code)

    with pytest.raises(NeedsPersonError) as failed:
        model.ask(a_question())

    assert failed.value.hint is not None
    assert setting in failed.value.hint.say()


@pytest.mark.parametrize(
    ("status", "listed"),
    [
        (404, {}),
        (405, {}),
        (200, {"data": [{"id": "llama3.2:latest"}]}),
        (200, {"data": [{"id": "models/llama3.2"}]}),
        (200, {"data": [{"id": "model.gguf", "owned_by": "llamacpp"}]}),  # it takes any name
        (200, {"data": []}),
        (200, {"data": [7, {"id": 7}]}),
        (200, ["llama"]),
    ],
)
def test_check_believes_what_it_cannot_look_up(status: int, listed: Any) -> None:
    def say(request: Request) -> Response:
        del request
        return Response(status, json.dumps(listed).encode(), {"Content-Type": "application/json"})

    other = FakeHTTPServer(say)
    other.start()
    model = OpenAICompatibleModel(Access("OPENAI", "llama3.2", "", other.url), SystemClock(), is_cloud=False)

    model.check()

    model.close()
    other.stop()


def test_recorded_speech_goes_to_the_servers_ears(server: ModelServer, model: LanguageModel) -> None:
    server.script = lambda _: " знайди рахунок "
    spoken = a_spoken_question()

    said = model.ask(spoken)

    assert json.loads(said.text) == {"text": "знайди рахунок"}
    (heard,) = server.questions
    assert spoken.clip is not None
    assert heard.clip == spoken.clip.data
    assert (heard.body["model"], heard.body["filename"], heard.body["filetype"]) == (
        "llama3.2",
        "speech.webm",
        "audio/webm",
    )


@pytest.mark.parametrize("text", ["", "  "])
def test_silence_is_no_answer(server: ModelServer, model: LanguageModel, text: str) -> None:
    server.script = lambda _: text

    assert model.ask(a_spoken_question()).finish is Finish.EMPTY


def test_server_without_ears_says_so(server: ModelServer, model: LanguageModel) -> None:
    server.refuses = frozenset({"audio"})

    with pytest.raises(GiveUpError, match="does not understand speech"):
        model.ask(a_spoken_question())
