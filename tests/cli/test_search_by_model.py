"""`auramail search` with a language model behind it, over real HTTP: unsure requests and recordings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.fakes.model_server import ModelServer, Question, Reply
from tests.fakes.telling import part, parts
from tests.reading.recorded import ogg, wav

NOON = ("--now", "2026-11-28T12:00")
SAID = "emails from my boss last week"


def mind(question: Question) -> object:
    """Hears the same in every recording, and reads `from my boss` in every request."""
    if question.clip:
        return SAID if question.dialect == "openai" else {"text": SAID}
    return parts(part("from", "boss", "from my boss"))


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with ModelServer(mind) as server:
        monkeypatch.setenv("GEMINI_API_KEY", server.key)
        monkeypatch.setenv("GEMINI_BASE_URL", server.gemini_url)
        monkeypatch.setenv("OPENAI_API_KEY", server.key)
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        monkeypatch.setenv("OPENAI_MODEL", "llama3.2")
        monkeypatch.setenv("RETRY_ATTEMPTS", "1")
        yield server


@pytest.mark.parametrize("name", ["gemini", "openai"])
def test_an_unsure_request_is_read_by_the_model(auramail: Command, model: ModelServer, name: str) -> None:
    answer = auramail("search", "--explain", "--json", "--model", name, *NOON, SAID)

    assert answer.json() == {
        "query": "from:boss",
        "understood": [{"words": "from my boss", "operator": "from:boss"}],
        "ignored": ["last week"],
        "unsure": True,
        "by": "model",
        "problem": None,
        "heard": None,
    }
    assert len(model.questions) == 1
    assert '"request": "emails from my boss last week"' in model.questions[0].text


@pytest.mark.parametrize("name", ["gemini", "openai"])
def test_a_recording_is_heard_and_read(auramail: Command, model: ModelServer, home: Path, name: str) -> None:
    (home / "voice.ogg").write_bytes(ogg(2))

    answer = auramail("search", "--explain", "--json", "--model", name, *NOON, "--voice", home / "voice.ogg")

    assert answer.json()["heard"] == SAID
    assert answer.json()["query"] == "from:boss"
    assert [bool(question.clip) for question in model.questions] == [True, False]


def test_a_recording_is_heard_by_the_model_of_the_settings(auramail: Command, model: ModelServer, home: Path) -> None:
    (home / "voice.wav").write_bytes(wav(1))

    answer = auramail("search", "--explain", *NOON, "--voice", home / "voice.wav")

    assert answer.out.splitlines()[:3] == [f"Heard: {SAID}", "Query: from:boss", "  from my boss  →  from:boss"]
    assert {question.dialect for question in model.questions} == {"gemini"}


def test_nobody_is_asked_about_a_request_that_is_sure(auramail: Command, model: ModelServer) -> None:
    answer = auramail("search", "--explain", "--json", "--model", "gemini", *NOON, "emails from Bob yesterday")

    assert answer.json()["by"] == "grammar"
    assert model.questions == []


def test_nobody_is_asked_unless_the_person_says_so(auramail: Command, model: ModelServer) -> None:
    answer = auramail("search", "--explain", "--json", *NOON, SAID)

    assert answer.json()["by"] == "grammar"
    assert model.questions == []


@pytest.mark.parametrize("reply", ["in:anywhere", {"parts": [part("in", "anywhere", SAID)]}, Reply("", "SAFETY")])
def test_an_answer_of_no_use_leaves_the_grammars_search(auramail: Command, model: ModelServer, reply: object) -> None:
    model.script = lambda _: reply

    answer = auramail("search", "--explain", "--json", "--model", "gemini", *NOON, SAID).json()

    assert answer["query"] == "from:boss after:2026/11/16 before:2026/11/23"
    assert (answer["by"], answer["unsure"]) == ("grammar", True)
    assert "gemini-3.5-flash-lite" in answer["problem"]


def test_a_model_that_is_away_leaves_the_grammars_search_and_says_so(auramail: Command, model: ModelServer) -> None:
    model.fault("503", times=None)

    answer = auramail("search", "--explain", "--model", "gemini", *NOON, SAID)

    assert answer.code == 0
    assert answer.out.splitlines()[0] == "Query: from:boss after:2026/11/16 before:2026/11/23"
    assert "gemini-3.5-flash-lite" in answer.out
    assert "This may not be what you mean" in answer.out


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "is empty"), (b"not a recording", "no recording"), (wav(70), "too long")]
)
def test_what_is_no_recording_is_one_line_and_sent_to_nobody(
    auramail: Command, model: ModelServer, home: Path, content: bytes, says: str
) -> None:
    (home / "voice").write_bytes(content)

    answer = auramail("search", "--explain", "--json", "--voice", home / "voice")

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert says in answer.err
    assert model.questions == []


def test_a_cloud_that_is_switched_off_is_not_asked(
    auramail: Command, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEMINI_BASE_URL", "")
    monkeypatch.setenv("CLOUD", "off")

    answer = auramail("search", "--explain", "--model", "gemini", *NOON, SAID)

    assert answer.code == 1
    assert "CLOUD=on" in answer.err
    assert model.questions == []


def test_without_a_model_nobody_can_listen_and_it_is_said_what_to_set(auramail: Command, home: Path) -> None:
    (home / "voice.ogg").write_bytes(ogg(2))

    answer = auramail("search", "--explain", "--voice", home / "voice.ogg")

    assert answer.code == 1
    assert "GEMINI_API_KEY" in answer.err
