import pytest

from auramail.reading.companies import find_company
from tests.reading.letters import html_letter, letter, read


def company(sender: str, text: str = "Hello.", *headers: str) -> str | None:
    found = find_company(read(letter(text, *headers, sender=sender)))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Київенерго <noreply@kyivenergo.example>", "Київенерго"),
        ("Nova Poshta <vidpravka@novaposhta.example>", "Nova Poshta"),
        ("Rozetka <ana@rozetka.example>", "Rozetka"),
        ("Acme Billing <billing@acme.example>", "Acme"),
        ("Anna from Monobank <hello@monobank.example>", "Monobank"),
        ("Олена з Приватбанку <olena@privatbank.example>", "Приватбанку"),
        ("Ana Koval | Acme <ana@acme.example>", "Acme"),
        ("Ana Koval (Acme) <ana@acme.example>", "Acme"),
        ("ПриватБанк 24/7 Онлайн Сервіс <p24@pb.example>", "ПриватБанк 24/7 Онлайн Сервіс"),
        ("The Guardian <newsletter@theguardian.example>", "The Guardian"),
        ("Дніпрові води <rahunky@dv.example>", "Дніпрові води"),
        ("Банк Калина <do@kalyna.example>", "Банк Калина"),
        ("Книгарня «Полиця» <info@polytsia.example>", "Книгарня «Полиця»"),
        ("Бухгалтерія «Глибина» <buh@hlybyna.example>", "Глибина"),
        ("«Глибина» <info@hlybyna.example>", "Глибина"),
        ("Київські мережі <rahunky@merezhi.example>", "Київські мережі"),
        ("Світлиця <abonent-1@energo.example>", "Світлиця"),
    ],
)
def test_organisation_is_read_from_the_senders_name(sender: str, name: str) -> None:
    assert company(sender) == name


@pytest.mark.parametrize(
    "sender",
    [
        "Ana Koval <ana.koval@acme.example>",
        "Ана Коваль <a.koval@firm.example>",
        "Koval, Ana <ana@acme.example>",
        "Ana Koval (Kyiv) <ana@acme.example>",
        "Ben <ben@corp.example>",
        "Brent Welch <brent@welch.example>",
        "Brent Welch <brent@brentwelch.example>",
        "brent welch <bw@x.example>",
        "Оля з третього поверху <olia@firm.example>",
        "Nova Poshta <novaposhta@gmail.com>",
        "Бухгалтерія <buh@firm.example>",
        "ana@acme.example <ana@acme.example>",
        "noreply@acme.example",
        "24 <info@x.example>",
        "",
    ],
)
def test_people_and_departments_are_no_companies(sender: str) -> None:
    assert company(sender) is None


def test_mass_mail_comes_from_whom_it_names() -> None:
    unsubscribe = "List-Unsubscribe: <https://x.example>"

    assert company("Kyiv Digital <kd@city.example>", "x", unsubscribe) == "Kyiv Digital"
    assert company("Ana Koval <ana@lists.example>", "x", unsubscribe) is None
    assert company("Theo Dinter <felicity@kluge.example>", "x", unsubscribe, "List-Post: <mailto:l@x>") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Рахунок від ТОВ «Ромашка» на оплату", "ТОВ «Ромашка»"),
        ('ПрАТ "Київстар" повідомляє', 'ПрАТ "Київстар"'),
        ("Виконавець: ФОП Коваль Ана Петрівна, тел.", "ФОП Коваль Ана Петрівна"),
        ("This invoice is from Acme Widgets Ltd for May", "Acme Widgets Ltd"),
        ("Your provider, Example GmbH", "Example GmbH"),
    ],
)
def test_one_legal_form_in_the_text_names_the_company(text: str, name: str) -> None:
    assert company("Ana Koval <ana.koval@gmail.com>", text) == name


def test_of_several_companies_none_is_chosen() -> None:
    assert company("Ana Koval <ana@acme.example>", "Договір між ТОВ «Альфа» та ТОВ «Бета»") is None


def test_markup_comes_first() -> None:
    html = '<script type="application/ld+json">{"@type":"Order","merchant":{"name":"Rozetka"}}</script><p>ТОВ «Інше»'

    assert find_company(read(html_letter(html))) == ("Rozetka", "Rozetka")
