"""Impersonation: names that do not go with their address."""

import pytest

from auramail.core.accounts import Person
from auramail.guards.impersonation import inspect
from tests.builders import a_message

ANA = Person(
    addresses=frozenset({"ana@example.com"}),
    correspondents={"petro.melnyk@firm.example": 4, "olena.koval@gmail.com": 2},
)


@pytest.mark.parametrize(
    ("sender", "words"),
    [
        ("ПриватБанк <info@some-mail.example>", "ПриватБанк"),
        ("PayPal Support <help@gmail.com>", "PayPal"),
        ("РауРаl <help@some-mail.example>", "PayPal"),  # the first, second and fifth letters are Cyrillic
        ("Команда ПриватБанку <info@some-mail.example>", "ПриватБанк"),
        ("Дія <info@some-mail.example>", "Дія"),
        ("ceo@firm.example <x@evil.example>", "ceo@firm.example"),
        ("Служба підтримки <support.ua@gmail.com>", "gmail.com"),
        ("IT Help Desk <it.desk@outlook.com>", "outlook.com"),
        ("Петро Мельник <p.office@evil.example>", "petro.melnyk@firm.example"),
        ("Petro Melnyk <boss@evil.example>", "petro.melnyk@firm.example"),
        ("example.com Mail Server <postmaster@evil.example>", "your own domain"),
    ],
)
def test_a_borrowed_name_is_seen_with_what_gives_it_away(sender: str, words: str) -> None:
    finding = inspect(a_message(sender=sender), ANA)

    assert finding is not None
    assert finding.weight >= 1.5
    assert words in finding.evidence.say()


@pytest.mark.parametrize(
    "sender",
    [
        "ПриватБанк <info@privatbank.ua>",
        "Google <no-reply@accounts.google.com>",
        "Amazon.de <versand@amazon.de>",
        "Петро Мельник <petro.melnyk@firm.example>",
        "Petro Melnyk <petro.melnyk@gmail.com>",  # his own name at a private address
        "Olena Koval <olena.koval@gmail.com>",
        "Надія Бойко <nadiia@shop.example>",  # ends like the brand Дія
        "Support <help@hosting.example>",
        "Відділ збуту <zbut@firm.example>",
        "info@shop.example <info@mail.shop.example>",
        "Petro <someone@shop.example>",
        "",
    ],
)
def test_an_honest_name_is_left_alone(sender: str) -> None:
    assert inspect(a_message(sender=sender), ANA) is None


def test_lists_and_services_that_rewrite_the_sender_are_left_alone() -> None:
    assert inspect(a_message(sender="'petro.melnyk@firm.example' via Team <team@lists.example>"), ANA) is None
    assert inspect(a_message(sender="PayPal fans <x@lists.example>", headers={"list-id": "<x>"}), ANA) is None


@pytest.mark.parametrize(
    ("sender", "reply_to"),
    [
        ("Director <boss@firm.example>", "boss.firm@proton.me"),
        ("Bank <info@privatbank.ua>", "bank.help@gmail.com"),
        ("Ivan <ivan@firm.example>", "ivan@elsewhere.example"),
        ("Ivan <ivan@gmail.com>", "other.man@outlook.com"),
    ],
)
def test_an_answer_led_elsewhere_is_seen(sender: str, reply_to: str) -> None:
    finding = inspect(a_message(sender=sender, reply_to=reply_to), ANA)

    assert finding is not None
    assert reply_to in finding.evidence.say()


@pytest.mark.parametrize(
    ("reply_to", "headers"),
    [
        ("sales@mail.firm.example", {}),
        ("petro.melnyk@firm.example", {}),
        ("x@lists.example", {"list-id": "<x>"}),
        ("answers@esp.example", {"list-unsubscribe": "<https://x>"}),
    ],
)
def test_an_answer_to_the_same_house_or_a_list_is_usual(reply_to: str, headers: dict[str, str]) -> None:
    message = a_message(sender="Ivan <ivan@firm.example>", reply_to=reply_to, headers=headers)

    assert inspect(message, ANA) is None


def test_the_private_second_address_of_a_correspondent_weighs_next_to_nothing() -> None:
    message = a_message(sender="Ivan <ivan.franko@gmail.com>", reply_to="ivan.franko@ukr.net")

    assert inspect(message, ANA) is None


def test_a_correspondent_may_have_answers_sent_anywhere() -> None:
    message = a_message(sender="Petro <petro.melnyk@firm.example>", reply_to="secretary@gmail.com")

    assert inspect(message, ANA) is None


def test_several_senders_in_one_header_are_seen() -> None:
    assert inspect(a_message(notes=("several_senders",)), ANA) is not None


def test_an_ending_that_is_often_abused_is_a_small_sign() -> None:
    finding = inspect(a_message(sender="Shop <shop@bargains.top>"), ANA)

    assert finding is not None
    assert finding.weight < 1


def test_mixed_letters_in_a_name_are_a_small_sign() -> None:
    finding = inspect(a_message(sender="Вiддiл збуту <zbut@firm.example>"), ANA)  # with Latin i

    assert finding is not None
    assert finding.weight < 1
