"""Answers in the shapes Google documents but the fake does not give, read and told."""

import json
from collections.abc import Mapping

import pytest

from auramail.core.errors import GiveUpError, NeedsPersonError, SignInNeededError
from auramail.mail.gmail.answers import Answer, Verdict
from auramail.mail.gmail.errors import translate
from auramail.mail.gmail.http import Reply


def read(status: int, error: Mapping[str, object], **headers: str) -> Answer:
    return Answer.read(Reply(status, json.dumps({"error": error}).encode(), headers))


def test_a_reason_in_the_new_form_is_understood() -> None:
    """See https://cloud.google.com/apis/design/errors#error_details."""
    detail = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}

    error = translate(read(403, {"code": 403, "message": "Insufficient scopes.", "details": [detail]}))

    assert isinstance(error, SignInNeededError)
    assert "gmail.modify" in error.problem.say()


@pytest.mark.parametrize("reason", ["accessNotConfigured", "SERVICE_DISABLED"])
def test_an_api_that_is_switched_off_is_the_operators_to_switch_on(reason: str) -> None:
    error = translate(read(403, {"errors": [{"reason": reason}]}))

    assert isinstance(error, NeedsPersonError)
    assert "switched off" in error.problem.say()


def test_a_key_that_is_not_taken_asks_for_a_new_sign_in() -> None:
    assert isinstance(translate(read(401, {"code": 401})), SignInNeededError)


def test_another_refusal_is_told_in_googles_words() -> None:
    forbidden = translate(read(403, {"message": "Delegation denied", "errors": [{"reason": "forbidden"}]}))
    redirected = translate(Answer.read(Reply(302, b"<html>")))

    assert isinstance(forbidden, NeedsPersonError)
    assert "Delegation denied" in forbidden.problem.say()
    assert isinstance(redirected, GiveUpError)
    assert "302" in redirected.problem.say()


@pytest.mark.parametrize("error", ["text", [], {"errors": "text"}, {"errors": ["text"]}, {"errors": [{}]}])
def test_an_error_in_no_known_shape_has_no_reason(error: object) -> None:
    answer = Answer.read(Reply(403, json.dumps({"error": error}).encode()))

    assert answer.reasons == frozenset()
    assert answer.verdict is Verdict.REFUSED


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), (" 2.5 ", 2.5), ("Fri, 20 Nov 2026 12:00:00 GMT", None), ("-3", None), ("9" * 30, None), ("", None)],
)
def test_only_a_plain_number_of_seconds_is_a_wait(header: str, seconds: float | None) -> None:
    assert read(429, {}, **{"retry-after": header}).after == seconds


def test_a_success_without_its_object_is_no_answer_unless_none_was_promised() -> None:
    assert Answer.read(Reply(200, b"<html>")).verdict is Verdict.DOUBTFUL
    assert Answer.read(Reply(200, b"[]")).verdict is Verdict.DOUBTFUL
    assert Answer.read(Reply(204)).verdict is Verdict.DOUBTFUL
    assert Answer.read(Reply(204), answers_nothing=True).verdict is Verdict.DONE
