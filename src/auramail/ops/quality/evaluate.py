"""Evaluates labelled mail: judges every message and measures what was said, what it cost and how long it took."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auramail.core.accounts import Person
from auramail.flow.classify import Judges
from auramail.ops.quality.labels import read_labels
from auramail.ops.quality.measure import measure
from auramail.ops.quality.said import Judged, judge
from auramail.ops.quality.truths import Labelled


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every message with what was said of it, and the numbers made of them."""

    judged: tuple[Judged, ...]
    report: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pace:
    """How many messages were judged, and the seconds of reading and judging them."""

    messages: int
    seconds: float


def evaluate(path: Path, person: Person, judges: Judges) -> Evaluation:
    """Judge all that is labelled in a folder or file; raises NeedsPersonError where a person must mend something."""
    if judges.problem is not None:
        raise judges.problem
    labels = read_labels(path)
    judged, pace = judge_all(labels, person, judges)
    return Evaluation(tuple(judged), numbers_of(judged, pace, labels.unlabelled))


def judge_all(labels: Iterable[Labelled | Judged], person: Person, judges: Judges) -> tuple[list[Judged], Pace]:
    """Judge each message that was not judged before.

    A model that needs its operator ends it: half a measurement would be one of something else.
    """
    judged, seconds, fresh = list[Judged](), 0.0, 0
    for labelled in labels:
        if isinstance(labelled, Judged):
            judged.append(labelled)
            continue
        started = time.perf_counter()
        judged.append(judge(labelled, person, judges))
        seconds += time.perf_counter() - started
        fresh += 1
        if judges.problem is not None:
            raise judges.problem
    return judged, Pace(fresh, seconds)


def numbers_of(judged: Sequence[Judged], pace: Pace, unlabelled: int = 0) -> dict[str, Any]:
    """All that `auramail eval --json` tells."""
    return measure(judged) | {
        "unlabelled": unlabelled,
        "speed": {
            "messages": pace.messages,
            "seconds": round(pace.seconds, 3),
            "per_second": round(pace.messages / pace.seconds, 1) if pace.seconds else None,
        },
        "cost": {"model_calls": sum(item.said.model_calls for item in judged)},
    }
