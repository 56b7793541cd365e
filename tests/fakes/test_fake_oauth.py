import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.fakes.clock import FakeClock
from tests.fakes.conftest import OLENA, PLAIN
from tests.fakes.google import identity
from tests.fakes.google.identity import Flaw
from tests.fakes.google.oauth import Consent
from tests.fakes.google_server import GoogleServer

BACK = "http://127.0.0.1:5000/callback"
MODIFY = "https://www.googleapis.com/auth/gmail.modify"
EVENTS = "https://www.googleapis.com/auth/calendar.events"
USER_EMAIL = "https://www.googleapis.com/auth/userinfo.email"
VERIFIER = "v" * 64
"""43 to 128 unreserved characters: RFC 7636 section 4.1."""


class Browser:
    """Walks the web-server flow as a client would, one step at a time."""

    def __init__(self, google: GoogleServer, http: httpx2.Client) -> None:
        self.client = {"client_id": google.oauth.client_id, "client_secret": google.oauth.client_secret}
        self.http = http

    def consent(self, **changes: str) -> httpx2.Response:
        asked = {
            "client_id": self.client["client_id"],
            "redirect_uri": BACK,
            "response_type": "code",
            "scope": f"openid email {MODIFY} {EVENTS}",
            "state": "st4te",
            "nonce": "n0nce",
            "access_type": "offline",
            "code_challenge": identity.challenge(VERIFIER),
            "code_challenge_method": "S256",
        }
        return self.http.get("/o/oauth2/v2/auth", params=asked | changes)

    def come_back(self, **changes: str) -> dict[str, str]:
        """The query the person comes back with."""
        location = self.consent(**changes).headers["Location"]
        assert location.startswith(BACK)
        return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}

    def exchange(self, code: str, /, **changes: str) -> httpx2.Response:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "code_verifier": VERIFIER,
            **self.client,
        }
        return self.http.post("/token", data=form | changes)

    def refresh(self, token: str) -> httpx2.Response:
        return self.http.post("/token", data={"grant_type": "refresh_token", "refresh_token": token, **self.client})

    def sign_in(self, **changes: str) -> dict[str, Any]:
        answer = self.exchange(self.come_back(**changes)["code"])
        tokens: dict[str, Any] = answer.json()
        return tokens

    def profile(self, access_token: str) -> int:
        headers = {"Authorization": f"Bearer {access_token}"}
        return self.http.get("/gmail/v1/users/me/profile", headers=headers).status_code


@pytest.fixture
def browser(google: GoogleServer) -> Iterator[Browser]:
    with httpx2.Client(base_url=google.url, verify=PLAIN) as http:
        yield Browser(google, http)


def claims(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=="))
    return read


def test_a_person_signs_in_and_the_tokens_work(browser: Browser) -> None:
    back = browser.come_back()
    tokens = browser.exchange(back["code"]).json()
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}

    assert back["state"] == "st4te"
    assert set(back["scope"].split()) == {"openid", USER_EMAIL, MODIFY, EVENTS}
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 3599)
    assert browser.profile(tokens["access_token"]) == 200
    assert browser.http.get("/v1/userinfo", headers=headers).json()["email"] == OLENA


def test_the_identity_token_is_signed_and_carries_the_nonce(browser: Browser) -> None:
    token = browser.sign_in()["id_token"]
    [key] = browser.http.get("/oauth2/v3/certs").json()["keys"]

    verify(token, key)
    said = claims(token)
    assert (said["iss"], said["aud"], said["nonce"]) == (
        "https://accounts.google.com",
        browser.client["client_id"],
        "n0nce",
    )
    assert (said["email"], said["email_verified"]) == (OLENA, True)
    assert said["exp"] - said["iat"] == 3600


def verify(token: str, key: dict[str, str]) -> None:
    """Raises InvalidSignature unless the token was signed with the published key."""
    modulus, exponent = (int.from_bytes(base64.urlsafe_b64decode(key[name] + "=="), "big") for name in ("n", "e"))
    signed, _, signature = token.rpartition(".")
    public = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    public.verify(base64.urlsafe_b64decode(signature + "=="), signed.encode(), padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.parametrize("flaw", [Flaw(algorithm="none"), Flaw(algorithm="HS256"), Flaw(foreign_key=True)])
def test_identity_tokens_can_be_forged_on_demand(browser: Browser, google: GoogleServer, flaw: Flaw) -> None:
    google.oauth.flaw = flaw

    token = browser.sign_in()["id_token"]

    with pytest.raises(InvalidSignature):
        verify(token, identity.key_set()["keys"][0])


def test_claims_can_be_wrong_on_demand(browser: Browser, google: GoogleServer) -> None:
    google.oauth.flaw = Flaw(claims={"aud": "another", "nonce": None}, key_id="unknown")

    token = browser.sign_in()["id_token"]

    assert claims(token)["aud"] == "another"
    assert "nonce" not in claims(token)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"client_id": "another"}, "invalid_client"),
        ({"redirect_uri": "http://evil.example/callback"}, "redirect_uri_mismatch"),
        ({"response_type": "token"}, "invalid_request"),
        ({"scope": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
    ],
)
def test_an_unusable_request_gets_a_page_and_no_redirect(
    browser: Browser, google: GoogleServer, tmp_path: Path, changes: dict[str, str], problem: str
) -> None:
    google.write_client_secret(tmp_path / "client_secret.json", redirect_uris=[BACK])

    answer = browser.consent(**changes)

    assert answer.status_code == 400
    assert problem in answer.text


