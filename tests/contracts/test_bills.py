"""What keepers of bills promise (`ports.models.Bills`)."""

from dataclasses import replace
from datetime import date

import pytest

from auramail.core.costs import Cap, Spent
from auramail.core.questions import Answer, Finish, Tokens
from auramail.ports.models import Bills
from auramail.storage.bills import SqlBills
from auramail.storage.engine import Database
from auramail.storage.vault import AESVault
from tests.fakes.answering import a_question, an_answer
from tests.fakes.clock import FakeClock

DAY = date(2026, 3, 14)
NO_CAP = Cap()
ESTIMATE = 1000


@pytest.fixture
def bills(database: Database, clock: FakeClock) -> Bills:
    vault = AESVault([("key", bytes(range(32)))])
    return SqlBills(database, clock, lambda: vault, "fake-1")


def priced(micros: int, finish: Finish = Finish.DONE, tokens: Tokens | None = None) -> Answer:
    return replace(an_answer(finish=finish, micros=micros), tokens=tokens or Tokens(900, 80))


def test_a_day_without_calls_cost_nothing(bills: Bills) -> None:
    assert bills.of_day(DAY) == Spent()


def test_a_call_counts_with_its_estimate_as_soon_as_it_is_reserved(bills: Bills) -> None:
    assert bills.reserve(DAY, NO_CAP, ESTIMATE)

    assert bills.of_day(DAY) == Spent(calls=1, micros=ESTIMATE)


def test_the_price_of_the_answer_takes_the_place_of_the_estimate(bills: Bills) -> None:
    for price, sent, answered in ((700, 900, 80), (1300, 1000, 90)):
        bills.reserve(DAY, NO_CAP, ESTIMATE)
        bills.settle(DAY, a_question(), priced(price, tokens=Tokens(sent, answered)), ESTIMATE)

    assert bills.of_day(DAY) == Spent(2, 2, 0, Tokens(900 + 1000, 80 + 90), 700 + 1300)


def test_every_settled_call_has_an_id_of_its_own(bills: Bills) -> None:
    ids = {bills.settle(DAY, a_question(), priced(1), 0) for _ in range(3)}

    assert len(ids) == 3
    assert min(ids) > 0


@pytest.mark.parametrize("finish", [finish for finish in Finish if finish is not Finish.DONE])
def test_an_answer_that_is_none_costs_but_is_not_counted_as_one(bills: Bills, finish: Finish) -> None:
    bills.reserve(DAY, NO_CAP, ESTIMATE)
    bills.settle(DAY, a_question(), priced(400, finish), ESTIMATE)

    assert bills.of_day(DAY) == Spent(1, 0, 0, Tokens(900, 80), 400)


def test_a_call_that_failed_counts_as_a_call_and_costs_nothing(bills: Bills) -> None:
    bills.reserve(DAY, NO_CAP, ESTIMATE)
    bills.release(DAY, ESTIMATE)

    assert bills.of_day(DAY) == Spent(calls=1)


def test_a_call_that_was_never_made_does_not_count(bills: Bills) -> None:
    bills.reserve(DAY, NO_CAP, ESTIMATE)
    bills.release(DAY, ESTIMATE, was_asked=False)

    assert bills.of_day(DAY) == Spent()


def test_an_answer_that_was_had_already_is_an_answer_without_a_call(bills: Bills) -> None:
    bills.hit(DAY)

    assert bills.of_day(DAY) == Spent(answers=1, hits=1)


@pytest.mark.parametrize(
    ("cap", "calls"),
    [
        (Cap(calls=3), 3),
        (Cap(calls=0), 0),
        (Cap(micros=2500), 2),
        (Cap(micros=3000), 3),
        (Cap(micros=999), 0),
        (Cap(calls=2, micros=3000), 2),
    ],
)
def test_no_call_is_counted_beyond_the_cap(bills: Bills, cap: Cap, calls: int) -> None:
    given = [bills.reserve(DAY, cap, ESTIMATE) for _ in range(5)]

    assert given == [True] * calls + [False] * (5 - calls)
    assert bills.of_day(DAY) == Spent(calls=calls, micros=calls * ESTIMATE)


def test_a_model_that_costs_nothing_needs_no_money(bills: Bills) -> None:
    assert bills.reserve(DAY, Cap(micros=0), 0)


def test_what_was_estimated_too_high_makes_room_again(bills: Bills) -> None:
    cap = Cap(micros=ESTIMATE)
    bills.reserve(DAY, cap, ESTIMATE)
    assert not bills.reserve(DAY, cap, 100)

    bills.settle(DAY, a_question(), priced(900), ESTIMATE)

    assert bills.reserve(DAY, cap, 100)
    assert not bills.reserve(DAY, cap, 1)


def test_the_next_day_begins_with_nothing_spent(bills: Bills) -> None:
    bills.reserve(DAY, Cap(calls=1), ESTIMATE)

    assert not bills.reserve(DAY, Cap(calls=1), ESTIMATE)
    assert bills.reserve(date(2026, 3, 15), Cap(calls=1), ESTIMATE)
