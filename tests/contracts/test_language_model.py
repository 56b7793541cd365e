"""One suite for every `ports.LanguageModel`, on real HTTP where it has a server: what may be believed, what never."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from auramail.core.accounts import Person
from auramail.core.decisions import Category, Judge, Kind
from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError, TryAgainError
from auramail.ports.world import LanguageModel
from tests.builders import a_message
from tests.contracts.model_cases import CASES, HASTY, ON_HTTP, answer
from tests.fakes.model_server import ModelServer, Reply

PERSON = Person()
CANARY = "canary-body-4711"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(lambda _: answer()) as started:
        yield started


@pytest.fixture(params=CASES)
def model(request: pytest.FixtureRequest, server: ModelServer) -> Iterator[LanguageModel]:
    with CASES[request.param].opened(server) as opened:
        yield opened


@pytest.fixture(params=ON_HTTP)
def family(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def remote(family: str, server: ModelServer) -> Iterator[LanguageModel]:
    with CASES[family].opened(server) as opened:
        yield opened


@pytest.fixture
def hasty(family: str, server: ModelServer) -> Iterator[LanguageModel]:
    with CASES[family].opened(server, timeout=HASTY) as opened:
        yield opened


def test_good_answer_becomes_an_opinion_with_its_reason(server: ModelServer, model: LanguageModel) -> None:
    server.script = lambda _: answer()

    opinion = model.judge(a_message(), PERSON)

    assert opinion is not None
    assert (opinion.judge, opinion.category, opinion.kind) == (Judge.MODEL, Category.ACTION_REQUIRED, Kind.BILL)
    assert opinion.confidence == 0.8
    assert model.name in opinion.reason.say()


def test_fields_nobody_asked_for_are_ignored(server: ModelServer, model: LanguageModel) -> None:
    server.script = lambda _: answer(label="INBOX", action="DELETE", reason="<script>alert(1)</script>")

    opinion = model.judge(a_message(), PERSON)

    assert opinion is not None
    assert "script" not in opinion.reason.say().replace(model.name, "")


@pytest.mark.parametrize("confidence", [0, 100])
def test_the_ends_of_the_range_belong_to_it(server: ModelServer, model: LanguageModel, confidence: int) -> None:
    server.script = lambda _: answer(confidence=confidence)

    opinion = model.judge(a_message(), PERSON)

    assert opinion is not None
    assert opinion.confidence == confidence / 100


UNUSABLE: dict[str, Any] = {
    "nothing": "",
    "prose": "I think this is important.",
    "null": "null",
    "a list": [answer()],
    "a number": "80",
    "cut JSON": '{"category": "IMPORTANT", "kind": "wo',
    "two objects": json.dumps(answer()) * 2,
    "a category of its own": answer(category="URGENT"),
    "a guard's category": answer(category="DANGER"),
    "a category in other letters": answer(category="important"),
    "a category with a label": answer(category=["IMPORTANT"]),
    "a kind of its own": answer(kind="invoice"),
    "no kind": {"category": "IMPORTANT", "confidence": 80},
    "no confidence": {"category": "IMPORTANT", "kind": "work"},
    "confidence below the range": answer(confidence=-1),
    "confidence above the range": answer(confidence=101),
    "confidence without end": '{"category": "IMPORTANT", "kind": "work", "confidence": Infinity}',
    "confidence that is no number": '{"category": "IMPORTANT", "kind": "work", "confidence": NaN}',
    "confidence of five thousand digits": f'{{"category": "IMPORTANT", "kind": "work", "confidence": {"9" * 5000}}}',
    "confidence as text": answer(confidence="80"),
    "confidence as truth": answer(confidence=True),
    "a megabyte of text": "x" * 1_000_000,
    "a megabyte in a field": answer(note="x" * 1_000_000),
    "a hundred thousand brackets": "[" * 100_000,
    "a deep object": '{"category":' * 50_000,
}


@pytest.mark.parametrize("said", UNUSABLE.values(), ids=UNUSABLE)
def test_answer_outside_the_closed_sets_is_no_answer(server: ModelServer, model: LanguageModel, said: Any) -> None:
    server.script = lambda _: said

    assert model.judge(a_message(), PERSON) is None


@pytest.mark.parametrize("finish", ["SAFETY", "PROHIBITED_CONTENT", "RECITATION", "SPII", "MAX_TOKENS"])
def test_refused_or_cut_answer_is_no_answer(server: ModelServer, model: LanguageModel, finish: str) -> None:
    server.script = lambda _: Reply(answer(), finish=finish)

    assert model.judge(a_message(), PERSON) is None


def test_model_that_gave_no_answer_can_be_asked_again(server: ModelServer, model: LanguageModel) -> None:
    said = iter(["", answer()])
    server.script = lambda _: next(said)

    assert model.judge(a_message(), PERSON) is None
    assert model.judge(a_message(), PERSON) is not None


@pytest.mark.parametrize("kind", ["truncated_json", "empty"])
def test_body_that_is_no_json_is_no_answer(server: ModelServer, remote: LanguageModel, kind: str) -> None:
    server.fault(kind)

    assert remote.judge(a_message(), PERSON) is None


def test_limit_is_waited_for_as_long_as_the_server_says(server: ModelServer, remote: LanguageModel) -> None:
    server.fault("429", retry_after=17)

    with pytest.raises(TryAgainError) as limited:
        remote.judge(a_message(), PERSON)

    assert limited.value.after == 17


def test_limit_without_a_time_is_waited_for_a_little(server: ModelServer, remote: LanguageModel) -> None:
    server.fault("429")

    with pytest.raises(TryAgainError) as limited:
        remote.judge(a_message(), PERSON)

    assert 1 <= limited.value.after <= 60


@pytest.mark.parametrize("kind", ["500", "502", "503", "html", "reset", "reset_after_apply", "reset_mid_body"])
def test_outage_is_a_matter_of_time(server: ModelServer, remote: LanguageModel, kind: str) -> None:
    server.fault(kind)

    with pytest.raises(TryAgainError):
        remote.judge(a_message(), PERSON)

    assert remote.judge(a_message(), PERSON) is not None


@pytest.mark.parametrize("kind", ["timeout", "slow"])
def test_server_that_says_nothing_is_given_up_in_time(server: ModelServer, hasty: LanguageModel, kind: str) -> None:
    server.fault(kind, seconds=HASTY * 2)

    with pytest.raises(TryAgainError):
        hasty.judge(a_message(), PERSON)


def test_refused_message_is_given_up(server: ModelServer, remote: LanguageModel) -> None:
    server.fault("400")

    with pytest.raises(GiveUpError):
        remote.judge(a_message(), PERSON)


def test_wrong_key_needs_the_person_and_names_the_setting(server: ModelServer, family: str) -> None:
    with (
        CASES[family].opened(server, key="wrong-key-canary") as model,
        pytest.raises(NeedsPersonError) as refused,
    ):
        model.judge(a_message(), PERSON)

    assert refused.value.hint is not None
    assert refused.value.hint.say() == f"Check {CASES[family].family}_API_KEY."


@pytest.mark.parametrize("status", ["401", "403"])
def test_key_without_the_right_needs_the_person_too(server: ModelServer, remote: LanguageModel, status: str) -> None:
    server.fault(status if status == "401" else "insufficientPermissions")

    with pytest.raises(NeedsPersonError):
        remote.judge(a_message(), PERSON)


def test_unknown_model_needs_the_person_and_is_named(server: ModelServer, family: str) -> None:
    with (
        CASES[family].opened(server, model="gemini-of-last-year") as model,
        pytest.raises(NeedsPersonError) as refused,
    ):
        model.judge(a_message(), PERSON)

    assert "gemini-of-last-year" in str(refused.value)
    assert refused.value.hint is not None
    assert f"{CASES[family].family}_MODEL" in refused.value.hint.say()


@pytest.mark.parametrize("key", ["ключ", "two words", "line\nbreak", "wide\u2003blank"])
def test_key_that_no_header_can_carry_is_refused_before_any_question(
    server: ModelServer, family: str, key: str
) -> None:
    with pytest.raises(NeedsPersonError, match=f"{CASES[family].family}_API_KEY") as refused:
        CASES[family].open(server, key=key)

    assert key not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["nonsense", "ftp://127.0.0.1", "http://", "http://[x", "http://a b", "http://a\x01"]
)
def test_address_that_is_none_is_refused_before_any_question(server: ModelServer, family: str, address: str) -> None:
    with pytest.raises(NeedsPersonError, match=f"{CASES[family].family}_BASE_URL"):
        CASES[family].open(server, base_url=address)


@pytest.mark.parametrize("kind", ["429", "503", "400", "401", "403", "404", "reset", "html"])
def test_neither_key_nor_mail_is_in_an_error_or_a_log(
    server: ModelServer, remote: LanguageModel, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.fault(kind)

    with caplog.at_level(logging.DEBUG), pytest.raises(AuraMailError) as failed:
        remote.judge(a_message(subject=CANARY, text=CANARY), PERSON)

    hint = failed.value.hint.say() if failed.value.hint else ""
    said = f"{failed.value!r}{hint}{failed.value.__cause__!r}{caplog.text}"
    assert server.key not in said
    assert CANARY not in said


def test_what_the_server_says_of_its_refusal_is_not_repeated(server: ModelServer, family: str) -> None:
    with (
        CASES[family].opened(server, model="no-such-model") as model,
        pytest.raises(NeedsPersonError) as refused,
    ):
        model.judge(a_message(), PERSON)

    assert "is not found for API version" not in str(refused.value)


def test_half_a_character_is_sent_as_a_question_mark(server: ModelServer, remote: LanguageModel) -> None:
    remote.judge(a_message(text="broken \ud83d here"), PERSON)

    assert "broken ? here" in server.questions[0].text


def test_question_carries_the_schema_of_closed_sets(server: ModelServer, remote: LanguageModel) -> None:
    remote.judge(a_message(), PERSON)

    (question,) = server.questions
    assert question.schema is not None
    assert "DANGER" not in question.schema["properties"]["category"]["enum"]
    assert set(question.schema["properties"]) == {"category", "kind", "confidence"}


def test_mail_stands_between_marks_that_only_the_rules_name(server: ModelServer, remote: LanguageModel) -> None:
    remote.judge(a_message(), PERSON)
    remote.judge(a_message(), PERSON)

    marks = [(question.text.splitlines()[0], question.text.splitlines()[-1]) for question in server.questions]

    assert all(first == last for first, last in marks)
    assert all(marks[number][0] in question.system for number, question in enumerate(server.questions))
    assert marks[0] != marks[1]


def test_mail_is_never_among_the_rules(server: ModelServer, remote: LanguageModel) -> None:
    remote.judge(a_message(subject=CANARY, text=CANARY, sender=f"{CANARY} <a@b.example>"), PERSON)

    (question,) = server.questions
    assert CANARY not in question.system
    assert question.text.count(CANARY) == 3
