"""Evaluates labelled mail: judges every message and measures what was said, what it cost and how long it took."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auramail.core.accounts import Person
from auramail.flow.classify import Judges
from auramail.ops.quality.labels import read_labels
from auramail.ops.quality.measure import measure
from auramail.ops.quality.said import Judged, judge


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every message with what was said of it, and the numbers made of them."""

    judged: tuple[Judged, ...]
    report: dict[str, Any]


def evaluate(path: Path, person: Person, judges: Judges) -> Evaluation:
    """Judge all that is labelled in a folder or file; raises NeedsPersonError where a person must mend something.

    A model that needs its operator ends it: half a measurement would be one of something else.
    """
    if judges.problem is not None:
        raise judges.problem
    labels = read_labels(path)
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
    report = measure(judged) | {
        "unlabelled": labels.unlabelled,
        "speed": {
            "messages": fresh,
            "seconds": round(seconds, 3),
            "per_second": round(fresh / seconds, 1) if seconds else None,
        },
        "cost": {"model_calls": sum(item.said.model_calls for item in judged)},
    }
    return Evaluation(tuple(judged), report)
