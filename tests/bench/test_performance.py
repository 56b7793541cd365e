from dataclasses import replace
from pathlib import Path

from bench.floor import floor_of
from bench.measuring import Cost, changes_between
from bench.performance import ALL_READ, SURVEY, Row, Surroundings, goals_missed, remember, table, write_page

FLOOR = floor_of(1000, 1000, (1000,))  # 2 pages, 1,000 messages and one change: 20,060 units, 140.6 s
GOOD = Cost(messages=1000, read=1000, units=20_260, calls=40, seconds=142.0, floor=FLOOR)
NAIVE = Cost(messages=1000, read=1000, units=25_010, calls=2002, seconds=284.0, floor=FLOOR, is_reckoned=True)


def test_survey_is_held_to_a_share_of_reading_everything_and_to_reading_what_is_protected() -> None:
    thrifty = replace(GOOD, read=440, units=round(0.44 * GOOD.floor.units))
    rash = replace(thrifty, unread_protected=3)

    assert goals_missed([Row(SURVEY, thrifty)]) == []
    assert goals_missed([Row(SURVEY, GOOD)]) != []
    assert goals_missed([Row(SURVEY, rash)]) != []


def test_a_run_within_all_goals_misses_none() -> None:
    assert goals_missed([Row("all read", GOOD, 150), Row("naive", NAIVE)]) == []


def test_each_goal_can_be_missed() -> None:
    bad = replace(GOOD, units=30_000, calls=100, seconds=200.0, unread_protected=3)

    missed = goals_missed([Row("all read", bad, 220)])

    assert missed == [
        "MISSED, 1,000 messages, all read: units to the floor 1.5, at most 1.05",
        "MISSED, 1,000 messages, all read: seconds to the floor 1.42, at most 1.15",
        "MISSED, 1,000 messages, all read: HTTP calls a message 0.1, at most 0.05",
        "MISSED, 1,000 messages, all read: MB of memory 220, at most 200",
        "MISSED, 1,000 messages, all read: protected messages left unread 3, at most 0",
    ]


def test_the_table_says_how_much_slower_the_naive_client_is_and_what_was_reckoned() -> None:
    lines = table([Row("all read", GOOD, 150), Row("naive", NAIVE)]).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]

    assert cells[2] == ["1,000", "all read", "1,000", "20,260", "1.010", "40", "0.040", "142.0", "1.010", "2.00", "150"]
    assert cells[3][3] == "≈25,010"
    assert {len(line) for line in lines} == {len(lines[0])}


def test_the_page_tells_when_and_where_it_was_measured_and_what_was_missed(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"

    write_page([Row("all read", replace(GOOD, calls=100), 150)], Surroundings("2026-11-28", "a quiet machine"), page)

    text = page.read_text(encoding="utf-8")
    assert "Measured on 2026-11-28 with a quiet machine." in text
    assert "- 1,000 messages, all read: HTTP calls a message 0.1, at most 0.05" in text


def test_equal_changes_are_one_group_and_no_change_is_none() -> None:
    inbox, filed, read = frozenset({"INBOX"}), frozenset({"Label_1"}), frozenset({"INBOX", "Label_2"})
    before = dict.fromkeys("abcd", inbox)

    assert sorted(changes_between(before, {"a": filed, "b": filed, "c": read, "d": inbox})) == [1, 2]


def test_results_of_other_sizes_are_kept_and_those_of_the_same_size_replaced(tmp_path: Path) -> None:
    kept = tmp_path / "results.json"
    small = replace(GOOD, messages=250)
    remember([Row(ALL_READ, GOOD, 150), Row(ALL_READ, small, 140)], kept)

    rows = remember([Row(ALL_READ, replace(GOOD, units=20_300), 151)], kept)

    assert {(row.cost.messages, row.cost.units, row.memory) for row in rows} == {
        (1000, 20_300, 151),
        (250, 20_260, 140),
    }
    assert {row.cost.floor for row in rows} == {FLOOR}
