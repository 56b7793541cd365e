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
