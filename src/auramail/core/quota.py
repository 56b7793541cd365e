"""Quota: what a mailbox may cost a minute, and who goes first when it runs short."""

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Final, Protocol

FLOOR: Final = 0.05
"""The least that the estimate of a minute falls to, as a share of what the settings say."""
RECOVERY: Final = 0.1
"""The share of what the settings say by which the estimate grows in a minute without refusal."""
ONE_REFUSAL: Final = 10.0
"""Seconds within which refusals count once: they answer requests that were under way together."""


class Priority(IntEnum):
    """Who goes first: new mail and what a person waits for, then backlogs, then housekeeping."""

    LIVE = 0
    BACKLOG = 1
    HOUSEKEEPING = 2


@dataclass(frozen=True, slots=True)
class QuotaStanding:
    """How an account's quota stands, in units of the cost table in use.

    `a_minute` is what is believed to be allowed now, `configured` what the settings say, `left` what can be spent at
    once. `named` is the limit that Google itself named when it refused (its own units), None if it never did;
    `refusals` counts how often it refused although units seemed to be left. `spent` is what went in the last minute,
    older spending fading; `spent_when_refused` is what that was when Google last refused at the full configured pace.
    """

    a_minute: float
    configured: int
    left: float
    named: int | None = None
    refusals: int = 0
    spent: float = 0.0
    spent_when_refused: float = 0.0

    @property
    def is_known(self) -> bool:
        """Whether the account was used lately, or ever refused: else there is nothing to tell."""
        return self.spent > 0 or self.refusals > 0


class Bucket(Protocol):
    """One account's quota, shared by all who work for it and by their threads."""

    def take(self, units: int, reserve: float = 0.0) -> float:
        """Take units and give 0, or take nothing and give the seconds after which to ask again.

        `reserve` is the share of the whole bucket that must stay for more urgent work. What is more than that ever
        leaves is taken from a full bucket, which then owes the rest.
        """
        ...

    def refused(self, limit: int | None) -> None:
        """Note that Google refused for quota what had been taken here; `limit` is what it says it allows a minute."""
        ...

    def standing(self) -> QuotaStanding: ...

    def parts(self) -> int:
        """How many calls went well together in one batch lately; 0 if nobody knows."""
        ...

    def remember_parts(self, parts: int) -> None:
        """Let the next worker begin with batches of this size instead of finding it out anew."""
        ...


class Table(Enum):
    """Google's tables of units: what a minute allows a person, and what reading one message costs.

    https://developers.google.com/workspace/gmail/api/reference/quota
    """

    MAY_2026 = (6_000, 20)
    """Of Google projects made since May 2026."""
    OLDER = (15_000, 5)

    def __init__(self, a_minute: int, reading: int) -> None:
        self.a_minute = a_minute
        self.reading = reading


def table_in_force(standing: QuotaStanding, reading: int) -> Table | None:
    """Which table Google seems to go by, told from its refusals; None if they do not tell.

    `reading` is what one message costs by the prices in use: the tables differ tenfold in the messages of a minute.
    """
    if standing.named is not None:
        return next((table for table in Table if table.a_minute == standing.named), None)
    if not standing.refusals or not reading:
        return None
    read = standing.spent_when_refused / reading
    return next((table for table in Table if 0.6 < read * table.reading / table.a_minute < 1.5), None)
