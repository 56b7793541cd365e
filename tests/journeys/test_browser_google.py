"""Somebody signs in with Google, sorts their Gmail and takes it back; Google is played by the fake."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from auramail.core.clock import SystemClock
from tests.fakes.google_server import GoogleServer
from tests.house import ANA, newsletter, note
from tests.journeys.conftest import Product, Tab, free_port, running
from tests.journeys.test_browser_sample import sort_all

pytestmark = pytest.mark.browser


@pytest.fixture
def google() -> Iterator[GoogleServer]:
    now = SystemClock().now()
    with GoogleServer(SystemClock()) as server:
        server.add_user(ANA, "Ana")
        for number in range(6):
            server.add_message(newsletter(number, now), ("INBOX", "UNREAD"), now)
            server.add_message(note(number, date=now), ("INBOX",), now)
        yield server
        assert server.violations == []
        assert server.forbidden == []


@pytest.fixture
def connected(google: GoogleServer, tmp_path: Path) -> Iterator[Product]:
    """The product, told where its Google is."""
    port = free_port()
    secrets = tmp_path / "client_secret.json"
    google.write_client_secret(secrets, redirect_uris=(f"http://127.0.0.1:{port}/callback",))
    with running(
        tmp_path,
        port,
        GOOGLE_CLIENT_SECRETS_PATH=str(secrets),
        GOOGLE_API_ROOT_URL=google.url,
        GOOGLE_REVOKE_URL=f"{google.url}/revoke",
        GOOGLE_USERINFO_URL=f"{google.url}/v1/userinfo",
        GOOGLE_JWKS_URL=f"{google.url}/oauth2/v3/certs",
        GOOGLE_ISSUERS=f"{google.url},https://accounts.google.com",
    ) as product:
        yield product


def test_gmail_is_connected_sorted_taken_back_and_disconnected(
    google: GoogleServer, connected: Product, open_tab: Callable[..., Tab]
) -> None:
    before = google.snapshot()
    page = open_tab().page

    page.goto(connected.address)
    page.get_by_role("link", name="Connect Google").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    expect(page.get_by_text(ANA).first).to_be_visible()

    sort_all(page, dry_run=False)
    expect(page.get_by_text("nothing was lost")).to_be_visible()
    assert google.snapshot() != before
    assert "AI_Newsletters" in google.label_names().values()

    page.get_by_role("button", name="Undo this run").click()
    page.wait_for_url(re.compile(r"/reports/2$"))
    assert google.snapshot() == before

    page.get_by_label("Account: ").click()
    page.get_by_role("button", name="Disconnect from Google").click()
    expect(page.get_by_role("alert")).to_contain_text("You disconnected it from Google.")
    expect(page.get_by_role("link", name="Connect again")).to_be_visible()
