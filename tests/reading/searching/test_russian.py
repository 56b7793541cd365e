import pytest

from auramail.reading.searching.russian import in_ukrainian
from auramail.reading.searching.tokens import tokens_of


def keys(text: str) -> list[str]:
    return [token.key for token in in_ukrainian(tokens_of(text))]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("письма с вложением", ["листи", "з", "вкладення"]),
        ("за прошлую неделю", ["за", "минулого", "тиждень"]),
        ("непрочитанные за сегодня", ["непрочитані", "за", "сьогодні"]),
        ("всё от Анны", ["всі", "від", "анны"]),
    ],
)
def test_russian_words_are_read_as_ukrainian_ones(said: str, read: list[str]) -> None:
    assert keys(said) == read


def test_what_was_written_stays() -> None:
    assert [token.text for token in in_ukrainian(tokens_of("Письма от Ольги"))] == ["Письма", "от", "Ольги"]


@pytest.mark.parametrize("said", ["ну от і знайди лист", "от листи", "зміна з 5 марта"])
def test_ukrainian_words_that_look_russian_stay(said: str) -> None:
    assert keys(said) == said.split()


def test_from_stands_before_a_sender_in_mixed_speech() -> None:
    assert keys("фото от Сергія") == ["фото", "від", "сергія"]
