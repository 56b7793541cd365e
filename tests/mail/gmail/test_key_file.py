import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from auramail.core.errors import NeedsPersonError, TryAgainError
from auramail.mail.gmail.http import Wire
from auramail.mail.gmail.key_file import ServiceTokens, read_key_file
from auramail.mail.gmail.patience import Patience
from tests.fakes.google.world import SERVICE_ACCOUNT
from tests.mail.gmail.gmail_world import GmailWorld

SCOPE = "https://www.googleapis.com/auth/pubsub"
EC_KEY = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
WHOLE = {
    "type": "service_account",
    "client_email": SERVICE_ACCOUNT,
    "private_key_id": "canary",
    "private_key": "canary",
    "token_uri": "https://oauth2.googleapis.com/token",
}


@pytest.fixture
def path(world: GmailWorld, tmp_path: Path) -> Path:
    world.google.write_service_account(tmp_path / "key.json")
    return tmp_path / "key.json"


@pytest.fixture
def tokens(world: GmailWorld, path: Path) -> Iterator[ServiceTokens]:
    with Wire(timeout=5) as wire:
        patience = Patience(3, world.clock.sleep, world.clock.now)
        yield ServiceTokens(wire, read_key_file(path), SCOPE, world.clock, patience)


def test_a_signed_assertion_gets_a_token_that_is_kept_until_a_minute_before_its_end(
    world: GmailWorld, tokens: ServiceTokens
) -> None:
    first = tokens.access_token()
    world.clock.advance(seconds=3599 - 61)
    again = tokens.access_token()
    world.clock.advance(seconds=1)
    later = tokens.access_token()

    assert first == again != later
    assert world.google.usage.calls["token"] == 2
    assert world.google.oauth.tokens[first].scopes == {SCOPE}
    assert world.google.oauth.tokens[later].expires == world.clock.now() + timedelta(seconds=3599)


def test_a_key_that_was_deleted_at_google_is_said_with_what_to_do(world: GmailWorld, tokens: ServiceTokens) -> None:
    world.google.oauth.service_accounts[SERVICE_ACCOUNT].deleted = True

    with pytest.raises(NeedsPersonError, match="account not found") as caught:
        tokens.access_token()

    assert SERVICE_ACCOUNT in str(caught.value)
    assert caught.value.hint is not None


def test_a_key_that_google_exchanged_is_not_accepted(world: GmailWorld, path: Path, tokens: ServiceTokens) -> None:
    other = world.google.oauth.service_accounts
    world.google.write_service_account(path.with_name("other.json"), email="other@x.example")
    other[SERVICE_ACCOUNT].public_key = other["other@x.example"].public_key

    with pytest.raises(NeedsPersonError, match="Invalid JWT Signature"):
        tokens.access_token()


def test_a_computer_whose_clock_is_wrong_is_told_so(world: GmailWorld, path: Path) -> None:
    class Fast:
        def now(self) -> Any:
            return world.clock.now() + timedelta(hours=2)

        def monotonic(self) -> float:
            return world.clock.monotonic()

    with Wire() as wire, pytest.raises(NeedsPersonError, match="reasonable timeframe") as caught:
        ServiceTokens(
            wire, read_key_file(path), SCOPE, Fast(), Patience(1, world.clock.sleep, world.clock.now)
        ).access_token()

    assert "clock" in (caught.value.hint.say() if caught.value.hint else "")


@pytest.mark.parametrize("kind", ["503", "429", "reset", "html"])
def test_an_outage_is_tried_again_and_then_left_for_later(world: GmailWorld, tokens: ServiceTokens, kind: str) -> None:
    world.google.fault("token", kind, times=2)

    assert tokens.access_token()
    world.google.expire_tokens()
    world.google.fault("token", kind, times=None)
    with pytest.raises(TryAgainError):
        tokens.renew()


def test_a_missing_key_is_said_with_where_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(NeedsPersonError, match="no key of a service account at") as caught:
        read_key_file(tmp_path / "key.json")

    assert caught.value.hint is not None


def test_a_folder_in_its_place_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NeedsPersonError, match="cannot be read"):
        read_key_file(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("not json", "is not JSON"),
        ("[]", "is not the key of a service account"),
        ("{}", "is not the key of a service account"),
        (json.dumps({"web": {"client_id": "x", "client_secret": "canary"}}), "is not the key of a service account"),
        (json.dumps(WHOLE | {"type": "authorized_user"}), "is not the key of a service account"),
        (json.dumps(WHOLE | {"client_email": "", "private_key": 5}), "lacks client_email, private_key"),
        (json.dumps(WHOLE | {"token_uri": "file:///etc/passwd"}), "token_uri in .* is not a URL"),
        (json.dumps(WHOLE), "private key in .* cannot be used"),
        (json.dumps(WHOLE | {"private_key": EC_KEY}), "private key in .* cannot be used"),
    ],
)
def test_each_mistake_is_one_line_with_what_to_do(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "key.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(NeedsPersonError, match=said) as caught:
        read_key_file(path)

    assert caught.value.hint is not None
    assert "\n" not in caught.value.problem.say() + caught.value.hint.say()
    assert "canary" not in caught.value.problem.say()


def test_a_key_is_in_no_representation(path: Path) -> None:
    assert "private_key" not in repr(read_key_file(path))
