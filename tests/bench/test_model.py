"""What a model costs a run: as the fake model counted it, beside one call for each message."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.model import THINKING, measure, measure_naive
from bench.model_page import EVERYDAY, NAIVE, OURS, Cost, goals_missed, remember, table, write_page
from bench.performance import Surroundings

AURAMAIL = Cost(EVERYDAY, OURS, 1000, asked=240, calls=50, sent=70_000, answered=9_000, seconds=80.0)
ONE_EACH = Cost(EVERYDAY, NAIVE, 1000, asked=1000, calls=1000, sent=950_000, answered=30_000, seconds=1987.0)


def test_a_run_asks_about_some_together_and_the_naive_way_about_each_alone() -> None:
    ours, naive = measure(EVERYDAY, 60), measure_naive(EVERYDAY, 60)

    assert 0 < ours.calls < ours.asked < naive.asked
    assert (naive.asked, naive.calls) == (60, 60)
    assert naive.seconds >= 60 + 30 * THINKING  # thirty calls, a minute later the next thirty
    assert ours.seconds < naive.seconds


@pytest.mark.parametrize(
    ("cost", "missed"),
    [
        (AURAMAIL, 0),
        (replace(AURAMAIL, calls=67), 1),
        (replace(AURAMAIL, seconds=199.0), 1),
        (replace(AURAMAIL, calls=67, seconds=199.0), 2),
    ],
)
def test_goals_are_shares_of_what_the_naive_way_takes(cost: Cost, missed: int) -> None:
    assert len(goals_missed([cost, ONE_EACH])) == missed


def test_without_the_naive_way_beside_it_no_goal_is_missed() -> None:
    assert goals_missed([AURAMAIL]) == []


def test_the_table_says_how_many_times_as_much_the_naive_way_takes() -> None:
    lines = table([AURAMAIL, ONE_EACH]).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]

    assert (cells[2][5], cells[2][9]) == ("20.0", "24.8")
    assert {len(line) for line in lines} == {len(lines[0])}


def test_the_newest_measurement_is_kept_and_told(tmp_path: Path) -> None:
    kept, page = tmp_path / "model.json", tmp_path / "model-bench.md"
    remember([replace(AURAMAIL, calls=99), ONE_EACH], kept)

    told = remember([AURAMAIL], kept)
    write_page(told, Surroundings("2026-11-29", "a machine"), page)

    assert told == [AURAMAIL, ONE_EACH]
    assert "2026-11-29 with a machine" in page.read_text("utf-8")
    assert "All met." in page.read_text("utf-8")
