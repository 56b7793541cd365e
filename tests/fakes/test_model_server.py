"""The fake model is asked by Google's own client and over plain HTTP."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from google import genai
from google.genai import decisions, errors, types

from tests.fakes.conftest import PLAIN
from tests.fakes.model_dialects import Refusal
from tests.fakes.model_server import ModelServer, Question, Reply

SCHEMA = {"type": "object", "properties": {"category": {"type": "string"}}, "required": ["category"]}
LITE = "gemini-3.5-flash-lite"


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with ModelServer(lambda _: {"category": "REVIEW"}) as server:
        yield server


@pytest.fixture
def gemini(model: ModelServer) -> Iterator[genai.Client]:
    options = types.HttpOptions(base_url=model.gemini_url, client_args={"verify": PLAIN})
    with genai.Client(api_key=model.key, http_options=options) as client:
        yield client


@pytest.fixture
def openai(model: ModelServer) -> Iterator[httpx2.Client]:
    headers = {"Authorization": f"Bearer {model.key}"}
    with httpx2.Client(base_url=model.openai_url, headers=headers, verify=PLAIN) as client:
        yield client


def ask(gemini: genai.Client, name: str = LITE, **config: Any) -> types.GenerateContentResponse:
    wishes = types.GenerateContentConfig(
        system_instruction="Sort the mail.",
        response_mime_type="application/json",
        response_json_schema=SCHEMA,
        **config,
    )
    return gemini.models.generate_content(model=name, contents="Subject: Sale", config=wishes)


def chat(openai: httpx2.Client, **changes: Any) -> httpx2.Response:
    body = {
        "model": "llama3.2",
        "messages": [{"role": "system", "content": "Sort the mail."}, {"role": "user", "content": "Subject: Sale"}],
        "response_format": {"type": "json_schema", "json_schema": {"name": "decision", "schema": SCHEMA}},
    }
    return openai.post("/chat/completions", json=body | changes)


def test_gemini_answers_by_schema_and_counts_tokens(model: ModelServer, gemini: genai.Client) -> None:
    answer = ask(gemini)

    assert json.loads(answer.text or "") == {"category": "REVIEW"}
    assert answer.usage_metadata is not None
    assert answer.usage_metadata.prompt_token_count == 7  # 14 + 13 characters, one token for four
    assert answer.usage_metadata.candidates_token_count == 6  # {"category": "REVIEW"} is 22 characters
    assert model.questions == [
        Question("gemini", LITE, "Sort the mail.", "Subject: Sale", SCHEMA, model.questions[0].body)
    ]


def test_the_script_sees_the_question(model: ModelServer, gemini: genai.Client) -> None:
    model.script = lambda question: Reply(f"{question.model} heard {question.text}", tokens_in=5, tokens_out=9)

    answer = ask(gemini)

    assert answer.text == f"{LITE} heard Subject: Sale"
    assert answer.usage_metadata is not None
    assert answer.usage_metadata.total_token_count == 14


@pytest.mark.parametrize("finish", ["SAFETY", "PROHIBITED_CONTENT", "RECITATION", "SPII"])
def test_gemini_may_refuse_to_answer(model: ModelServer, gemini: genai.Client, finish: str) -> None:
    model.script = lambda _: Reply("never seen", finish=finish)

    answer = ask(gemini)

    assert answer.text is None
    assert answer.candidates is not None
    assert answer.candidates[0].finish_reason == finish


def test_gemini_may_refuse_the_prompt_or_run_out_of_tokens(model: ModelServer, gemini: genai.Client) -> None:
    model.script = lambda _: Reply(finish="BLOCKED")
    blocked = ask(gemini)
    model.script = lambda _: Reply({"category": "REVIEW"}, finish="MAX_TOKENS")
    cut = ask(gemini)

    assert blocked.candidates is None
    assert blocked.prompt_feedback is not None
    assert cut.text == '{"category"'


def test_gemini_tells_when_to_come_back(model: ModelServer, gemini: genai.Client) -> None:
    model.fault("429", retry_after=7)
    model.fault("503", nth=2)

    with pytest.raises(errors.ClientError) as limited:
        ask(gemini)
    with pytest.raises(errors.ServerError) as out_of_order:
        ask(gemini)

    assert limited.value.code == 429
    assert "'retryDelay': '7s'" in str(limited.value)
    assert out_of_order.value.code == 503
    assert ask(gemini).text


@pytest.mark.parametrize(
    ("name", "config", "status"),
    [
        ("gemini-1.0-pro", {}, 404),
        (
            "gemini-3.8-flash",
            {"thinking_config": types.ThinkingConfig(thinking_level=types.ThinkingLevel.MINIMAL)},
            400,
        ),
        ("gemini-2.5-flash", {"thinking_config": types.ThinkingConfig(thinking_level=types.ThinkingLevel.LOW)}, 400),
    ],
)
def test_gemini_refuses_what_its_models_do_not_have(
    gemini: genai.Client, name: str, config: dict[str, Any], status: int
) -> None:
    with pytest.raises(errors.ClientError) as refused:
        ask(gemini, name, **config)

    assert refused.value.code == status


def test_models_can_be_looked_up(model: ModelServer, gemini: genai.Client, openai: httpx2.Client) -> None:
    assert gemini.models.get(model=LITE).name == f"models/{LITE}"
    with pytest.raises(errors.ClientError):
        gemini.models.get(model="gemini-1.0-pro")
    assert [one["id"] for one in openai.get("/models").json()["data"]] == list(model.models)
    assert openai.get("/models/llama3.2").json()["id"] == "llama3.2"
    assert openai.get("/models/none").status_code == 404


def test_a_wrong_key_is_refused_as_each_api_does(model: ModelServer, openai: httpx2.Client) -> None:
    body = {"contents": [{"parts": [{"text": "hi"}]}]}
    path = f"{model.gemini_url}/v1beta/models/{LITE}:generateContent"

    google = httpx2.post(path, json=body, headers={"x-goog-api-key": "wrong"}, verify=PLAIN)
    other = chat(openai, model="llama3.2").request
    wrong = openai.post("/chat/completions", content=other.content, headers={"Authorization": "Bearer wrong"})

    assert (google.status_code, google.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert (wrong.status_code, wrong.json()["error"]["type"]) == (401, "invalid_request_error")


def test_an_openai_server_answers_the_same_question(model: ModelServer, openai: httpx2.Client) -> None:
    answer = chat(openai).json()

    assert json.loads(answer["choices"][0]["message"]["content"]) == {"category": "REVIEW"}
    assert answer["choices"][0]["finish_reason"] == "stop"
    assert answer["usage"] == {"prompt_tokens": 7, "completion_tokens": 6, "total_tokens": 13}
    [question] = model.questions
    assert (question.dialect, question.system, question.text) == ("openai", "Sort the mail.", "Subject: Sale")
    assert question.schema == SCHEMA


def test_an_openai_server_may_cut_filter_and_limit(model: ModelServer, openai: httpx2.Client) -> None:
    model.script = lambda _: Reply("a long answer", finish="MAX_TOKENS")
    cut = chat(openai).json()["choices"][0]
    model.script = lambda _: Reply("never seen", finish="SAFETY")
    filtered = chat(openai).json()["choices"][0]
    model.fault("429", retry_after=3)
    limited = chat(openai)

    assert (cut["finish_reason"], cut["message"]["content"]) == ("length", "a long")
    assert (filtered["finish_reason"], filtered["message"]["content"]) == ("content_filter", None)
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "3")
    assert chat(openai, model="none").status_code == 404
    assert chat(openai, messages=[]).status_code == 400


@pytest.mark.parametrize("kind", ["reset", "timeout", "timeout_after_apply"])
def test_the_connection_may_break(model: ModelServer, openai: httpx2.Client, kind: str) -> None:
    model.fault(kind, seconds=0.05)

    with pytest.raises(httpx2.TransportError):
        chat(openai)
    assert chat(openai).status_code == 200


@pytest.mark.parametrize("kind", ["truncated_json", "html", "empty"])
def test_the_answer_may_be_unreadable(model: ModelServer, openai: httpx2.Client, kind: str) -> None:
    model.fault(kind)

    with pytest.raises(ValueError, match="line 1"):
        chat(openai).json()


def test_an_unknown_kind_of_fault_is_a_mistake_of_the_test(model: ModelServer) -> None:
    with pytest.raises(ValueError, match="tiemout"):
        model.fault("tiemout")


def test_gemini_refuses_a_deadline_of_less_than_ten_seconds(gemini: genai.Client) -> None:
    with pytest.raises(errors.ClientError, match="Minimum allowed deadline is 10s"):
        ask(gemini, http_options=types.HttpOptions(timeout=5000))


def test_gemini_names_the_quotas_that_are_spent(model: ModelServer, gemini: genai.Client) -> None:
    model.script = lambda _: Refusal(429, "Quota exceeded", 23, ["RequestsPerDay"], headers={"Retry-After": "30"})

    with pytest.raises(errors.ClientError) as limited:
        ask(gemini)

    details = limited.value.details["error"]["details"]
    assert details[0]["violations"][0]["quotaId"] == "RequestsPerDay"
    assert details[1]["retryDelay"] == "23s"
    assert isinstance(limited.value.response, httpx2.Response)
    assert limited.value.response.headers["retry-after"] == "30"


def test_gemini_thinks_and_hears(model: ModelServer, gemini: genai.Client) -> None:
    model.script = lambda question: Reply(question.clip.decode(), thoughts=7, reasoning="hm")
    clip = types.Part.from_bytes(data=b"~~speech??", mime_type="audio/webm")

    answer = gemini.models.generate_content(model=LITE, contents=types.Content(role="user", parts=[clip]))

    assert answer.text == "~~speech??"
    assert answer.usage_metadata is not None
    assert answer.usage_metadata.thoughts_token_count == 7


def test_decisions_are_made_as_googles_own_types_want_them(model: ModelServer, gemini: genai.Client) -> None:
    model.script = lambda _: {"kind": "bill", "confidence": 80}
    asked = decisions.ChoiceQuestion(instructions="Which kind?", criteria={"bill": "", "work": "", "other": ""})

    made = gemini.decisions.create(
        model="models/gemini-decision-1", input="Subject: Sale", questions={"kind": asked}, api_version="v1beta"
    )

    assert made.answers is not None
    answer = made.answers["kind"]
    assert isinstance(answer, decisions.ChoiceAnswer)
    assert (answer.choice, answer.confidence) == ("bill", 0.8)
    assert sum(answer.probabilities.values()) == pytest.approx(1)
    assert made.usage is not None
    assert made.usage.total_input_tokens == 6  # 11 + 13 characters


def test_an_openai_server_hears_speech(model: ModelServer, openai: httpx2.Client) -> None:
    model.script = lambda question: question.clip.decode()

    heard = openai.post(
        "/audio/transcriptions", data={"model": "llama3.2"}, files={"file": ("a.webm", b"speech", "audio/webm")}
    )

    assert heard.json()["text"] == "speech"


def test_answer_may_come_a_byte_at_a_time(model: ModelServer, openai: httpx2.Client) -> None:
    model.drip = 0.0001

    with openai.stream("POST", "/chat/completions", json=json.loads(chat(openai).request.content)) as dripping:
        pieces = list(dripping.iter_raw())

    assert len(pieces) > 10
    assert json.loads(b"".join(pieces))["choices"]


@pytest.mark.parametrize("wish", ["json_schema", "max_tokens", "temperature"])
def test_an_openai_server_may_refuse_a_wish(model: ModelServer, openai: httpx2.Client, wish: str) -> None:
    model.refuses = frozenset({wish})

    assert chat(openai, max_tokens=5, temperature=0).status_code == 400
