"""Evaluates labelled mail: judges every message and measures what was said, what it cost and how long it took."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from auramail.core.accounts import Person
from auramail.core.costs import MILLION, Spent
from auramail.flow.advice import Adviser
from auramail.flow.classify import Judges
from auramail.ops.quality.labels import read_labels
from auramail.ops.quality.measure import measure
from auramail.ops.quality.said import Judged, judge
from auramail.ops.quality.truths import Labelled

NOTHING: Final = Spent()


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


def evaluate(path: Path, person: Person, judges: Judges, adviser: Adviser | None = None) -> Evaluation:
    """Judge all that is labelled in a folder or file; raises NeedsPersonError where a person must mend something."""
    labels = read_labels(path)
    judged, pace = judge_all(labels, person, judges, adviser)
    spent = adviser.spent if adviser is not None else Spent()
    return Evaluation(tuple(judged), numbers_of(judged, pace, labels.unlabelled, spent))


def judge_all(
    labels: Iterable[Labelled | Judged], person: Person, judges: Judges, adviser: Adviser | None = None
) -> tuple[list[Judged], Pace]:
    """Judge each message that was not judged before.

    A model that needs its operator ends it: half a measurement would be one of something else.
    """
    judged, seconds, fresh = list[Judged](), 0.0, 0
    for labelled in labels:
        if isinstance(labelled, Judged):
            judged.append(labelled)
            continue
        started = time.perf_counter()
        judged.append(judge(labelled, person, judges, adviser))
        seconds += time.perf_counter() - started
        fresh += 1
        if adviser is not None and adviser.problem is not None:
            raise adviser.problem
    return judged, Pace(fresh, seconds)


def numbers_of(judged: Sequence[Judged], pace: Pace, unlabelled: int = 0, spent: Spent = NOTHING) -> dict[str, Any]:
    """All that `auramail eval --json` tells."""
    return measure(judged) | {
        "unlabelled": unlabelled,
        "speed": {
            "messages": pace.messages,
            "seconds": round(pace.seconds, 3),
            "per_second": round(pace.messages / pace.seconds, 1) if pace.seconds else None,
        },
        "cost": {
            "model_calls": sum(item.said.model_calls for item in judged),
            "tokens_sent": spent.tokens.sent,
            "tokens_answered": spent.tokens.answered,
            "dollars": round(spent.micros / MILLION, 6),
        },
    }
