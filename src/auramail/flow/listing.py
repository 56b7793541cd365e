"""Listing: what an undo or an approval goes through, counted apart from what it records."""

from collections import Counter
from dataclasses import dataclass, field

from auramail.core.listings import Tally


@dataclass(slots=True)
class Listing:
    """Everything chosen so far by key, and why some need nothing done (reason's code → count).

    `ours` is what this same run recorded, before it was interrupted too.
    """

    ids: set[str] = field(default_factory=set)
    ours: set[str] = field(default_factory=set)
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        return len(self.ids | self.ours)

    @property
    def done(self) -> int:
        return len(self.ours) + sum(self.skipped.values())

    @property
    def tally(self) -> Tally:
        return Tally(self.count, self.count - self.done, dict(self.skipped), "")

    def skip(self, code: str, count: int = 1) -> None:
        if count:
            self.skipped[code] += count

    def leave_rest(self, code: str) -> None:
        """Count what was listed and is neither recorded nor skipped as skipped for this reason."""
        self.skip(code, self.count - self.done)
