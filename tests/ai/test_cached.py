from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest

from auramail.ai.billed import Billed
from auramail.ai.cached import Cached
from auramail.ai.today import Today
from auramail.core.costs import Cap, Spent, TokenPrices
from auramail.core.errors import TryAgainError
from auramail.core.questions import Answer, Finish, Part, Purpose, Question, Tokens
from auramail.core.wording import Wording
from auramail.storage.answers import SqlAnswers
from auramail.storage.bills import SqlBills
from auramail.storage.engine import Database
from tests.fakes.answering import AnsweringModel, a_question, an_answer
from tests.fakes.clock import FakeClock
from tests.storage.builders import an_account

DAY = date(2026, 3, 14)
PRICES = TokenPrices(0.3, 2.5)


@dataclass
class Shop:
    database: Database
    clock: FakeClock

    def __post_init__(self) -> None:
        self.bills = SqlBills(self.database, self.clock, None, "fake-1")
        self.account_id = an_account(self.database, self.clock).id

    def open(self, *answers: Answer | Exception, name: str = "fake-1") -> Cached:
        self.model = AnsweringModel(*answers, name=name)
        today = Today(self.clock, "Europe/Kyiv")
        billed = Billed(self.model, self.bills, PRICES, Cap(), today)
        return Cached(billed, SqlAnswers(self.database, self.clock), self.bills, today)

    def question(self, text: str = "Знижки", purpose: Purpose = Purpose.SEARCH) -> Question:
        return a_question(Part("m1", text), account_id=self.account_id, purpose=purpose)


@pytest.fixture
def shop(database: Database, clock: FakeClock) -> Shop:
    return Shop(database, clock)


@pytest.mark.parametrize("purpose", [Purpose.RULE, Purpose.SEARCH])
def test_the_same_is_not_asked_twice(shop: Shop, purpose: Purpose) -> None:
    model = shop.open()
    first = model.ask(shop.question(purpose=purpose))

    second = model.ask(replace(shop.question(purpose=purpose), content="fenced by another mark", run_id=9))

    assert second == replace(first, tokens=Tokens(), micros=0, is_cached=True)
    assert second.call_id == first.call_id > 0
    assert len(shop.model.asked) == 1
    assert shop.bills.of_day(DAY) == Spent(1, 2, 1, first.tokens, first.micros)


@pytest.mark.parametrize(
    "change",
    [
        lambda question: replace(question, key="another letter"),
        lambda question: replace(question, version="judge-2"),
        lambda question: replace(question, purpose=Purpose.RULE),
    ],
)
def test_something_else_is_asked(shop: Shop, change: Callable[[Question], Question]) -> None:
    model = shop.open()
    model.ask(shop.question())

    answer = model.ask(change(shop.question()))

    assert not answer.is_cached
    assert len(shop.model.asked) == 2


def test_another_model_is_asked_itself(shop: Shop) -> None:
    shop.open().ask(shop.question())

    assert not shop.open(name="fake-2").ask(shop.question()).is_cached


def test_one_account_never_hears_anothers_answer(shop: Shop, database: Database, clock: FakeClock) -> None:
    model = shop.open()
    model.ask(shop.question())
    cleo = an_account(database, clock, "/mail/cleo.mbox").id

    answer = model.ask(replace(shop.question(), account_id=cleo))

    assert not answer.is_cached
    assert len(shop.model.asked) == 2


@pytest.mark.parametrize(
    "answer",
    [
        an_answer('{"category": "NEWS', Finish.CUT),
        an_answer("", Finish.BLOCKED),
        an_answer("", Finish.EMPTY),
        an_answer("", Finish.DONE),
        an_answer("Sure! Here is the JSON you wanted", Finish.DONE),
        an_answer("[" * 100_000, Finish.DONE),
    ],
)
def test_only_a_whole_answer_is_kept(shop: Shop, answer: Answer) -> None:
    model = shop.open(answer, an_answer())
    model.ask(shop.question())

    assert model.ask(shop.question()).text == an_answer().text


def test_an_error_is_not_kept(shop: Shop) -> None:
    model = shop.open(TryAgainError(Wording("Busy.")), an_answer())
    with pytest.raises(TryAgainError):
        model.ask(shop.question())

    assert not model.ask(shop.question()).is_cached


def test_speech_is_heard_anew_each_time(shop: Shop) -> None:
    model = shop.open()

    assert not any(model.ask(shop.question(purpose=Purpose.TRANSCRIBE)).is_cached for _ in range(2))


def test_what_nobody_in_particular_asks_is_not_kept(shop: Shop) -> None:
    model = shop.open()

    assert not any(model.ask(replace(shop.question(), account_id=0)).is_cached for _ in range(2))


def test_after_thirty_days_it_is_asked_again(shop: Shop) -> None:
    model = shop.open()
    model.ask(shop.question())

    shop.clock.advance(days=30)

    assert not model.ask(shop.question()).is_cached


def test_it_stands_for_the_model_behind_it(shop: Shop) -> None:
    cached = shop.open()

    cached.check()

    assert (cached.name, cached.is_cloud, shop.model.checked) == ("fake-1", True, 1)


@pytest.mark.parametrize(("text", "times"), [('{"parts": []}', 1), ('{"part": []}', 2), ("[]", 2), ("null", 2)])
def test_answer_of_another_shape_is_not_given_for_weeks(shop: Shop, text: str, times: int) -> None:
    model = shop.open(an_answer(text), an_answer(text))
    asking = replace(shop.question(), schema={"type": "object", "required": ["parts"]})

    model.ask(asking)
    model.ask(asking)

    assert len(shop.model.asked) == times
