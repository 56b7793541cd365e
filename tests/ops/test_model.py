"""How the language model stands: where it runs, whether it answers, what stands in its way."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from auramail.core.accounts import Account
from auramail.core.costs import Use
from auramail.core.errors import NeedsPersonError
from auramail.core.privacy import CloudTerms, Tier
from auramail.core.questions import Part
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, RunKind, RunState
from auramail.ops.model.checks import check_aside, check_model, last_check
from auramail.ops.model.places import Place, host_of, place_of
from auramail.ops.model.standing import Standing, costs_of, status_of
from auramail.ops.privacy import allow, give_consent, switch
from auramail.settings import Settings, read_settings
from auramail.wiring.house import House, open_house
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.model_server import ModelServer
from tests.web.modelled import CLOUD, FREE, MODEL, PAID, spend

OpenHouse = Callable[..., House]


def settings(home: Path, **given: Any) -> Settings:
    return read_settings(auramail_home=home, _env_file=None, **given)


@pytest.fixture
def open_with(home: Path, sqlite_url: str, clock: FakeClock) -> Iterator[OpenHouse]:
    """Opens the house by settings; the last one opened is closed at the end."""
    assert sqlite_url
    opened: list[House] = []

    def open_one(**given: Any) -> House:
        opened.append(open_house(settings(home, **given), clock))
        return opened[-1]

    yield open_one
    for house in opened:
        house.__exit__()


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as started:
        yield started


def sample(house: House) -> Account:
    return house.open_local("sample", house.users.local_user().id)


@pytest.mark.parametrize(
    ("given", "place", "host"),
    [
        ({}, Place.NOWHERE, ""),
        ({"language_model": "local", "gemini_api_key": "k"}, Place.NOWHERE, ""),
        (FREE, Place.CLOUD, ""),
        (FREE | {"gemini_base_url": "http://127.0.0.1:1"}, Place.HERE, "127.0.0.1"),
        ({"openai_base_url": "http://localhost:11434/v1"}, Place.HERE, "localhost"),
        ({"openai_base_url": "http://192.168.1.7/v1"}, Place.NEAR, "192.168.1.7"),
        ({"openai_base_url": "http://ollama:11434/v1"}, Place.NEAR, "ollama"),
        ({"openai_base_url": "https://ai.example/v1"}, Place.CLOUD, "ai.example"),
        ({"openai_base_url": "http://[x"}, Place.CLOUD, ""),
    ],
)
def test_where_a_model_runs_is_told_by_its_settings(home: Path, given: dict[str, Any], place: Place, host: str) -> None:
    assert (place_of(settings(home, **given)), host_of(settings(home, **given))) == (place, host)


def test_it_stands_by_the_first_thing_in_its_way(open_with: OpenHouse) -> None:
    house = open_with(**CLOUD | {"model_calls_per_day": 1})
    account = sample(house)
    told = [status_of(house, account).standing]

    give_consent(house, account, account.user_id, Tier.FREE, MODEL)
    told.append(status_of(house, account).standing)
    spend(house, account, Part("m1", "one"))
    told.append(status_of(house, account).standing)
    house.models.limits.close(house.clock.now() + timedelta(hours=1))
    told.append(status_of(house, account).standing)
    check_model(house)
    told.append(status_of(house, account).standing)
    switch(house, account, account.user_id, on=False)
    told.append(status_of(house, account).standing)
    told.append(status_of(open_with(**CLOUD | {"cloud": "off"}), account).standing)
    told.append(status_of(open_with(), account).standing)

    assert told == [
        Standing.NO_CONSENT,
        Standing.READY,
        Standing.SPENT,
        Standing.CLOSED,
        Standing.PROBLEM,
        Standing.SWITCHED_OFF,
        Standing.CLOUD_OFF,
        Standing.NONE,
    ]


def test_money_is_spent_once_the_shortest_question_has_no_room(open_with: OpenHouse) -> None:
    house = open_with(**CLOUD | {"model_dollars_per_day": 0.0022, "openai_is_cloud": "no"})
    account = sample(house)
    before = status_of(house, account).standing
    spend(house, account, Part("m1", "one"), micros=1500)

    assert (before, status_of(house, account).standing) == (Standing.READY, Standing.SPENT)


def test_model_that_costs_nothing_is_asked_where_no_money_may_be_spent(open_with: OpenHouse) -> None:
    house = open_with(openai_base_url="http://127.0.0.1:9/v1", openai_model="own", model_dollars_per_day=0)

    assert status_of(house, sample(house)).standing is Standing.READY


def test_a_check_is_remembered_for_this_very_model(open_with: OpenHouse, server: ModelServer) -> None:
    reached = CLOUD | {"openai_base_url": server.openai_url, "openai_api_key": server.key}
    house = open_with(**reached)

    checked = check_model(house)

    assert checked is not None
    assert (checked.at, checked.problem) == (NOON, None)
    assert last_check(open_with(**reached)) == checked
    assert last_check(open_with(**reached | {"openai_model": "another"})) is None
    assert server.questions == []


@pytest.mark.parametrize(
    ("given", "says", "do"),
    [
        ({"openai_api_key": "wrong"}, "does not accept the key", "OPENAI_API_KEY"),
        ({"openai_model": "nothing"}, "no language model nothing", "OPENAI_MODEL"),
        ({"openai_model": ""}, "", "OPENAI_MODEL"),
        ({"openai_base_url": "http://127.0.0.1:9/v1"}, "does not answer", "check OPENAI_BASE_URL"),
    ],
)
def test_what_is_wrong_is_said_with_the_setting_to_mend(
    open_with: OpenHouse, server: ModelServer, given: dict[str, str], says: str, do: str
) -> None:
    house = open_with(**CLOUD | {"openai_base_url": server.openai_url, "openai_api_key": server.key} | given)

    checked = check_model(house)

    assert checked is not None
    assert checked == last_check(house)
    assert checked.problem is not None
    assert checked.hint is not None
    assert says in checked.problem.say()
    assert do in checked.hint.say()
    assert server.key not in checked.problem.say() + checked.hint.say()


@pytest.mark.parametrize("given", [{}, CLOUD | {"cloud": "off"}])
def test_where_no_model_is_asked_there_is_nothing_to_check(open_with: OpenHouse, given: dict[str, Any]) -> None:
    house = open_with(**given)

    assert check_model(house) is None
    assert last_check(house) is None


def test_a_check_on_start_holds_nobody_up_and_stands_in_the_log(
    home: Path,
    open_with: OpenHouse,
    server: ModelServer,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    given = CLOUD | {"openai_base_url": server.openai_url, "openai_api_key": "wrong"}
    house = open_with(**given)

    check_aside(settings(home, **given)).join(timeout=30)

    checked = last_check(house)
    assert checked is not None
    assert checked.problem is not None
    assert "model_does_not_answer" in "".join(capsys.readouterr()) + caplog.text


def test_free_terms_are_for_people_elsewhere_and_that_is_recorded(open_with: OpenHouse) -> None:
    house = open_with(**FREE)
    account = sample(house)

    with pytest.raises(NeedsPersonError, match="may not be used for people in the EEA"):
        allow(house, account, account.user_id)
    before = house.preferences.cloud(account.id)
    allow(house, account, account.user_id, is_elsewhere=True)

    assert before == CloudTerms()
    assert house.preferences.cloud(account.id).covers(Tier.FREE, house.settings.vendor)
    line = house.audit.of_user(account.user_id)[0]
    assert (line.act, line.detail) == ("cloud_place_confirmed", {"not_in": ["EEA", "GB", "CH"]})


def test_paid_terms_and_other_vendors_ask_for_no_place(open_with: OpenHouse) -> None:
    for given, tier in ((PAID, Tier.PAID), (CLOUD, Tier.FREE)):
        house = open_with(**given)
        account = sample(house)
        allow(house, account, account.user_id)

        assert house.preferences.cloud(account.id).covers(tier, house.settings.vendor)


@pytest.mark.parametrize("given", [{}, CLOUD | {"openai_is_cloud": "no"}])
def test_without_a_cloud_there_is_nothing_to_allow(open_with: OpenHouse, given: dict[str, Any]) -> None:
    house = open_with(**given)
    account = sample(house)

    with pytest.raises(NeedsPersonError, match="nothing to allow"):
        allow(house, account, account.user_id, is_elsewhere=True)


def test_costs_are_those_of_so_many_days_and_of_sorting_alone(open_with: OpenHouse, clock: FakeClock) -> None:
    house = open_with(**CLOUD)
    account = sample(house)
    spend(house, account, Part("m1", "one"), micros=100)
    receipt = Receipt(0, 10, 10, model_answers=3, model_hits=1, unasked={"refused": 1, "later": 2})
    for kind in (RunKind.SORT, RunKind.UNDO):
        run = house.runs.start(account.id, Order(kind=kind))
        house.runs.finish(run.id, RunState.DONE, receipt)
    clock.advance(days=5)
    spend(house, account, Part("m2", "two"), micros=30)

    whole, lately = costs_of(house, account, 6), costs_of(house, account, 5)

    assert [one.spent.micros for one in whole.days] == [30, 100]
    assert (whole.whole.micros, whole.own.micros, whole.own.calls) == (130, 130, 2)
    assert whole.use == Use(messages=10, answers=3, hits=1, in_vain=1, unasked={"refused": 1, "later": 2})
    assert (whole.use.asked_share, whole.use.hit_share) == (3 / 10, 1 / 3)
    assert (lately.whole.micros, lately.own.micros, lately.use) == (30, 30, Use())
    assert (lately.use.asked_share, lately.use.hit_share) == (None, None)
