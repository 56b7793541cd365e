"""Asking: the sentences that ask, and what they want."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.reading.asking import asking_of


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Could you send me the file?", "answer"),
        ("Надішліть мені файл.", "answer"),
        ("Please sign the form.", "action"),
        ("Підпишіть угоду.", "action"),
        ("Is it raining?", "question"),
        ("Це дві ночі чи три?", "question"),
    ],
)
def test_asks_are_told_apart_by_what_they_want_back(text: str, sort: str) -> None:
    assert [ask.sort for ask in asking_of(text).asks] == [sort]


def test_ask_stands_where_its_words_are() -> None:
    text = "All is well. Please water the ferns. Bye!"

    [ask] = asking_of(text).asks

    assert text[ask.start : ask.end] == ask.words == "Please water the ferns."


def test_unknown_ukrainian_imperative_is_an_ask() -> None:
    assert [ask.sort for ask in asking_of("Перефарбуйте, будь ласка, хвіртку.").asks] == ["action"]


def test_refusals_are_heard() -> None:
    assert asking_of("Please do not reply to this message.").no_answer
    assert asking_of("Відповідати на цей лист не потрібно.").no_answer
    assert asking_of("No action is required.").no_action
    assert asking_of("Від вас нічого не потрібно.").no_action
    assert not asking_of("If it was you, no action is required.").no_action


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["please", "send", "?", ".", "ні", "якщо", "\n\n", "до"])).map(" ".join)
)
def test_any_text_asks_something_or_nothing(text: str) -> None:
    for ask in asking_of(text).asks:
        assert " ".join(text[ask.start : ask.end].split())[:300] == ask.words
