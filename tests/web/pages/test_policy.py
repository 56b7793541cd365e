"""What happens to each category: shown, changed, and followed by the next run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from auramail.core.accounts import Account
from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.history import Selection
from auramail.core.policy import DEFAULT_ACTIONS, Autonomy, Policy
from auramail.core.runs import Run
from auramail.wiring.house import House
from tests.web.visitor import Visitor

USUAL = {f"action_{category}": action.value for category, action in DEFAULT_ACTIONS.items()} | {
    "autonomy": "full",
    "act_above": "60",
    "prefix": "AI_",
}


def test_the_page_shows_what_holds(ana: Visitor, account: Account, house: House) -> None:
    house.preferences.save_policy(account.id, Policy(autonomy=Autonomy.SUGGEST, act_above=0.85, label_prefix="Ana/"))

    page = ana.get("/policy").text

    assert 'value="suggest" checked' in page
    assert 'value="85"' in page
    assert 'value="Ana/"' in page
    assert 'name="may_trash" value="1">' in page


def test_a_change_is_kept_told_and_recorded(ana: Visitor, account: Account, house: House) -> None:
    wanted = USUAL | {"action_DELETE": "DELETE", "may_trash": "1", "act_above": "70"}

    answer = ana.post("/policy", None, account=account.id, **wanted)

    assert (answer.status_code, answer.location) == (303, f"/policy?account={account.id}")
    assert "The next run goes by it" in ana.get(answer.location).text
    policy = house.preferences.policy(account.id, "AI_")
    assert (policy.action(Category.DELETE), policy.act_above) == (Action.DELETE, 0.7)
    line = house.audit.of_user(account.user_id)[0]
    assert (line.act, line.account_id) == ("policy_changed", account.id)
    assert line.detail == {"act_above": 0.7, "may_trash": True, "actions": {"DELETE": "DELETE"}}


def test_the_next_run_goes_by_it(ana: Visitor, account: Account, house: House, do_work: Callable[[], Run]) -> None:
    ana.post("/policy", None, account=account.id, **USUAL | {"action_NEWSLETTER": "NO_ACTION"})

    ana.post("/sort", account=account.id, folder="INBOX", autonomy="full")
    do_work()

    entries = [entry for entry in house.ledger.entries(Selection(account.id)) if entry.decision]
    newsletters = [entry for entry in entries if entry.decision and entry.decision.category is Category.NEWSLETTER]
    assert len(newsletters) == 3
    assert all(entry.change.add and not entry.change.remove for entry in newsletters)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("action_NEWSLETTER", "BURN"),
        ("action_NEWSLETTER", "DELETE"),
        ("act_above", "101"),
        ("act_above", "-1"),
        ("act_above", "²"),
        ("act_above", ""),
        ("act_above", "9" * 5000),
        ("prefix", ""),
        ("prefix", "x" * 101),
        ("prefix", "CATEGORY_"),
        ("prefix", "Inbox/"),
        ("prefix", "a//"),
    ],
)
def test_what_cannot_be_used_is_marked_and_nothing_changes(
    ana: Visitor, account: Account, house: House, field: str, value: str
) -> None:
    answer = ana.post("/policy", None, account=account.id, **USUAL | {field: value})

    assert answer.status_code == 422
    assert f'id="{field}-problem"' in answer.text
    assert house.preferences.of_account(account.id, "policy") is None


@pytest.mark.parametrize("change", [{"action_DANGER": "DELETE", "may_trash": "1"}, {"autonomy": "boundless"}])
def test_danger_is_never_trashed_and_autonomy_is_one_of_three(
    ana: Visitor, account: Account, house: House, change: dict[str, str]
) -> None:
    answer = ana.post("/policy", None, account=account.id, **USUAL | change)

    assert answer.status_code == 422
    assert "Choose one of these." in answer.text
    assert house.preferences.of_account(account.id, "policy") is None


def test_a_strange_account_does_not_exist(ana: Visitor, account: Account) -> None:
    stranger = account.id + 1

    assert ana.get(f"/policy?account={stranger}").status_code == 404
    assert ana.get("/policy?account=x").status_code == 404
    assert ana.post("/policy", None, account=stranger, **USUAL).status_code == 404


def test_with_all_accounts_in_view_each_can_be_chosen(ana: Visitor, account: Account, home: Path) -> None:
    (home / "other.mbox").write_bytes(b"")
    ana.open_file(home / "other.mbox")
    ana.post("/accounts/choose", account="all")

    page = ana.get("/policy").text

    assert f'href="/policy?account={account.id}" aria-current="page"' in page
    assert f'href="/policy?account={account.id + 1}"' in page


def test_a_form_without_its_token_changes_nothing(ana: Visitor, account: Account, house: House) -> None:
    answer = ana.post("/policy", None, account=account.id, **USUAL | {"csrf_token": "forged"})

    assert answer.status_code == 403
    assert house.preferences.of_account(account.id, "policy") is None
