"""Numbers made of counts, each worked out by hand."""

import pytest

from auramail.ops.quality.shares import Found, Share, calibration, confusion, found, mean, share


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [  # Wilson's interval, as tables of it give it for 95 %
        (5, 10, 0.237, 0.763),
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (81, 263, 0.255, 0.366),  # Newcombe 1998, table I
        (0, 20, 0.0, 0.161),  # the same table
        (1, 29, 0.006, 0.172),  # the same table
    ],
)
def test_an_interval_is_the_one_of_wilson(count: int, of: int, low: float, high: float) -> None:
    assert Share(count, of).interval() == pytest.approx((low, high), abs=0.0006)


def test_a_share_of_nothing_is_none() -> None:
    assert share([]).to_json() == {"share": None, "count": 0, "of": 0, "low": None, "high": None}


def test_a_share_counts_what_is_so() -> None:
    assert share([True, False, True, True]) == Share(3, 4)
    assert Share(3, 4).to_json()["share"] == 0.75


def test_precision_recall_and_f1_are_those_of_the_table() -> None:
    counted = found([(True, True), (True, True), (True, False), (False, True), (False, True), (False, False)])

    assert counted == Found(there=3, said=4, both=2)
    assert counted.precision == 2 / 4
    assert counted.recall == 2 / 3
    assert counted.f1 == 4 / 7


def test_what_is_not_there_and_not_said_has_no_quality() -> None:
    nothing = found([(False, False)])

    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
    assert found([(True, False)]).f1 == 0


def test_confusion_counts_each_answer_for_each_truth() -> None:
    assert confusion([("a", "b"), ("a", "a"), ("a", "b"), ("c", "c")]) == {"a": {"b": 2, "a": 1}, "c": {"c": 1}}


def test_a_mean_takes_nothing_for_zero() -> None:
    assert mean([1.0, None]) == 0.5
    assert mean([]) is None


def test_calibration_error_is_the_gap_of_each_bin_by_its_weight() -> None:
    table = calibration([(0.95, True), (0.95, False), (0.25, False), (0.25, False)])

    # In the last bin 1.9 of 2 were promised and 1 was right: 0.9; in the third 0.5 and none: 0.5; (0.9 + 0.5) / 4.
    assert table["error"] == 0.35
    assert table["bins"] == [
        {"from": 0.2, "to": 0.3, "messages": 2, "confidence": 0.25, "right": 0.0},
        {"from": 0.9, "to": 1.0, "messages": 2, "confidence": 0.95, "right": 0.5},
    ]


def test_certainty_that_is_always_right_has_no_calibration_error() -> None:
    assert calibration([(1.0, True), (0.0, False)])["error"] == 0
    assert calibration([])["error"] is None
