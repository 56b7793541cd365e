"""The repository's own evals: what is kept of them, and that a drop really fails."""

from pathlib import Path

import pytest

from auramail.flow.classify import Judges
from evals.drops import Score, drops
from evals.run import main, measured, read_scores, scores_by_language, write_scores
from evals.sets import FOLDER

KEPT = {
    "kind_accuracy",
    "kind_macro_f1",
    "category_accuracy",
    "action_f1",
    "reply_f1",
    "due_exact",
    "due_precision",
    "amount_exact",
    "amount_precision",
    "phishing_found",
    "false_alarms",
    "hidden",
    "calibration_error",
    "local_accuracy",
    "local_macro_f1",
    "local_sure",
    "local_right_when_sure",
}
SET = """\
=== newsletter
Garden weekly <news@garden.example> | Garden weekly 12
+ List-Id: <weekly.garden.example>
+ List-Unsubscribe: <https://garden.example/off>
This week in the garden: ten plants for the shade, and when to water them.
=== personal
Ben Friend <ben@friends.example> | Our walk
Hi, it was lovely to see you on Sunday. I enjoyed our walk very much. Love, Ben
"""


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    folder = tmp_path / "sets"
    folder.mkdir()
    (folder / "en-one.txt").write_text(SET, "utf-8")
    return folder


def evals(sets: Path, *options: str) -> int:
    return main([*options, "--sets", str(sets), "--scores", str(sets.parent / "scores.json")])


def test_what_was_recorded_passes_until_it_falls(sets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evals(sets, "--record") == 0
    assert evals(sets, "--check") == 0
    assert "no score is worse than recorded" in capsys.readouterr().out

    (sets / "en-one.txt").write_text(SET.replace("=== newsletter", "=== survey").replace("=== personal", "=== bill"))

    assert evals(sets) == 0
    assert evals(sets, "--check") == 1
    assert "worse: en kind_accuracy: 1.000 → 0.000 of 2" in capsys.readouterr().out


def test_a_letter_that_is_hidden_fails_however_large_the_set(sets: Path) -> None:
    evals(sets, "--record")

    (sets / "en-one.txt").write_text(SET.replace("=== newsletter", "=== work").replace("+ List-Id: <w", "+ X-Id: <w"))

    assert evals(sets, "--check") == 1
    _, report = measured(sets, Judges())
    assert report["hidden"]["names"] == ["en-one:1"]


def test_every_mistake_is_listed_where_that_is_wished(sets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sets / "en-one.txt").write_text(SET.replace("=== newsletter", "=== survey"), "utf-8")

    evals(sets, "--record", "--wrong")

    assert "en-one:1  kind: survey → newsletter" in capsys.readouterr().out


def test_scores_are_read_as_they_were_written(tmp_path: Path) -> None:
    kept = {"uk": {"due_exact": Score(0.9123, 40)}, "en": {"hidden": Score(0.0, 99)}}

    write_scores(kept, tmp_path / "scores.json")

    assert read_scores(tmp_path / "scores.json") == kept


@pytest.mark.parametrize("language", ["uk", "en"])
def test_all_scores_of_both_languages_are_recorded(language: str) -> None:
    recorded = read_scores()

    assert recorded[language].keys() == KEPT
    assert all(0 <= score.value <= 1 and score.of > 0 for score in recorded[language].values())


def test_a_product_without_its_classifier_falls_below_what_is_recorded() -> None:
    judged, _ = measured(FOLDER, Judges())

    fallen = drops(scores_by_language(judged), read_scores())

    assert {line.split(":")[1].split()[1] for line in fallen} >= {"kind_accuracy", "kind_macro_f1", "category_accuracy"}


def test_languages_with_few_messages_are_scored_together(sets: Path) -> None:
    for language in ("sk", "pl"):
        (sets / f"{language}-few.txt").write_text(SET, "utf-8")

    judged, report = measured(sets, Judges())

    assert report["by_language"].keys() == {"en", "pl", "sk"}
    kept = scores_by_language(judged)
    assert kept.keys() == {"en", "others"}
    assert kept["en"]["kind_accuracy"].of == 2
    assert kept["others"]["kind_accuracy"].of == 4
