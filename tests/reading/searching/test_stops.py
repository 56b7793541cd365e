import pytest

from auramail.reading.searching.vocabulary import STOPS, WORDS


@pytest.mark.parametrize(
    "word", ["мене", "якусь", "лежить", "згадують", "хочеться", "письма", "который", "please", "wondering", "those"]
)
def test_words_that_say_nothing_are_listed(word: str) -> None:
    assert word in STOPS.split()


def test_no_word_of_days_files_or_folders_says_nothing() -> None:
    tables = ("days.yesterday", "days.today", "folders.", "attachments.", "tabs.", "states.", "units.")
    meant = {word for name, words in WORDS.items() if name.startswith(tables) for word in words.split()}

    assert meant & set(STOPS.split()) == set()


@pytest.mark.parametrize("form", ["вчорашній", "вчорашню", "учорашніх", "вчорашньою"])
def test_adjectives_of_a_soft_stem_are_known_in_each_form(form: str) -> None:
    assert form in WORDS["days.yesterday"].split()


@pytest.mark.parametrize("form", ["важливий", "важливої", "важливими", "важливе"])
def test_adjectives_of_a_hard_stem_are_known_in_each_form(form: str) -> None:
    assert form in WORDS["states.is:important"].split()
