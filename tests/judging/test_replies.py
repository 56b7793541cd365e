"""Replies: who asks what of whom."""

import pytest

from auramail.core.accounts import Person
from auramail.core.decisions import Category
from auramail.judging.replies import asks, expects_reply
from tests.builders import a_message, an_address

ANA = Person(addresses=frozenset({"ana@example.com"}))


@pytest.mark.parametrize(
    "text",
    [
        "Could you send me the report?",
        "What do you think about the plan?",
        "Please let me know by Friday.",
        "Looking forward to your reply.",
        "Shall we meet on Monday?",
        "Чи зможеш прийти в суботу?",
        "Напишіть, будь ласка, коли вам зручно.",
        "Чекаю на твою відповідь.",
        "Яка погода у вас?",
        "Скажите, пожалуйста, когда вы приедете.",
        "Хто не зможе, відпишіть до завтра.",
        "Check table 7 and send me your sign-off.",
        "Подивіться, чи все гаразд.",
        "Kannst du mir Bescheid geben?",
    ],
)
def test_a_question_to_the_person_expects_a_reply(text: str) -> None:
    message = a_message(text=text)

    assert expects_reply(message, ANA)
    assert asks(message, ANA) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Please review the attached contract.",
        "You need to sign the form.",
        "Надішліть звіт до п'ятниці.",
        "Прошу оплатити рахунок.",
        "Не забудьте подати показники лічильника.",
        "Пожалуйста, пришлите документы.",
        "Bitte prüfen und unterschreiben.",
    ],
)
def test_something_to_do_is_asked_with_the_sentence_that_says_so(text: str) -> None:
    found = asks(a_message(text=f"Hello there.\n\n{text}\n\nBye."), ANA)

    assert found is not None
    assert found.category is Category.ACTION_REQUIRED
    assert text in found.reason.say()


@pytest.mark.parametrize(
    "text",
    [
        "The meeting went well, thank you.",
        "Дякую, все отримав.",
        "No need to reply.",
        "You do not need to send anything.",
        "If you have any questions, let me know.",
        "Якщо будуть питання, напишіть мені.",
        "Ready to travel?",
        "Не ви? Заблокуйте картку.",
        "My gran would haunt you.",
        "See https://x.example/?a=b? for more",
        "",
    ],
)
def test_where_nothing_is_asked_nothing_is_heard(text: str) -> None:
    message = a_message(text=text)

    assert asks(message, ANA) is None
    assert not expects_reply(message, ANA)


def test_the_ask_at_the_end_of_a_long_letter_is_heard() -> None:
    message = a_message(text="We had a nice summer here. " * 600 + "\n\nP.S. Could you send me the report?")

    found = asks(message, ANA)

    assert found is not None
    assert "Could you send me the report?" in found.reason.say()


@pytest.mark.parametrize(
    "headers",
    [{"auto-submitted": "auto-generated"}, {"return-path": "<>"}, {"list-unsubscribe": "<x>"}, {"precedence": "bulk"}],
)
def test_a_machine_never_expects_a_reply(headers: dict[str, str]) -> None:
    assert not expects_reply(a_message(text="Could you answer me?", headers=headers), ANA)


def test_a_machine_may_want_something_done_but_its_questions_are_nobodys() -> None:
    pay = a_message(sender="no-reply@bills.example", text="Please pay the bill.")
    chat = a_message(sender="no-reply@bills.example", text="How is your day?")

    assert asks(pay, ANA) is not None
    assert asks(chat, ANA) is None


def test_mail_to_many_asks_nobody() -> None:
    assert asks(a_message(text="Please pay the bill.", headers={"list-unsubscribe": "<x>"}), ANA) is None


def test_a_letter_that_declines_answers_expects_none() -> None:
    message = a_message(text="Do you like it? Please do not reply to this email. Please pay the bill.")

    assert not expects_reply(message, ANA)
    assert asks(message, ANA) is not None


def test_a_copy_asks_somebody_else() -> None:
    message = a_message(text="Could you send the report?", to="ben@example.com", cc=(an_address("ana@example.com"),))

    assert not expects_reply(message, ANA)
    assert asks(message, ANA) is None


def test_where_nobody_knows_the_persons_address_every_letter_is_theirs_but_those_of_lists() -> None:
    stranger = Person()

    assert expects_reply(a_message(text="Could you come?"), stranger)
    assert not expects_reply(a_message(text="Could you come?", headers={"list-id": "<x>"}), stranger)


def test_mail_the_person_sent_is_judged_by_its_words() -> None:
    asked = a_message(sender="ana@example.com", to="ben@example.com", text="Ben, could you send me the report?")
    told = a_message(sender="ana@example.com", to="ben@example.com", text="Thank you, Ben.")

    assert expects_reply(asked, ANA)
    assert asks(asked, ANA) is None
    assert not expects_reply(told, ANA)


def test_two_ways_of_asking_are_surer_than_one() -> None:
    one = asks(a_message(text="Is it raining?"), ANA)
    two = asks(a_message(text="Please send the report. Could you do it today?"), ANA)

    assert one is not None
    assert two is not None
    assert two.confidence > one.confidence


@pytest.mark.parametrize("text", ["Привіт! Як ви там? Цілую, мама", "Hi Ana, how are you today? We are home again."])
def test_a_greeting_is_no_question(text: str) -> None:
    assert asks(a_message(text=text), ANA) is None
    assert not expects_reply(a_message(text=text), ANA)


def test_the_subject_of_an_answer_asks_nothing_anew() -> None:
    answer = a_message(subject="Re: When can we begin?", text="On Monday, the soil is dry.")
    first = a_message(subject="When can we begin?", text="The soil is dry.")

    assert asks(answer, ANA) is None
    assert asks(first, ANA) is not None


def test_a_question_to_a_circle_of_people_is_for_each_of_them() -> None:
    circle = {"list-id": "<class-2b.example.org>", "list-post": "<mailto:2b@example.org>", "precedence": "list"}
    message = a_message(text="Збираємо по 100 грн. Хто за?", to="2b@example.org", headers=circle)

    assert asks(message, ANA) is not None
    assert expects_reply(message, ANA)
