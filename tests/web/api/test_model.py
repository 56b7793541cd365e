"""The language model by the API."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auramail.core.accounts import Account
from auramail.core.labels import Label
from auramail.core.privacy import CloudTerms
from auramail.core.questions import Part
from auramail.settings import Settings
from auramail.wiring.house import House
from tests.fakes.model_server import ModelServer
from tests.web.modelled import CLOUD, FREE, MODEL, SHOWN, grow_old, spend
from tests.web.visitor import Visitor

Make = Callable[..., Settings]


@pytest.fixture
def cloud(house: House, account: Account, make_settings: Make) -> Account:
    house.settings = make_settings(**CLOUD)
    return account


def answer_of(visitor: Visitor, path: str) -> dict[str, Any]:
    got = visitor.get(path)
    assert got.status_code == 200, got.text
    assert isinstance(got.json, dict)
    return got.json


def test_it_says_how_the_model_stands(ana: Visitor, cloud: Account, house: House) -> None:
    spend(house, cloud, Part("m1", "one"), micros=470)

    told = answer_of(ana, f"/api/v1/model?account={cloud.id}")

    assert (told["model"], told["provider"], told["host"]) == (MODEL, "openai", "127.0.0.1")
    assert (told["place"], told["standing"], told["check"]) == ("cloud", "no_consent", None)
    assert (told["today"]["calls"], told["today"]["dollars"]) == (1, 0.00047)
    assert (told["calls_a_day"], told["dollars_a_run"]) == (500, 0.5)


def test_a_check_asks_the_server(ana: Visitor, account: Account, house: House, make_settings: Make) -> None:
    with ModelServer() as server:
        house.settings = make_settings(**CLOUD | {"openai_base_url": server.openai_url, "openai_api_key": "wrong"})
        told = ana.send("/api/v1/model/check", {"account": account.id}).json

    assert told is not None
    assert told["check"]["answers"] is False
    assert "OPENAI_API_KEY" in told["check"]["hint"]


def test_costs_are_told_by_day_and_for_the_account(ana: Visitor, cloud: Account, house: House) -> None:
    spend(house, cloud, Part("m1", "one"), micros=470)
    spend(house, cloud, Part("m2", "two"), micros=30)

    told = answer_of(ana, f"/api/v1/model/costs?account={cloud.id}&days=7")

    assert told["since"] == "2026-03-08"
    assert [(day["day"], day["model"], day["calls"]) for day in told["days"]] == [("2026-03-14", MODEL, 2)]
    assert told["together"] == told["own"] | {"dollars": 0.0005}
    assert told["asked_share"] is None


def test_terms_are_changed_and_kept(ana: Visitor, cloud: Account, house: House) -> None:
    house.labels.remember(cloud.id, [Label("Label_7", "Health"), Label("Label_8", "Bank")])
    ana.put("/api/v1/model/terms", {"account": cloud.id, "senders": ["@a.example"], "labels": ["Label_8"]})

    changed = ana.put(
        "/api/v1/model/terms",
        {
            "account": cloud.id,
            "is_on": True,
            "is_allowed": True,
            "senders": ["B@b.example"],
            "labels": ["Health", "Label_8"],
        },
    ).json

    assert changed == answer_of(ana, f"/api/v1/model/terms?account={cloud.id}")
    assert changed is not None
    assert (changed["is_allowed"], changed["allowed_model"]) == (True, MODEL)
    assert (changed["senders"], changed["labels"]) == (["b@b.example"], ["Label_7", "Label_8"])


def test_what_is_not_named_stays_as_it_is(ana: Visitor, cloud: Account, house: House) -> None:
    ana.put("/api/v1/model/terms", {"account": cloud.id, "is_allowed": True, "senders": ["@a.example"]})
    ana.put("/api/v1/model/terms", {"account": cloud.id, "is_on": False})

    terms = house.preferences.cloud(cloud.id)
    assert (terms.is_on, terms.senders) == (False, frozenset({"@a.example"}))
    assert terms.consent is not None


def test_a_free_key_of_googles_needs_to_know_where_the_person_is(
    ana: Visitor, account: Account, house: House, make_settings: Make
) -> None:
    house.settings = make_settings(**FREE)

    refused = ana.put("/api/v1/model/terms", {"account": account.id, "is_allowed": True})
    allowed = ana.put("/api/v1/model/terms", {"account": account.id, "is_allowed": True, "is_elsewhere": True})

    assert refused.status_code == 400
    assert refused.mimetype == "application/problem+json"
    assert allowed.json is not None
    assert allowed.json["allowed_tier"] == "free"


def test_what_is_no_sender_changes_nothing(ana: Visitor, cloud: Account, house: House) -> None:
    answer = ana.put("/api/v1/model/terms", {"account": cloud.id, "senders": ["@a.example", "nobody"]})

    assert answer.status_code == 400
    assert house.preferences.cloud(cloud.id) == CloudTerms()


def test_what_was_sent_is_given_word_for_word_until_it_is_erased(ana: Visitor, cloud: Account, house: House) -> None:
    spend(house, cloud, Part("m1", SHOWN, {"code": 1}), Part("m2", "canary of another"))

    told = answer_of(ana, "/api/v1/model/sent/m1")
    grow_old(house, 91)
    later = answer_of(ana, "/api/v1/model/sent/m1")

    (call,) = told["calls"]
    assert (call["text"], call["masked"], call["together"]) == (SHOWN, {"code": 1}, 2)
    assert "canary" not in str(told)
    assert (later["calls"][0]["text"], later["calls"][0]["rules"]) == (None, None)


def test_nobody_elses_account_and_message_are_there(ana: Visitor, cloud: Account, house: House, home: Path) -> None:
    (home / "ben.mbox").touch()
    bens = house.open_local(f"mbox:{home / 'ben.mbox'}", house.users.signed_in("ben", "ben@x.example", "Ben").id)
    spend(house, bens, Part("bens", "canary of ben"))

    for path in (
        "/api/v1/model/sent/bens",
        *(f"/api/v1/model{part}?account={bens.id}" for part in ("", "/costs", "/terms")),
    ):
        answer = ana.get(path)
        assert answer.status_code == 404
        assert "canary" not in answer.text
    assert ana.put("/api/v1/model/terms", {"account": bens.id, "is_on": False}).status_code == 404
    assert ana.send("/api/v1/model/check", {"account": bens.id}).status_code == 404
    assert house.preferences.cloud(bens.id).is_on
    assert cloud.id != bens.id


def test_a_change_needs_the_token(ana: Visitor, cloud: Account, house: House) -> None:
    body = {"account": cloud.id, "is_allowed": True}

    answer = ana.client.put("/api/v1/model/terms", json=body, headers=ana.headers)

    assert answer.status_code == 403
    assert house.preferences.cloud(cloud.id) == CloudTerms()
