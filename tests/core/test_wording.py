"""Sentences for people, whose values may come from strangers."""

import pytest

from auramail.core.wording import LONGEST_VALUE, Wording, plain


def test_values_stand_where_the_template_says() -> None:
    assert Wording.of("You write to {person}", person="ben@friends.example").say() == "You write to ben@friends.example"


def test_translation_takes_the_values_in_its_own_order() -> None:
    wording = Wording.of("{count} of {all} messages", count=3, all=9)

    assert wording.say(lambda _: "з {all} листів — {count}") == "з 9 листів — 3"


@pytest.mark.parametrize("broken", ["{unknown}", "{", "{0}", "{person!x}"])
def test_broken_translation_falls_back_to_english(broken: str) -> None:
    wording = Wording.of("You write to {person}", person="Ben")

    assert wording.say(lambda _: broken) == "You write to Ben"


def test_value_is_never_read_as_a_template() -> None:
    wording = Wording.of("From {sender}", sender="{secret} {0} {sender}")

    assert wording.say() == "From {secret} {0} {sender}"


def test_only_the_template_is_translated() -> None:
    asked: list[str] = []

    def translate(text: str) -> str:
        asked.append(text)
        return text

    Wording.of("From {sender}", sender="mail content").say(translate)

    assert asked == ["From {sender}"]


@pytest.mark.parametrize(
    ("foreign", "line"),
    [
        ("two\nlines\r\nand\ttabs", "two lines and tabs"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("zero\u200bwidth", "zerowidth"),
        ("half \ud83d pair", "half pair"),
        ("  blanks   around  ", "blanks around"),
        ("Привіт, Олено!", "Привіт, Олено!"),
        ("", ""),
    ],
)
def test_foreign_text_becomes_one_harmless_line(foreign: str, line: str) -> None:
    assert plain(foreign) == line


def test_long_values_are_cut_and_show_it() -> None:
    cut = plain("x" * 500)

    assert len(cut) == LONGEST_VALUE
    assert cut.endswith("…")
    assert plain("x" * LONGEST_VALUE) == "x" * LONGEST_VALUE


def test_wording_survives_storage() -> None:
    wording = Wording.of("{count} letters from {sender}", count=2, sender="Ben")

    assert Wording.from_json(wording.to_json()) == wording


def test_stored_wording_without_values_is_still_a_sentence() -> None:
    assert Wording.from_json({"text": "Gone"}) == Wording("Gone")
