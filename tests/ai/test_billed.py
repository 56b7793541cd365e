from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from auramail.ai.billed import CHARACTERS_A_TOKEN, CLIP_TOKENS_A_SECOND, Billed, most_tokens
from auramail.ai.today import Today
from auramail.core.costs import Cap, Spent, TokenPrices
from auramail.core.errors import GiveUpError, NeedsPersonError, NotYetError, SpentError, TryAgainError
from auramail.core.questions import Answer, Clip, Finish, Part, Purpose, Question, Tokens
from auramail.core.wording import Wording
from auramail.storage.bills import SqlBills
from auramail.storage.engine import Database
from auramail.storage.model_reading import SqlModelReading
from auramail.storage.vault import AESVault
from tests.fakes.answering import USED, AnsweringModel, a_question, an_answer
from tests.fakes.clock import FakeClock
from tests.storage.builders import an_account

DAY = date(2026, 3, 14)
PRICES = TokenPrices(0.3, 2.5)
PRICE = PRICES.micros(USED)
ESTIMATE = PRICES.micros(most_tokens(a_question(Part("m1", "text"))))
VAULT = AESVault([("key", bytes(range(32)))])


@dataclass
class Shop:
    """A billed model and its books; the day is that of Kyiv, two hours ahead of UTC in winter."""

    database: Database
    clock: FakeClock

    def __post_init__(self) -> None:
        self.bills = SqlBills(self.database, self.clock, lambda: VAULT, "fake-1")

    def sell(self, *answers: Answer | Exception, cap: Cap | None = None) -> Billed:
        self.model = AnsweringModel(*answers)
        return Billed(self.model, self.bills, PRICES, cap or Cap(), Today(self.clock, "Europe/Kyiv"))


