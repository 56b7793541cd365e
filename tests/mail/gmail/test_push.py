"""Pushes are believed only with Google's proof: each way to lack it, by its name."""

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from auramail.core.errors import TryAgainError
from auramail.mail.gmail.announcements import Announcement
from auramail.mail.gmail.http import Wire
from auramail.mail.gmail.jwt import Claim, KeySet
from auramail.mail.gmail.push import PushRefusedError, PushVerifier
from tests.fakes.google.identity import Flaw
from tests.fakes.google.world import SERVICE_ACCOUNT
from tests.mail.gmail.gmail_world import NOON, GmailWorld

AUDIENCE = "https://mail.example/push/gmail"
ISSUERS = ("https://accounts.google.com", "accounts.google.com")
NOW = int(NOON.timestamp())
SAID = json.dumps({"emailAddress": "Ana@gmail.example", "historyId": 2**64 - 1}).encode()


@pytest.fixture
def wire() -> Iterator[Wire]:
    with Wire(timeout=5) as opened:
        yield opened


@pytest.fixture
def verifier(world: GmailWorld, wire: Wire) -> PushVerifier:
    return make(world, wire)


def make(world: GmailWorld, wire: Wire, **other: str) -> PushVerifier:
    keys = KeySet(wire, f"{world.google.url}/oauth2/v3/certs", world.clock)
    expected = {"audience": AUDIENCE, "sender_email": SERVICE_ACCOUNT} | other
    return PushVerifier(keys, world.clock, issuers=ISSUERS, **expected)


def bearer(world: GmailWorld, **flaws: Any) -> list[str]:
    return [f"Bearer {world.google.push_token(AUDIENCE, flaw=Flaw(**flaws))}"]


def test_a_sound_push_tells_whose_mailbox_has_changed(world: GmailWorld, verifier: PushVerifier) -> None:
    body = world.google.push_body(SAID)

    said = verifier.verify(bearer(world), body)

    message_id = json.loads(body)["message"]["messageId"]
    assert said == Announcement("ana@gmail.example", str(2**64 - 1), message_id)


@pytest.mark.parametrize(
    ("claim", "flaws"),
    [
        pytest.param(Claim.ALGORITHM, {"algorithm": "none"}, id="no algorithm"),
        pytest.param(Claim.ALGORITHM, {"algorithm": "HS256"}, id="the public key as the secret of HS256"),
        pytest.param(Claim.SIGNATURE, {"foreign_key": True}, id="another's key under Google's key id"),
        pytest.param(Claim.KEY, {"key_id": "made-up"}, id="unknown key id"),
        pytest.param(Claim.KEY, {"key_id": ""}, id="empty key id"),
        pytest.param(Claim.AUDIENCE, {"claims": {"aud": "https://other.example/push"}}, id="another audience"),
        pytest.param(Claim.AUDIENCE, {"claims": {"aud": AUDIENCE + "/"}}, id="almost our audience"),
        pytest.param(Claim.AUDIENCE, {"claims": {"aud": [AUDIENCE, "https://other.example"]}}, id="many audiences"),
        pytest.param(Claim.AUDIENCE, {"claims": {"aud": None}}, id="no audience"),
        pytest.param(Claim.EMAIL, {"claims": {"email": "other@other.iam.gserviceaccount.com"}}, id="another account"),
        pytest.param(Claim.EMAIL, {"claims": {"email": None}}, id="no account"),
        pytest.param(Claim.VERIFIED, {"claims": {"email_verified": False}}, id="address not verified"),
        pytest.param(Claim.VERIFIED, {"claims": {"email_verified": "true"}}, id="verified as text"),
        pytest.param(Claim.ISSUER, {"claims": {"iss": "https://accounts.google.com.evil.example"}}, id="other issuer"),
        pytest.param(Claim.ISSUER, {"claims": {"iss": None}}, id="no issuer"),
        pytest.param(Claim.EXPIRY, {"claims": {"exp": NOW - 61}}, id="expired"),
        pytest.param(Claim.EXPIRY, {"claims": {"exp": None}}, id="never expires"),
        pytest.param(Claim.EXPIRY, {"claims": {"exp": str(NOW + 3600)}}, id="expiry as text"),
        pytest.param(Claim.ISSUED, {"claims": {"iat": NOW + 61}}, id="from the future"),
        pytest.param(Claim.ISSUED, {"claims": {"iat": None}}, id="issued at no time"),
    ],
)
def test_a_token_with_a_flaw_is_refused(
    world: GmailWorld, verifier: PushVerifier, claim: Claim, flaws: dict[str, Any]
) -> None:
    with pytest.raises(PushRefusedError) as caught:
        verifier.verify(bearer(world, **flaws), world.google.push_body(SAID))

    assert caught.value.claim is claim


