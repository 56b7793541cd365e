"""Language models with all that stands before them: cache, bills and limits."""

import time
from functools import cached_property
from typing import TYPE_CHECKING

from auramail.core.accounts import Account
from auramail.core.clock import SystemClock
from auramail.core.errors import NeedsPersonError
from auramail.core.pace import Pace
from auramail.core.privacy import Tier
from auramail.core.wording import Wording
from auramail.flow.advice import Adviser
from auramail.ports.models import CallLimits, LanguageModel, Sleep
from auramail.ports.world import Clock
from auramail.settings import Settings
from auramail.wiring.models import open_provider

if TYPE_CHECKING:
    from auramail.wiring.house import House

NOBODY = frozenset({"none", "local"})


class Models:
    """The language model that the settings of a house name; its threads may share it."""

    def __init__(self, house: "House") -> None:
        self._house = house

    @cached_property
    def provider(self) -> LanguageModel | None:
        """Bare, as for a check; None where none is wanted. Raises NeedsPersonError, naming the setting at fault."""
        settings = self._house.settings
        if settings.default_model in NOBODY:
            return None
        provider = open_provider(settings, settings.default_model, self._house.clock)
        if provider.is_cloud and settings.cloud == "off":
            return None
        return provider

    @cached_property
    def limits(self) -> CallLimits:
        """Shared through Redis with other workers, or, while there is none, of this process."""
        from auramail.jobs.model_limits import SharedLimits
        from auramail.wiring.house import redis_url

        settings = self._house.settings
        pace = _pace(settings)
        secret = settings.gemini_api_key.get_secret_value() + settings.openai_base_url
        own = _own_limits(pace, self._house.clock)
        return SharedLimits(redis_url(settings), settings.model_name, secret, pace, own)

    @cached_property
    def whole(self) -> LanguageModel | None:
        """With cache, bills and limits."""
        from auramail.ai.billed import Billed
        from auramail.ai.cached import Cached
        from auramail.ai.today import Today

        house, settings, provider = self._house, self._house.settings, self.provider
        if provider is None:
            return None
        today = Today(house.clock, settings.timezone)
        limited = _limited(provider, settings, self.limits, house.clock, house.sleep)
        prices = settings.prices_of(provider.name)
        billed = Billed(limited, house.bills, prices, settings.cap_a_day, today)
        return Cached(billed, house.answers, house.bills, today)

    def for_words_of(self, account: Account) -> LanguageModel | None:
        """The model for what the account's person says themselves: a search, a rule.

        Raises NeedsPersonError where they did not allow the cloud, or a setting is at fault.
        """
        model, house = self.whole, self._house
        terms = house.preferences.cloud(account.id)
        if model is None or not model.is_cloud or (terms.is_on and terms.covers(Tier(house.settings.gemini_tier))):
            return model
        raise NeedsPersonError(
            Wording.of("You have not allowed a language model in the cloud for this mailbox."),
            Wording.of("Allow it on the page “Language model”, or with `auramail model allow`."),
        )

    def hit(self) -> None:
        """Count an answer that was known already into the day."""
        from auramail.ai.today import Today

        house = self._house
        house.bills.hit(Today(house.clock, house.settings.timezone).date())

    def close(self) -> None:
        """End the connections, if any were opened."""
        provider = self.__dict__.get("provider")
        if provider is not None:
            provider.close()


def advise(house: "House", account: Account) -> tuple[Adviser | None, NeedsPersonError | None]:
    """Who advises on an account's mail, on its person's terms; or why nobody does, though the settings name a model."""
    settings = house.settings
    try:
        model = house.models.whole
    except NeedsPersonError as problem:
        return None, problem
    if model is None:
        return None, None
    adviser = Adviser(
        model,
        account_id=account.id,
        terms=house.preferences.cloud(account.id),
        tier=Tier(settings.gemini_tier),
        cap=settings.cap_a_run,
        answers=house.answers,
        wait=settings.model_wait_seconds,
        side_by_side=settings.gemini_concurrency,
        room=house.models.limits.room,
        on_hit=house.models.hit,
        sleep=house.sleep,
    )
    return adviser, None


def open_adviser(settings: Settings, name: str) -> Adviser | None:
    """The model of that name for a person who names it and the files themselves: no database, no cache, no bills.

    Raises NeedsPersonError where its settings are missing; None for `none` and `local`.
    """
    if name in NOBODY:
        return None
    clock, sleep = SystemClock(), time.sleep  # noqa: TID251  # handed on
    limits = _own_limits(_pace(settings), clock)
    return Adviser(
        _limited(open_provider(settings, name, clock), settings, limits, clock, sleep),
        wait=settings.model_wait_seconds,
        side_by_side=settings.gemini_concurrency,
        room=limits.room,
        sleep=sleep,
    )


def _pace(settings: Settings) -> Pace:
    return Pace(settings.max_calls_per_minute, settings.gemini_concurrency)


def _own_limits(pace: Pace, clock: Clock) -> CallLimits:
    from auramail.ai.own_limits import OwnLimits

    return OwnLimits(pace, clock)


def _limited(model: LanguageModel, settings: Settings, limits: CallLimits, clock: Clock, sleep: Sleep) -> LanguageModel:
    from auramail.ai.limited import Limited

    return Limited(model, limits, settings.retry_attempts, clock, sleep)
