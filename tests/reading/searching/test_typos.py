import pytest

from auramail.reading.searching.typos import mend


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("вчроа", "вчора"),
        ("вклдення", "вкладення"),
        ("тиджень", "тиждень"),
        ("yesteday", "yesterday"),
        ("unraed", "unread"),
        ("atachments", "attachments"),
        ("newsleters", "newsletters"),
        ("febuary", "february"),
    ],
)
def test_a_slip_is_mended(said: str, meant: str) -> None:
    assert mend(said) == meant


@pytest.mark.parametrize(
    "word",
    [
        "match",
        "after",
        "later",
        "olena",
        "олена",
        "договір",
        "weekly",
        "стаття",
        "x",
        "2024",
        "середній",
        "schedule",
        "податку",
        "потягом",
        "вдома",
    ],
)
def test_words_of_their_own_stay(word: str) -> None:
    assert mend(word) == word
