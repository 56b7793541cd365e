"""Headers, hosts, other sites, tokens and limits."""

import io
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from auramail.core.accounts import Account
from auramail.settings import Settings
from auramail.web.app import create_app
from auramail.web.security import counting_place, secret_key
from auramail.wiring.house import House
from tests.web.visitor import Visitor

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
PROVEN_OTHERWISE = {"/push/gmail"}
"""Google's door: it knows no session that another site could use, and asks for a signed token; see test_push."""


def address_of(rule: Rule) -> str:
    """An address under the rule, with ids that exist for nobody."""
    ids = dict.fromkeys(("account_id", "run_id", "entry_id", "rule_id"), 999)
    values = {**ids, "msg_id": "m1", "filename": "build/manifest.json"}
    return str(rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)[1])  # type: ignore[index]


def changes(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        for method in UNSAFE & (rule.methods or set()):
            if rule.rule not in PROVEN_OTHERWISE:
                yield method, address_of(rule)


@pytest.mark.parametrize("path", ["/", "/nope", "/health", "/api/docs", "/api/v1/accounts", "/history"])
def test_every_answer_carries_the_headers(cleo: Visitor, path: str) -> None:
    headers = cleo.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_private_pages_are_kept_by_no_cache(ana: Visitor, account: Account) -> None:
    assert account.id
    for path in ("/", "/history", "/report", "/sort"):
        assert ana.get(path).headers["Cache-Control"] == "no-store"


def test_every_change_needs_a_token(app: Flask, ana: Visitor, account: Account, house: House) -> None:
    assert account.id
    acts = house.audit.of_user(account.user_id)

    refused = {(method, path): ana.client.open(path, method=method).status_code for method, path in changes(app)}

    assert len(refused) > 15
    assert set(refused.values()) == {403}
    assert house.audit.of_user(account.user_id) == acts


def test_the_token_of_another_session_does_not_fit(ana: Visitor, cleo: Visitor, account: Account) -> None:
    answer = ana.client.post("/sort", data={"csrf_token": cleo.token(), "account": account.id, "folder": "INBOX"})

    assert answer.status_code == 403


def test_a_token_in_the_address_is_none(ana: Visitor, account: Account) -> None:
    assert account.id

    assert ana.client.post(f"/logout?csrf_token={ana.token()}").status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_change_from_another_site_is_refused_in_spite_of_its_token(ana: Visitor, site: str) -> None:
    assert ana.post("/doors/sample", {"Sec-Fetch-Site": site}).status_code == 403
    assert ana.post("/doors/sample", {"Sec-Fetch-Site": "same-origin"}).status_code == 303


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:5000", "0x7f.1"])
def test_another_name_is_not_answered(ana: Visitor, host: str) -> None:
    assert ana.get("/", {"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:5000", "127.0.0.1:5000", "[::1]:5000", "localhost"])
def test_this_computer_is_answered_by_each_of_its_names(ana: Visitor, host: str) -> None:
    assert ana.get("/", {"Host": host}).status_code == 200


def test_a_public_server_answers_to_its_own_name(house: House, make_settings: Callable[..., Settings]) -> None:
    house.settings = make_settings(host="0.0.0.0", base_uri="https://mail.example")  # noqa: S104  # what is tested
    client = create_app(house).test_client()

    assert client.get("/", base_url="https://mail.example").status_code == 200
    assert client.get("/", base_url="https://other.example").status_code == 400


def test_https_is_enforced_where_asked_for(house: House, make_settings: Callable[..., Settings]) -> None:
    house.settings = make_settings(force_https=True, base_uri="https://localhost")
    client = create_app(house).test_client()

    led = client.get("/history?text=a", base_url="http://localhost")
    there = client.get("/", base_url="https://localhost")

    assert (led.status_code, led.location) == (308, "https://localhost/history?text=a")
    assert there.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert client.get("/health", base_url="http://localhost").status_code == 200


def test_too_many_requests_are_told_to_wait(ana: Visitor) -> None:
    token = ana.token()
    statuses = [
        ana.client.post("/doors/upload", data={"csrf_token": token}, headers=ana.headers).status_code for _ in range(11)
    ]

    assert statuses == [422] * 10 + [429]


def test_requests_are_counted_for_each_person(ana: Visitor, cleo: Visitor, account: Account) -> None:
    assert account.id
    token = ana.token()
    for _ in range(11):
        last = ana.client.post("/doors/upload", data={"csrf_token": token}, headers=ana.headers).status_code
        assert last in {422, 429}

    assert cleo.post("/doors/upload").status_code == 422
    assert ana.post("/doors/upload").status_code == 429


def test_who_is_told_to_wait_is_told_how_long(ana: Visitor) -> None:
    token = ana.token()
    answers = [ana.client.post("/doors/upload", data={"csrf_token": token}, headers=ana.headers) for _ in range(11)]

    assert answers[-1].headers["Retry-After"] == "60"


@pytest.mark.parametrize("spoof", ["203.0.113.1", "203.0.113.2, 127.0.0.1", "", "x" * 4000])
def test_a_forged_address_is_no_new_visitor(ana: Visitor, spoof: str) -> None:
    token = ana.token()

    def send() -> int:
        headers = ana.headers | {"X-Forwarded-For": spoof, "Forwarded": f"for={spoof}", "X-Real-IP": spoof}
        return ana.client.post("/doors/upload", data={"csrf_token": token}, headers=headers).status_code

    for _ in range(10):
        ana.client.post("/doors/upload", data={"csrf_token": token}, headers=ana.headers)

    assert send() == 429


def test_without_a_secret_the_installation_makes_its_own(make_settings: Callable[..., Settings]) -> None:
    settings = make_settings(flask_secret_key="")

    made = secret_key(settings)

    assert len(made) == 64  # 256 bits in hexadecimal
    assert secret_key(settings) == made
    assert secret_key(make_settings(flask_secret_key="given")) == "given"


def test_requests_are_counted_where_the_settings_say(make_settings: Callable[..., Settings]) -> None:
    def place(**overrides: str) -> str:
        return counting_place(make_settings(**({"ratelimit_storage_url": "", "redis_url": ""} | overrides)))

    assert place() == "memory://"
    assert place(redis_url="unix:///run/redis.sock") == "redis+unix:///run/redis.sock"
    assert place(redis_url="redis://here") == "redis://here"
    assert place(redis_url="redis://here", ratelimit_storage_url="redis://there") == "redis://there"


def test_a_form_has_a_size(ana: Visitor) -> None:
    assert ana.post("/preferences", next="x" * 1_000_001).status_code == 413


def test_a_mail_file_may_be_larger_than_any_form(app: Flask, ana: Visitor) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    large = b"From x\n" + b"Subject: large\n\n" + b"x" * 2000

    assert ana.post("/doors/upload", file=(io.BytesIO(large), "large.mbox")).status_code == 303


def test_a_public_server_takes_no_large_files(house: House, make_settings: Callable[..., Settings]) -> None:
    house.settings = make_settings(host="0.0.0.0", base_uri="http://mail.example")  # noqa: S104  # what is tested
    app = create_app(house)
    app.config["MAX_CONTENT_LENGTH"] = 1000

    answer = app.test_client().post(
        "/doors/upload", base_url="http://mail.example", data={"file": (io.BytesIO(b"x" * 2000), "large.mbox")}
    )

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://friend.example", "https://friend.example"),
        ("https://evil.example", None),
        ("null", None),
        ("https://friend.example.evil.example", None),
        ("http://friend.example", None),
    ],
)
def test_only_named_origins_may_read_the_api(
    house: House, make_settings: Callable[..., Settings], origin: str, allowed: str | None
) -> None:
    house.settings = make_settings(cors_origins="https://friend.example")
    cleo = Visitor(create_app(house))

    answer = cleo.get("/api/openapi.json", {"Origin": origin})

    assert answer.headers.get("Access-Control-Allow-Origin") == allowed
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Access-Control-Allow-Origin" not in cleo.get("/history", {"Origin": origin}).headers
