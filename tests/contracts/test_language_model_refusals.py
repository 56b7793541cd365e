"""One suite for every `ports.models.LanguageModel` behind a server: who can help, when, and what is never said."""

import gzip
import time
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime

import pytest

from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError, QuotaSpentError, TryAgainError
from auramail.core.questions import Finish
from auramail.ports.models import LanguageModel
from tests.contracts.model_cases import CASES, GOOGLES, HASTY, NOW, a_question, answer
from tests.fakes.google.wire import Response
from tests.fakes.model_dialects import Refusal
from tests.fakes.model_server import ModelServer

DAILY = "GenerateRequestsPerDayPerProjectPerModel-FreeTier"
MINUTELY = "GenerateRequestsPerMinutePerProjectPerModel-FreeTier"
PAGE = b"<!DOCTYPE html><title>Error 500</title>"


@pytest.fixture(params=GOOGLES)
def google(request: pytest.FixtureRequest, server: ModelServer) -> Iterator[LanguageModel]:
    with CASES[request.param].opened(server) as opened:
        yield opened


def wait_of(model: LanguageModel) -> float:
    """Seconds after which the model may be asked again."""
    with pytest.raises(TryAgainError) as limited:
        model.ask(a_question())
    return limited.value.after


def hint_of(error: AuraMailError) -> str:
    return error.hint.say() if error.hint else ""


def test_limit_is_waited_for_as_long_as_the_server_says(server: ModelServer, remote: LanguageModel) -> None:
    server.fault("429", retry_after=17)

    assert wait_of(remote) == 17


@pytest.mark.parametrize("form", ["17", format_datetime(NOW + timedelta(seconds=17), usegmt=True)])
@pytest.mark.parametrize("status", [429, 503])
def test_header_says_how_long_in_either_form(
    server: ModelServer, remote: LanguageModel, status: int, form: str
) -> None:
    server.script = lambda _: Refusal(status, "busy", headers={"Retry-After": form})

    assert wait_of(remote) == 17


def test_limit_without_a_time_is_waited_for_a_little(server: ModelServer, remote: LanguageModel) -> None:
    server.fault("429")

    assert 1 <= wait_of(remote) <= 60


def test_limit_of_a_minute_is_no_spent_day(server: ModelServer, google: LanguageModel) -> None:
    server.script = lambda _: Refusal(429, "Quota exceeded", 23, [MINUTELY])

    with pytest.raises(TryAgainError) as limited:
        google.ask(a_question())

    assert not isinstance(limited.value, QuotaSpentError)
    assert limited.value.after == 23


def test_spent_day_ends_at_midnight_in_california(server: ModelServer, google: LanguageModel) -> None:
    server.script = lambda _: Refusal(429, "Quota exceeded", 23, [MINUTELY, DAILY])

    with pytest.raises(QuotaSpentError) as spent:
        google.ask(a_question())

    assert spent.value.after == 20 * 3600  # noon in Greenwich is four in the morning there


def test_quota_of_nothing_needs_the_person(server: ModelServer, google: LanguageModel) -> None:
    server.script = lambda _: Refusal(429, "Quota exceeded for metric: requests, limit: 0, model: x", 23, [DAILY])

    with pytest.raises(NeedsPersonError) as nothing:
        google.ask(a_question())

    assert "GEMINI_API_KEY" in hint_of(nothing.value)


def test_country_without_the_free_tier_needs_the_person(server: ModelServer, google: LanguageModel) -> None:
    server.script = lambda _: Refusal(400, "User location is not supported.", code="FAILED_PRECONDITION")

    with pytest.raises(NeedsPersonError) as abroad:
        google.ask(a_question())

    assert "billing" in hint_of(abroad.value)


@pytest.mark.parametrize("kind", ["500", "502", "503", "html", "reset", "reset_after_apply", "reset_mid_body"])
def test_outage_is_a_matter_of_time(server: ModelServer, remote: LanguageModel, kind: str) -> None:
    server.fault(kind)

    with pytest.raises(TryAgainError):
        remote.ask(a_question())

    assert server.http_calls == 1  # nothing in between asks again by itself
    assert remote.ask(a_question()).finish is Finish.DONE


@pytest.mark.parametrize("body", [b"", PAGE, b"[]", b'"busy"', b'{"error": "busy"}', b'{"error": {"details": 1}}'])
def test_outage_may_say_anything(server: ModelServer, remote: LanguageModel, body: bytes) -> None:
    server.script = lambda _: Response(500, body, {"Content-Type": "text/html"})

    assert wait_of(remote) > 0


def test_port_where_nobody_listens_is_a_matter_of_time(server: ModelServer, name: str) -> None:
    with CASES[name].opened(server) as model:
        server.stop()

        assert wait_of(model) > 0
        with pytest.raises(TryAgainError):
            model.check()


@pytest.mark.parametrize("kind", ["timeout", "slow"])
def test_server_that_says_nothing_is_given_up_in_time(server: ModelServer, remote: LanguageModel, kind: str) -> None:
    server.fault(kind, seconds=HASTY * 10)

    assert seconds_of(remote) < HASTY * 2


def test_server_that_says_a_byte_now_and_then_is_given_up_in_time(server: ModelServer, remote: LanguageModel) -> None:
    server.drip = 0.02  # some six seconds for the whole answer

    assert seconds_of(remote) < HASTY * 3


def test_asker_without_time_is_not_kept(server: ModelServer, remote: LanguageModel) -> None:
    server.fault("slow", seconds=5.0)

    assert seconds_of(remote, can_wait=0.0) < HASTY


def seconds_of(model: LanguageModel, can_wait: float = HASTY) -> float:
    """How long a question took that could wait for so many seconds and got no answer."""
    began = time.monotonic()
    with pytest.raises(TryAgainError):
        model.ask(a_question(seconds=can_wait))
    return time.monotonic() - began


def test_answer_that_unpacks_to_a_hundred_megabytes_is_cut_off(server: ModelServer, remote: LanguageModel) -> None:
    bomb = gzip.compress(b"[" * 100_000_000)
    server.script = lambda _: Response(200, bomb, {"Content-Type": "application/json", "Content-Encoding": "gzip"})

    assert remote.ask(a_question()).finish is Finish.EMPTY


def test_answer_that_nobody_can_unpack_is_a_matter_of_time(server: ModelServer, remote: LanguageModel) -> None:
    server.fault("gzip_garbage")

    assert wait_of(remote) > 0


def test_refused_message_is_given_up(server: ModelServer, remote: LanguageModel) -> None:
    server.fault("400")

    with pytest.raises(GiveUpError):
        remote.ask(a_question())


def test_mail_is_not_carried_elsewhere(server: ModelServer, remote: LanguageModel, name: str) -> None:
    with ModelServer(lambda _: answer()) as other:
        server.script = lambda _: Response(307, b"", {"Location": other.gemini_url})

        with pytest.raises(NeedsPersonError) as moved:
            remote.ask(a_question())

        assert other.http_calls == 0
    assert f"{CASES[name].family}_BASE_URL" in hint_of(moved.value)


@pytest.mark.parametrize("status", [401, 403])
def test_key_without_the_right_needs_the_person_too(server: ModelServer, remote: LanguageModel, status: int) -> None:
    server.script = lambda _: Refusal(status, "not allowed")

    with pytest.raises(NeedsPersonError):
        remote.ask(a_question())


def test_account_without_credit_needs_the_person(server: ModelServer, remote: LanguageModel) -> None:
    server.script = lambda _: Refusal(402, "pay")

    with pytest.raises(NeedsPersonError):
        remote.ask(a_question())
