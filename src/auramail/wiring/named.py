"""A language model that a person names at the command line, for as long as one command takes."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from auramail.core.clock import SystemClock
from auramail.core.pace import Pace
from auramail.ports.models import LanguageModel
from auramail.settings import Settings
from auramail.wiring.models import check_cloud, open_provider

NOBODY = frozenset({"none", "local"})


@contextmanager
def model_named(settings: Settings, name: str) -> Iterator[LanguageModel | None]:
    """`gemini`, `decisions` or `openai` within its limits, without database, cache and bills; None for nobody.

    Raises NeedsPersonError where its settings are missing, or the cloud is switched off.
    """
    if name in NOBODY:
        yield None
        return
    from auramail.ai.limited import Limited
    from auramail.ai.own_limits import OwnLimits

    clock, sleep = SystemClock(), time.sleep  # noqa: TID251  # handed on
    pace = Pace(settings.max_calls_per_minute, settings.gemini_concurrency)
    provider: Any = open_provider(settings, name, clock)
    with closing(provider):
        check_cloud(settings, provider)
        yield Limited(provider, OwnLimits(pace, clock), settings.retry_attempts, clock, sleep)
