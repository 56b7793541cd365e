"""Quota: what a mailbox may cost a minute, and who goes first when it runs short."""

from dataclasses import dataclass
from enum import IntEnum


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
    `refusals` counts how often it refused although units seemed to be left.
    """

    a_minute: float
    configured: int
    left: float
    named: int | None = None
    refusals: int = 0