@pytest.mark.parametrize(
    ("claim", "headers"),
    [
        pytest.param(Claim.AUTHORIZATION, lambda _: [], id="no header"),
        pytest.param(Claim.AUTHORIZATION, lambda _: [""], id="empty header"),
        pytest.param(Claim.AUTHORIZATION, lambda _: ["Bearer "], id="empty token"),
        pytest.param(Claim.AUTHORIZATION, lambda token: [f"Basic {token}"], id="another scheme"),
        pytest.param(Claim.AUTHORIZATION, lambda token: [f"Bearer {token}"] * 2, id="two headers"),
        pytest.param(Claim.FORM, lambda token: [f"Bearer {token}, Bearer {token}"], id="two headers joined into one"),
        pytest.param(Claim.FORM, lambda token: [f"Bearer {token.rpartition('.')[0]}"], id="no signature"),
        pytest.param(Claim.FORM, lambda token: [f"Bearer {token}{'A' * 20_000}"], id="endless token"),
        pytest.param(Claim.SIGNATURE, lambda token: [f"Bearer {token[:-4]}AAAA"], id="signature changed"),
    ],
)
def test_a_push_without_exactly_one_whole_token_is_refused(
    world: GmailWorld, verifier: PushVerifier, claim: Claim, headers: Callable[[str], list[str]]
) -> None:
    token = world.google.push_token(AUDIENCE)

    with pytest.raises(PushRefusedError) as caught:
        verifier.verify(headers(token), world.google.push_body(SAID))

    assert caught.value.claim is claim
    assert token not in str(caught.value)


def test_a_signed_token_whose_claims_were_exchanged_is_refused(world: GmailWorld, verifier: PushVerifier) -> None:
    head, _, signature = world.google.push_token("https://other.example").split(".")
    claims = world.google.push_token(AUDIENCE).split(".")[1]

    with pytest.raises(PushRefusedError) as caught:
        verifier.verify([f"Bearer {head}.{claims}.{signature}"], world.google.push_body(SAID))

    assert caught.value.claim is Claim.SIGNATURE


@pytest.mark.parametrize("unset", ["audience", "sender_email"])
def test_an_endpoint_that_expects_nothing_takes_nothing(world: GmailWorld, wire: Wire, unset: str) -> None:
    verifier = make(world, wire, **{unset: ""})
    claims = {"aud": "", "email": ""}

    with pytest.raises(PushRefusedError):
        verifier.verify(bearer(world, claims=claims), world.google.push_body(SAID))


@pytest.mark.parametrize("claims", [{"exp": NOW - 59}, {"iat": NOW + 59}, {"iss": "accounts.google.com"}])
def test_clocks_may_differ_by_a_minute(world: GmailWorld, verifier: PushVerifier, claims: dict[str, Any]) -> None:
    assert verifier.verify(bearer(world, claims=claims), world.google.push_body(SAID)) is not None


