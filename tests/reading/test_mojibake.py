import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.reading.charsets import decode_text
from auramail.reading.mojibake import undo_mojibake


@pytest.mark.parametrize("once", ["latin_1", "cp1251"])
@pytest.mark.parametrize("said", ["Ваше замовлення прийнято", "Доброго дня, Олено"])
def test_text_encoded_twice_is_read_once_more(said: str, once: str) -> None:
    twice = said.encode().decode(once).encode()

    assert decode_text(twice, "utf-8") == (said, False)


def test_windows_quotes_in_the_disguise_are_known() -> None:
    assert undo_mojibake("ÐŸÑ€Ð¸Ð²Ñ–Ñ‚, CafÃ© Â«ÃœÂ»") == "Привіт, Café «Ü»"


def test_only_the_broken_lines_are_changed() -> None:
    assert undo_mojibake("РџСЂРёРІС–С‚\nДобрий день\nCafé") == "Привіт\nДобрий день\nCafé"


@pytest.mark.parametrize(
    "text",
    [
        *("Січень, Рік, Сіль, РіС", "Café Übung — naïve", "Ñandú, Âge, Ðà", "5 °C, Â°", "№ 5 «Її ґанок»", "日本語", ""),
        "Рі Сі Рі Сі",
    ],
)
def test_usual_text_stays_as_it_is(text: str) -> None:
    assert undo_mojibake(text) is text


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_stays_text_that_can_be_written_down(text: str) -> None:
    undo_mojibake(text).encode()
