"""Fits the linear model: softmax regression by gradient descent with momentum, over sparse rows hidden at random."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-untyped]  # scipy ships no types

from auramail.judging.local import ALL_ROWS, FIRST_SENDER, FIRST_TRAIT, KINDS, Features, LocalClassifier

Floats = npt.NDArray[np.float32]

BATCH: Final = 256
RATE: Final = 30.0
BIAS_RATE: Final = 0.1
MOMENTUM: Final = 0.9
DROPPED: Final = 0.4
"""Share of rows hidden from each pass, so that no single word or header decides."""
WITHOUT_TRAITS: Final = 0.5
WITHOUT_SENDER: Final = 0.25
SMOOTHING: Final = 0.04


@dataclass(frozen=True, slots=True)
class Examples:
    """Messages as sparse rows with their kinds, their families and how much each counts."""

    rows: sparse.csr_matrix
    trust: Floats
    kinds: npt.NDArray[np.int64]
    families: npt.NDArray[np.str_]
    counts: Floats

    def only(self, chosen: npt.NDArray[np.bool_]) -> "Examples":
        return Examples(
            self.rows[chosen], self.trust[chosen], self.kinds[chosen], self.families[chosen], self.counts[chosen]
        )


@dataclass(frozen=True, slots=True)
class Model:
    weights: Floats
    bias: Floats

    def scores(self, examples: Examples) -> Floats:
        scores: Floats = examples.rows @ self.weights + self.bias
        return scores * examples.trust[:, None]

    def rounded(self, temperature: float) -> LocalClassifier:
        """The model as it ships: one byte a weight."""
        scale = np.maximum(np.abs(self.weights).max(axis=0), 1e-6) / 127
        return LocalClassifier(
            np.round(self.weights / scale).astype(np.int8), scale.astype(np.float32), self.bias, temperature
        )


def sparse_rows(read: list[Features]) -> sparse.csr_matrix:
    """One line for each message, weighed as the classifier weighs its groups."""
    columns, values, ends = [], [], [0]
    for features in read:
        for rows, share in features.groups:
            columns.append(rows)
            values.append(np.full(len(rows), share, dtype=np.float32))
        ends.append(ends[-1] + sum(len(rows) for rows, _ in features.groups))
    shape = (len(read), ALL_ROWS)
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(columns), np.array(ends)), shape=shape)


def fit(examples: Examples, passes: int, seed: int) -> Model:
    """Train; equal examples and seed give equal weights."""
    dice = np.random.default_rng(seed)
    kinds = len(KINDS)
    weights = np.zeros((ALL_ROWS, kinds), dtype=np.float32)
    speed = np.zeros_like(weights)
    bias = np.zeros(kinds, dtype=np.float32)
    wanted = np.full((examples.rows.shape[0], kinds), SMOOTHING / kinds, dtype=np.float32)
    wanted[np.arange(len(wanted)), examples.kinds] += 1 - SMOOTHING
    steps = passes * -(-len(wanted) // BATCH)
    step = 0
    for _ in range(passes):
        order = dice.permutation(len(wanted))
        for start in range(0, len(order), BATCH):
            step += 1
            chosen = order[start : start + BATCH]
            lines = examples.rows[chosen]
            lines.data = lines.data * _seen(lines, dice)
            trust = examples.trust[chosen][:, None]
            errors = _shares((lines @ weights + bias) * trust) - wanted[chosen]
            errors *= trust * examples.counts[chosen][:, None] / np.float32(len(chosen))
            rate = np.float32(RATE * min(1.0, step / 50) * (1 - step / (steps + 1)))
            speed *= MOMENTUM
            speed += lines.T @ errors
            weights -= rate * speed
            bias -= rate * BIAS_RATE * errors.sum(axis=0)
    return Model(weights, bias)


def _seen(lines: sparse.csr_matrix, dice: np.random.Generator) -> Floats:
    """What a pass sees of each entry: nothing, or the entry raised so that the sum stays what it was.

    Of some messages it sees no traits at all, of some nothing of the sender: their words must do.
    """
    count = lines.shape[0]
    message = np.repeat(np.arange(count), np.diff(lines.indptr))
    is_trait = (lines.indices >= FIRST_TRAIT) & (lines.indices < FIRST_SENDER)
    is_sender = lines.indices >= FIRST_SENDER
    seen = dice.random(len(message), dtype=np.float32) > DROPPED
    seen &= ~(is_trait & (dice.random(count) < WITHOUT_TRAITS)[message])
    seen &= ~(is_sender & (dice.random(count) < WITHOUT_SENDER)[message])
    return seen.astype(np.float32) / np.float32(1 - DROPPED)


def _shares(scores: Floats) -> Floats:
    powers: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def temperature(scores: Floats, kinds: npt.NDArray[np.int64]) -> float:
    """The divisor of the scores under which held-out messages are least surprising."""
    tried = np.exp(np.linspace(np.log(0.2), np.log(5.0), 80))
    losses = [-np.log(_shares(scores / np.float32(by))[np.arange(len(kinds)), kinds] + 1e-9).mean() for by in tried]
    return float(tried[int(np.argmin(losses))])


def calibration_error(shares: Floats, kinds: npt.NDArray[np.int64], bins: int = 10) -> float:
    """Expected difference between stated confidence and how often it is right (ECE)."""
    sure, right = shares.max(axis=1), shares.argmax(axis=1) == kinds
    place = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [
        abs(sure[place == bin_].mean() - right[place == bin_].mean()) * (place == bin_).mean()
        for bin_ in set(place.tolist())
    ]
    return float(sum(gaps))
