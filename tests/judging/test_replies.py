"""Replies: who asks what of whom."""

from dataclasses import replace
from datetime import date

import pytest

from auramail.core.accounts import Person
from auramail.core.decisions import Category
from auramail.core.messages import Address, Message
from auramail.judging.replies import answer_wanted_by, asks, expects_reply
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


@pytest.mark.parametrize(
    "text",
    [
        "Please order by Sunday and save 20%.",
        "Hit reply and tell me what you think.",
        "Замовляйте до неділі зі знижкою.",
        "Розкажіть друзям про нас!",
    ],
)
def test_mail_to_many_asks_nobody(text: str) -> None:
    assert asks(a_message(text=text, headers={"list-unsubscribe": "<x>"}), ANA) is None


@pytest.mark.parametrize(
    "text",
    [
        "Please pay your bill.",
        "Сплатіть рахунок до п'ятниці.",
        "The fair was fun.\n\nP.S. Please bring the cake tins back by Friday 13.",
        "Ярмарок вдався.\n\nP.S. Батьки 3-Б, поверніть, будь ласка, форми до 13 березня.",
    ],
)
def test_mail_to_many_asks_where_it_is_the_readers_duty_or_in_the_postscript(text: str) -> None:
    assert asks(a_message(text=text, headers={"list-unsubscribe": "<x>"}), ANA) is not None


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


@pytest.mark.parametrize(
    "text",
    [
        "I was wondering if you could look at page three.",
        "It would be great to have the numbers before lunch.",
        "Whoever has the ladder: please put it back.",
        "I need the floor plan by Thursday.",
        "We are still missing your proof of address.",
        "If possible, please send the drawings today.",
        "Чи не могли б ви глянути на третю сторінку?",
        "Було б добре, якби ти зателефонувала майстрові.",
        "Нам потрібні від вас копії дипломів.",
        "Всім треба пройти медогляд.",
        "Посилку можна забрати до 17 березня.",
        "Якщо не важко, надішліть креслення.",
        "Документ очікує на ваш підпис.",
    ],
)
def test_indirect_and_polite_asks_are_heard(text: str) -> None:
    assert asks(a_message(text=text), ANA) is not None


@pytest.mark.parametrize(
    "text",
    [
        "I'll send the report by Friday.",
        "You asked me to send the plan, so here it is.",
        "If this wasn't you, reset your password.",
        "Anything unclear? Give us a call.",
        "Any questions, and if something breaks, call the desk.",
        "Nothing left for you to do.",
        "Please note that the office is closed.",
        "Who knew it could be so hot here?",
        "Why do they keep making these films?",
        "Надішлю звіт до п'ятниці.",
        "Керівник просив подати план, я подав.",
        "Якщо це не ви, зателефонуйте нам.",
        "Нічого робити не потрібно, просто знайте.",
        "Хто б міг подумати?",
        "Мені треба йти, бо поїзд.",
        "Не кажіть нікому, це сюрприз.",
        "Дай Боже йому здоров'я!",
        "До сплати: 0,00 грн.",
    ],
)
def test_promises_reports_conditions_and_figures_of_speech_ask_nothing(text: str) -> None:
    assert asks(a_message(text=text), ANA) is None


def test_what_is_passed_on_for_information_asks_nothing() -> None:
    below = (
        "\n\n---------- Forwarded message ----------\nFrom: Bo <bo@x.example>\n\nPlease return the badges by Friday."
    )
    told = a_message(subject="Fwd: badges", text=f"For your information.{below}")
    asked = a_message(subject="Fwd: badges", text=f"Can you take care of this?{below}")

    assert asks(told, ANA) is None
    assert asks(asked, ANA) is not None


def test_what_is_said_to_another_who_is_written_to_as_well_is_not_asked_of_the_person() -> None:
    to = (an_address("Ana Koval <ana@example.com>"), an_address("Maryna Lys <lys@example.com>"))

    assert asks(_to(to, "Марино, надішліть акти."), ANA) is None
    assert asks(_to(to, "Ана, надішліть акти."), ANA) is not None
    assert asks(_to(to, "Колеги, надішліть акти."), ANA) is not None


def _to(people: tuple[Address, ...], text: str) -> Message:
    return replace(a_message(text=text), to=people)


def test_mail_the_person_sent_names_the_day_by_which_its_answer_is_wanted() -> None:
    def wanted(text: str) -> date | None:
        return answer_wanted_by(a_message(sender="ana@example.com", to="ben@example.com", text=text), ANA)

    # Sent on Tuesday, 10 March 2026.
    assert wanted("Ben, could you sign it by Friday?") == date(2026, 3, 13)
    assert wanted("Бене, дайте відповідь до 20 березня.") == date(2026, 3, 20)
    assert wanted("Ben, are you coming?") is None
    assert wanted("I will pay by Friday.") is None
    assert answer_wanted_by(a_message(text="Could you sign it by Friday?"), ANA) is None


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


@pytest.mark.parametrize(
    "frame",
    [
        "Get our app: App Store, Google Play",
        "Please update your notification settings.",
        "Open this mail in your browser.",
        "Щоб не отримувати такі листи, змініть налаштування сповіщень.",
        "Завантажте застосунок.",
        "Щоб вийти, надішліть лист зі словом unsubscribe.",
    ],
)
def test_the_frame_of_a_services_mail_asks_nothing(frame: str) -> None:
    message = a_message(sender="no-reply@service.example", text=f"The backup is done.\n\n{frame}")

    assert asks(message, ANA) is None
