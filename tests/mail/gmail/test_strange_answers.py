"""Answers that Google never gives, from a server that is not Google: nothing breaks, nothing is believed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from auramail.core.errors import SignInNeededError
from auramail.mail.gmail.client_file import OAuthClient
from auramail.mail.gmail.credentials import Credentials
from auramail.mail.gmail.http import Wire
from auramail.mail.gmail.jwt import KeySet
from auramail.mail.gmail.mailbox import GmailMailbox, GmailOptions, Grant, open_mailbox
from auramail.mail.gmail.quota import LocalBucket
from tests.fakes.google.http import FakeHTTPServer
from tests.fakes.google.wire import answer_json
from tests.mail.gmail.gmail_world import Timepiece

WHOLE = {"id": "18c2", "threadId": "18c2", "internalDate": "1763640000000", "raw": "SGk"}


@contextmanager
def impostor(body: Any, status: int = 200) -> Iterator[str]:
    """A server that answers everything with one JSON body."""
    server = FakeHTTPServer(lambda _: answer_json(body, status))
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


def open_at(url: str, access_token: str = "token") -> GmailMailbox:
    clock = Timepiece()
    client = OAuthClient("id", "secret", url, url, url)
    return open_mailbox(
        Grant(client, Credentials("id", url, "refresh", access_token), lambda _: None),
        GmailOptions(root_url=url),
        zone="Europe/Kyiv",
        bucket=LocalBucket(6000, clock),
        clock=clock,
        sleep=clock.sleep,
    )


@pytest.mark.parametrize(
    "strange",
    [
        {"internalDate": "yesterday"},
        {"internalDate": "9" * 40},
        {"raw": "A"},
        {"raw": "Привіт"},
        {"payload": {"mimeType": "text/plain", "body": {"size": "many"}}},
    ],
)
def test_a_message_that_cannot_be_read_is_a_problem_of_that_message(strange: dict[str, Any]) -> None:
    with impostor(WHOLE | strange) as url, open_at(url) as mailbox:
        (answer,) = mailbox.fetch(["18c2"])

    assert answer.source is None
    assert answer.problem is not None


def test_lists_without_lists_in_them_are_empty() -> None:
    with impostor({"messages": "none", "labels": None}) as url, open_at(url) as mailbox:
        assert mailbox.labels([]) == {}


def test_a_renewal_without_a_token_asks_for_a_new_sign_in() -> None:
    with (
        impostor({"token_type": "Bearer"}) as url,
        open_at(url, access_token="") as mailbox,
        pytest.raises(SignInNeededError),
    ):
        mailbox.labels([])


@pytest.mark.parametrize(
    "entry",
    [
        "key",
        {"kty": "EC", "kid": "wanted"},
        {"kty": "RSA", "alg": "RS512", "kid": "wanted", "n": "AQAB", "e": "AQAB"},
        {"kty": "RSA", "kid": "wanted"},
        {"kty": "RSA", "kid": "wanted", "n": "AQAB", "e": "AA"},
        {"kty": "RSA", "kid": "wanted", "n": "!", "e": "AQAB"},
    ],
)
def test_keys_that_are_none_are_not_used(entry: Any) -> None:
    with impostor({"keys": [entry]}) as url, Wire() as wire:
        assert KeySet(wire, url, Timepiece()).find("wanted") is None