@pytest.mark.parametrize("kind", ["503", "html", "reset", "truncated_json", "429"])
def test_without_googles_keys_a_push_is_for_another_try(world: GmailWorld, verifier: PushVerifier, kind: str) -> None:
    world.google.fault("certs", kind)

    with pytest.raises(TryAgainError):
        verifier.verify(bearer(world), world.google.push_body(SAID))
    assert verifier.verify(bearer(world), world.google.push_body(SAID)) is not None


def test_googles_keys_are_asked_for_once(world: GmailWorld, verifier: PushVerifier) -> None:
    for number in range(5):
        verifier.verify(bearer(world), world.google.push_body(SAID))
        with pytest.raises(PushRefusedError):
            verifier.verify(bearer(world, key_id=f"made-up-{number}"), world.google.push_body(SAID))

    assert world.google.usage.calls["certs"] == 1


def envelope(data: object) -> bytes:
    return json.dumps({"message": {"data": data, "messageId": "1"}, "subscription": "s"}).encode()


def coded(said: object) -> str:
    return base64.b64encode(json.dumps(said).encode()).decode()


ANA = "ana@gmail.example"
POISON = [
    pytest.param(b"", id="empty"),
    pytest.param(b"not json", id="no JSON"),
    pytest.param(b"\xff\xfe", id="no text"),
    pytest.param(b"[" * 60_000, id="endless nesting"),
    pytest.param(b"[]", id="a list"),
    pytest.param(b"{}", id="no message"),
    pytest.param(b'{"message": "text"}', id="message as text"),
    pytest.param(b'{"message": {"messageId": "1"}}', id="no data"),
    pytest.param(envelope("!!!"), id="no base64"),
    pytest.param(envelope("A"), id="cut base64"),
    pytest.param(envelope("Привіт"), id="letters outside ASCII"),
    pytest.param(envelope(5), id="data as number"),
    pytest.param(envelope(base64.b64encode(b"not json").decode()), id="no JSON inside"),
    pytest.param(envelope(coded([ANA])), id="a list inside"),
    pytest.param(envelope(coded({"historyId": 5})), id="no address"),
    pytest.param(envelope(coded({"emailAddress": "ana", "historyId": 5})), id="an address without @"),
    pytest.param(envelope(coded({"emailAddress": f"{'a' * 400}@x", "historyId": 5})), id="an endless address"),
    pytest.param(envelope(coded({"emailAddress": ANA})), id="no history id"),
    pytest.param(envelope(coded({"emailAddress": ANA, "historyId": "soon"})), id="history id as words"),
    pytest.param(envelope(coded({"emailAddress": ANA, "historyId": -5})), id="history id below zero"),
    pytest.param(envelope(coded({"emailAddress": ANA, "historyId": 2**64})), id="history id beyond 64 bits"),
    pytest.param(envelope(coded({"emailAddress": ANA, "historyId": "9" * 9000})), id="endless history id"),
    pytest.param(envelope(coded({"emailAddress": ANA, "historyId": 5, "x": "y" * 50_000})), id="over 64 kB"),
]


@pytest.mark.parametrize("body", POISON)
def test_a_proven_push_that_is_no_announcement_is_none(world: GmailWorld, verifier: PushVerifier, body: bytes) -> None:
    assert verifier.verify(bearer(world), body) is None


@pytest.mark.parametrize("body", POISON[:3])
def test_an_unproven_push_is_refused_whatever_it_says(world: GmailWorld, verifier: PushVerifier, body: bytes) -> None:
    with pytest.raises(PushRefusedError):
        verifier.verify(bearer(world, foreign_key=True), body)


@pytest.mark.parametrize("alphabet", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("mark", [5, "5"])
def test_an_announcement_is_read_in_either_alphabet(
    world: GmailWorld, verifier: PushVerifier, alphabet: Callable[[bytes], bytes], mark: object
) -> None:
    said = json.dumps({"emailAddress": "ana>>>???@gmail.example", "historyId": mark}).encode()

    read = verifier.verify(bearer(world), envelope(alphabet(said).decode().rstrip("=")))

    assert read == Announcement("ana>>>???@gmail.example", "5", "1")
