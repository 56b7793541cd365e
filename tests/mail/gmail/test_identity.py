from collections.abc import Callable, Iterator

import pytest

from auramail.core.errors import NeedsPersonError
from auramail.mail.gmail.http import Wire
from auramail.mail.gmail.identity import Expectation, Identity, UserInfo, verify
from auramail.mail.gmail.jwt import KeySet
from tests.fakes.google.identity import Flaw, make_token
from tests.mail.gmail.gmail_world import NOON, GmailWorld

EXPECTED = Expectation("client", ("https://accounts.google.com",), "nonce")
CLAIMS = {
    "iss": "https://accounts.google.com",
    "aud": "client",
    "azp": "client",
    "sub": "104",
    "email": "Ana@Gmail.example",
    "email_verified": True,
    "nonce": "nonce",
    "iat": int(NOON.timestamp()),
    "exp": int(NOON.timestamp()) + 3600,
}


@pytest.fixture
def keys(world: GmailWorld) -> Iterator[KeySet]:
    with Wire() as wire:
        yield KeySet(wire, f"{world.google.url}/oauth2/v3/certs", world.clock)


@pytest.fixture
def info(world: GmailWorld) -> Iterator[UserInfo]:
    with Wire() as wire:
        yield UserInfo(wire, f"{world.google.url}/v1/userinfo", "no token")


def test_a_sound_token_proves_who_it_is(keys: KeySet, info: UserInfo) -> None:
    token = make_token(CLAIMS, Flaw())

    assert verify(token, keys, EXPECTED, NOON, info) == Identity("104", "ana@gmail.example")


def test_a_token_for_us_among_others_names_us_as_the_party(keys: KeySet, info: UserInfo) -> None:
    token = make_token(CLAIMS | {"aud": ["other", "client"]}, Flaw())

    assert verify(token, keys, EXPECTED, NOON, info).subject == "104"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:0],
        lambda token: token + ".more",
        lambda token: token.rpartition(".")[0],
        lambda token: token[:-3] + "AAA",
        lambda token: token.replace(".", ".A", 1),
        lambda token: "!!!." + token.partition(".")[2],
        lambda token: "W10." + token.partition(".")[2],  # the header is a JSON list
        lambda token: "bm90IGpzb24." + token.partition(".")[2],
        lambda token: "eyJhbGciOiJSUzI1NiIsImNyaXQiOlsieCJdfQ." + token.partition(".")[2],  # crit names an extension
        lambda token: token + "A" * 20_000,
    ],
)
def test_a_mangled_token_proves_nothing(keys: KeySet, info: UserInfo, spoil: Callable[[str], str]) -> None:
    token = make_token(CLAIMS, Flaw())

    with pytest.raises(NeedsPersonError, match="proof of who you are"):
        verify(spoil(token), keys, EXPECTED, NOON, info)


def test_keys_are_looked_for_again_when_google_may_have_changed_them(world: GmailWorld, keys: KeySet) -> None:
    keys.find("gone")
    keys.find("gone")
    world.clock.advance(seconds=301)
    keys.find("gone")
    world.clock.advance(seconds=3601)
    keys.find("fake-google-2026")

    assert world.google.usage.calls["certs"] == 3
