"""Privacy: what of an account's mail a language model in the cloud may see, by its person's own word."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from auramail.core.messages import Message


class Tier(StrEnum):
    """On what terms a cloud's model is used."""

    FREE = "free"
    """Its vendor's people may read what is sent, and train models with it."""
    PAID = "paid"


class Withheld(StrEnum):
    """Why a message is not shown to a model in the cloud."""

    SWITCHED_OFF = "switched_off"
    NO_CONSENT = "no_consent"
    SENDER = "sender"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Consent:
    """That a person said yes, when, and to what."""

    user_id: int
    at: datetime
    tier: Tier
    model: str
    vendor: str = ""
    """Whose computers its answers come from: another vendor needs another yes."""


@dataclass(frozen=True, slots=True)
class CloudTerms:
    """One account's. `senders` are whole addresses and `@domains` (with all below them), `labels` are label ids."""

    is_on: bool = True
    consent: Consent | None = None
    senders: frozenset[str] = field(default_factory=frozenset)
    labels: frozenset[str] = field(default_factory=frozenset)

    def covers(self, tier: Tier, vendor: str = "") -> bool:
        """Whether the person said yes to as much, and to this vendor; to the free tier means to the paid one too."""
        if self.consent is None or self.consent.vendor != vendor:
            return False
        return tier is Tier.PAID or self.consent.tier is Tier.FREE

    def withholds(self, message: Message, tier: Tier, vendor: str = "") -> Withheld | None:
        """Why a model in the cloud may not see the message; None if it may."""
        if not self.is_on:
            return Withheld.SWITCHED_OFF
        if not self.covers(tier, vendor):
            return Withheld.NO_CONSENT
        if self._names(message.sender.address):
            return Withheld.SENDER
        return Withheld.LABEL if self.labels & message.labels else None

    def _names(self, address: str) -> bool:
        local, _, domain = address.rpartition("@")
        for spelt in _spellings(domain.rstrip(".")):
            parts = spelt.split(".")
            above = {"@" + ".".join(parts[start:]) for start in range(len(parts))}
            if self.senders & (above | {f"{local}@{spelt}"}):
                return True
        return False


def _spellings(domain: str) -> Iterator[str]:
    """A domain as it is, and as it is spelt with and without letters beyond ASCII (xn--…)."""
    yield domain
    with suppress(UnicodeError):
        yield domain.encode("idna").decode("ascii")
    with suppress(UnicodeError):
        yield domain.encode("ascii").decode("idna")
