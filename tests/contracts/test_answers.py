"""What keepers of answers promise (`ports.models.Answers`)."""

from dataclasses import replace

import pytest

from auramail.core.questions import Answer, Tokens
from auramail.ports.models import Answers
from auramail.storage.accounts import SqlAccounts
from auramail.storage.answers import SqlAnswers
from auramail.storage.engine import Database
from tests.fakes.answering import an_answer
from tests.fakes.clock import FakeClock
from tests.storage.builders import an_account

KEY = "a" * 64


@pytest.fixture
def answers(database: Database, clock: FakeClock) -> Answers:
    return SqlAnswers(database, clock)


@pytest.fixture
def account_id(database: Database, clock: FakeClock) -> int:
    return an_account(database, clock).id


def told(text: str, call_id: int = 7) -> Answer:
    return replace(an_answer(text, micros=500), call_id=call_id)


def test_a_kept_answer_costs_nothing_and_names_the_call_it_came_from(answers: Answers, account_id: int) -> None:
    assert answers.get(KEY) is None

    answers.put(KEY, account_id, told("так"))

    assert answers.get(KEY) == replace(told("так"), tokens=Tokens(), micros=0, is_cached=True)


def test_a_newer_answer_takes_the_place_of_the_older(answers: Answers, account_id: int) -> None:
    answers.put(KEY, account_id, told("no", 7))
    answers.put(KEY, account_id, told("yes", 8))

    assert answers.get(KEY) == replace(told("yes", 8), tokens=Tokens(), micros=0, is_cached=True)


@pytest.mark.parametrize(("days", "is_known"), [(29, True), (30, False)])
def test_an_answer_is_given_for_thirty_days(
    answers: Answers, account_id: int, clock: FakeClock, days: int, *, is_known: bool
) -> None:
    answers.put(KEY, account_id, told("yes"))

    clock.advance(days=days)

    assert (answers.get(KEY) is not None) is is_known


def test_an_answer_is_forgotten_with_its_account(
    answers: Answers, account_id: int, database: Database, clock: FakeClock
) -> None:
    answers.put(KEY, account_id, told("yes"))

    SqlAccounts(database, clock).remove(account_id)

    assert answers.get(KEY) is None


def test_what_comes_after_the_account_is_gone_is_not_kept(answers: Answers, account_id: int) -> None:
    answers.put(KEY, account_id + 1, told("yes"))

    assert answers.get(KEY) is None


def test_the_purge_removes_what_is_too_old_and_nothing_else(
    database: Database, account_id: int, clock: FakeClock
) -> None:
    answers = SqlAnswers(database, clock)
    answers.put(KEY, account_id, told("old"))
    clock.advance(days=20)
    answers.put("b" * 64, account_id, told("new"))
    clock.advance(days=10)

    assert (answers.purge(), answers.purge()) == (1, 0)
    assert answers.get("b" * 64) is not None