def test_the_client_file_points_to_the_fake(google: GoogleServer, tmp_path: Path) -> None:
    path = tmp_path / "client_secret.json"

    google.write_client_secret(path, redirect_uris=[BACK])

    web = json.loads(path.read_text())["web"]
    assert (web["auth_uri"], web["token_uri"]) == (f"{google.url}/o/oauth2/v2/auth", f"{google.url}/token")
    assert (web["client_id"], web["redirect_uris"]) == (google.oauth.client_id, [BACK])


def test_a_person_may_refuse(browser: Browser, google: GoogleServer) -> None:
    google.consent = Consent(denied=True)

    assert browser.come_back() == {"state": "st4te", "error": "access_denied"}


def test_a_person_may_untick_a_scope(browser: Browser, google: GoogleServer) -> None:
    google.consent = Consent(unticked=[MODIFY, "email"])

    tokens = browser.sign_in()

    assert set(tokens["scope"].split()) == {"openid", USER_EMAIL, EVENTS}
    assert browser.profile(tokens["access_token"]) == 403


def test_granted_scopes_are_included_on_request(browser: Browser, google: GoogleServer) -> None:
    google.grant(scopes=[MODIFY])

    alone = browser.sign_in(scope=f"openid {EVENTS}")
    together = browser.sign_in(scope=f"openid {EVENTS}", include_granted_scopes="true")

    assert MODIFY not in alone["scope"]
    assert MODIFY in together["scope"]


def test_another_person_may_sign_in(browser: Browser, google: GoogleServer) -> None:
    google.add_user("ben@example.com")
    google.consent = Consent(person="ben@example.com")

    assert claims(browser.sign_in()["id_token"])["email"] == "ben@example.com"


def test_a_refresh_token_comes_with_the_first_consent_or_a_repeated_one(browser: Browser) -> None:
    first, second = browser.sign_in(), browser.sign_in()
    asked_again, online = browser.sign_in(prompt="consent"), browser.sign_in(prompt="consent", access_type="online")

    assert ["refresh_token" in tokens for tokens in (first, second, asked_again, online)] == [True, False, True, False]


def test_a_code_works_once(browser: Browser) -> None:
    code = browser.come_back()["code"]

    assert browser.exchange(code).status_code == 200
    assert browser.exchange(code).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"code_verifier": "w" * 64}, 400, "invalid_grant"),
        ({"code_verifier": ""}, 400, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:5000/other"}, 400, "redirect_uri_mismatch"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"code": "4/none"}, 400, "invalid_grant"),
    ],
)
def test_an_exchange_that_does_not_fit_is_refused(
    browser: Browser, changes: dict[str, str], status: int, error: str
) -> None:
    code = browser.come_back()["code"]

    answer = browser.exchange(code, **changes)

    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_code_dies_after_ten_minutes(browser: Browser, clock: FakeClock) -> None:
    code = browser.come_back()["code"]
    clock.advance(minutes=10)

    assert browser.exchange(code).json()["error"] == "invalid_grant"


def test_refreshing_gives_another_access_token(browser: Browser, clock: FakeClock) -> None:
    tokens = browser.sign_in()
    clock.advance(hours=2)

    fresh = browser.refresh(tokens["refresh_token"]).json()

    assert browser.profile(tokens["access_token"]) == 401
    assert browser.profile(fresh["access_token"]) == 200
    assert "refresh_token" not in fresh


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_revoking_either_token_ends_the_whole_grant(browser: Browser, which: str) -> None:
    tokens, other = browser.sign_in(), browser.sign_in(prompt="consent")

    revoked = browser.http.post("/revoke", data={"token": tokens[which]})
    repeated = browser.http.post("/revoke", data={"token": tokens[which]})

    assert revoked.status_code == 200
    assert (repeated.status_code, repeated.json()["error"]) == (400, "invalid_token")
    assert browser.refresh(other["refresh_token"]).json()["error"] == "invalid_grant"
    assert browser.profile(other["access_token"]) == 401


def test_tokens_may_expire_or_be_refused_on_demand(browser: Browser, google: GoogleServer) -> None:
    tokens = browser.sign_in()
    google.fault("token", "invalid_grant")
    google.expire_tokens()

    refused, accepted = browser.refresh(tokens["refresh_token"]), browser.refresh(tokens["refresh_token"])

    assert browser.profile(tokens["access_token"]) == 401
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
    assert browser.profile(accepted.json()["access_token"]) == 200


def test_userinfo_shows_the_address_only_with_its_scope(browser: Browser) -> None:
    token = browser.sign_in(scope=f"openid {MODIFY}")["access_token"]

    answer = browser.http.get("/v1/userinfo", headers={"Authorization": f"Bearer {token}"})

    assert "sub" in answer.json()
    assert "email" not in answer.json()
    assert browser.http.get("/v1/userinfo").status_code == 401
