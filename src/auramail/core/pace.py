"""How often a language model may be asked, and what is said when it may not be asked now."""

import math
from dataclasses import dataclass

from auramail.core.errors import NotYetError, QuotaSpentError
from auramail.core.wording import Wording


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `calls_per_minute` in any `window` of seconds, and `side_by_side` under way at once.

    `longest` is after how many seconds a call under way is taken for one whose worker was killed: the longest a call
    can take, and a margin. `glance` is after how many seconds to look again for a place that another call holds, as
    nobody knows when that one ends.
    """

    calls_per_minute: int
    side_by_side: int
    window: float = 60.0
    longest: float = 90.0
    glance: float = 0.5


def full(seconds: float) -> NotYetError:
    """Let the caller come again; rounded up to milliseconds, or who comes back exactly then would come too early."""
    return NotYetError(
        Wording.of("The language model is asked as often as allowed at the moment."), after=round_up(seconds)
    )


def shut(seconds: float) -> QuotaSpentError:
    """Let the caller come again when the vendor's quota is there again."""
    return QuotaSpentError(
        Wording.of("The day's quota of the language model is used up, as its vendor says."),
        Wording.of("It is asked again when the quota is reset; until then the local classifier goes on alone."),
        after=round_up(seconds),
    )


def round_up(seconds: float) -> float:
    return math.ceil(seconds * 1000) / 1000
