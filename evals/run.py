"""Measures the decisions on the labelled sets: `python -m evals.run [--check | --record] [--wrong]`.

The measuring is the product's own (`auramail eval`); here are only the sets, the scores kept of them, and what counts
as a drop.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from auramail.cli.eval_page import mistake_lines, report_lines
from auramail.core.accounts import Person
from auramail.flow.classify import Judges
from auramail.judging.local import LocalClassifier
from auramail.ops.quality.evaluate import judge_all, numbers_of
from auramail.ops.quality.measure import measure
from auramail.ops.quality.said import Judged
from evals.drops import Score, drops
from evals.sets import FOLDER, READER, read_sets

ALONE: Final = frozenset({"uk", "en"})
OTHERS: Final = "others"
SCORES: Final = Path(__file__).parent / "scores.json"


def scores_by_language(judged: Sequence[Judged]) -> dict[str, dict[str, Score]]:
    """The scores of each language; those of the others together, for each has too few messages to say anything."""
    names = [item.language if item.language in ALONE else OTHERS for item in judged]
    groups = {name: [item for item, own in zip(judged, names, strict=True) if own == name] for name in sorted({*names})}
    return {name: scores(measure(group)) for name, group in groups.items()}


def scores(table: Mapping[str, Any]) -> dict[str, Score]:
    """The scores kept of one group, each with of how many messages it is; those of nothing are left out."""
    kinds, categories, guard, local = table["kinds"], table["categories"], table["guard"], table["local"]
    due, amount = table["entities"]["due_date"], table["entities"]["amount"]
    told = {
        "kind_accuracy": _share(kinds["right"]),
        "kind_macro_f1": (kinds["macro_f1"], kinds["right"]["of"]),
        "category_accuracy": _share(categories["right"]),
        "action_f1": (table["action_required"]["f1"], table["action_required"]["there"]),
        "reply_f1": (table["expects_reply"]["f1"], table["expects_reply"]["there"]),
        "due_exact": _share(due["exact"]),
        "due_precision": _share(due["precision"]),
        "amount_exact": _share(amount["exact"]),
        "amount_precision": _share(amount["precision"]),
        "phishing_found": _share(guard["found"]),
        "false_alarms": _share(guard["false_alarms"]["MEDIUM"]),
        "hidden": _share(table["hidden"]),
        "calibration_error": (table["calibration"]["category"]["error"], categories["right"]["of"]),
        "local_accuracy": _share(local["right"]),
        "local_macro_f1": (local["macro_f1"], local["right"]["of"]),
        "local_sure": _share(local["sure"]),
        "local_right_when_sure": _share(local["right_when_sure"]),
    }
    return {name: Score(value, of) for name, (value, of) in told.items() if value is not None and of}


def _share(numbers: Mapping[str, Any]) -> tuple[float | None, int]:
    return numbers["share"], numbers["of"]


def read_scores(path: Path = SCORES) -> dict[str, dict[str, Score]]:
    told = json.loads(path.read_text("utf-8"))
    return {
        language: {name: Score(each["score"], each["of"]) for name, each in table.items()}
        for language, table in told.items()
    }


def write_scores(found: Mapping[str, Mapping[str, Score]], path: Path = SCORES) -> None:
    lines = {
        language: {name: {"score": each.value, "of": each.of} for name, each in table.items()}
        for language, table in sorted(found.items())
    }
    path.write_text(json.dumps(lines, indent=2) + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="fail if a score is worse than the recorded one")
    options.add_argument("--record", action="store_true", help="write the scores down")
    options.add_argument("--wrong", action="store_true", help="list every mistake")
    options.add_argument("--sets", type=Path, default=FOLDER, help="a folder of sets; default: those of the repository")
    options.add_argument("--scores", type=Path, default=SCORES, help="where scores are kept")
    chosen = options.parse_args(arguments)

    judged, report = measured(chosen.sets, Judges(local=LocalClassifier.load().opinion))
    print("\n".join([*report_lines(report), *(mistake_lines(judged) if chosen.wrong else ())]))
    found = scores_by_language(judged)
    if chosen.record:
        write_scores(found, chosen.scores)
        return 0
    worse = drops(found, read_scores(chosen.scores))
    print("\n".join(["", *(worse or ["no score is worse than recorded"])]))
    return 1 if chosen.check and worse else 0


def measured(sets: Path, judges: Judges) -> tuple[list[Judged], dict[str, Any]]:
    """Every message of the sets with what was said of it, and the numbers made of them."""
    judged, pace = judge_all(read_sets(sets), Person(addresses=frozenset({READER})), judges)
    return judged, numbers_of(judged, pace)


if __name__ == "__main__":
    sys.exit(main())
