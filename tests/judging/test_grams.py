"""Hashing words and letter groups with numpy against doing it slowly, one character at a time."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from auramail.judging.grams import BITS, LONGEST_WORD, ROWS, fold, grams, once, rows

BASE = 0x9E3779B97F4A7C15
PAIR = 0xC2B2AE3D27D4EB4F
MIX = 0xD6E8FEB86659FD93
MASK = (1 << 64) - 1
TEXTS = st.text(st.sampled_from("abcїґЄжЖ 019-.,!№$'é\n😀Öß"), max_size=80) | st.text(max_size=60)


def slow_hash(units: list[int]) -> int:
    return sum(unit * pow(BASE, place, 1 << 64) for place, unit in enumerate(units)) & MASK


def slow_row(value: int, salt: int) -> int:
    mixed = (value + salt * PAIR) & MASK
    mixed ^= mixed >> 32
    mixed = mixed * MIX & MASK
    mixed ^= mixed >> 29
    return (mixed * BASE & MASK) >> (64 - BITS)


def slow_words(units: list[int]) -> list[list[int]]:
    words: list[list[int]] = [[]]
    for unit in units:
        if unit == ord(" "):
            words.append([])
        else:
            words[-1].append(unit)
    return [word for word in words if 0 < len(word) <= LONGEST_WORD]


def slow_groups(units: list[int], length: int) -> list[list[int]]:
    runs = [units[place : place + length] for place in range(len(units) - length + 1)]
    return [run for run in runs if ord(" ") not in run[1:-1]]


@given(TEXTS)
def test_hashes_are_those_of_a_slow_reading_of_the_same_units(text: str) -> None:
    units = fold(text).tolist()

    read = grams(text)

    words = [slow_hash(word) for word in slow_words(units)]
    assert read.words.tolist() == words
    assert read.pairs.tolist() == [(first * PAIR + second) & MASK for first, second in pairwise(words)]
    assert read.threes.tolist() == [slow_hash(run) for run in slow_groups(units, 3)]
    assert read.fives.tolist() == [slow_hash(run) for run in slow_groups(units, 5)]


@given(st.lists(st.tuples(st.lists(st.integers(0, MASK), max_size=6), st.integers(0, 9)), min_size=1, max_size=4))
def test_rows_are_those_of_mixing_each_hash_alone(parts: list[tuple[list[int], int]]) -> None:
    found = rows([(np.array(hashes, dtype=np.uint64), salt) for hashes, salt in parts])

    assert [part.tolist() for part in found] == [[slow_row(value, salt) for value in hashes] for hashes, salt in parts]


@given(TEXTS)
def test_folded_text_has_single_blanks_and_one_at_each_end(text: str) -> None:
    units = fold(text)

    blanks = units == ord(" ")
    assert blanks[0]
    assert blanks[-1]
    assert not (blanks[1:] & blanks[:-1]).any()


@given(st.lists(st.lists(st.integers(0, ROWS - 1), max_size=8), max_size=3))
def test_every_row_is_listed_once_and_in_order(parts: list[list[int]]) -> None:
    found = once([np.array(part, dtype=np.int64) for part in parts])

    assert found.tolist() == sorted({row for part in parts for row in part})


def test_case_digits_and_signs_between_words_make_no_difference() -> None:
    assert fold("Рахунок №123, BILL!").tobytes() == fold("  рахунок\n№987 bill").tobytes()


def test_latin_letters_lose_accents_and_ukrainian_letters_stay_themselves() -> None:
    assert fold("Málaga").tobytes() == fold("malaga").tobytes()
    assert fold("їй").tobytes() != fold("іи").tobytes()


def test_faces_are_one_sign_whatever_they_show() -> None:
    assert fold("🎉").tobytes() == fold("🔥").tobytes() == fold("☎").tobytes()


def test_a_word_has_the_same_hash_wherever_it_stands() -> None:
    first, second = grams("invoice due"), grams("please pay the invoice")

    assert first.words[0] == second.words[3]


def test_salts_keep_subject_and_body_apart() -> None:
    words = grams("invoice").words

    as_subject, as_body = rows([(words, 1), (words, 2)])

    assert as_subject.tolist() != as_body.tolist()


def test_runs_longer_than_a_word_are_no_words() -> None:
    assert len(grams("x" * (LONGEST_WORD + 1))) == 0
    assert len(grams("x" * LONGEST_WORD)) == 1


def test_words_can_be_read_back_as_they_were_folded() -> None:
    read = grams("Сплатіть 1500 грн!")

    assert read.words_at(np.arange(len(read))) == ["сплатіть", "0000", "грн"]
