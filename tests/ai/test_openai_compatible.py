"""What is the OpenAI-compatible servers' alone."""

import json
from contextlib import closing
from typing import Any

import pytest

from auramail.ai.openai_compatible import OpenAICompatibleModel
from auramail.core.accounts import Person
from auramail.core.errors import NeedsPersonError
from tests.builders import a_message
from tests.contracts.model_cases import CASES, answer, window
from tests.fakes.google.http import FakeHTTPServer
from tests.fakes.google.wire import Request, Response
from tests.fakes.model_server import ModelServer


def test_server_on_this_computer_needs_no_key() -> None:
    with ModelServer(lambda _: answer()) as server, CASES["openai"].opened(server, key="") as model:
        assert model.judge(a_message(), Person()) is not None


def test_slash_at_the_end_of_the_address_does_no_harm() -> None:
    with ModelServer(lambda _: answer()) as server:
        address = f"{server.openai_url}/"

        with CASES["openai"].opened(server, base_url=address) as model:
            assert model.judge(a_message(), Person()) is not None


@pytest.mark.parametrize(("address", "name"), [("", "llama3.2"), ("http://127.0.0.1:11434/v1", "")])
def test_address_and_model_are_both_needed(address: str, name: str) -> None:
    with pytest.raises(NeedsPersonError) as missing:
        OpenAICompatibleModel(address, "", name, window())

    assert missing.value.hint is not None
    assert "OPENAI_BASE_URL" in missing.value.hint.say()


@pytest.mark.parametrize(
    "said",
    [
        [],
        {},
        {"choices": []},
        {"choices": {}},
        {"choices": [None]},
        {"choices": [{"message": "text"}]},
        {"choices": [{"message": {"content": ["text"]}}]},
        {"choices": [{"message": {"tool_calls": [{"function": {"name": "delete"}}]}}]},
    ],
)
def test_answer_of_an_odd_shape_is_no_answer(said: Any) -> None:
    def reply(request: Request) -> Response:
        del request
        return Response(200, json.dumps(said).encode(), {"Content-Type": "application/json"})

    server = FakeHTTPServer(reply)
    server.start()
    with closing(OpenAICompatibleModel(server.url, "", "llama3.2", window())) as model:
        assert model.judge(a_message(), Person()) is None

    server.stop()
