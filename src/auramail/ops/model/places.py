"""Where the language model of the settings runs, and whose terms hold there."""

import ipaddress
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from auramail.core.privacy import Tier
from auramail.settings import Settings
from auramail.wiring.advice import NOBODY

GOOGLES: Final = frozenset({"gemini", "decisions"})


class Place(StrEnum):
    """Where a model runs."""

    NOWHERE = "nowhere"
    HERE = "this_computer"
    NEAR = "own_network"
    CLOUD = "cloud"


def place_of(settings: Settings) -> Place:
    """Where the model of the settings runs."""
    if settings.default_model in NOBODY:
        return Place.NOWHERE
    is_googles = settings.default_model in GOOGLES
    if settings.is_gemini_in_the_cloud if is_googles else settings.is_openai_in_the_cloud:
        return Place.CLOUD
    return Place.HERE if _is_this_computer(host_of(settings)) else Place.NEAR


def host_of(settings: Settings) -> str:
    """The host that is asked; empty for the vendor's own address, and for none."""
    if settings.default_model in NOBODY:
        return ""
    address = settings.gemini_base_url if settings.default_model in GOOGLES else settings.openai_base_url
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def is_free(provider: str, place: Place, tier: Tier) -> bool:
    """Whether Google's terms for its free tier hold."""
    return place is Place.CLOUD and provider in GOOGLES and tier is Tier.FREE


def _is_this_computer(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
