"""When a score counts as worse: margins worked out by hand."""

import math

import pytest

from evals.drops import EXACTNESS, Score, drops, margin


@pytest.mark.parametrize(
    ("name", "score", "expected"),
    [
        ("kind_accuracy", Score(0.80, 400), 1.64 * math.sqrt(0.1 / 400)),  # 2.6 points: ten of 400 messages
        ("kind_accuracy", Score(0.80, 40), 1.64 * math.sqrt(0.1 / 40)),  # 8 points: three of 40
        ("phishing_found", Score(0.98, 100), 1.64 * math.sqrt(0.04 / 100)),  # twice its two mistakes: three of 100
        ("false_alarms", Score(0.0, 400), 1.64 * math.sqrt(2 / 400 / 400)),  # as if one of 400 were wrong: two of 400
        ("hidden", Score(0.0, 100), 0.0),
    ],
)
def test_the_margin_follows_from_the_size_of_the_set(name: str, score: Score, expected: float) -> None:
    assert margin(name, score) == pytest.approx(expected + EXACTNESS)


@pytest.mark.parametrize(
    ("name", "before", "now", "is_worse"),
    [
        ("kind_accuracy", 0.80, 0.78, False),
        ("kind_accuracy", 0.80, 0.77, True),
        ("kind_accuracy", 0.80, 0.99, False),
        ("calibration_error", 0.05, 0.07, False),
        ("calibration_error", 0.05, 0.08, True),
        ("calibration_error", 0.05, 0.00, False),
        ("false_alarms", 0.01, 0.02, False),
        ("false_alarms", 0.01, 0.03, True),
        ("false_alarms", 0.01, 0.00, False),
        ("hidden", 0.0, 1 / 400, True),
        ("hidden", 0.0, 0.0, False),
        ("local_sure", 0.6, 0.1, False),
    ],
)
def test_only_the_worse_beyond_the_margin_is_a_drop(name: str, before: float, now: float, is_worse: bool) -> None:
    found = drops({"uk": {name: Score(now, 400)}}, {"uk": {name: Score(before, 400)}})

    assert bool(found) is is_worse


def test_a_drop_says_what_fell_from_where_to_where() -> None:
    found = drops({"uk": {"due_exact": Score(0.5, 40)}}, {"uk": {"due_exact": Score(0.9, 40)}})

    assert found == ["worse: uk due_exact: 0.900 → 0.500 of 40"]


def test_a_score_that_is_no_longer_measured_is_a_drop_and_a_new_one_is_none() -> None:
    kept = {"uk": {"due_exact": Score(0.9, 40)}}

    assert drops({}, kept) == ["no longer measured: uk due_exact"]
    assert drops(kept | {"pl": {"due_exact": Score(0.1, 40)}}, kept) == []


def test_silence_has_no_precision_and_is_told_by_other_scores() -> None:
    assert drops({"uk": {}}, {"uk": {"due_precision": Score(0.9, 40)}}) == []
