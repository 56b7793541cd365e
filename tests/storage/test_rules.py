import pytest

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.errors import NotFoundError
from auramail.core.rules import Condition
from auramail.storage.engine import Database
from auramail.storage.rules import SqlRules
from tests.fakes.clock import FakeClock
from tests.storage.builders import an_account


@pytest.fixture
def rules(database: Database) -> SqlRules:
    return SqlRules(database)


@pytest.fixture
def account_id(database: Database, clock: FakeClock) -> int:
    return an_account(database, clock).id


def add(rules: SqlRules, account_id: int, *words: str) -> list[int]:
    return [rules.add(account_id, Condition(words=word), Category.SOCIAL).id for word in words]


def order(rules: SqlRules, account_id: int) -> list[tuple[int, str]]:
    return [(rule.position, rule.condition.words) for rule in rules.of_account(account_id)]


def test_a_rule_is_kept_as_it_was_made(rules: SqlRules, account_id: int) -> None:
    condition = Condition("ana@home.example", "home.example", "<news.x>", "Рахунок", "оплата", has_attachment=False)

    rule = rules.add(account_id, condition, Category.IMPORTANT, Action.NO_ACTION)

    assert rules.of_account(account_id) == [rule]
    assert (rule.condition, rule.category, rule.action) == (condition, Category.IMPORTANT, Action.NO_ACTION)
    assert (rule.account_id, rule.position, rule.enabled) == (account_id, 0, True)


def test_a_new_rule_is_asked_last(rules: SqlRules, account_id: int) -> None:
    add(rules, account_id, "a", "b", "c")

    assert order(rules, account_id) == [(0, "a"), (1, "b"), (2, "c")]


def test_a_removed_rule_leaves_no_gap(rules: SqlRules, account_id: int) -> None:
    ids = add(rules, account_id, *"abc")

    rules.remove(account_id, ids[1])

    assert order(rules, account_id) == [(0, "a"), (1, "c")]
    assert add(rules, account_id, "d")[0] not in ids
    assert order(rules, account_id)[-1] == (2, "d")


def test_somebody_elses_rule_is_not_found(
    rules: SqlRules, account_id: int, database: Database, clock: FakeClock
) -> None:
    (rule_id,) = add(rules, account_id, "a")
    bens = an_account(database, clock, "/mail/ben.mbox").id

    with pytest.raises(NotFoundError):
        rules.remove(bens, rule_id)
    assert rules.of_account(bens) == []
    assert order(rules, account_id) == [(0, "a")]
