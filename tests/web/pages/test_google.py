"""Signing in with Google and out of it again, at the fake Google."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from flask import Flask

from auramail.core.accounts import SourceKind
from auramail.settings import Settings
from auramail.web.app import create_app
from auramail.wiring.house import House
from tests.fakes.clock import FakeClock
from tests.fakes.google.oauth import Consent
from tests.fakes.google_server import GoogleServer
from tests.house import ANA, settings_for
from tests.web.visitor import Visitor

CALENDAR = "https://www.googleapis.com/auth/calendar.events"
MODIFY = "https://www.googleapis.com/auth/gmail.modify"


@pytest.fixture
def google(clock: FakeClock) -> Iterator[GoogleServer]:
    with GoogleServer(clock) as server:
        server.add_user(ANA, "Ana")
        yield server
        assert server.violations == []


@pytest.fixture
def at_google(house: House, google: GoogleServer, make_settings: Callable[..., Settings], home: Path) -> Flask:
    """The product with Google played by the fake."""
    ours = make_settings().model_dump(include={"redis_url", "ratelimit_storage_url", "flask_secret_key"})
    house.settings = settings_for(google, home, **ours)
    return create_app(house)


def go_to_google(visitor: Visitor) -> dict[str, str]:
    """Follow the button to Google, say yes there, and give what Google sends back."""
    asked = visitor.get("/authorize")
    assert asked.status_code == 303
    with httpx2.Client() as browser:
        back = browser.get(asked.location).headers["Location"]
    assert back.startswith("http://127.0.0.1:5000/callback?")
    return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}


def come_back(visitor: Visitor, answer: dict[str, str]) -> int:
    return visitor.client.get("/callback", query_string=answer, headers=visitor.headers).status_code


def token_requests(google: GoogleServer) -> int:
    return google.usage.http_calls


def test_connecting_google_opens_the_account(at_google: Flask, house: House) -> None:
    ana = Visitor(at_google)
    before = ana.cookie()

    status = come_back(ana, go_to_google(ana))

    (account,) = house.accounts.all()
    credential = house.credentials.load(account.id)
    assert status == 303
    assert (account.kind, account.address) == (SourceKind.GMAIL, ANA)
    assert credential is not None
    assert MODIFY in credential.scopes
    assert ANA in ana.get("/").text
    assert ana.cookie() != before


def test_the_question_to_google_carries_pkce_state_and_nonce(at_google: Flask) -> None:
    asked = parse_qs(urlsplit(Visitor(at_google).get("/authorize").location).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == [f"openid email {MODIFY} {CALENDAR}"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:5000/callback"]
    assert len(asked["state"][0]) >= 22  # 128 bits
    assert len(asked["nonce"][0]) >= 22


def test_no_secret_of_the_sign_in_leaves_in_the_cookie(at_google: Flask) -> None:
    ana = Visitor(at_google)

    ana.get("/authorize")

    assert len(ana.cookie()) == 43  # 256 random bits in base64url, and nothing else


@pytest.mark.parametrize("scope", [CALENDAR, MODIFY])
def test_an_unticked_scope_is_named_with_a_button_that_asks_again(
    at_google: Flask, google: GoogleServer, scope: str
) -> None:
    google.consent = Consent(unticked=(scope,))
    ana = Visitor(at_google)

    page = ana.client.get("/callback", query_string=go_to_google(ana), headers=ana.headers)

    assert page.status_code == 200
    assert ("calendar" if scope == CALENDAR else "Reading and labelling") in page.text
    assert 'href="/authorize?hint=' in page.text


@pytest.mark.parametrize("change", [{"state": "forged"}, {"state": ""}])
def test_an_answer_that_was_not_asked_for_is_refused_unspent(
    at_google: Flask, google: GoogleServer, house: House, change: dict[str, str]
) -> None:
    ana = Visitor(at_google)
    answer = go_to_google(ana) | change
    calls = token_requests(google)

    assert come_back(ana, answer) == 400
    assert token_requests(google) == calls
    assert house.accounts.all() == []


def test_an_answer_in_another_browser_is_refused(at_google: Flask, google: GoogleServer, house: House) -> None:
    ana, cleo = Visitor(at_google), Visitor(at_google)
    answer = go_to_google(ana)
    calls = token_requests(google)

    assert come_back(cleo, answer) == 400
    assert token_requests(google) == calls
    assert house.accounts.all() == []


def test_an_answer_is_good_for_once(at_google: Flask) -> None:
    ana = Visitor(at_google)
    answer = go_to_google(ana)

    assert come_back(ana, answer) == 303
    assert come_back(ana, answer) == 400


def test_an_answer_that_took_too_long_is_refused(at_google: Flask, clock: FakeClock) -> None:
    ana = Visitor(at_google)
    answer = go_to_google(ana)

    clock.advance(minutes=11)

    assert come_back(ana, answer) == 400


def test_saying_no_at_google_is_said_again_here(at_google: Flask) -> None:
    ana = Visitor(at_google)
    state = go_to_google(ana)["state"]

    page = ana.client.get("/callback", query_string={"state": state, "error": "access_denied"}, headers=ana.headers)

    assert page.status_code == 400
    assert "You did not allow AuraMail" in page.text


def test_only_allowed_addresses_may_sign_in(at_google: Flask, house: House) -> None:
    house.settings = house.settings.model_copy(update={"allowed_emails": ("@friends.example",)})
    ana = Visitor(at_google)

    assert come_back(ana, go_to_google(ana)) == 400
    assert house.accounts.all() == []


def test_disconnecting_revokes_at_google_and_erases_here(at_google: Flask, google: GoogleServer, house: House) -> None:
    ana = Visitor(at_google)
    come_back(ana, go_to_google(ana))
    (account,) = house.accounts.all()

    answer = ana.post("/clear-credentials", account=account.id)

    assert answer.status_code == 303
    assert house.credentials.load(account.id) is None
    assert house.accounts.get(account.id).paused is not None
    assert google.grant(ANA).refresh_token  # the fake gives a new grant; the old one is gone
    assert "You disconnected it from Google." in ana.get("/").text


def test_connecting_again_ends_the_pause(at_google: Flask, house: House) -> None:
    ana = Visitor(at_google)
    come_back(ana, go_to_google(ana))
    (account,) = house.accounts.all()
    ana.post("/clear-credentials", account=account.id)

    come_back(ana, go_to_google(ana))

    assert house.accounts.get(account.id).paused is None
    assert len(house.accounts.all()) == 1


def test_without_a_client_file_the_way_to_google_says_what_to_do(ana: Visitor) -> None:
    answer = ana.get("/authorize")

    assert answer.status_code == 400
    assert "client_secret.json" in answer.text


def test_who_only_opened_the_sample_on_this_computer_never_sees_a_connected_gmail(
    at_google: Flask, house: House
) -> None:
    ana, cleo = Visitor(at_google), Visitor(at_google)
    come_back(ana, go_to_google(ana))

    cleo.open_sample()

    (gmail,) = (account for account in house.accounts.all() if account.kind is SourceKind.GMAIL)
    assert ANA not in cleo.get("/").text
    assert cleo.post("/accounts/choose", account=str(gmail.id)).status_code == 404
