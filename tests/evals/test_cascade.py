"""When a language model is asked: how that is chosen, and that what is written is what was measured."""

import json
from pathlib import Path

import pytest

from auramail.core.decisions import Category
from auramail.judging import uncertainty
from auramail.judging.uncertainty import Measured
from evals.cascade import CHOSEN, NUMBERS, PAGE, RIGHT, other_choice, read_chosen, worse, written
from evals.cascade_page import page_of
from evals.cases import Outcome, Weighed, mean, naive, weigh_all
from evals.thresholds import GRID, MOST, Tried, choose, fare, fit, measure
from tests.evals.test_run import SET

NUMBERS_TOLD = json.loads(NUMBERS.read_text("utf-8"))
UNSURE = """\
=== newsletter
Garden weekly <garden{number}@garden.example> | Hello
Nothing much to say, number {number}.
"""


@pytest.fixture
def tried(tmp_path: Path) -> list[Tried]:
    (tmp_path / "en-one.txt").write_text(
        SET + "".join(UNSURE.format(number=number) for number in range(20)), encoding="utf-8"
    )
    return [Tried(weighed) for weighed in weigh_all(tmp_path)]


@pytest.fixture(scope="module")
def weighed() -> list[Weighed]:
    return weigh_all()


def test_the_page_tells_what_was_measured() -> None:
    assert PAGE.read_text("utf-8") == page_of(NUMBERS_TOLD, read_chosen())


def test_what_ships_is_what_was_chosen() -> None:
    assert uncertainty.measured() == read_chosen()
    assert CHOSEN.read_text("utf-8") == written(read_chosen(), NUMBERS_TOLD["groups"]["all"]["messages"])


@pytest.mark.parametrize("oracle", ["0.85", "0.90", "0.95"])
def test_the_cascade_is_as_right_as_one_call_each_for_a_fraction_of_it(oracle: str) -> None:
    whole = NUMBERS_TOLD["groups"]["all"]
    rows, cost = whole["oracles"][oracle], whole["cost"]

    assert rows["ours_shown"]["category"] >= rows["naive"]["category"] - RIGHT
    assert rows["ours_shown"]["hidden"] <= rows["naive"]["hidden"]
    assert cost["backlog"]["calls"] < cost["naive"]["calls"] / 8
    assert cost["backlog"]["dollars"] < cost["naive"]["dollars"] / 4


def test_the_worth_that_ships_is_among_those_tried() -> None:
    assert any(row["is_ours"] for row in NUMBERS_TOLD["worth"])


def test_factors_say_how_often_a_sort_proves_right(tried: list[Tried]) -> None:
    factors = fit(tried)

    assert all(0 < factor <= MOST for factor in factors.values())
    assert fit([]) == {}


def test_the_cheapest_thresholds_that_are_good_enough_are_chosen(tried: list[Tried]) -> None:
    right = [one for one in tried if one.unasked.category == 1.0]

    assert choose(right) == (max(GRID), max(GRID))


def test_the_most_careful_are_chosen_where_none_are_good_enough(tmp_path: Path) -> None:
    lies = SET.replace("=== personal", "=== travel").replace("=== newsletter", "=== security_code") * 8
    (tmp_path / "en-one.txt").write_text(lies, encoding="utf-8")

    assert choose([Tried(weighed) for weighed in weigh_all(tmp_path)]) == (min(GRID), min(GRID))


def test_no_message_has_a_part_in_how_it_is_measured(tried: list[Tried]) -> None:
    fared = fare(tried)

    assert [one.tried for one in fared] == tried
    assert {one.is_asked for one in fared if not one.tried.weighed.may_be_shown} <= {False}


def test_the_naive_way_hides_what_its_model_mistakes(weighed: list[Weighed]) -> None:
    truth = next(one.truth for one in weighed if one.truth.category is Category.IMPORTANT)

    outcome = naive(truth, 0.9)

    assert outcome.category == pytest.approx(0.9)
    assert 0 < outcome.hidden < 0.1


def test_a_mean_is_of_each_number() -> None:
    assert mean([Outcome(1.0, 0.0, 0.0), Outcome(0.0, 1.0, 0.0)]) == Outcome(0.5, 0.5, 0.0)


def test_another_choice_is_told_only_if_it_is_much_cheaper_or_better(tried: list[Tried]) -> None:
    chosen = measure(tried)

    assert list(other_choice(tried, chosen, chosen)) == []
    assert "for much less" in next(other_choice(tried, Measured(1.0, 1.0, {}), Measured(-1.0, -1.0, {})))


def test_a_choice_that_is_right_less_often_is_told_for_each_oracle(weighed: list[Weighed]) -> None:
    some = [Tried(each) for each in weighed[:150]]

    told = list(other_choice(some, read_chosen(), Measured(1.0, 1.0, {})))

    assert [line.partition(":")[0] for line in told] == ["oracle 0.85", "oracle 0.9", "oracle 0.95"]


def test_what_became_worse_is_told() -> None:
    told = {"groups": {"uk": {"oracles": {"0.90": {"ours_shown": {"category": 0.93, "hidden": 0.001}}}}}}
    now = {"groups": {"uk": {"oracles": {"0.90": {"ours_shown": {"category": 0.92, "hidden": 0.009}}}}}}

    assert list(worse(told, told)) == []
    assert [line.partition(":")[0] for line in worse(now, told)] == ["worse", "more hidden"]
