"""Receipts: what a run really did, with the proof that nothing it listed was lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field

HANDLED_BEFORE = ("already_handled", "undone")
"""Reasons of messages that need no reading, because an earlier run handled them."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Counts of one run: `listed` = `handled` + Σ`skipped` + Σ`failed`, counted apart from them.

    `skipped` and `failed` map a reason's code to a count, `by_category` and `by_action` count what was handled,
    `findings` counts messages by guard. Quota units are Gmail's (0 for local sources).
    """

    run: int
    listed: int
    handled: int
    skipped: Mapping[str, int] = field(default_factory=dict)
    failed: Mapping[str, int] = field(default_factory=dict)
    by_category: Mapping[str, int] = field(default_factory=dict)
    by_action: Mapping[str, int] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)
    held: int = 0
    """How many of the handled wait for the person's yes."""
    model_calls: int = 0
    model_answers: int = 0
    model_hits: int = 0
    """Answers that were known from earlier and cost nothing."""
    tokens_sent: int = 0
    tokens_answered: int = 0
    model_micros: int = 0
    """Millionths of a US dollar."""
    unasked: Mapping[str, int] = field(default_factory=dict)
    """Messages that a language model had nothing usable to say about, by `core.decisions.Asked`."""
    quota_units: int = 0
    http_calls: int = 0
    seconds: float = 0.0
    dry_run: bool = False

    @property
    def is_whole(self) -> bool:
        return self.listed == self.handled + sum(self.skipped.values()) + sum(self.failed.values())

    @property
    def fresh(self) -> int:
        """Listed messages that earlier runs had not handled."""
        return self.listed - sum(self.skipped.get(code, 0) for code in HANDLED_BEFORE)

    def to_json(self) -> dict[str, object]:
        return {
            "run": self.run,
            "listed": self.listed,
            "handled": self.handled,
            "skipped": _plain(self.skipped),
            "failed": _plain(self.failed),
            "by_category": _plain(self.by_category),
            "by_action": _plain(self.by_action),
            "findings": _plain(self.findings),
            "held": self.held,
            "model_calls": self.model_calls,
            "model_answers": self.model_answers,
            "model_hits": self.model_hits,
            "tokens_sent": self.tokens_sent,
            "tokens_answered": self.tokens_answered,
            "model_micros": self.model_micros,
            "unasked": _plain(self.unasked),
            "quota_units": self.quota_units,
            "http_calls": self.http_calls,
            "seconds": round(self.seconds, 3),
            "dry_run": self.dry_run,
        }


def _plain(counts: Mapping[str, int]) -> dict[str, int]:
    """Keys as plain strings: a category or action is a string with a name of its own, which JSON writers refuse."""
    return {str(name): count for name, count in counts.items()}
