"""One suite for every `ports.models.LanguageModel` behind a server: keys and mail are in no error and in no log."""

import json
import logging
import traceback

import pytest

from auramail.core.errors import AuraMailError
from auramail.ports.models import LanguageModel
from tests.contracts.model_cases import a_question, a_spoken_question
from tests.fakes.model_dialects import Refusal
from tests.fakes.model_server import ModelServer

CANARY = "canary-body-4711"


def hint_of(error: AuraMailError) -> str:
    return error.hint.say() if error.hint else ""


TROUBLE = ["429", "503", "400", "401", "403", "404", "reset", "reset_mid_body", "html", "timeout", "gzip_garbage"]


@pytest.mark.parametrize("kind", TROUBLE)
def test_neither_key_nor_mail_is_in_an_error_or_a_log(
    server: ModelServer, remote: LanguageModel, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.fault(kind, seconds=0.2)

    with caplog.at_level(logging.DEBUG), pytest.raises(AuraMailError) as failed:
        remote.ask(a_question(f"Subject: {CANARY}", seconds=1.0))

    said = everything_said(failed.value) + caplog.text
    assert server.key not in said
    assert CANARY not in said
    assert failed.value.__context__ is None  # a client's own error holds the request with its headers and its body


def test_echo_of_mail_in_a_refusal_is_not_repeated(
    server: ModelServer, remote: LanguageModel, caplog: pytest.LogCaptureFixture
) -> None:
    server.script = lambda question: Refusal(422, f"cannot read {question.text} with {server.key}")

    with caplog.at_level(logging.DEBUG), pytest.raises(AuraMailError) as failed:
        remote.ask(a_question(f"Subject: {CANARY}"))

    said = everything_said(failed.value) + caplog.text
    assert server.key not in said
    assert CANARY not in said


def test_neither_key_nor_mail_is_logged_with_a_good_answer(
    server: ModelServer, remote: LanguageModel, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        remote.check()
        said = remote.ask(a_question(f"Subject: {CANARY}"))
        heard = "" if name == "decisions" else repr(remote.ask(a_spoken_question()))

    told = f"{said!r}{heard}{caplog.text}{remote!r}{vars(remote)!r}"
    assert server.key not in told
    assert CANARY not in told


def everything_said(error: BaseException | None) -> str:
    """All words of an error and of whatever hangs on it."""
    said: list[str] = []
    while error is not None:
        hint = hint_of(error) if isinstance(error, AuraMailError) else ""
        said += [str(error), repr(error), repr(error.args), hint, json.dumps(repr(vars(error)))]
        said += traceback.format_exception(error)
        error = error.__cause__ or error.__context__
    return "".join(said)
