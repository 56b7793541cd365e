import pytest

from auramail.reading.invisible import without_unseen


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\ufeff", "\u202e", "\u2066", "\u034f", "\ufe0f", "\U000e0100"])
def test_characters_nobody_sees_are_taken_out(unseen: str) -> None:
    assert without_unseen(f"pay{unseen}pal") == ("paypal", "")


def test_control_characters_are_spaces() -> None:
    assert without_unseen("a\x1b[31mb\x85c\nd\te") == ("a [31mb c\nd\te", "")


def test_what_tag_characters_spell_is_read_out() -> None:
    spelt = "".join(chr(0xE0000 + ord(character)) for character in "obey me")

    assert without_unseen(f"Hello{spelt}!") == ("Hello!", "obey me")


def test_usual_text_stays() -> None:
    text = "Привіт, Ано! Café 5 €\nта 🎉"

    assert without_unseen(text) == (text, "")
