"""Measures the local classifier on the labelled sets: `python -m evals.run [--check | --record] [--wrong]`."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from auramail.core.decisions import Kind, Opinion
from auramail.judging.local import LocalClassifier
from auramail.ops.quality.truths import Labelled
from auramail.reading.message import read_message
from evals.sets import read_sets

SCORES: Final = Path(__file__).parent / "scores.json"
MARGIN: Final = 0.03
"""A score may fall this far below the recorded one before it counts as a drop: five of 150 messages."""
SURE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Judged:
    case: Labelled
    opinion: Opinion

    @property
    def is_right(self) -> bool:
        return self.opinion.kind is self.case.truth.kind


def judge(cases: Sequence[Labelled]) -> list[Judged]:
    classifier = LocalClassifier.load()
    return [Judged(case, classifier.opinion(read_message(case.source))) for case in cases]


def scores(judged: Sequence[Judged]) -> dict[str, float]:
    """Accuracy, mean F1 over kinds, and how often a sure opinion is right."""
    sure = [item for item in judged if item.opinion.confidence >= SURE]
    tables = [quality(judged, kind) for kind in Kind]
    return {
        "accuracy": sum(item.is_right for item in judged) / len(judged),
        "macro_f1": sum(f1 for _, _, f1 in tables) / len(tables),
        "sure": len(sure) / len(judged),
        "right_when_sure": sum(item.is_right for item in sure) / max(len(sure), 1),
    }


def quality(judged: Sequence[Judged], kind: Kind) -> tuple[float, float, float]:
    """Precision, recall and F1 of one kind."""
    said = sum(item.opinion.kind is kind for item in judged)
    true = sum(item.case.truth.kind is kind for item in judged)
    both = sum(item.is_right and item.case.truth.kind is kind for item in judged)
    precision, recall = both / max(said, 1), both / max(true, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def show(language: str, judged: Sequence[Judged]) -> None:
    print(f"\n{language}: {len(judged)} messages")
    print(f"{'kind':<16}{'precision':>10}{'recall':>8}{'F1':>7}  taken for")
    for kind in Kind:
        precision, recall, f1 = quality(judged, kind)
        mistaken = Counter(item.opinion.kind for item in judged if item.case.truth.kind is kind and not item.is_right)
        taken = ", ".join(f"{other} {count}" for other, count in mistaken.most_common())
        print(f"{kind:<16}{precision:>10.2f}{recall:>8.2f}{f1:>7.2f}  {taken}")


def show_wrong(judged: Sequence[Judged]) -> None:
    for item in judged:
        if not item.is_right:
            said, truth = item.opinion, item.case.truth.kind
            print(f"{item.case.name:<16} {truth} → {said.kind} {said.confidence:.2f}: {said.reason.say()}")


def drops(now: dict[str, dict[str, float]], before: dict[str, dict[str, float]]) -> list[str]:
    """Scores that fell by more than the margin, one line each; the share of sure opinions is no score."""
    return [
        f"{language} {name}: {before[language][name]:.3f} → {value:.3f}"
        for language, found in now.items()
        for name, value in found.items()
        if name != "sure" and value < before.get(language, {}).get(name, 0.0) - MARGIN
    ]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true", help="fail if a score fell below the recorded one")
    options.add_argument("--record", action="store_true", help="write the scores down")
    options.add_argument("--wrong", action="store_true", help="list every mistake")
    chosen = options.parse_args()

    judged = judge(read_sets())
    by_language = {
        language: [item for item in judged if item.case.truth.language == language] for language in ("uk", "en")
    }
    found = {language: scores(items) for language, items in by_language.items()}
    for language, items in by_language.items():
        show(language, items)
    if chosen.wrong:
        show_wrong(judged)
    for language, values in found.items():
        print(language, "  ".join(f"{name} {value:.3f}" for name, value in values.items()))
    if chosen.record:
        rounded = {
            language: {name: round(value, 4) for name, value in values.items()} for language, values in found.items()
        }
        SCORES.write_text(json.dumps(rounded, indent=2) + "\n", "utf-8")
        return 0
    fallen = drops(found, json.loads(SCORES.read_text("utf-8")))
    for line in fallen:
        print(f"dropped: {line}")
    return 1 if chosen.check and fallen else 0


if __name__ == "__main__":
    sys.exit(main())
