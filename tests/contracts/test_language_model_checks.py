"""One suite for every `ports.models.LanguageModel` behind a server: wrong settings are told before they matter."""

import pytest

from auramail.core.errors import AuraMailError, NeedsPersonError, TryAgainError
from auramail.ports.models import LanguageModel
from tests.contracts.model_cases import CASES, a_question
from tests.fakes.model_server import ModelServer


def hint_of(error: AuraMailError) -> str:
    return error.hint.say() if error.hint else ""


def test_wrong_key_needs_the_person_and_names_the_setting(server: ModelServer, name: str) -> None:
    with CASES[name].opened(server, key="wrong-key-canary") as model:
        for act in (lambda: model.ask(a_question()), model.check):
            with pytest.raises(NeedsPersonError) as failed:
                act()

            assert hint_of(failed.value) == f"Check {CASES[name].family}_API_KEY."


def test_unknown_model_needs_the_person_and_is_named(server: ModelServer, name: str) -> None:
    with CASES[name].opened(server, model="gemini-of-last-year") as model:
        for act in (lambda: model.ask(a_question()), model.check):
            with pytest.raises(NeedsPersonError, match="gemini-of-last-year") as failed:
                act()

            assert CASES[name].named_by in hint_of(failed.value)
            assert "is not found for API version" not in str(failed.value)  # the server's own words


def test_check_names_models_that_there_are_now(server: ModelServer, name: str) -> None:
    server.models = [*server.models, "gemini-decision-2"]

    with CASES[name].opened(server, model="gone") as model, pytest.raises(NeedsPersonError) as failed:
        model.check()

    said = hint_of(failed.value)
    assert ("gemini-decision-2" in said) == (name == "decisions")
    assert ("gemini-3.8-flash" in said) == (name != "decisions")


@pytest.mark.parametrize("fault", ["503", "429", "reset", "timeout"])
def test_check_of_a_server_in_trouble_is_a_matter_of_time(
    server: ModelServer, remote: LanguageModel, fault: str
) -> None:
    server.fault(fault, "models", seconds=0.1)

    with pytest.raises(TryAgainError):
        remote.check()

    assert server.questions == []


@pytest.mark.parametrize("key", ["ключ", "two words", "line\nbreak", "wide\u2003blank"])
def test_key_that_no_header_can_carry_is_refused_before_any_question(server: ModelServer, name: str, key: str) -> None:
    with pytest.raises(NeedsPersonError, match=f"{CASES[name].family}_API_KEY") as failed:
        CASES[name].open(server, key=key)

    assert key not in str(failed.value)


@pytest.mark.parametrize(
    "address", ["nonsense", "ftp://127.0.0.1", "http://", "http://[x", "http://a b", "http://a\x01"]
)
def test_address_that_is_none_is_refused_before_any_question(server: ModelServer, name: str, address: str) -> None:
    with pytest.raises(NeedsPersonError, match=f"{CASES[name].family}_BASE_URL"):
        CASES[name].open(server, address=address)