class SlowModel(AnsweringModel):
    """Needs half a day for an answer."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock

    def ask(self, question: Question) -> Answer:
        self._clock.advance(hours=12)
        return super().ask(question)


@pytest.fixture
def shop(database: Database, clock: FakeClock) -> Shop:
    return Shop(database, clock)


def test_an_answer_comes_with_its_price_by_the_servers_own_figures(shop: Shop) -> None:
    answer = shop.sell().ask(a_question(Part("m1", "text")))

    assert answer == replace(an_answer(micros=PRICE), call_id=answer.call_id)
    assert answer.call_id > 0
    assert shop.bills.of_day(DAY) == Spent(1, 1, 0, USED, PRICE)


def test_what_left_the_machine_is_found_by_the_call(shop: Shop, database: Database, clock: FakeClock) -> None:
    account_id = an_account(database, clock).id

    answer = shop.sell().ask(a_question(Part("m1", "text"), account_id=account_id))

    [sent] = SqlModelReading(database, lambda: VAULT).sent(account_id, "m1")
    assert (sent.call_id, sent.text, sent.micros) == (answer.call_id, "text", PRICE)


def test_where_the_server_gives_no_figures_the_estimate_stands(shop: Shop) -> None:
    answer = shop.sell(an_answer(tokens=Tokens())).ask(a_question(Part("m1", "text")))

    assert answer.micros == ESTIMATE
    assert shop.bills.of_day(DAY) == Spent(1, 1, 0, Tokens(), ESTIMATE)


def test_an_answer_cut_short_is_paid_all_the_same(shop: Shop) -> None:
    answer = shop.sell(an_answer("", Finish.BLOCKED)).ask(a_question())

    assert answer.finish is Finish.BLOCKED
    assert shop.bills.of_day(DAY) == Spent(1, 0, 0, USED, PRICE)


@pytest.mark.parametrize(
    "error",
    [
        TryAgainError(Wording("Busy."), after=7),
        NeedsPersonError(Wording("The key is wrong.")),
        GiveUpError(Wording("Refused.")),
        ValueError("a bug"),
    ],
)
def test_a_call_that_failed_counts_and_costs_nothing(shop: Shop, error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        shop.sell(error).ask(a_question())

    assert caught.value is error
    assert shop.bills.of_day(DAY) == Spent(calls=1)


@pytest.mark.parametrize("kind", [NotYetError, SpentError])
def test_waiting_for_a_place_is_no_call(shop: Shop, kind: type[TryAgainError]) -> None:
    with pytest.raises(kind):
        shop.sell(kind(Wording("Not now."))).ask(a_question())

    assert shop.bills.of_day(DAY) == Spent()


def test_beyond_the_calls_of_a_day_nobody_is_asked(shop: Shop) -> None:
    model = shop.sell(cap=Cap(calls=2, micros=10**9))
    for _ in range(2):
        model.ask(a_question())

    with pytest.raises(SpentError, match=r"Today's 2 calls .*MODEL_CALLS_PER_DAY"):
        model.ask(a_question())

    assert len(shop.model.asked) == 2


def test_beyond_the_money_of_a_day_nobody_is_asked(shop: Shop) -> None:
    model = shop.sell(cap=Cap(calls=500, micros=10_000))
    question = replace(a_question(), most_tokens=5000)

    with pytest.raises(SpentError, match=r"today's 0\.01 US dollars .*MODEL_DOLLARS_PER_DAY"):
        model.ask(question)

    assert shop.model.asked == []
    assert shop.bills.of_day(DAY) == Spent()


def test_who_is_refused_is_told_the_seconds_until_the_day_ends_where_the_operator_lives(shop: Shop) -> None:
    with pytest.raises(SpentError) as caught:
        shop.sell(cap=Cap(calls=0)).ask(a_question())

    midnight_in_kyiv = datetime(2026, 3, 14, 22, tzinfo=UTC)
    assert caught.value.after == (midnight_in_kyiv - shop.clock.now()).total_seconds()


def test_at_midnight_there_is_money_again(shop: Shop) -> None:
    model = shop.sell(cap=Cap(calls=1))
    model.ask(a_question())
    with pytest.raises(SpentError) as caught:
        model.ask(a_question())

    shop.clock.advance(seconds=caught.value.after)

    assert model.ask(a_question()).text


def test_a_call_is_settled_in_the_day_it_began(shop: Shop) -> None:
    Billed(SlowModel(shop.clock), shop.bills, PRICES, Cap(), Today(shop.clock, "Europe/Kyiv")).ask(a_question())

    assert shop.bills.of_day(DAY) == Spent(1, 1, 0, USED, PRICE)


@pytest.mark.parametrize(("now", "hours"), [("2026-03-28T22:00", 23), ("2026-10-24T21:00", 25)])
def test_a_day_on_which_clocks_change_is_shorter_or_longer(now: str, hours: int) -> None:
    today = Today(FakeClock(datetime.fromisoformat(now).replace(tzinfo=UTC)), "Europe/Kyiv")

    assert today.seconds_left() == hours * 3600


def test_it_stands_for_the_model_behind_it(shop: Shop) -> None:
    billed = shop.sell()

    billed.check()

    assert (billed.name, billed.is_cloud, shop.model.checked) == ("fake-1", True, 1)
    assert shop.bills.of_day(DAY) == Spent()


class TestEstimate:
    def test_it_grows_with_everything_that_is_sent(self) -> None:
        short = a_question(Part("m1", ""))
        extra = "ї" * 30 * CHARACTERS_A_TOKEN

        longer = [
            most_tokens(replace(short, **{field: getattr(short, field) + extra})).sent for field in ("rules", "content")
        ]

        assert longer == [most_tokens(short).sent + 30] * 2
        assert most_tokens(replace(short, schema={"type": "object", "title": "x" * 90})).sent > most_tokens(short).sent

    def test_a_clip_counts_by_its_length(self) -> None:
        silent = a_question(purpose=Purpose.TRANSCRIBE)
        ten_seconds = replace(silent, clip=Clip(b"x" * 10_000, "audio/ogg"))

        assert most_tokens(ten_seconds).sent - most_tokens(silent).sent == 10 * CLIP_TOKENS_A_SECOND

    def test_the_longest_answer_is_put_aside(self) -> None:
        assert most_tokens(replace(a_question(), most_tokens=700)).answered == 700


def test_money_stops_no_model_that_costs_nothing(shop: Shop) -> None:
    model, today = AnsweringModel(), Today(shop.clock, "Europe/Kyiv")
    free = Billed(model, shop.bills, TokenPrices(0, 0), Cap(calls=1, micros=0), today)
    shop.sell(cap=Cap()).ask(a_question())

    with pytest.raises(SpentError, match="MODEL_CALLS_PER_DAY"):
        free.ask(a_question())
    assert Billed(model, shop.bills, TokenPrices(0, 0), Cap(micros=0), today).ask(a_question()).micros == 0


@pytest.mark.parametrize(
    ("error", "left"),
    [
        (TryAgainError(Wording("Busy.")), 1),
        (GiveUpError(Wording("Refused.")), 1),
        (NeedsPersonError(Wording("The key is wrong.")), 1),
        (NotYetError(Wording("Nobody was there.")), 0),
    ],
)
def test_what_left_the_machine_in_vain_is_on_record(shop: Shop, error: Exception, left: int) -> None:
    account = an_account(shop.database, shop.clock).id
    asking = replace(a_question(Part("m1", "text")), account_id=account)

    with pytest.raises(type(error)):
        shop.sell(error).ask(asking)

    sent = SqlModelReading(shop.database, lambda: VAULT).sent(account, "m1")
    assert [(one.text, one.micros) for one in sent] == [("text", 0)] * left
    assert shop.bills.of_day(DAY) == Spent(calls=left)
