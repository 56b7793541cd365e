"""Sessions: opaque, rotated, ended on time, and blind to what belongs to others."""

import base64
import json
import zlib
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from auramail.core.accounts import Account
from auramail.core.digests import HistoryFilter
from auramail.core.runs import Run
from auramail.web.signin import StoredVisits, sign_in, visit
from auramail.wiring.house import House
from tests.fakes.clock import FakeClock
from tests.web.visitor import FRAGMENT, Visitor


def test_signing_in_begins_another_session(ana: Visitor, cleo: Visitor, mail_file: object) -> None:
    ana.get("/")
    before = ana.cookie()

    ana.open_file(mail_file)
    cleo.client.set_cookie("auramail", before)

    assert before
    assert ana.cookie() != before
    assert cleo.get("/history").status_code == 303


def test_the_cookie_says_nothing(ana: Visitor, account: Account) -> None:
    assert account.id
    raw = base64.urlsafe_b64decode(ana.cookie() + "=")

    assert len(raw) == 32
    with pytest.raises(zlib.error):
        zlib.decompress(raw)
    with pytest.raises(ValueError, match=r"."):
        json.loads(raw)


def test_the_cookie_is_kept_from_scripts_and_other_sites(ana: Visitor) -> None:
    (cookie,) = [value for value in ana.get("/").headers.getlist("Set-Cookie") if value.startswith("auramail=")]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_over_https_the_cookie_is_bound_to_its_host(house: House, app: Flask) -> None:
    assert house.settings.address.startswith("http://")
    app.config["SESSION_COOKIE_SECURE"] = True

    answer = app.test_client().get("/", base_url="https://localhost")

    (cookie,) = [value for value in answer.headers.getlist("Set-Cookie") if "auramail" in value]
    assert cookie.startswith("__Host-auramail=")
    assert "Secure" in cookie


@pytest.mark.parametrize(("hours", "status"), [(23, 200), (25, 303)])
def test_a_session_ends_when_nobody_comes(
    ana: Visitor, account: Account, clock: FakeClock, hours: int, status: int
) -> None:
    assert account.id

    clock.advance(hours=hours)

    assert ana.get("/history").status_code == status


def test_a_session_ends_in_any_case(ana: Visitor, account: Account, clock: FakeClock) -> None:
    assert account.id
    for _ in range(14 * 2):
        clock.advance(hours=12)
        ana.get("/history")

    assert ana.get("/history").status_code == 303  # two weeks after it began


@pytest.fixture
def ben(app: Flask, house: House) -> Visitor:
    """Ben, another user of the same server, with an account of his own."""
    user = house.users.signed_in("ben-at-google", "ben@gmail.example", "Ben")
    account = house.accounts.connect_gmail(user.id, "ben@gmail.example", "Europe/Kyiv")
    visitor = Visitor(app)
    with app.test_request_context():
        sign_in(user, account)
        answer = app.response_class()
        StoredVisits().save_session(app, visit(), answer)
    visitor.client.set_cookie("auramail", answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0])
    assert "ben@gmail.example" in visitor.get("/").text
    return visitor


def addresses(app: Flask, run: Run, entry_id: int, message_id: str) -> Iterator[tuple[str, str]]:
    """Every address that names something of Ana's, with each method it takes."""
    values = {"run_id": run.id, "entry_id": entry_id, "msg_id": message_id}
    for rule in app.url_map.iter_rules():
        if rule.arguments and rule.arguments <= values.keys():
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield method, built(rule, values)


def built(rule: Rule, values: dict[str, object]) -> str:
    found = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
    assert found
    return str(found[1])


def test_what_is_anas_does_not_exist_for_ben(
    app: Flask, ana: Visitor, ben: Visitor, house: House, account: Account, sorted_run: Run
) -> None:
    entry = house.reading.history([account.id], HistoryFilter())[0]
    token = ben.token()

    seen = {}
    for method, path in addresses(app, sorted_run, entry.id, entry.message_id):
        headers = ben.headers | {"X-CSRFToken": token}
        is_json = path.startswith("/api/") and method == "POST"
        form = None if is_json or method == "GET" else {"entry": entry.id}
        answer = ben.client.open(path, method=method, headers=headers, json={} if is_json else None, data=form)
        seen[method, path] = answer.status_code
        assert entry.subject not in answer.text
        assert "walk" not in answer.text

    assert len(seen) > 12
    assert set(seen.values()) == {404}, seen
    assert house.runs.live(account.id) is None
    assert ana.get(f"/history/{entry.id}").status_code == 200


def test_what_belongs_to_others_is_told_as_what_never_was(ben: Visitor, sorted_run: Run) -> None:
    def told(run_id: int) -> str:
        return ben.get(f"/api/v1/runs/{run_id}").json["detail"]  # type: ignore[index,no-any-return]  # it is JSON

    assert told(sorted_run.id) == told(999)


@pytest.mark.parametrize(
    "path", ["/", "/history", "/history?text=walk", "/report", "/export/csv", "/api/v1/history", "/api/v1/runs"]
)
def test_lists_hold_only_what_is_mine(ben: Visitor, sorted_run: Run, path: str) -> None:
    assert sorted_run.id

    text = ben.get(path, {"Accept-Encoding": "identity"}).text

    assert "Our walk" not in text
    assert "mail.mbox" not in text


def test_ben_cannot_sort_anas_mail(ben: Visitor, account: Account, house: House) -> None:
    assert ben.send("/api/v1/runs", {"account": account.id}).status_code == 404
    assert ben.post("/sort", FRAGMENT, account=account.id, folder="INBOX").status_code == 404
    assert house.runs.live(account.id) is None


OPEN_TO_ALL = frozenset(
    {"/", "/doors", "/health", "/metrics", "/api/docs", "/api/openapi.json", "/manifest.webmanifest"}
    | {"/authorize", "/callback"}
)


def test_pages_lead_strangers_to_the_door(app: Flask, cleo: Visitor) -> None:
    closed = [rule for rule in app.url_map.iter_rules() if not rule.arguments and rule.rule not in OPEN_TO_ALL]

    for rule in closed:
        if "GET" not in (rule.methods or set()):
            continue
        answer = cleo.get(rule.rule)
        expected = 401 if rule.rule.startswith("/api/") else 303
        assert answer.status_code == expected, rule.rule
