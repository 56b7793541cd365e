"""Due dates: what the reader is to do by when. The letters were written on Wednesday, 18 November 2026."""

from datetime import date

import pytest

from auramail.reading.due_dates import find_due_date
from tests.reading.letters import letter, read

KYIV = "Europe/Kyiv"


def due(text: str, *headers: str, own: frozenset[str] = frozenset()) -> date | None:
    found = find_due_date(read(letter(text, *headers)), KYIV, own)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Надішліть, будь ласка, кошторис до п'ятниці включно.", date(2026, 11, 20)),
        ("Передай ключі завтра, бо потім мене не буде.", date(2026, 11, 19)),
        ("Термін сплати 20.12.", date(2026, 12, 20)),
        ("Просимо сплатити до 15-го числа.", date(2026, 12, 15)),
        ("Оновіть дані протягом 3 робочих днів.", date(2026, 11, 23)),
        ("Підтвердьте участь не пізніше 25 листопада ц.р.", date(2026, 11, 25)),
        ("Поліс діє до 1 грудня. Поновіть його завчасно.", date(2026, 12, 1)),
        ("Безкоштовне зберігання до 22.11.2026, потім повернемо відправнику. Заберіть посилку!", date(2026, 11, 22)),
        ("Please sign it no later than noon tomorrow.", date(2026, 11, 19)),
        ("Could you send the slides by close of business on Friday?", date(2026, 11, 20)),
        ("Rent is due in 5 days.", date(2026, 11, 23)),
        ("Can you get me your section before the 20th?", date(2026, 11, 20)),
        ("The seats are held till the 25th. Tell me whether you want one.", date(2026, 11, 25)),
        ("Your permit expires on 30 November. Please renew it online.", date(2026, 11, 30)),
        ("We decide next Tuesday, so I need it before 24 November.", date(2026, 11, 24)),
    ],
)
def test_day_by_which_the_reader_is_to_act_is_due(text: str, day: date) -> None:
    assert due(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "Надішлю звіт до п'ятниці.",
        "Договір підписали, оригінал отримали до 10 листопада.",
        "Керівник просив подати план до 1 грудня, я його подав.",
        "Знижка діє до неділі, купуйте зараз.",
        "Олена готує макет до 20 грудня, Ігор замовляє папір.",
        "Зустріч у п'ятницю о 10:00.",
        "Послуга діє до 30 листопада включно.",
        "I'll get it to you by Friday.",
        "We received your payment before the 10th.",
        "Two of us are away until 30 November.",
        "Could you bring the keys on Thursday?",
        "Take our survey by Friday and win a bike.",
        "Dinner is on Friday at eight.",
    ],
)
def test_promises_reports_offers_and_events_are_not_due(text: str) -> None:
    assert due(text) is None


def test_copy_and_public_list_owe_nothing() -> None:
    ask = "Please return the form by Friday."
    cleo = frozenset({"cleo@example.org"})

    assert due(ask, "To: ben@example.org", "Cc: cleo@example.org", own=cleo) is None
    assert due(ask, "To: cleo@example.org", own=cleo) == date(2026, 11, 20)
    assert due(ask, "List-Post: <mailto:l@x.example>", "List-Unsubscribe: <https://x.example>") is None


def test_what_is_passed_on_is_due_only_if_the_sender_asks_for_it() -> None:
    below = "\n\n---------- Forwarded message ----------\nFrom: Bo <bo@x.example>\n\nPay the invoice by 30 November."

    assert due(f"Can you pay this one, please?{below}", "Subject: Fwd: invoice") == date(2026, 11, 30)
    assert due(f"For information only.{below}", "Subject: Fwd: invoice") is None


def test_postscript_of_a_newsletter_speaks_to_its_reader() -> None:
    unsubscribe = "List-Unsubscribe: <https://x.example>"

    assert due("All is well.\n\nP.S. Please return the forms by Friday.", unsubscribe) == date(2026, 11, 20)
    assert due("Farmers must submit the papers by 1 December.", unsubscribe) is None


