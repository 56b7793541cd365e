"""Language models with all that stands before them: cache, bills and limits."""

from functools import cached_property
from typing import TYPE_CHECKING

from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError
from auramail.core.pace import Pace
from auramail.core.privacy import Tier
from auramail.core.wording import Wording
from auramail.flow.advice import Adviser
from auramail.ports.models import CallLimits, LanguageModel, Provider, Sleep
from auramail.ports.world import Clock
from auramail.settings import Settings
from auramail.wiring.models import open_provider

if TYPE_CHECKING:
    from auramail.wiring.house import House

NOBODY = frozenset({"none", "local"})
DECISIONS = "decisions"
"""It scores each message by itself."""


class Models:
    """The language models of a house's settings, each opened when first asked; threads may share them."""

    def __init__(self, house: "House") -> None:
        self._house = house
        self._providers: dict[str, Provider | None] = {}

    @property
    def provider(self) -> LanguageModel | None:
        """The one in use, bare, as for a check; None where none is wanted. Raises NeedsPersonError as `whole`."""
        return self._provider(self._house.settings.default_model)

    @cached_property
    def limits(self) -> CallLimits:
        """Those of the model in use, shared through Redis with other workers, or without it of this process."""
        return self._limits(self._house.settings.default_model)

    @cached_property
    def whole(self) -> LanguageModel | None:
        """The one in use, with cache, bills and limits; raises NeedsPersonError, naming the setting at fault."""
        return self._whole(self._house.settings.default_model)

    def for_words_of(self, account: Account, name: str = "") -> LanguageModel | None:
        """The model for what the account's person says themselves: a search, a rule. `name` empty: the one in use.

        Raises NeedsPersonError where they did not allow the cloud, or a setting is at fault.
        """
        model, house = self._whole(name) if name else self.whole, self._house
        terms, tier = house.preferences.cloud(account.id), Tier(house.settings.gemini_tier)
        vendor = house.settings.vendor_of(name or house.settings.default_model)
        if model is None or not model.is_cloud or (terms.is_on and terms.covers(tier, vendor)):
            return model
        raise NeedsPersonError(
            Wording.of("You have not allowed a language model in the cloud for this mailbox."),
            Wording.of("Allow it on the page “Language model”, or with `auramail model allow`."),
        )

    def _provider(self, name: str) -> Provider | None:
        if name in NOBODY:
            return None
        if name not in self._providers:
            settings = self._house.settings
            provider = open_provider(settings, name, self._house.clock)
            self._providers[name] = None if provider.is_cloud and settings.cloud == "off" else provider
        return self._providers[name]

    def _whole(self, name: str) -> LanguageModel | None:
        house, settings, provider = self._house, self._house.settings, self._provider(name)
        if provider is None:
            return None
        from auramail.ai.billed import Billed
        from auramail.ai.cached import Cached
        from auramail.ai.today import Today

        limits = self.limits if name == settings.default_model else self._limits(name)
        today = Today(house.clock, settings.timezone)
        limited = _limited(provider, settings, limits, house.clock, house.sleep)
        bills = house.bills.of(provider.name)
        billed = Billed(limited, bills, settings.prices_of(provider.name), settings.cap_a_day, today)
        return Cached(billed, house.answers, bills, today)

    def _limits(self, name: str) -> CallLimits:
        from auramail.jobs.model_limits import SharedLimits
        from auramail.wiring.house import redis_url

        settings = self._house.settings
        secret = settings.openai_base_url if name == "openai" else settings.gemini_api_key.get_secret_value()
        pace = _pace(settings)
        return SharedLimits(
            redis_url(settings), settings.name_of(name), secret, pace, _own_limits(pace, self._house.clock)
        )

    def hit(self) -> None:
        """Count an answer that was known already into the day."""
        from auramail.ai.today import Today

        house = self._house
        house.bills.hit(Today(house.clock, house.settings.timezone).date())

    def close(self) -> None:
        """End the connections, if any were opened."""
        for provider in self._providers.values():
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
        terms=lambda: house.preferences.cloud(account.id),
        tier=Tier(settings.gemini_tier),
        vendor=settings.vendor,
        cap=settings.cap_a_run.at(settings.prices_of(model.name)),
        answers=house.answers,
        wait=settings.model_wait_seconds,
        side_by_side=settings.gemini_concurrency,
        is_sociable=settings.default_model != DECISIONS,
        room=house.models.limits.room,
        on_hit=house.models.hit,
        sleep=house.sleep,
    )
    return adviser, None


def _pace(settings: Settings) -> Pace:
    return Pace(settings.max_calls_per_minute, settings.gemini_concurrency)


def _own_limits(pace: Pace, clock: Clock) -> CallLimits:
    from auramail.ai.own_limits import OwnLimits

    return OwnLimits(pace, clock)


def _limited(model: LanguageModel, settings: Settings, limits: CallLimits, clock: Clock, sleep: Sleep) -> LanguageModel:
    from auramail.ai.limited import Limited

    return Limited(model, limits, settings.retry_attempts, clock, sleep)
