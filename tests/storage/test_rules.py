import pytest

from auramail.core.actions import Action
from auramail.core.decisions import Category, Kind
from auramail.core.errors import NotFoundError
from auramail.core.rules import Condition, Wish
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


def test_every_part_of_a_condition_is_kept(rules: SqlRules, account_id: int) -> None:
    condition = Condition(
        senders=("Bolt", "@uklon.example"),
        about=("відпустк*",),
        kinds=(Kind.RECEIPT, Kind.BILL),
        categories=(Category.IMPORTANT,),
        larger=1024,
        smaller=4096,
        older_days=7,
        newer_days=30,
        has_attachment=True,
    )

    rule = rules.add(account_id, condition, label="Податки", said="чеки від Bolt складай у Податки")

    assert rules.of_account(account_id) == [rule]
    assert (rule.condition, rule.wish) == (condition, Wish(label="Податки"))
    assert rule.said == "чеки від Bolt складай у Податки"


def test_a_rule_is_turned_off_and_on_in_its_place(rules: SqlRules, account_id: int) -> None:
    first, _ = add(rules, account_id, "a", "b")

    off = rules.turn(account_id, first, is_on=False)

    assert (off.enabled, off.position) == (False, 0)
    assert [rule.enabled for rule in rules.of_account(account_id)] == [False, True]
    assert rules.turn(account_id, first, is_on=True).enabled
    with pytest.raises(NotFoundError):
        rules.turn(account_id, 99, is_on=True)


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
    with pytest.raises(NotFoundError):
        rules.turn(bens, rule_id, is_on=False)
    assert rules.of_account(bens) == []
    assert order(rules, account_id) == [(0, "a")]
