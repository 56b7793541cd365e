"""What requests become: the tables of cases, and what holds for anything anybody could say."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auramail.core.searches import Search, Understood
from auramail.reading.searching.operators import LONGEST_QUERY, canonical, with_seconds
from auramail.reading.searching.requests import read_request
from auramail.reading.searching.vocabulary import WORDS
from tests.reading.searching.tables import ZONE, Case, cases

NOW = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo(ZONE))
UKRAINIAN, ENGLISH = list(cases("uk")), list(cases("en"))
SPOKEN = sorted({word for words in WORDS.values() for word in words.replace("_", " ").split()})
TYPED = [
    "from:bob",
    "-in:spam",
    "after:2026/01/05",
    "has:attachment",
    "(a",
    "OR",
    "b)",
    "{a",
    "b}",
    "{in:spam",
    '"',
    "(",
    ")",
    "{",
    "}",
    "-",
    ":",
    ",",
    "OR",
    "AND",
    "AROUND",
    "from:",
    "has:x",
    "is:",
    "Олени",
    "Bob",
    "bob@example.com",
    "@x.ua",
    "5",
    "2024",
    "15.03",
    "03/04/2026",
    "«",
    "»",
    "1",
    "500",
    "договір",
    "'s",
    "№5",
    "x.pdf",
    "грн",
    "$",
    "€50",
    "10",
    "мб",
    "🙂",
    "not",
    "без",
    "крім",
    "або",
    "\u202e",
    "\u200b",
    "\x00",
    "\n",
]
anything = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(st.sampled_from(SPOKEN), st.sampled_from(TYPED), st.text(max_size=6)), max_size=25).map(
        " ".join
    ),
    st.lists(st.sampled_from(TYPED), max_size=15).map("".join),
)


def said(text: str, now: datetime = NOW) -> Search:
    return read_request(text, now=now, zone=ZONE)


def test_there_are_enough_cases() -> None:
    assert len(UKRAINIAN) >= 140
    assert len(ENGLISH) >= 110
    assert len({case.request for case in UKRAINIAN + ENGLISH}) >= 250


@pytest.mark.parametrize("case", UKRAINIAN + ENGLISH, ids=lambda case: case.request)
def test_request_becomes_the_query_it_means(case: Case) -> None:
    found = said(case.request, case.now)

    assert (found.query, found.unsure) == (case.query, case.unsure)


@pytest.mark.parametrize("case", UKRAINIAN + ENGLISH, ids=lambda case: case.request)
def test_query_is_valid_and_is_itself_again(case: Case) -> None:
    found = said(case.request, case.now)

    assert canonical(found.query) == found.query
    assert said(found.query, case.now).query == found.query


@settings(max_examples=400, deadline=None)
@given(anything)
def test_anything_becomes_a_valid_query_which_is_itself_again(text: str) -> None:
    found = said(text)

    assert canonical(found.query) == found.query
    assert len(found.query) <= LONGEST_QUERY
    assert found.query == " ".join(one.operator for one in found.understood)
    assert said(found.query).query == found.query
    assert canonical(with_seconds(found.query, ZONE)) is not None


@settings(max_examples=200, deadline=None)
@given(anything)
def test_what_is_left_out_makes_the_query_unsure(text: str) -> None:
    found = said(text)

    assert found.unsure or (not found.ignored and found.query)


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_words_in_quotes_are_never_operators(text: str) -> None:
    found = said("слово «" + text.replace("«", "").replace("»", "") + "» in:spam")

    terms = [one.operator for one in found.understood]
    assert terms[-1] == "in:spam"
    assert all(term.startswith('"') for term in terms[:-1])


def test_understood_names_the_words_as_they_were_said() -> None:
    found = said("Листи від Олени за останній тиждень, договір оренди")

    assert found.understood == (
        Understood("від Олени", "from:Олена"),
        Understood("за останній тиждень", "after:2026/11/21"),
        Understood("договір оренди", "договір оренди"),
    )


def test_ignored_names_what_found_no_place() -> None:
    assert said("emails from Bob before Easter over 100 dollars").ignored == ("before Easter", "over 100 dollars")


def test_label_prefix_of_the_person_is_used() -> None:
    found = read_request("newsletters", now=NOW, zone=ZONE, label_prefix="Sorted/By me ")

    assert found.query == "label:Sorted-By-me-Newsletters"


def test_today_is_the_persons_day_and_not_the_servers() -> None:
    late = datetime(2026, 11, 28, 23, 30, tzinfo=UTC)

    assert read_request("today", now=late, zone="Europe/Kyiv").query == "after:2026/11/29 before:2026/11/30"
    assert read_request("today", now=late, zone="America/New_York").query == "after:2026/11/28 before:2026/11/29"


def test_leap_day_is_the_last_there_was() -> None:
    assert said("29 лютого").query == "after:2024/02/29 before:2024/03/01"


def test_month_back_from_a_longer_one_ends_with_its_last_day() -> None:
    assert said("older than a month", datetime(2026, 3, 31, 12, tzinfo=ZoneInfo(ZONE))).query == "before:2026/02/28"


@pytest.mark.parametrize("text", ["", " ", "\x00\x01", "\u202e\u200b", "…", "?!", "-", "((", '"', "ну е-е"])
def test_saying_nothing_is_an_unsure_search_for_nothing(text: str) -> None:
    assert said(text) == Search("", unsure=True)


def test_control_and_direction_characters_are_gone() -> None:
    found = said("листи від \u202eОлени\u202c \x07за\x00 вчора\u200b")

    assert found.query == "from:Олена after:2026/11/27 before:2026/11/28"


@pytest.mark.parametrize(
    "text",
    [
        "а" * 10_000,
        "договір " * 1250,
        "від Олени або " * 700,
        "(" * 10_000,
        "({" * 5000,
        "from:(a OR " * 900,
        "-" * 10_000,
        '"' * 10_000,
        "не " * 3000,
        "за останні " * 900,
        "1 " * 5000,
        "1." * 5000,
        "a@b." * 2500,
        "between 1 and " * 700,
        "two hundred and " * 600,
        "\u202e" * 10_000,
    ],
    ids=lambda text: text[:12],
)
def test_ten_thousand_characters_end_soon_with_a_valid_query(text: str) -> None:
    started = time.perf_counter()

    found = said(text)

    assert time.perf_counter() - started < 2
    assert canonical(found.query) == found.query
    assert found.unsure
