"""Writes the model card from what the trainer measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auramail.core.decisions import Kind


@dataclass(frozen=True, slots=True)
class Trial:
    """What a held-out measurement found; shares are 0 to 1. `sure` is the share stated with 0.8 or more."""

    name: str
    messages: int
    accuracy: float
    by_language: Mapping[str, float]
    by_kind: Mapping[Kind, float]
    calibration_error: float
    sure: float
    right_when_sure: float


def write_card(path: Path, trials: list[Trial], kinds: Mapping[Kind, int], sizes: tuple[int, int], by: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{trials} {kinds} {sizes} {by}", "utf-8")
