"""Language models with all that stands before them: cache, bills and limits."""

import time
from typing import TYPE_CHECKING

from auramail.core.clock import SystemClock
from auramail.core.pace import Pace
from auramail.core.privacy import Tier
from auramail.flow.advice import Adviser
from auramail.ports.models import CallLimits, LanguageModel, Sleep
from auramail.ports.world import Clock
from auramail.settings import Settings
from auramail.wiring.models import open_provider

if TYPE_CHECKING:
    from auramail.core.accounts import Account
    from auramail.wiring.house import House

NO_MODELS = frozenset({"none", "local"})


def open_adviser(settings: Settings, name: str) -> Adviser | None:
    """The model of that name for a person who names it and the files themselves: no database, no cache, no bills.

    Raises NeedsPersonError where its settings are missing; None for `none` and `local`.
    """
    if name in NO_MODELS:
        return None
    clock, sleep = SystemClock(), time.sleep  # noqa: TID251  # handed on
    limits = own_limits(settings, clock)
    return Adviser(
        _limited(open_provider(settings, name, clock), settings, limits, clock, sleep),
        wait=settings.model_wait_seconds,
        side_by_side=settings.gemini_concurrency,
        room=limits.room,
        sleep=sleep,
    )
