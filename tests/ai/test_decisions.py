"""What is the Decisions API's alone: it chooses, and tells how likely each choice is."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from auramail.core.errors import GiveUpError
from auramail.core.questions import Finish, Part, Purpose
from auramail.ports.models import LanguageModel
from tests.contracts.model_cases import CASES, SCHEMA, a_question, a_spoken_question, answer
from tests.fakes.google.wire import Response
from tests.fakes.model_server import ModelServer

SHARES = {"IMPORTANT": 0.255, "REVIEW": 0.7051, "DELETE": 0.0399}
KINDS = {"bill": 0.9, "work": 0.1}


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(lambda _: {"category": SHARES, "kind": KINDS}) as started:
        yield started


@pytest.fixture
def model(server: ModelServer) -> Iterator[LanguageModel]:
    with CASES["decisions"].opened(server) as opened:
        yield opened


def with_field(**fields: Any) -> dict[str, Any]:
    return {**SCHEMA, "properties": {**SCHEMA["properties"], **fields}}


def test_likeliest_is_chosen_and_confidence_is_that_of_the_category(model: LanguageModel) -> None:
    said = json.loads(model.ask(a_question()).text)

    assert said == {"category": "REVIEW", "kind": "bill", "confidence": 71}


def test_shares_are_told_where_they_are_wanted(model: LanguageModel) -> None:
    said = json.loads(model.ask(a_question(schema=with_field(shares={"type": "object"}))).text)

    assert said["shares"] == SHARES


def test_texts_that_it_cannot_write_are_empty(model: LanguageModel) -> None:
    said = json.loads(model.ask(a_question(schema=with_field(due={"type": "string"}))).text)

    assert said["due"] == ""


def test_every_choice_is_a_question_of_its_own(server: ModelServer, model: LanguageModel) -> None:
    model.ask(a_question())

    asked = server.questions[0].body["questions"]
    assert {name: list(one["criteria"]) for name, one in asked.items()} == {
        "category": ["IMPORTANT", "REVIEW", "DELETE"],
        "kind": ["bill", "work"],
    }


@pytest.mark.parametrize(
    "question",
    [
        a_question(purpose=Purpose.RULE),
        a_question(purpose=Purpose.SEARCH),
        a_spoken_question(),
        a_question(parts=()),
        a_question(parts=(Part("a", "x"), Part("b", "y"))),
        a_question(schema={"type": "object", "properties": {"answers": {"type": "array"}}}),
        a_question(schema={}),
    ],
)
def test_anything_but_a_choice_about_one_message_is_refused_unasked(
    server: ModelServer, model: LanguageModel, question: Any
) -> None:
    with pytest.raises(GiveUpError, match="only judges"):
        model.ask(question)

    assert server.http_calls == 0


def decided(**answers: Any) -> dict[str, Any]:
    return {"answers": answers}


def choice(shares: Any) -> dict[str, Any]:
    return {"type": "choice", "choice": "x", "confidence": 1.0, "probabilities": shares}


ODD: dict[str, Any] = {
    "one answer missing": decided(category=choice(SHARES)),
    "a score instead": decided(category=choice(SHARES), kind={"type": "score", "score": 1}),
    "a new type": decided(category=choice(SHARES), kind={"type": "poll", "poll": 1}),
    "other choices": decided(category=choice({"DANGER": 1.0}), kind=choice(KINDS)),
    "no probabilities": decided(category=choice({}), kind=choice(KINDS)),
    "words for probabilities": decided(category=choice({"REVIEW": "likely"}), kind=choice(KINDS)),
    "probabilities beyond one": decided(category=choice({"REVIEW": 7}), kind=choice(KINDS)),
    "answers of another kind": {"answers": "x"},
    "blocked oddly": {"prompt_feedback": 7, "answers": 3},
    "figures that are words": {"usage": {"total_input_tokens": "x"}},
}


@pytest.mark.parametrize("said", ODD.values(), ids=ODD)
def test_answer_of_an_odd_shape_is_no_answer(server: ModelServer, model: LanguageModel, said: Any) -> None:
    server.script = lambda _: Response(200, json.dumps(said).encode(), {"Content-Type": "application/json"})

    assert model.ask(a_question()).finish is Finish.EMPTY


def test_its_clients_own_log_stays_silent(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("GOOGLE_GENAI_DEBUG", "1")

    with caplog.at_level(logging.DEBUG), CASES["decisions"].opened(server) as model:
        model.ask(replace(a_question("canary-mail"), rules="canary-rules"))

    assert server.questions
    assert "canary" not in caplog.text


def test_scripted_words_are_taken_for_probabilities(server: ModelServer, model: LanguageModel) -> None:
    server.script = lambda _: answer(confidence=64)

    assert json.loads(model.ask(a_question()).text)["confidence"] == 64
