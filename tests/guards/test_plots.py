"""Plots: what fraud tells in any language, heard as ideas that meet."""

import time

import pytest

from auramail.guards.plots import folded, plots_of


@pytest.mark.parametrize(
    ("text", "plot"),
    [
        ("Ваш доступ припинять завтра, якщо не оновите анкету.", "threat"),
        ("Su acceso caduca hoy: verifique su cuenta.", "threat"),
        ("A sua conta será bloqueada amanhã, confirme os dados.", "threat"),
        ("Hesabınız bugün askıya alınacak, bilgileri doğrulayın.", "threat"),
        ("Il tuo accesso scade oggi, conferma il profilo.", "threat"),
        ("Votre compte sera bloqué demain, confirmez.", "threat"),
        ("Uw rekening wordt morgen geblokkeerd, bevestig uw gegevens.", "threat"),
        ("Contul va fi blocat mâine, confirmați datele.", "threat"),
        ("Účet bude zítra zablokován, ověřte údaje.", "threat"),
        ("Paczka czeka: dopłać 2 zł do jutra.", "parcel_fee"),
        ("Votre colis est bloqué, réglez les frais sous 48 h.", "parcel_fee"),
        ("Kargonuz bekliyor, ücreti bugün ödeyin.", "parcel_fee"),
        ("Vam vznikl nárok, získejte příspěvek na kartu.", "refund"),
        ("Nie rozmawiaj o tym z nikim, to poufny przelew, jestem na zebraniu.", "secret_payment"),
        ("È una cosa riservata: serve un bonifico, sono in riunione.", "secret_payment"),
        ("Scan the square with your camera and sign in.", "scan"),
        ("My wages should go to a new account, what do you need?", "payroll"),
    ],
)
def test_a_plot_is_heard_in_any_language(text: str, plot: str) -> None:
    assert plot in plots_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lunch on Friday?",
        "Зустрічаємось о шостій біля театру.",
        "The meeting notes are on the wiki.",
        "Das Konzert war schön, bis Samstag!",
    ],
)
def test_usual_words_make_no_plot(text: str) -> None:
    assert not plots_of(text)


def test_ideas_that_stand_far_apart_do_not_meet() -> None:
    far = (
        "Your account is fine. "
        + "The garden is green and the weather is mild. " * 30
        + "The road was blocked. Confirm."
    )

    assert "threat" in plots_of("Your account is blocked. Confirm.")
    assert "threat" not in plots_of(far)


def test_the_words_a_plot_was_heard_in_are_named_in_their_order() -> None:
    words = plots_of("Посилку затримано, сплатіть мито сьогодні.")["parcel_fee"]

    assert words.split(" … ")[0] == "посилку"


def test_one_word_does_not_stand_for_two_ideas() -> None:
    assert "password" not in plots_of("password")


def test_accents_make_no_difference() -> None:
    assert folded("Vérifiez") == "verifiez"
    assert folded("їжак") == folded("іжак")


def test_a_text_made_to_be_slow_is_not() -> None:
    started = time.perf_counter()

    plots_of("verify account blocked " * 100_000 + "a" * 1_000_000)

    assert time.perf_counter() - started < 1
