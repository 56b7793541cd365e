"""The doctor: looks at everything the product needs and says what to do about what is missing."""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from auramail.core.accounts import SourceKind
from auramail.core.clock import SystemClock
from auramail.core.errors import AuraMailError
from auramail.core.quota import QuotaStanding, table_in_force
from auramail.core.wording import Wording
from auramail.jobs.embedded_redis import find_program
from auramail.jobs.queue import RQDoorbell, unreachable
from auramail.judging.local import LocalClassifier
from auramail.mail.gmail.calls import Method
from auramail.mail.gmail.quota import UNITS
from auramail.ops.model.checks import what_to_do
from auramail.ops.model.places import Place, place_of
from auramail.settings import Settings
from auramail.storage import revision
from auramail.storage.vault import KeyFile, parse_keys
from auramail.wiring.google import open_client_file
from auramail.wiring.house import open_house
from auramail.wiring.models import open_provider

LEAST_FREE_BYTES = 200_000_000
ANSWERS: Final = {
    Place.HERE: Wording("{model} answers, on this computer; it is asked about what is unsure"),
    Place.NEAR: Wording("{model} answers, in your own network; it is asked about what is unsure"),
    Place.CLOUD: Wording("{model} answers, in the cloud; it is asked about what is unsure of mailboxes that allow it"),
}


class State(StrEnum):
    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: how it stands, and what to do if it does not."""

    name: str
    state: State
    says: Wording
    do: Wording | None = None


def examine(settings: Settings) -> list[Check]:
    """Look at everything, whatever is broken first."""
    return [
        look("home", lambda: _check_home(settings)),
        look("keys", lambda: _check_keys(settings)),
        look("database", lambda: _check_database(settings)),
        look("redis", lambda: _check_queue(settings)),
        look("classifier", _check_classifier),
        look("google", lambda: _check_client_file(settings), missing=State.NOTE),
        look("model", lambda: _check_model(settings), missing=State.NOTE),
        look("web", lambda: _check_web(settings), missing=State.NOTE),
        *_check_quotas(settings),
    ]


def look(name: str, check: Callable[[], Wording], missing: State = State.BAD) -> Check:
    """Run one check; what it raises is what is wrong. `missing` says how bad that is."""
    try:
        return Check(name, State.GOOD, check())
    except AuraMailError as error:
        return Check(name, missing, error.problem, error.hint)


def _check_home(settings: Settings) -> Wording:
    home = settings.auramail_home
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            free = shutil.disk_usage(home).free
    except OSError as error:
        raise AuraMailError(
            Wording.of("{home} cannot be written: {why}", home=home, why=error.strerror or type(error).__name__),
            Wording.of("Give this user the folder, or set AURAMAIL_HOME to another."),
        ) from error
    if free < LEAST_FREE_BYTES:
        raise AuraMailError(
            Wording.of("Only {free} MB are free in {home}.", free=free // 1_000_000, home=home),
            Wording.of("Make room."),
        )
    return Wording.of("{home} can be written, {free} MB free", home=home, free=free // 1_000_000)


def _check_keys(settings: Settings) -> Wording:
    given = settings.auramail_keys.get_secret_value()
    keys = parse_keys(given) if given else KeyFile(settings.auramail_home / "keys").keys()
    return Wording.of("Keys for stored credentials: {count}; the first encrypts", count=len(keys))


def _check_database(settings: Settings) -> Wording:
    if not settings.database_url and revision.current(settings.database) is None:
        return Wording.of("None yet; it is made when it is first needed")
    revision.check(settings.database)
    return Wording.of("Up to date, revision {revision}", revision=revision.head())


def _check_queue(settings: Settings) -> Wording:
    if not settings.redis_url:
        return Wording.of("`auramail up` embeds {program}", program=find_program())
    bell = RQDoorbell(settings.redis_url, SystemClock())
    try:
        if not bell.is_reachable():
            raise unreachable()
    finally:
        bell.close()
    return Wording.of("Redis answers")


def _check_classifier() -> Wording:
    LocalClassifier.load()
    return Wording.of("The local classifier is there")


def _check_client_file(settings: Settings) -> Wording:
    open_client_file(settings)
    return Wording.of("{path} is right", path=settings.google_client_secrets_path)


def _check_model(settings: Settings) -> Wording:
    place = place_of(settings)
    if place is Place.NOWHERE:
        return Wording.of("No language model: everything is decided on this computer")
    if place is Place.CLOUD and settings.cloud == "off":
        return Wording.of("No model in the cloud is asked (CLOUD=off): everything is decided on this computer")
    provider = open_provider(settings, settings.default_model, SystemClock())
    with closing(provider):
        try:
            provider.check()
        except AuraMailError as error:
            raise AuraMailError(error.problem, what_to_do(error, settings)) from error
    return Wording.of(ANSWERS[place].text, model=settings.model_name)


def _check_quotas(settings: Settings) -> list[Check]:
    """How Google's quota stands for each connected account that was used lately."""
    if not _has_database(settings):
        return []
    with open_house(settings) as house:
        gmail = [account for account in house.accounts.all() if account.kind is SourceKind.GMAIL]
        standings = [(account.address, house.bucket(account).standing()) for account in gmail]
    reading = settings.gmail_unit_costs.get(Method.GET_MESSAGE.google_name, UNITS[Method.GET_MESSAGE])
    return [judge_quota(address, standing, reading) for address, standing in standings if standing.is_known]


def _has_database(settings: Settings) -> bool:
    try:
        revision.check(settings.database)
    except AuraMailError:
        return False
    return True


def judge_quota(address: str, standing: QuotaStanding, reading: int) -> Check:
    """One account's quota, and which table Google seems to go by; `reading` is what a message costs by the settings."""
    told = {"address": address, "now": round(standing.a_minute), "set": standing.configured}
    table = table_in_force(standing, reading)
    if table is not None and (table.a_minute, table.reading) != (standing.configured, reading):
        says = Wording.of(
            "{address}: Google seems to allow {units} units a minute, at {reading} for each message read",
            address=address,
            units=table.a_minute,
            reading=table.reading,
        )
        units = f"GMAIL_UNITS_PER_MINUTE={table.a_minute}"
        costs = f"GMAIL_UNIT_COSTS=messages.get={table.reading}"
        return Check("quota", State.NOTE, says, Wording.of("Set {units} and {costs}.", units=units, costs=costs))
    if standing.refusals:
        says = Wording.of(
            "{address}: {now} of {set} units a minute; refusals by Google: {count}",
            **told,
            count=standing.refusals,
        )
        return Check("quota", State.GOOD, says)
    return Check("quota", State.GOOD, Wording.of("{address}: {now} of {set} units a minute, never refused", **told))


def _check_web(settings: Settings) -> Wording:
    if settings.is_on_this_computer:
        return Wording.of("{address}, reachable from this computer only", address=settings.address)
    if not settings.address.startswith("https://") or not settings.force_https:
        raise AuraMailError(
            Wording.of("{address} can be reached by others, and is not https.", address=settings.address),
            Wording.of("Put a proxy with a certificate in front, set BASE_URI to https://… and FORCE_HTTPS=true."),
        )
    return Wording.of("{address}, over https", address=settings.address)