def test_order_of_day_and_month_follows_the_other_days_of_the_text_and_the_currency() -> None:
    assert due("Payment of $50 due 12/01/2026.") == date(2026, 12, 1)
    assert due("Sent 25/11/2026. Payment due 01/12/2026.") == date(2026, 12, 1)
    assert due("Sent 11/25/2026. Payment due 12/01/2026.") == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Payment due Nov 27", date(2026, 11, 27)),
        ("Термін оплати минув 10 листопада, борг 300 грн.", date(2026, 11, 10)),
        ("Граничний строк подання декларації про майно: 2 грудня.", date(2026, 12, 2)),
        ("Крайній термін здачі робіт — перше грудня.", date(2026, 12, 1)),
        ("30 листопада — останній день для заявок.", date(2026, 11, 30)),
        ("Importo 40,00 EUR\nScadenza 04/12/2026", date(2026, 12, 4)),
        ("Ihr Beitrag ist am 04.12.2026 fällig.", date(2026, 12, 4)),
    ],
)
def test_day_with_a_label_is_due_whatever_the_sentence_does(text: str, day: date) -> None:
    assert due(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Bank transfer by 30 November please.", date(2026, 11, 30)),
        ("Нам потрібні етикетки до вівторка.", date(2026, 11, 24)),
        ("Any chance of the translation by Monday?", date(2026, 11, 23)),
        ("Could I have your notes by Friday?", date(2026, 11, 20)),
        ("Просила б до п'ятниці, бо замовляю тканину.", date(2026, 11, 20)),
        ("Заяви мені на стіл до четверга 26-го.", date(2026, 11, 26)),
        ("I need an answer today.", date(2026, 11, 18)),
        ("Could you upload the scans tomorrow?", date(2026, 11, 19)),
        ("Кинь мені файл до вечора.", date(2026, 11, 18)),
        ("Виправлення потрібне до завтрашнього ранку.", date(2026, 11, 19)),
        ("Скажи сьодні, чи йдеш.", date(2026, 11, 18)),
        ("Дайте список до двадцять п'ятого.", date(2026, 11, 25)),
        ("Подайте табель до 12:00 24.11.", date(2026, 11, 24)),
        ("Przelej proszę do piątku.", date(2026, 11, 20)),
        ("The bank wants the form on Friday 27 November. Please sign page two.", date(2026, 11, 27)),
    ],
)
def test_what_is_wanted_by_a_day_is_due_without_a_verb_that_orders(text: str, day: date) -> None:
    assert due(text) == day


def test_closing_day_of_a_survey_is_due_even_in_mail_to_many() -> None:
    unsubscribe = "List-Unsubscribe: <https://x.example>"

    assert due("Our questionnaire on the park closes on 27 November.", unsubscribe) == date(2026, 11, 27)
    assert due("Опитування мешканців відкрите до 27 листопада.", unsubscribe) == date(2026, 11, 27)
    assert due("The shop closes on 27 November for repairs.", unsubscribe) is None


def test_bill_is_due_though_it_can_be_unsubscribed_from_or_speaks_of_a_discount() -> None:
    assert due("Сплатіть до 30.11.2026.", "List-Unsubscribe: <https://x.example>") == date(2026, 11, 30)
    assert due("Please pay by 30 November to keep your discount.") == date(2026, 11, 30)
    assert due("Order by 30 November to get a discount.", "List-Unsubscribe: <https://x.example>") is None


def test_day_a_sum_is_taken_is_due_where_the_reader_is_told_to_top_up() -> None:
    assert due("25 листопада спишемо 300 грн. Поповніть картку заздалегідь.") == date(2026, 11, 25)
    assert due("25 листопада спишемо 300 грн.") is None


@pytest.mark.parametrize(
    "text",
    [
        "I'm on leave until 30 November. Please write to Tom.",
        "Could you lend us the drill until the end of the month?",
        "Чекаю вас 25 листопада до 12:00 з документами.",
        "The lorry is near you on Thursday or on Monday, please tell us which.",
        "Підготували макет, перевірте його, будь ласка (готово буде за 2 дні).",
        "Сервер тримається, диск заповниться до 30 листопада.",
        "We're at Gran's until Sunday.",
    ],
)
def test_stays_loans_choices_and_forecasts_are_not_due(text: str) -> None:
    assert due(text) is None
