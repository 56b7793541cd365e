"""One suite for every `ports.models.LanguageModel`, on real HTTP where it has a server: its answers and their price."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest

from auramail.core.errors import AuraMailError
from auramail.core.questions import Answer, Finish, Tokens
from auramail.ports.models import LanguageModel
from tests.contracts.model_cases import CASES, WITH_WORDS, a_question, answer
from tests.fakes.google.wire import Response
from tests.fakes.model_server import ModelServer, Question, Reply

WORDS = (*WITH_WORDS, "scripted")
FILTERED = ("SAFETY", "PROHIBITED_CONTENT", "RECITATION", "SPII", "BLOCKLIST")
JSON = {"Content-Type": "application/json"}


@pytest.fixture(params=CASES)
def model(request: pytest.FixtureRequest, server: ModelServer) -> Iterator[LanguageModel]:
    with CASES[request.param].opened(server) as opened:
        yield opened


@pytest.fixture(params=WORDS)
def writer(request: pytest.FixtureRequest, server: ModelServer) -> Iterator[LanguageModel]:
    """A model of words, not of choices."""
    with CASES[request.param].opened(server) as opened:
        yield opened


def test_good_answer_comes_as_the_json_that_the_schema_asks_for(model: LanguageModel) -> None:
    said = model.ask(a_question())

    assert json.loads(said.text) == answer()
    assert (said.model, said.finish, said.call_id, said.is_cached) == (model.name, Finish.DONE, 0, False)


def test_model_that_is_there_passes_its_check(model: LanguageModel) -> None:
    model.check()

    assert model.is_cloud


def test_empty_text_is_told_from_an_answer(server: ModelServer, model: LanguageModel) -> None:
    server.script = lambda _: ""

    said = model.ask(a_question())

    assert (said.text, said.finish) == ("", Finish.EMPTY)


def test_no_candidate_at_all_is_no_answer(server: ModelServer, model: LanguageModel) -> None:
    server.script = lambda _: Reply(answer(), finish="NO_CANDIDATES")

    assert model.ask(a_question()).finish is not Finish.DONE


@pytest.mark.parametrize("finish", [*FILTERED, "BLOCKED"])
def test_what_the_servers_filters_kept_back_is_told_as_blocked(
    server: ModelServer, model: LanguageModel, finish: str
) -> None:
    server.script = lambda _: Reply(answer(), finish=finish)

    said = model.ask(a_question())

    assert (said.text, said.finish) == ("", Finish.BLOCKED)


def test_answer_at_its_most_tokens_is_told_as_cut(server: ModelServer, writer: LanguageModel) -> None:
    server.script = lambda _: Reply(answer(), finish="MAX_TOKENS")

    said = writer.ask(a_question())

    assert said.finish is Finish.CUT
    assert json.dumps(answer()).startswith(said.text)


@pytest.mark.parametrize("finish", ["OTHER", "MALFORMED_RESPONSE", "MALFORMED_FUNCTION_CALL"])
def test_answer_that_ended_otherwise_is_never_believed(server: ModelServer, model: LanguageModel, finish: str) -> None:
    server.script = lambda _: Reply(answer(), finish=finish)

    said = model.ask(a_question())

    assert said.text == ""
    assert said.finish is not Finish.DONE


@pytest.mark.parametrize(
    "text", ["I think so.", "null", "[1]", '{"category": "IMPORTANT", "kind": "wo', '{"a":1}{"a":2}']
)
def test_words_are_passed_on_as_they_are(server: ModelServer, writer: LanguageModel, text: str) -> None:
    server.script = lambda _: text

    said = writer.ask(a_question())

    assert (said.text, said.finish) == (text, Finish.DONE)


def test_model_that_gave_no_answer_can_be_asked_again(server: ModelServer, model: LanguageModel) -> None:
    said = iter(["", answer()])
    server.script = lambda _: next(said)

    assert model.ask(a_question()).finish is Finish.EMPTY
    assert model.ask(a_question()).finish is Finish.DONE


def test_fields_nobody_knows_do_no_harm(server: ModelServer, remote: LanguageModel) -> None:
    server.script = lambda _: Reply(answer(), extra={"new": {"field": [1]}, "label": "INBOX"})

    assert json.loads(remote.ask(a_question()).text) == answer()


def test_servers_own_figures_are_counted(server: ModelServer, remote: LanguageModel) -> None:
    server.script = lambda _: Reply(answer(), tokens_in=901, tokens_out=42)

    said = remote.ask(a_question())

    assert said.tokens == Tokens(901, 0 if "decision" in remote.name else 42)  # decisions answer in no tokens


@pytest.mark.parametrize("figure", [10**30, 2**63, -5])
def test_figures_that_are_none_count_as_nothing(server: ModelServer, remote: LanguageModel, figure: int) -> None:
    server.script = lambda _: Reply(answer(), tokens_in=figure, tokens_out=figure)

    assert remote.ask(a_question()).tokens == Tokens()


@pytest.mark.parametrize("name", WITH_WORDS)
def test_thoughts_are_paid_for_and_not_heard(server: ModelServer, name: str) -> None:
    server.script = lambda _: Reply(answer(), tokens_in=900, tokens_out=40, thoughts=300, reasoning="It says pay.")

    with CASES[name].opened(server) as model:
        said = model.ask(a_question())

    assert said.tokens == Tokens(900, 340)
    assert json.loads(said.text) == answer()


def test_blocked_answer_is_paid_for_too(server: ModelServer, remote: LanguageModel) -> None:
    server.script = lambda _: Reply(answer(), finish="SAFETY", tokens_in=901)

    assert remote.ask(a_question()).tokens.sent == 901


def test_rules_and_content_go_their_own_ways(server: ModelServer, remote: LanguageModel) -> None:
    remote.ask(a_question("Subject: canary", rules="Sort the mail."))

    (heard,) = server.questions
    assert "canary" not in heard.system
    assert (heard.text, heard.system.startswith("Sort the mail.")) == ("Subject: canary", True)


@pytest.mark.parametrize("name", WITH_WORDS)
def test_schema_is_asked_for(server: ModelServer, name: str) -> None:
    with CASES[name].opened(server) as model:
        model.ask(a_question())

    assert server.questions[0].schema == dict(a_question().schema)


def test_half_a_character_is_sent_as_a_question_mark(server: ModelServer, remote: LanguageModel) -> None:
    remote.ask(a_question("broken \ud83d here"))

    assert "broken ? here" in server.questions[0].text


BODIES = {
    "nothing": b"",
    "cut JSON": b'{"candidates": [{"content": {"parts": [{"te',
    "a page": b"<!DOCTYPE html><title>Sign in</title>",
    "a list": b"[]",
    "a word": b'"answer"',
    "a number without end": b"Infinity",
    "no UTF-8": b'{"answers": "\xff\xfe"}',
    "a hundred thousand brackets": b"[" * 100_000,
    "a deep object": b'{"candidates":' * 15_000,
    "a megabyte": b'{"candidates": [{"content": {"parts": [{"text": "' + b"x" * 1_000_000 + b'"}]}}]}',
    "another shape": b'{"candidates": "many", "choices": {"0": 1}, "answers": [3], "usage": 7}',
}


@pytest.mark.parametrize("kind", ["application/json", "text/html"])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_body_that_is_no_answer_is_no_error_either(
    server: ModelServer, remote: LanguageModel, body: bytes, kind: str
) -> None:
    server.script = lambda _: Response(200, body, {"Content-Type": kind})

    said = remote.ask(a_question())

    assert (said.text, said.finish) == ("", Finish.EMPTY)


def test_megabyte_in_an_answer_is_cut_off_on_the_way(server: ModelServer, remote: LanguageModel) -> None:
    server.script = lambda _: answer(note="x" * 1_000_000)

    said = remote.ask(a_question())

    assert len(said.text) < 1000


def test_eight_threads_ask_at_once_and_each_gets_its_own_answer(server: ModelServer, model: LanguageModel) -> None:
    together = Barrier(8, timeout=20)

    def script(question: Question) -> dict[str, Any]:
        together.wait()  # until all eight are there
        return answer(confidence=int(question.text))

    def ask(number: int) -> bool:
        said = model.ask(a_question(str(number)))
        return bool(json.loads(said.text)["confidence"] == number)

    server.script = script

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(40, 88)))


def test_answers_and_errors_of_threads_do_not_mix(server: ModelServer, remote: LanguageModel) -> None:
    server.fault("503", nth=2, times=20)

    def ask(_: int) -> Answer | AuraMailError:
        try:
            return remote.ask(replace(a_question(), seconds=20.0))
        except AuraMailError as error:
            return error

    with ThreadPoolExecutor(8) as threads:
        said: list[Any] = list(threads.map(ask, range(40)))

    assert sum(isinstance(one, AuraMailError) for one in said) == 20
    assert sum(isinstance(one, Answer) and one.finish is Finish.DONE for one in said) == 20
