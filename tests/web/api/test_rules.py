"""Rules by the API."""

from typing import Any

import pytest

from auramail.core.accounts import Account
from auramail.core.decisions import Category
from auramail.core.rules import Condition, Wish
from auramail.wiring.house import House
from tests.web.visitor import Visitor

SENTENCE = "чеки від Bolt складай у Податки"
RULE = {"condition": {"senders": ["Bolt"], "kinds": ["receipt"]}, "action": "MOVE", "label": "Податки"}


def answered(answer: Any) -> dict[str, Any]:
    assert answer.json is not None
    return dict(answer.json)


def test_a_sentence_is_proposed_as_a_rule_and_nothing_saved(ana: Visitor, account: Account, house: House) -> None:
    told = answered(ana.send("/api/v1/rules/propose", {"account": account.id, "sentence": SENTENCE}))

    rule = told["rule"]
    assert (rule["condition"]["senders"], rule["condition"]["kinds"]) == (["Bolt"], ["receipt"])
    assert (rule["category"], rule["action"], rule["label"]) == (None, "MOVE", "Податки")
    assert told["when"] == ["it is from Bolt", "it is a receipt"]
    assert told["then"] == ["put the label “Податки” on it", "move it out of the inbox"]
    assert {"words": "чеки", "part": "kinds"} in told["heard"]
    assert (told["unsure"], told["by"], told["problem"], told["ignored"], told["matching"]) == (
        False,
        "grammar",
        None,
        [],
        0,
    )
    assert house.rules.of_account(account.id) == []


def test_a_proposal_can_be_saved_as_it_came(ana: Visitor, account: Account, house: House) -> None:
    proposed = answered(ana.send("/api/v1/rules/propose", {"account": account.id, "sentence": SENTENCE}))["rule"]

    saved = ana.send("/api/v1/rules", proposed | {"account": account.id, "said": SENTENCE})

    assert saved.status_code == 201
    (rule,) = house.rules.of_account(account.id)
    assert answered(saved)["id"] == rule.id
    assert (rule.said, rule.label) == (SENTENCE, "Податки")


def test_rules_are_listed_in_the_order_they_are_asked(ana: Visitor, account: Account, house: House) -> None:
    house.rules.add(account.id, Condition(words="b", has_attachment=False), Category.REVIEW)
    house.rules.add(account.id, Condition(words="a"), label="A")

    told = answered(ana.get(f"/api/v1/rules?account={account.id}"))["rules"]

    assert [(rule["position"], rule["condition"]["words"], rule["enabled"]) for rule in told] == [
        (0, "b", True),
        (1, "a", True),
    ]


def test_a_rule_is_turned_off_and_removed(ana: Visitor, account: Account, house: House) -> None:
    rule = house.rules.add(account.id, Condition(words="a"), label="A")
    headers = ana.headers | {"X-CSRFToken": ana.token()}

    off = ana.put(f"/api/v1/rules/{rule.id}/enabled", {"account": account.id, "on": False})
    gone = ana.client.delete(f"/api/v1/rules/{rule.id}?account={account.id}", headers=headers)
    again = ana.client.delete(f"/api/v1/rules/{rule.id}?account={account.id}", headers=headers)

    assert (answered(off)["enabled"], gone.status_code, again.status_code) == (False, 204, 404)
    assert house.rules.of_account(account.id) == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"label": "Inbox"}, 400),
        ({"condition": {}}, 400),
        ({"action": None, "label": ""}, 400),
        ({"category": "DANGER"}, 400),
        ({"condition": {"larger": 0}}, 422),
        ({"condition": {"nonsense": 1}}, 422),
        ({"action": "BURN"}, 422),
        ({"said": "x" * 501}, 422),
    ],
)
def test_what_can_be_no_rule_is_refused(
    ana: Visitor, account: Account, house: House, change: dict[str, Any], status: int
) -> None:
    assert ana.send("/api/v1/rules", RULE | {"account": account.id} | change).status_code == status
    assert house.rules.of_account(account.id) == []


def test_the_account_must_be_the_readers_own(ana: Visitor, account: Account) -> None:
    assert ana.send("/api/v1/rules/propose", {"account": account.id + 99, "sentence": SENTENCE}).status_code == 404
    assert ana.send("/api/v1/rules", RULE | {"account": account.id + 99}).status_code == 404
    assert ana.get(f"/api/v1/rules?account={account.id + 99}").status_code == 404


def test_a_change_needs_the_token(ana: Visitor, account: Account) -> None:
    answer = ana.client.post("/api/v1/rules", json=RULE | {"account": account.id}, headers=ana.headers)

    assert answer.status_code == 403


def test_every_shape_is_in_the_description(ana: Visitor) -> None:
    spec = answered(ana.get("/api/openapi.json"))

    assert {"get", "post"} <= spec["paths"]["/api/v1/rules"].keys()
    assert "post" in spec["paths"]["/api/v1/rules/propose"]
    assert "delete" in spec["paths"]["/api/v1/rules/{rule_id}"]
    assert "put" in spec["paths"]["/api/v1/rules/{rule_id}/enabled"]


def test_a_saved_rule_says_what_it_does(ana: Visitor, account: Account, house: House) -> None:
    told = answered(ana.send("/api/v1/rules", RULE | {"account": account.id}))

    (rule,) = house.rules.of_account(account.id)
    assert rule.wish == Wish(None, rule.action, "Податки")
    assert told["when"] == ["it is from Bolt", "it is a receipt"]
