"""Phrases: what counts as said, and what only looks so."""

import time

import pytest

from auramail.reading.phrases import Hit, Phrasebook

BOOK = Phrasebook(
    {
        "password": ["confirm* send / password*", "підтверд* / парол*"],
        "threat": ["!account* / suspend*"],
        "alone": ["rsvp"],
    }
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Please confirm your password now.", "confirm your password"),
        ("Підтвердіть, будь ласка, свій пароль", "Підтвердіть, будь ласка, свій пароль"),
        ("CONFIRMING\nthe Passwords", "CONFIRMING\nthe Passwords"),
        ("If you do not confirm your password, we close", "confirm your password"),
    ],
)
def test_a_phrase_is_found_in_any_form_with_its_own_words(text: str, words: str) -> None:
    assert BOOK.find(text) == [Hit("password", words)]


@pytest.mark.parametrize(
    "text",
    [
        "The password was confirmed",  # the other order
        "We confirm. Your password is safe.",  # two sentences
        "Confirm\n\nPassword",  # two paragraphs
        "Never send your password to anyone",
        "Confirm that you do not send anybody a password",
        "confirm one two three four five six seven password",  # too far apart
        "",
    ],
)
def test_words_that_only_stand_about_are_no_phrase(text: str) -> None:
    assert BOOK.find(text) == []


def test_a_phrase_may_say_that_negation_does_not_matter() -> None:
    assert BOOK.find("Your account is not yet suspended") == [Hit("threat", "account is not yet suspended")]


def test_the_second_place_counts_when_the_first_is_negated() -> None:
    hits = BOOK.find("Do not send a password by post. Send the password here.")

    assert hits == [Hit("password", "Send the password")]


def test_hits_come_in_the_order_of_the_text() -> None:
    hits = BOOK.find("RSVP today! Then confirm the password.")

    assert [hit.name for hit in hits] == ["alone", "password"]


def test_beginning_and_end_of_a_very_long_text_are_read() -> None:
    text = "send password " + "word " * 20_000 + "account suspended"

    assert [hit.name for hit in BOOK.find(text)] == ["password", "threat"]


def test_an_empty_book_finds_nothing() -> None:
    assert Phrasebook({}).find("anything") == []


def test_a_text_made_of_trigger_words_costs_no_more_than_a_moment() -> None:
    text = "never confirm if not send " * 4_000

    started = time.perf_counter()
    BOOK.find(text)

    assert time.perf_counter() - started < 0.5
