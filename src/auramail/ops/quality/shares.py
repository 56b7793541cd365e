"""Shares: how many of how many, how far that can be trusted, and what is made of such counts."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

Z: Final = 1.959964
"""The normal quantile of 95 %, both sides."""
BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of`; with nothing to count there is no share."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        return self.count / self.of if self.of else None

    def interval(self) -> tuple[float, float] | None:
        """Where the true share lies, 95 times in a hundred (Wilson 1927): honest for few messages, or none wrong."""
        if not self.of:
            return None
        share, weight = self.count / self.of, Z * Z / self.of
        middle = (share + weight / 2) / (1 + weight)
        reach = Z * math.sqrt(share * (1 - share) / self.of + weight / (4 * self.of)) / (1 + weight)
        return max(0.0, middle - reach), min(1.0, middle + reach)

    def to_json(self) -> dict[str, float | int | None]:
        low, high = self.interval() or (None, None)
        return {"share": rounded(self.value), "count": self.count, "of": self.of} | {
            "low": rounded(low),
            "high": rounded(high),
        }


@dataclass(frozen=True, slots=True)
class Found:
    """Of what is looked for: how many there are, how often it was said, and how often rightly so."""

    there: int
    said: int
    both: int

    @property
    def precision(self) -> float | None:
        return self.both / self.said if self.said else None

    @property
    def recall(self) -> float | None:
        return self.both / self.there if self.there else None

    @property
    def f1(self) -> float | None:
        return 2 * self.both / (self.there + self.said) if self.there + self.said else None

    def to_json(self) -> dict[str, float | int | None]:
        counts = {"there": self.there, "said": self.said, "both": self.both}
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return counts | {name: rounded(value) for name, value in shares.items()}


def found(pairs: Iterable[tuple[bool, bool]]) -> Found:
    """Count pairs of truth and what was said."""
    there = said = both = 0
    for truth, answer in pairs:
        there += truth
        said += answer
        both += truth and answer
    return Found(there, said, both)


def share(answers: Iterable[bool]) -> Share:
    counted = list(answers)
    return Share(sum(counted), len(counted))


def confusion(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """How often each truth was said to be what; the commonest first, what never happened left out."""
    table: dict[str, dict[str, int]] = {}
    for truth, answer in pairs:
        row = table.setdefault(truth, {})
        row[answer] = row.get(answer, 0) + 1
    return {truth: dict(sorted(row.items(), key=lambda cell: (-cell[1], cell[0]))) for truth, row in table.items()}


def mean(values: Sequence[float | None]) -> float | None:
    """The mean, with nothing counted as 0: a kind that was never said has no precision, and is not well found."""
    return sum(value or 0.0 for value in values) / len(values) if values else None


def calibration(answers: Sequence[tuple[float, bool]]) -> dict[str, object]:
    """How far confidence (0 to 1) and being right lie apart: the expected calibration error over ten equal bins."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for sure, right in answers:
        bins[min(int(sure * BINS), BINS - 1)].append((sure, right))
    apart = sum(abs(sum(sure for sure, _ in each) - sum(right for _, right in each)) for each in bins)
    return {
        "error": rounded(apart / len(answers)) if answers else None,
        "messages": len(answers),
        "bins": [
            {
                "from": place / BINS,
                "to": (place + 1) / BINS,
                "messages": len(each),
                "confidence": rounded(sum(sure for sure, _ in each) / len(each)),
                "right": rounded(sum(right for _, right in each) / len(each)),
            }
            for place, each in enumerate(bins)
            if each
        ],
    }


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
