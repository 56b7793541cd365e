"""Language, numbers and times as the reader has them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask, g

from auramail.core.decisions import Money
from auramail.core.wording import Wording
from auramail.web import i18n
from tests.fakes.clock import NOON
from tests.web.visitor import Visitor


@pytest.fixture
def in_ukrainian(app: Flask) -> Iterator[None]:
    with app.test_request_context(headers={"Accept-Language": "uk"}):
        g.zone = "Europe/Kyiv"
        yield


@pytest.fixture
def in_english(app: Flask) -> Iterator[None]:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        g.zone = "Europe/Kyiv"
        yield


@pytest.mark.parametrize(
    ("asked", "given"),
    [("uk", "uk"), ("uk-UA,ru;q=0.8,en;q=0.5", "uk"), ("de,en;q=0.3", "en"), ("de", "en"), ("", "en"), ("*", "en")],
)
def test_the_browser_chooses_the_language(cleo: Visitor, asked: str, given: str) -> None:
    assert f'<html lang="{given}"' in cleo.get("/", {"Accept-Language": asked}).text


def test_the_person_outranks_the_browser(cleo: Visitor) -> None:
    cleo.post("/preferences", language="uk")

    assert '<html lang="uk"' in cleo.get("/", {"Accept-Language": "en"}).text


@pytest.mark.usefixtures("in_ukrainian")
def test_a_sentence_is_said_in_the_readers_language() -> None:
    assert i18n.say(Wording.of("At most {count} characters.", count=5)) == "Не більше 5 символів."
    assert i18n.say(None) == ""
    assert i18n.say(Wording("")) == ""


@pytest.mark.usefixtures("in_ukrainian")
def test_numbers_money_and_times_in_ukrainian() -> None:
    assert i18n.format_number(1234567).split() == ["1", "234", "567"]
    assert i18n.format_money(Money(Decimal("1482.50"), "UAH")).replace("\u00a0", " ") == "1 482,50 ₴"
    assert i18n.format_time(NOON) == "14 бер. 2026\u202fр., 14:00"
    assert i18n.format_percent(0.856) == "86%"


@pytest.mark.usefixtures("in_english")
def test_numbers_money_and_times_in_english() -> None:
    assert i18n.format_number(1234567) == "1,234,567"
    assert i18n.format_money(Money(Decimal(20), "EUR")) == "€20.00"
    assert i18n.format_time(NOON) == "14 Mar 2026, 14:00"
    assert i18n.format_day(date(2026, 3, 1)) == "1 Mar 2026"
    assert i18n.format_percent(0.856) == "86%"


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (NOON - timedelta(hours=1), "13:00"),
        (NOON - timedelta(days=1), "13 Mar"),
        (NOON - timedelta(days=90), "14 Dec 2025"),
        (None, ""),
    ],
)
def test_a_moment_is_as_long_as_it_is_far(moment: datetime | None, shown: str) -> None:
    assert i18n.format_near(moment, NOON) == shown


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 secs"), (1, "1 sec"), (83.4, "1 min 23 secs"), (600, "10 mins"), (3720, "1 hr 2 mins"), (7200, "2 hrs")],
)
def test_a_length_of_time_is_said_in_its_large_parts(seconds: float, said: str) -> None:
    assert i18n.format_seconds(seconds) == said


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 лист"), (3, "3 листи"), (5, "5 листів"), (11, "11 листів"), (21, "21 лист")]
)
def test_ukrainian_plurals_are_right(app: Flask, count: int, said: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "uk"}):
        template = app.jinja_env.from_string('{{ ngettext("%(num)s message", "%(num)s messages", count) }}')

        assert template.render(count=count) == said


@pytest.mark.parametrize(
    ("micros", "said"),
    [
        (0, "US$0.00"),
        (1, "US$0.000001"),
        (235, "US$0.00024"),
        (1415, "US$0.0014"),
        (99_999, "US$0.10"),
        (1_234_567, "US$1.23"),
        (12_345_678_900, "US$12,345.68"),
    ],
)
def test_small_money_keeps_two_figures_that_mean_something(in_english: None, micros: int, said: str) -> None:
    assert in_english is None
    assert i18n.format_micros(micros) == said
