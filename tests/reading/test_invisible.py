import pytest

from auramail.reading.invisible import _UNSEEN, one_line, without_controls, without_unseen


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\ufeff", "\u202e", "\u2066", "\u034f", "\ufe0f", "\U000e0100"])
def test_characters_nobody_sees_are_taken_out(unseen: str) -> None:
    assert without_unseen(f"pay{unseen}pal") == ("paypal", "")


def test_every_character_nobody_sees_is_known_as_such_in_text_that_is_printable_without_it() -> None:
    for code in (*range(0xA0, 0x3165), *range(0xFE00, 0xFFA1), *range(0xE0000, 0xE1000)):
        unseen = chr(code)
        if _UNSEEN.match(unseen):
            assert without_unseen(f"Привіт{unseen}!")[0] == "Привіт!", hex(code)


def test_control_characters_are_spaces() -> None:
    assert without_unseen("a\x1b[31mb\x85c\nd\te") == ("a [31mb c\nd\te", "")


def test_what_tag_characters_spell_is_read_out() -> None:
    spelt = "".join(chr(0xE0000 + ord(character)) for character in "obey me")

    assert without_unseen(f"Hello{spelt}!") == ("Hello!", "obey me")


def test_usual_text_stays() -> None:
    text = "Привіт, Ано! Café 5 €\nта 🎉"

    assert without_unseen(text) == (text, "")


def test_line_ends_of_unicode_are_line_ends() -> None:
    assert without_unseen("one\u2028two\u2029three")[0] == "one\ntwo\nthree"


def test_one_line_is_what_is_seen_and_a_name_keeps_what_tricks_the_eye() -> None:
    assert one_line(" a\n b\u200b \x00c ") == "a b c"
    assert one_line("a  b") == "a b"
    assert without_controls("invoice\u202efdp.\x00exe\n") == "invoice\u202efdp. exe"
