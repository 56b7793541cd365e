"""Who judges before any language model."""

from typing import Final

from auramail.core.rules import Rule
from auramail.flow.classify import Judges

NOBODY: Final = "none"


def open_judges(model: str, rules: tuple[Rule, ...] = (), ask_below: float | None = None) -> Judges:
    """With `none` only rules, guards and headers, else the local classifier too; `ask_below` as `Judges` has it."""
    if model == NOBODY:
        return Judges(rules)
    from auramail.judging.local import LocalClassifier

    return Judges(rules, LocalClassifier.load().opinion, ask_below)
