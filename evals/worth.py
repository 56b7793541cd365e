"""How much a language model's word should count beside the others': tried with worths of `combine.WORTH`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from auramail.core.decisions import Judge
from auramail.judging import combine
from auramail.judging.placing import RAISED
from auramail.ops.quality.said import LEAVING
from evals.cases import Weighed, heard_by
from evals.oracle import sayings

WORTHS: Final = (0.6, 0.8, 1.0, 1.2, 1.5, 2.0)
BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of messages a model was asked about.

    `right` and `hidden` (important, in a category that is put out of sight) are shares; the errors are how far the
    confidence is from being right: expected calibration error and mean squared error.
    """

    right: float
    calibration_error: float
    squared_error: float
    hidden: float


def try_worth(asked: Sequence[Weighed], worth: float, accuracy: float, claimed: float | None = None) -> Trial:
    """All that the oracle might say of these messages, with its word counted for `worth`."""
    with _counted(worth):
        heard = [
            (saying.chance / len(asked), weighed, heard_by(weighed, saying.opinion))
            for weighed in asked
            for saying in sayings(weighed.truth, accuracy, claimed)
        ]
    told = [
        (chance, decision.confidence, decision.category is weighed.truth.category)
        for chance, weighed, decision in heard
    ]
    bins = [0.0] * BINS
    for chance, sure, is_right in told:
        bins[min(int(sure * BINS), BINS - 1)] += chance * (sure - is_right)
    return Trial(
        sum(chance for chance, _, is_right in told if is_right),
        sum(map(abs, bins)),
        sum(chance * (sure - is_right) ** 2 for chance, sure, is_right in told),
        sum(
            chance
            for chance, weighed, decision in heard
            if weighed.truth.category in RAISED and decision.category in LEAVING
        ),
    )


@contextmanager
def _counted(worth: float) -> Iterator[None]:
    """The product counts a model's word for something else inside of this."""
    usual = combine.WORTH
    vars(combine)["WORTH"] = {**usual, Judge.MODEL: worth}
    try:
        yield
    finally:
        vars(combine)["WORTH"] = usual
