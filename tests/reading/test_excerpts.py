"""Excerpts: what is left of a text that is too long."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auramail.reading.excerpts import GAP, excerpt
from auramail.reading.masking import PLACEHOLDERS, mask

PLAIN = "The ferns grew well all summer and nobody went near them. "
LONG = PLAIN * 60


def test_text_within_the_budget_stays_as_it_is() -> None:
    text = "  Hello,\n\n\nall is well. \n"

    assert excerpt(text, len(text)) == text


def test_beginning_and_end_are_always_there() -> None:
    said = excerpt(f"Dear Ana, hello. {LONG} Yours, Ben of the long letter.", 500)

    assert said.startswith("Dear Ana, hello.")
    assert said.endswith("Yours, Ben of the long letter.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Please send me the signed form.",
        "Надішліть, будь ласка, підписану угоду.",
        "Could you call the plumber?",
        "The hearing is on 12 March 2026 at 10:00.",
        "Засідання відбудеться 12 березня о 10:00.",
        "You owe us 1 250,00 грн for the water.",
        "The fee is $99.50 for a year.",
    ],
)
def test_sentence_that_asks_dates_or_counts_is_kept(sentence: str) -> None:
    said = excerpt(f"Dear Ana. {LONG}{sentence} {LONG}Bye.", 700)

    assert sentence in said
    assert f"{GAP}\n{sentence}\n{GAP}" in said


def test_asks_go_before_dates_where_there_is_no_room_for_both() -> None:
    dates = "The meeting on 12 March 2026 was long. " * 40
    said = excerpt(f"{LONG}{dates}Please water the ferns. {dates}{LONG}", 400)

    assert "Please water the ferns." in said


def test_parts_stand_in_the_order_of_the_text() -> None:
    said = excerpt(f"First. {LONG}You owe 5,00 €. {LONG}Please pay it. {LONG}Last.", 600)

    places = [said.index(words) for words in ("First.", "You owe 5,00 €.", "Please pay it.", "Last.")]
    assert places == sorted(places)


def test_budget_is_used() -> None:
    assert len(excerpt(LONG, 1000)) > 900


def test_long_sentence_is_cut_between_words() -> None:
    words = [f"word{number}" for number in range(500)]
    said = excerpt(" ".join(words), 300)

    assert set(said.replace(GAP, " ").split()) <= set(words)
    assert said.startswith("word0 ")
    assert said.endswith(" word499")


def test_placeholder_is_never_cut() -> None:
    for most in range(20, 200):
        said = excerpt("[card number] [card security code] and so on " * 40, most)

        assert "[card" not in said.replace("[card number]", "").replace("[card security code]", "")


@pytest.mark.parametrize(("most", "said"), [(-1, ""), (0, ""), (2, ""), (3, GAP), (10, GAP)])
def test_where_nothing_fits_only_the_gap_is_told(most: int, said: str) -> None:
    assert excerpt("unbreakable" * 10, most) == said


TEXTS = st.text(max_size=400) | st.lists(
    st.sampled_from(
        [PLAIN, "Please call me. ", "12 березня. ", "5,00 € ", "\n\n", "word ", "x" * 50, "? ", *PLACEHOLDERS.values()]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.integers(-5, 600))
def test_excerpt_is_never_longer_than_it_may_be(text: str, most: int) -> None:
    assert len(excerpt(text, most)) <= max(most, 0)


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.integers(0, 600))
def test_parts_are_of_the_text_and_in_its_order(text: str, most: int) -> None:
    text = mask(text).text.replace(GAP, "")
    reached = 0

    for part in excerpt(text, most).split(GAP):
        place = text.find(part.strip(), reached)
        assert place >= 0
        reached = place + len(part.strip())


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(0, 600))
def test_words_are_never_cut(text: str, most: int) -> None:
    text = text.replace(GAP, "").replace("。", "")

    assert set(excerpt(text, most).replace(GAP, " ").split()) <= set(text.split())


@given(TEXTS, st.integers(0, 600))
def test_same_text_gives_the_same_excerpt(text: str, most: int) -> None:
    assert excerpt(text, most) == excerpt(f"{text}", most)
