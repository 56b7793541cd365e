"""What the schedule erases of language models, in a whole house."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path

import pytest

from auramail.core.questions import Part
from auramail.settings import read_settings
from auramail.wiring.house import House, open_house
from auramail.worker.schedule import SCHEDULE, purge_models
from tests.fakes.answering import a_question, an_answer
from tests.fakes.clock import FakeClock

OpenHouse = Callable[[int], AbstractContextManager[House]]


@pytest.fixture
def house_keeping(home: Path, sqlite_url: str, clock: FakeClock) -> OpenHouse:
    """Opens a house that keeps for so many days what a model was shown."""
    assert sqlite_url
    return lambda days: open_house(read_settings(auramail_home=home, model_keep_sent_days=days, _env_file=None), clock)


def show(house: House, text: str) -> int:
    """Write down a call that held one message of the sample; gives the account's id."""
    account = house.open_local("sample", house.users.local_user().id)
    question = a_question(Part("m1", text), account_id=account.id)
    house.bills.settle(date(2026, 3, 14), question, an_answer(micros=5), 0)
    return account.id


def texts(house: House, account_id: int) -> list[str | None]:
    return [sent.text for sent in house.model_reading.sent(account_id, "m1")]


def test_what_a_model_was_shown_is_erased_after_the_days_of_the_settings(
    house_keeping: OpenHouse, clock: FakeClock
) -> None:
    with house_keeping(90) as house:
        account_id = show(house, "old")
        clock.advance(days=90)
        show(house, "new")
        purge_models(house)
        kept = texts(house, account_id)
        clock.advance(seconds=1)
        purge_models(house)

        assert kept == ["new", "old"]
        assert texts(house, account_id) == ["new", None]
        assert house.model_reading.of_account(account_id, clock.now() - timedelta(days=91)).micros == 10


def test_answers_that_are_too_old_are_forgotten(house_keeping: OpenHouse, clock: FakeClock) -> None:
    with house_keeping(90) as house:
        house.answers.put("key", show(house, "text"), an_answer())
        clock.advance(days=30)
        purge_models(house)

        assert house.answers.purge() == 0


def test_where_nothing_is_to_be_kept_no_key_is_needed(house_keeping: OpenHouse, home: Path) -> None:
    with house_keeping(0) as house:
        account_id = show(house, "text")

    assert texts(house, account_id) == [None]
    assert not (home / "keys").exists()


def test_it_is_done_every_hour() -> None:
    assert SCHEDULE[purge_models] == timedelta(hours=1).total_seconds()
