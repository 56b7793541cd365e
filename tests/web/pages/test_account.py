"""The account in view, language, appearance and signing out."""

from pathlib import Path

import pytest
from flask import Flask

from auramail.core.accounts import Account
from auramail.core.users import Theme
from auramail.web.pages.account import own_path
from auramail.wiring.house import House
from tests.web.visitor import FRAGMENT, Visitor

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http:\\\\evil.example",
    "HTTPS://evil.example/x",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    "//evil.example@127.0.0.1",
    "/ /evil.example",
    "\x00//evil.example",
    "/\u2028/evil.example",
    "",
    "?next=//evil.example",
    "#//evil.example",
    "\ufeff//evil.example",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_another_place_leads_to_the_start_instead(app: Flask, target: str) -> None:
    with app.test_request_context():
        assert own_path(target) == "/"


@pytest.mark.parametrize("target", ["/", "/history?text=a&run=2", "/reports/7", "/history?text=%D1%96"])
def test_an_own_path_is_kept(app: Flask, target: str) -> None:
    with app.test_request_context():
        assert own_path(target) == target


def test_the_language_is_kept_and_leads_back(ana: Visitor, account: Account, house: House) -> None:
    answer = ana.post("/preferences", language="uk", next="/history")

    assert (answer.status_code, answer.location) == (303, "/history")
    assert 'lang="uk"' in ana.get("/").text
    assert house.users.get(account.user_id).language == "uk"


def test_the_theme_is_kept_without_a_reload(ana: Visitor, account: Account, house: House) -> None:
    answer = ana.post("/preferences", FRAGMENT, theme="dark")

    assert answer.status_code == 204
    assert 'data-theme="dark"' in ana.get("/").text
    assert house.users.get(account.user_id).theme is Theme.DARK


def test_an_unknown_choice_changes_nothing(ana: Visitor) -> None:
    ana.post("/preferences", language="xx", theme="neon")

    assert 'lang="en"' in ana.get("/").text
    assert "data-theme=" not in ana.get("/").text.partition(">")[0]


def test_accounts_are_switched_and_seen_together(ana: Visitor, account: Account, house: House, home: Path) -> None:
    (home / "other.mbox").write_bytes(b"")
    ana.open_file(home / "other.mbox")
    assert "other.mbox" in ana.get("/").text

    ana.post("/accounts/choose", account=account.id)
    assert "Account: mail.mbox" in ana.get("/").text

    ana.post("/accounts/choose", account="all")
    assert "Account: All accounts" in ana.get("/").text
    assert len(house.accounts.all()) == 2


def test_a_strange_account_cannot_be_chosen(ana: Visitor, account: Account) -> None:
    assert ana.post("/accounts/choose", account=account.id + 1).status_code == 404


def test_signing_out_ends_the_session_on_the_server(ana: Visitor, account: Account, cleo: Visitor) -> None:
    stolen = ana.cookie()

    answer = ana.post("/logout")
    cleo.client.set_cookie("auramail", stolen)

    assert account.id
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert ana.get("/history").status_code == 303
    assert cleo.get("/history").status_code == 303
