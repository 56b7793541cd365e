"""How the language model stands for an account: what it cost, what it may cost, and what stands in its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from auramail.ai.billed import most_tokens
from auramail.ai.today import Today
from auramail.core.accounts import Account
from auramail.core.costs import Cap, ModelDay, Spent, TokenPrices, Use
from auramail.core.privacy import CloudTerms, Tier
from auramail.core.questions import Part
from auramail.flow.prompts import judging
from auramail.ops.model.checks import Checked, last_check
from auramail.ops.model.places import GOOGLES, Place, host_of, is_free, place_of
from auramail.settings import Settings
from auramail.wiring.house import House

DAYS: Final = 30


class Standing(StrEnum):
    """Whether the model of an account may be asked now; the first that holds, in this order."""

    NONE = "none"
    CLOUD_OFF = "cloud_off"
    """By the operator, for everybody."""
    SWITCHED_OFF = "switched_off"
    NO_CONSENT = "no_consent"
    PROBLEM = "problem"
    CLOSED = "closed"
    """Its vendor's quota of the day is used up."""
    SPENT = "spent"
    """The operator's cap of the day is reached."""
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Status:
    """How the language model of the settings stands for one account.

    `provider` is `gemini`, `decisions`, `openai` or `local`, `host` empty at the vendor's own address. `tier` is that
    which a consent has to cover. `today` and the caps are those of all accounts together.
    """

    provider: str
    model: str
    host: str
    vendor: str
    place: Place
    tier: Tier
    standing: Standing
    terms: CloudTerms
    checked: Checked | None
    today: Spent
    cap_a_day: Cap
    cap_a_run: Cap
    prices: TokenPrices
    day_ends: datetime
    closed_until: datetime | None

    @property
    def is_cloud(self) -> bool:
        return self.place is Place.CLOUD

    @property
    def is_googles(self) -> bool:
        return self.provider in GOOGLES

    @property
    def is_covered(self) -> bool:
        """Whether the person said yes to this vendor on these terms."""
        return self.terms.covers(self.tier, self.vendor)

    @property
    def is_free(self) -> bool:
        """Whether its vendor's people may read what is sent: a consent then has to say more."""
        return is_free(self.provider, self.place, self.tier)


@dataclass(frozen=True, slots=True)
class Costs:
    """What models cost since a day: `days` and `whole` all accounts together, `own` and `use` one account."""

    since: date
    days: tuple[ModelDay, ...]
    whole: Spent
    own: Spent
    use: Use


def status_of(house: House, account: Account) -> Status:
    """How the model stands for an account; asks nobody."""
    settings = house.settings
    today = Today(house.clock, settings.timezone)
    spent, terms, checked = house.bills.of_day(today.date()), house.preferences.cloud(account.id), last_check(house)
    place = place_of(settings)
    closed = house.models.limits.closed_until() if place is not Place.NOWHERE else None
    return Status(
        provider=settings.default_model,
        model=settings.model_name,
        host=host_of(settings),
        vendor=settings.vendor,
        place=place,
        tier=Tier(settings.gemini_tier),
        standing=_standing(settings, terms, checked, spent, closed),
        terms=terms,
        checked=checked,
        today=spent,
        cap_a_day=settings.cap_a_day,
        cap_a_run=settings.cap_a_run,
        prices=settings.prices_of(settings.model_name),
        day_ends=datetime.combine(today.date() + timedelta(days=1), time.min, ZoneInfo(settings.timezone)),
        closed_until=closed,
    )


def costs_of(house: House, account: Account, days: int = DAYS) -> Costs:
    """What models cost in so many days, today being the last."""
    zone = ZoneInfo(house.settings.timezone)
    since = Today(house.clock, house.settings.timezone).date() - timedelta(days=days - 1)
    beginning = datetime.combine(since, time.min, zone)
    counted = tuple(house.model_reading.days(since))
    return Costs(
        since=since,
        days=counted,
        whole=_sum(counted),
        own=house.model_reading.of_account(account.id, beginning),
        use=house.model_reading.use(account.id, beginning),
    )


def _standing(
    settings: Settings, terms: CloudTerms, checked: Checked | None, spent: Spent, closed: datetime | None
) -> Standing:
    refused = _refused(settings, terms)
    if refused is not None:
        return refused
    if checked is not None and checked.problem is not None:
        return Standing.PROBLEM
    if closed is not None:
        return Standing.CLOSED
    return Standing.READY if _has_room(settings, spent) else Standing.SPENT


def _refused(settings: Settings, terms: CloudTerms) -> Standing | None:
    """Why nobody may be asked, by the word of the operator or the person."""
    place = place_of(settings)
    if place is Place.NOWHERE:
        return Standing.NONE
    if place is not Place.CLOUD:
        return None
    if settings.cloud == "off":
        return Standing.CLOUD_OFF
    if not terms.is_on:
        return Standing.SWITCHED_OFF
    return None if terms.covers(Tier(settings.gemini_tier), settings.vendor) else Standing.NO_CONSENT


def _has_room(settings: Settings, spent: Spent) -> bool:
    """Whether the shortest question there is could still be paid for today."""
    shortest = judging.write_alone(Part("", ""), seconds=0.0).question
    price = settings.prices_of(settings.model_name).micros(most_tokens(shortest))
    return settings.cap_a_day.has_room(spent, price)


def _sum(days: Sequence[ModelDay]) -> Spent:
    return sum((day.spent for day in days), Spent())
