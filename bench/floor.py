"""The least that sorting a Gmail mailbox can cost: what no client can go below by Google's prices and limits of 2026.

Units. Every id must be listed, 500 to a page of 5 units; every message that is read costs 20; every group of equal
changes costs 50 for each 1,000 of it. A group of at most ten is cheaper changed one by one, at 5 each.

Seconds. The bucket holds 6,000 units and fills by 100 a second, so what is above 6,000 has to be waited for. Where that
is less than the way to Google and back, the round trips count that must follow each other: a page is asked for by the
token of the one before, a message is read once its page is known, and changed once it is read. Gmail bears 40 reads
under way at a time, so reads come in rounds of 40; later pages are listed meanwhile. Judging, storing and the client's
own work count as nothing: no real client reaches this.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

PAGE: Final = 500
PAGE_UNITS: Final = 5
READ_UNITS: Final = 20
GROUP: Final = 1000
GROUP_UNITS: Final = 50
SINGLE_UNITS: Final = 5
AT_ONCE: Final = 40
"""Reads under way for one person; facts: 25 work, 100 do not."""
A_MINUTE: Final = 6000


@dataclass(frozen=True, slots=True)
class Floor:
    """`trips` are the round trips that must follow each other."""

    units: int
    trips: int

    def seconds(self, latency: float, a_minute: int = A_MINUTE) -> float:
        return max(self.trips * latency, (self.units - a_minute) * 60 / a_minute)


def floor_of(listed: int, read: int, groups: Sequence[int]) -> Floor:
    """The floor for a run that lists and reads so many messages and makes equal changes to groups of these sizes."""
    pages = math.ceil(listed / PAGE)
    units = PAGE_UNITS * pages + READ_UNITS * read + sum(_change_units(size) for size in groups)
    rounds = max(pages - 1, math.ceil(read / AT_ONCE))
    return Floor(units, min(pages, 1) + rounds + (1 if any(groups) else 0))


def _change_units(size: int) -> int:
    full, rest = divmod(size, GROUP)
    return GROUP_UNITS * full + min(GROUP_UNITS, SINGLE_UNITS * rest)
