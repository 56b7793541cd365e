from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.reading.dates import MOST_DATES, DateMention, find_dates
from tests.reading.letters import SAID

KYIV = "Europe/Kyiv"


def found(text: str, zone: str = KYIV) -> list[DateMention]:
    return list(find_dates(text, SAID, zone))


def only(text: str, zone: str = KYIV) -> DateMention:
    mentions = found(text, zone)
    assert len(mentions) == 1, mentions
    return mentions[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15 січня 2027", date(2027, 1, 15)),
        ("15-го січня 2027 року", date(2027, 1, 15)),
        ("15 лютого", date(2027, 2, 15)),
        ("3 груд. 2026", date(2026, 12, 3)),
        ("15.01.2027", date(2027, 1, 15)),
        ("15.01.27", date(2027, 1, 15)),
        ("15-01-2027", date(2027, 1, 15)),
        ("2027-01-15", date(2027, 1, 15)),
        ("15/01/2027", date(2027, 1, 15)),
        ("01/15/2027", date(2027, 1, 15)),
        ("05/05/2027", date(2027, 5, 5)),
        ("Jan 15", date(2027, 1, 15)),
        ("January 15th, 2027", date(2027, 1, 15)),
        ("15 Jan 2027", date(2027, 1, 15)),
        ("15-Jan-2027", date(2027, 1, 15)),
        ("the 3rd of December", date(2026, 12, 3)),
        ("Dec 3-5, 2026", date(2026, 12, 3)),
        ("MAY 20", date(2026, 5, 20)),
    ],
)
def test_absolute_days_are_read(text: str, day: date) -> None:
    assert only(text).date == day


# Said on Wednesday, 18 November 2026.
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("сьогодні", date(2026, 11, 18)),
        ("завтра", date(2026, 11, 19)),
        ("післязавтра", date(2026, 11, 20)),
        ("tomorrow", date(2026, 11, 19)),
        ("the day after tomorrow", date(2026, 11, 20)),
        ("tonight", date(2026, 11, 18)),
        ("у п'ятницю", date(2026, 11, 20)),
        ("у п’ятницю", date(2026, 11, 20)),
        ("в понеділок", date(2026, 11, 23)),
        ("середа", date(2026, 11, 25)),
        ("цієї середи", date(2026, 11, 18)),
        ("on Friday", date(2026, 11, 20)),
        ("this Friday", date(2026, 11, 20)),
        ("next Tuesday", date(2026, 11, 24)),
        ("наступного вівторка", date(2026, 11, 24)),
        ("наступної неділі", date(2026, 11, 29)),
        ("Sun", date(2026, 11, 22)),
        ("протягом 3 робочих днів", date(2026, 11, 23)),
        ("within 5 days", date(2026, 11, 23)),
        ("within three business days", date(2026, 11, 23)),
        ("within 48 hours", date(2026, 11, 20)),
        ("in two weeks", date(2026, 12, 2)),
        ("через тиждень", date(2026, 11, 25)),
        ("через 2 місяці", date(2027, 1, 18)),
        ("за п'ять днів", date(2026, 11, 23)),
        ("кінця тижня", date(2026, 11, 20)),
        ("кінця наступного тижня", date(2026, 11, 27)),
        ("кінця місяця", date(2026, 11, 30)),
        ("end of the month", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("end of the quarter", date(2026, 12, 31)),
        ("end of next quarter", date(2027, 3, 31)),
        ("кінця року", date(2026, 12, 31)),
        ("кінця дня", date(2026, 11, 18)),
        ("end of January", date(2027, 1, 31)),
        ("кінця лютого 2028", date(2028, 2, 29)),
        ("by the 15th", date(2026, 12, 15)),
        ("до 20 числа", date(2026, 11, 20)),
        ("by EOD Friday", date(2026, 11, 20)),
        ("до кінця дня п'ятниці", date(2026, 11, 20)),
    ],
)
def test_relative_days_are_reckoned_from_the_day_of_writing(text: str, day: date) -> None:
    assert only(text).date == day


