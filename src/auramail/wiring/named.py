"""A language model that a person names at the command line, for as long as one command takes."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from auramail.core.clock import SystemClock
from auramail.core.pace import Pace
from auramail.flow.advice import Adviser
from auramail.ports.models import LanguageModel
from auramail.settings import Settings
from auramail.wiring.advice import DECISIONS, NOBODY
from auramail.wiring.models import check_cloud, open_provider


@contextmanager
def model_named(settings: Settings, name: str) -> Iterator[LanguageModel | None]:
    """`gemini`, `decisions` or `openai` within its limits, without database, cache and bills; None for nobody.

    Raises NeedsPersonError where its settings are missing, or the cloud is switched off.
    """
    with adviser_named(settings, name) as adviser:
        yield adviser.model if adviser is not None else None


@contextmanager
def adviser_named(settings: Settings, name: str) -> Iterator[Adviser | None]:
    """The same to be asked about mail, on no terms: who names the model and the files has said yes."""
    if name in NOBODY:
        yield None
        return
    from auramail.ai.limited import Limited
    from auramail.ai.own_limits import OwnLimits

    clock, sleep = SystemClock(), time.sleep  # noqa: TID251  # handed on
    limits = OwnLimits(Pace(settings.max_calls_per_minute, settings.gemini_concurrency), clock)
    with closing(open_provider(settings, name, clock)) as provider:
        check_cloud(settings, provider)
        yield Adviser(
            Limited(provider, limits, settings.retry_attempts, clock, sleep),
            wait=settings.model_wait_seconds,
            side_by_side=settings.gemini_concurrency,
            is_sociable=name != DECISIONS,
            room=limits.room,
            sleep=sleep,
        )
