"""What a language model is shown of a message."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auramail.core.messages import Address, Message
from auramail.reading.excerpts import GAP
from auramail.reading.masking import Secret
from auramail.reading.shown import LONGEST_TEXT, shown_sender, shown_subject, shown_text
from tests.builders import a_message

ANA = Address("ana@example.org", "Ana")


def message(text: str = "", subject: str = "", sender: Address = ANA, **fields: Any) -> Message:
    return replace(a_message(text=text, subject=subject, **fields), sender=sender)


def test_only_what_was_written_now_is_shown() -> None:
    mail = message(text="See you.", quoted="QUOTED", signature="SIGNED", hidden="HIDDEN", subject="Hello")

    assert shown_text(mail, 1000).text == "See you."


def test_text_is_masked_and_cut() -> None:
    mail = message(text=f"My card is 4111 1111 1111 1111. {'Nothing here. ' * 500}Write to ana@example.org, bye.")

    shown = shown_text(mail, 300)

    assert shown.text.startswith("My card is [card number].")
    assert shown.text.endswith("Write to [address], bye.")
    assert GAP in shown.text
    assert len(shown.text) <= 300
    assert shown.counts == {Secret.CARD: 1, Secret.ADDRESS: 1}


def test_code_alone_is_known_by_the_subject() -> None:
    mail = message(subject="Ваш код підтвердження", text="482913")

    assert shown_text(mail, 100).text == "[one-time code]"


@pytest.mark.parametrize("most", range(20, 400, 7))
def test_no_half_of_a_card_is_shown_wherever_it_is_cut(most: int) -> None:
    mail = message(text="Pay 4111 1111 1111 1111 now, please. " * 40)

    assert "1111" not in shown_text(mail, most).text


def test_no_half_of_a_card_is_shown_of_a_very_long_text() -> None:
    cards = "4111 1111 1111 1111 " * (LONGEST_TEXT // 20)
    mail = message(text=f"x{cards}\nmiddle\n{cards}{cards}")

    assert "1111" not in shown_text(mail, 3000).text


def test_subject_is_one_line_without_secrets() -> None:
    mail = message(subject="482913 is your\u202e verification\u200b code\r\nBcc: x")

    shown = shown_subject(mail, 100)

    assert shown.text == "[one-time code] is your verification code Bcc: x"
    assert shown.counts == {Secret.CODE: 1}


def test_subject_is_cut_between_words() -> None:
    assert len(shown_subject(message(subject="word " * 100), 50).text) <= 50


@pytest.mark.parametrize(
    ("name", "address", "shown"),
    [
        ("Ana Koval", "ana@example.org", "Ana Koval <ana@example.org>"),
        ("", "ana@example.org", "<ana@example.org>"),
        ("ana@example.org", "ana@example.org", "<ana@example.org>"),
        ("ben@example.com", "ana@example.org", "[address] <ana@example.org>"),
        ("An\u202ea\u200b\n Koval", "ana@example.org", "Ana Koval <ana@example.org>"),
        ("Ana \ud800", "ana@example.org", "Ana \ufffd <ana@example.org>"),
        ("Ana", "", "Ana"),
        ("", "", ""),
    ],
)
def test_sender_is_shown_by_own_name_and_address(name: str, address: str, shown: str) -> None:
    assert shown_sender(message(sender=Address(address, name))) == shown


def test_endless_sender_is_cut() -> None:
    assert len(shown_sender(message(sender=Address("a" * 5000, "Ana " * 5000)))) <= 410


WILD = st.text(alphabet=st.characters(), max_size=200)


@settings(max_examples=200, deadline=None)
@given(WILD, WILD, WILD, st.integers(0, 300))
def test_whatever_is_shown_can_be_sent(text: str, subject: str, name: str, most: int) -> None:
    mail = message(text=text, subject=subject, sender=Address(text, name))

    shown = (shown_text(mail, most).text, shown_subject(mail, most).text)
    for words in (*shown, shown_sender(mail)):
        words.encode()
    assert all(len(words) <= most for words in shown)


def test_halves_of_a_character_are_joined() -> None:
    mail: Message = message(text="smile \ud83d\ude00 and \udc00")

    assert shown_text(mail, 100).text == "smile \U0001f600 and \ufffd"