@pytest.mark.parametrize(
    "text",
    [
        "версія 15.01",
        "сума 15.01 грн",
        "до 15.01 грн",
        "03/04/2027",
        "31.02.2027",
        "Nov 31",
        "99/99/2027",
        "phone 044-123-45-67",
        "10.20.30.40",
        "I sat in the sun",
        "last Friday",
        "минулої п'ятниці",
        "every Monday",
        "returns within 30 days of delivery",
        "протягом 14 днів з моменту отримання",
        "5 днів тому",
        "in May 2026 we grew",
        "до кінця цього дня",
        "in 999 weeks",
        "order 2026-99-99",
        "1 лист",
        "Hello",
        "",
    ],
)
def test_what_is_no_day_or_could_be_two_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Сплатити до 15 січня",
        "оплата до 15.01",
        "не пізніше 15 січня",
        "Термін сплати: 15 січня",
        "дедлайн — 15 січня",
        "надіслати до кінця робочого дня 15 січня",
        "до 18:00 15 січня",
        "by January 15",
        "due on January 15",
        "Due date: 15 January",
        "before 15 January",
        "no later than 15 January",
        "the deadline is January 15",
        "pay by 15 January",
        "рахунок за грудень сплатити до 15 січня",
        "Строк оплати за договором: 15 січня",
        "Останній день оплати без пені: 15 січня",
        "Ваш поліс діє до 15 січня",
    ],
)
def test_words_before_a_day_make_it_a_deadline(text: str) -> None:
    mention = only(text)

    assert mention.is_deadline
    assert mention.date == date(2027, 1, 15)


@pytest.mark.parametrize(
    "text",
    [
        "зустріч 15 січня",
        "on January 15",
        "з 10 до 15 січня",
        "знижка діє до 15 січня",
        "offer valid by 15 January",
        "сплачено до 15 січня",
        "-20 % до 15 січня",
        "within 5 days",
        "рахунок від 15 січня",
    ],
)
def test_other_days_are_no_deadlines(text: str) -> None:
    assert not only(text).is_deadline


@pytest.mark.parametrize(
    "text", ["Please reply within 5 days.", "Просимо сплатити протягом 5 днів.", "Надайте відповідь протягом 5 днів"]
)
def test_span_is_a_deadline_where_something_is_asked(text: str) -> None:
    assert only(text).is_deadline


def test_span_in_another_sentence_than_the_request_is_none() -> None:
    assert not only("Please pay. Delivery comes within 5 days. Thank you.").is_deadline


def test_deadline_without_a_year_is_to_come_and_another_day_the_nearest() -> None:
    assert only("до 15 жовтня").date == date(2027, 10, 15)
    assert only("15 жовтня").date == date(2026, 10, 15)
    assert only("до 10 листопада").date == date(2026, 11, 10)


def test_weekday_of_a_deadline_may_be_today() -> None:
    assert only("by Wednesday").date == date(2026, 11, 18)
    assert only("on Wednesday").date == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("завтра о 10:00", time(10, 0)),
        ("завтра об 11", time(11, 0)),
        ("15 січня, 14:30", time(14, 30)),
        ("2027-01-15T09:05", time(9, 5)),
        ("January 15 at 3pm", time(15, 0)),
        ("January 15, 12:15 a.m.", time(0, 15)),
        ("at 3:30 pm on Friday", time(15, 30)),
        ("о 15:00 у п'ятницю", time(15, 0)),
        ("завтра, 10 осіб", None),
        ("January 15, 33pm", None),
        ("January 15 at 14pm", None),
        ("завтра", None),
    ],
)
def test_time_of_day_is_read_beside_the_day(text: str, clock: time | None) -> None:
    assert only(text).time == clock


def test_order_of_day_and_month_is_the_readers_or_the_languages() -> None:
    assert only("03/04/2027", "America/New_York").date == date(2027, 3, 4)
    assert only("дата 03/04/2027").date == date(2027, 4, 3)


def test_day_of_writing_is_the_readers_day() -> None:
    late = datetime(2026, 11, 18, 23, 30, tzinfo=timezone(timedelta(0)))

    assert find_dates("today", late, KYIV)[0].date == date(2026, 11, 19)
    assert find_dates("today", late, "Nowhere/None")[0].date == date(2026, 11, 18)


def test_several_days_are_found_in_order_with_their_words() -> None:
    text = "Рахунок від 5 листопада сплатіть до 1 грудня, питання — у п’ятницю."

    mentions = found(text)

    assert [mention.words for mention in mentions] == ["5 листопада", "1 грудня", "п’ятницю"]
    assert [text[mention.start : mention.end] for mention in mentions] == [mention.words for mention in mentions]
    assert [mention.is_deadline for mention in mentions] == [False, True, False]


def test_endless_days_are_cut() -> None:
    assert len(found("15 січня 2027, " * 1000)) == MOST_DATES


def test_letters_that_change_length_in_lower_case_do_no_harm() -> None:
    assert only("İ 2027-01-15").words == "2027-01-15"


WORDS = (
    "до",
    "by",
    "31",
    "02",
    ".",
    "/",
    "-",
    "січня",
    "jan",
    "next",
    "п'ятниці",
    "end of",
    "month",
    "within",
    "999",
    "days",
    "о",
    ":",
)


@given(st.text(max_size=120) | st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_any_text_has_some_days_or_none(text: str) -> None:
    for mention in found(text):
        assert text[mention.start : mention.end] == mention.words
