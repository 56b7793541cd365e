from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from auramail.core.errors import NeedsPersonError, TryAgainError
from auramail.mail.gmail.consent import CALENDAR_SCOPE, SCOPES, GoogleAddresses, GoogleSignIn, Pending, challenge
from tests.fakes.google.identity import Flaw
from tests.fakes.google.oauth import Consent
from tests.mail.gmail.gmail_world import REDIRECT, GmailWorld


@pytest.fixture
def sign_in(world: GmailWorld) -> Iterator[GoogleSignIn]:
    url = world.google.url
    addresses = GoogleAddresses(f"{url}/revoke", f"{url}/oauth2/v3/certs", f"{url}/v1/userinfo")
    opened = GoogleSignIn(world.client, addresses, clock=world.clock, sleep=world.clock.sleep)
    yield opened
    opened.close()


def visit(address: str) -> dict[str, str]:
    """Go to Google with a browser; what Google sends the person back with."""
    response = httpx2.get(address)
    assert response.status_code == 302, response.text
    back = urlsplit(response.headers["location"])
    assert back._replace(query="").geturl() == REDIRECT
    return {name: values[-1] for name, values in parse_qs(back.query).items()}


def exchanges(world: GmailWorld) -> int:
    return world.google.usage.calls["token"]


def test_google_is_asked_for_exactly_what_is_needed(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    address, pending = sign_in.begin(login_hint="ana@gmail.example")

    asked = {name: values[-1] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(world.client.auth_uri)
    assert asked == {
        "response_type": "code",
        "client_id": world.client.client_id,
        "redirect_uri": REDIRECT,
        "scope": "openid email https://www.googleapis.com/auth/gmail.modify "
        "https://www.googleapis.com/auth/calendar.events",
        "state": pending.state,
        "nonce": pending.nonce,
        "code_challenge": challenge(pending.verifier),
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
        "include_granted_scopes": "true",
        "login_hint": "ana@gmail.example",
    }


def test_the_challenge_is_that_of_the_specification() -> None:
    """RFC 7636, appendix B."""
    assert challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_nothing_of_two_sign_ins_is_alike(sign_in: GoogleSignIn) -> None:
    _, one = sign_in.begin()
    _, two = sign_in.begin()

    assert not {one.state, one.nonce, one.verifier} & {two.state, two.nonce, two.verifier}


def test_a_person_who_agrees_is_signed_in(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    address, pending = sign_in.begin()

    signed_in = sign_in.finish(pending, visit(address))

    assert signed_in.identity.email == "ana@gmail.example"
    assert signed_in.identity.subject == world.google.oauth.people["ana@gmail.example"]["sub"]
    assert signed_in.missing == ()
    assert signed_in.credentials.refresh_token
    with world.open(credentials=signed_in.credentials) as mailbox:
        assert "INBOX" in mailbox.labels([])


def test_what_the_person_unticked_is_named(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    world.google.consent = Consent(unticked=(CALENDAR_SCOPE,))
    address, pending = sign_in.begin()

    signed_in = sign_in.finish(pending, visit(address))

    assert signed_in.missing == (CALENDAR_SCOPE,)
    assert CALENDAR_SCOPE not in signed_in.credentials.scopes


def test_a_pending_sign_in_survives_the_session(sign_in: GoogleSignIn) -> None:
    _, pending = sign_in.begin(SCOPES[:3])

    assert Pending.from_json(pending.to_json()) == pending


def test_a_person_who_declines_is_told_so(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    world.google.consent = Consent(denied=True)
    address, pending = sign_in.begin()

    with pytest.raises(NeedsPersonError, match="did not allow"):
        sign_in.finish(pending, visit(address))

    assert exchanges(world) == 0


@pytest.mark.parametrize("answer", [{"error": "server_error"}, {}])
def test_an_answer_without_a_code_is_a_refusal(sign_in: GoogleSignIn, answer: dict[str, str]) -> None:
    _, pending = sign_in.begin()

    with pytest.raises(NeedsPersonError, match="Google refused the sign-in"):
        sign_in.finish(pending, answer | {"state": pending.state})


@pytest.mark.parametrize("state", ["", "made-up", "стан"])
def test_an_answer_to_somebody_elses_sign_in_costs_no_exchange(
    world: GmailWorld, sign_in: GoogleSignIn, state: str
) -> None:
    address, pending = sign_in.begin()
    answer = visit(address)

    with pytest.raises(NeedsPersonError, match="does not belong"):
        sign_in.finish(pending, answer | {"state": state})
    with pytest.raises(NeedsPersonError, match="does not belong"):
        sign_in.finish(None, answer)
    with pytest.raises(NeedsPersonError, match="does not belong"):
        sign_in.finish(pending, {"code": answer["code"]})

    assert exchanges(world) == 0


def test_an_answer_after_ten_minutes_costs_no_exchange(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    address, pending = sign_in.begin()
    answer = visit(address)
    world.clock.advance(seconds=601)

    with pytest.raises(NeedsPersonError, match="too long"):
        sign_in.finish(pending, answer)

    assert exchanges(world) == 0


def test_a_code_is_good_once(sign_in: GoogleSignIn) -> None:
    address, pending = sign_in.begin()
    answer = visit(address)
    sign_in.finish(pending, answer)

    with pytest.raises(NeedsPersonError, match="used already"):
        sign_in.finish(pending, answer)


def test_a_code_without_its_verifier_is_worth_nothing(sign_in: GoogleSignIn) -> None:
    address, pending = sign_in.begin()
    answer = visit(address)

    with pytest.raises(NeedsPersonError, match="used already"):
        sign_in.finish(replace(pending, verifier="guessed" * 10), answer)


def test_an_exchange_without_an_answer_is_not_repeated(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    """The code is used up; a second exchange would make Google revoke what the first gave."""
    address, pending = sign_in.begin()
    answer = visit(address)
    world.google.fault("token", "reset_after_apply")

    with pytest.raises(TryAgainError):
        sign_in.finish(pending, answer)

    assert exchanges(world) == 1


NEGATIVES: dict[str, Flaw] = {
    "iss": Flaw({"iss": "https://accounts.evil.example"}),
    "aud": Flaw({"aud": "another-client"}),
    "azp": Flaw({"azp": "another-client"}),
    "azp of several audiences": Flaw({"aud": ["407408718192-fake.apps.googleusercontent.com", "x"], "azp": None}),
    "exp": Flaw({"exp": 1_763_000_000}),
    "exp missing": Flaw({"exp": None}),
    "iat": Flaw({"iat": 1_999_999_999}),
    "iat missing": Flaw({"iat": None}),
    "nonce": Flaw({"nonce": "another"}),
    "nonce missing": Flaw({"nonce": None}),
    "email_verified": Flaw({"email_verified": False}),
    "email_verified as text": Flaw({"email_verified": "true"}),
    "sub": Flaw({"sub": ""}),
    "alg none": Flaw(algorithm="none"),
    "alg HS256 with the public key": Flaw(algorithm="HS256"),
    "kid": Flaw(key_id="unknown"),
    "foreign key": Flaw(foreign_key=True),
}


@pytest.mark.parametrize("name", NEGATIVES)
def test_a_flawed_identity_token_signs_nobody_in(world: GmailWorld, sign_in: GoogleSignIn, name: str) -> None:
    world.google.oauth.flaw = NEGATIVES[name]
    address, pending = sign_in.begin()

    with pytest.raises(NeedsPersonError, match="proof of who you are"):
        sign_in.finish(pending, visit(address))


def test_an_address_that_the_token_leaves_out_is_asked_for(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    world.google.oauth.flaw = Flaw({"email": None, "email_verified": None})
    address, pending = sign_in.begin()

    identity = sign_in.finish(pending, visit(address)).identity

    assert identity.email == "ana@gmail.example"
    assert world.google.usage.calls["userinfo"] == 1


@pytest.mark.parametrize("told", [{"sub": "somebody else"}, {"email": None}, {"email_verified": False}])
def test_what_is_told_of_another_or_is_unverified_signs_nobody_in(
    world: GmailWorld, sign_in: GoogleSignIn, told: dict[str, Any]
) -> None:
    world.google.oauth.flaw = Flaw({"email": None})
    world.google.oauth.told = told
    address, pending = sign_in.begin()

    with pytest.raises(NeedsPersonError, match="proof of who you are"):
        sign_in.finish(pending, visit(address))


def test_userinfo_out_of_reach_is_a_reason_to_try_again(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    world.google.oauth.flaw = Flaw({"email": None})
    world.google.fault("userinfo", "503")
    address, pending = sign_in.begin()
    answer = visit(address)

    with pytest.raises(TryAgainError):
        sign_in.finish(pending, answer)


def test_a_clock_that_is_a_minute_off_is_forgiven(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    now = int(world.clock.now().timestamp())
    world.google.oauth.flaw = Flaw({"iat": now + 59, "exp": now - 59})
    address, pending = sign_in.begin()

    assert sign_in.finish(pending, visit(address)).identity.email == "ana@gmail.example"


def test_revoking_ends_the_grant_at_google(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    address, pending = sign_in.begin()
    credentials = sign_in.finish(pending, visit(address)).credentials

    first = sign_in.revoke(credentials)
    again = sign_in.revoke(credentials)

    assert first
    assert again  # it is as revoked as one could wish
    assert all(grant.revoked for grant in world.google.oauth.grants)


def test_a_revocation_google_did_not_hear_is_told(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    world.google.fault("revoke", "reset")

    assert not sign_in.revoke(world.credentials())


def test_keys_are_asked_for_once(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    for _ in range(3):
        address, pending = sign_in.begin()
        sign_in.finish(pending, visit(address))

    assert world.google.usage.calls["certs"] == 1


def test_made_up_key_ids_do_not_make_us_ask_google_each_time(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    address, pending = sign_in.begin()
    sign_in.finish(pending, visit(address))
    world.google.oauth.flaw = Flaw(key_id="unknown")

    for _ in range(3):
        address, pending = sign_in.begin()
        with pytest.raises(NeedsPersonError):
            sign_in.finish(pending, visit(address))

    assert world.google.usage.calls["certs"] == 1


def test_keys_out_of_reach_are_a_reason_to_try_again(world: GmailWorld, sign_in: GoogleSignIn) -> None:
    world.google.fault("certs", "503")
    address, pending = sign_in.begin()
    answer: dict[str, Any] = visit(address)

    with pytest.raises(TryAgainError):
        sign_in.finish(pending, answer)
