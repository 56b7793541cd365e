"""Terms for models in the cloud, as they are written in the settings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from auramail.core.privacy import CloudTerms, Consent, Tier


def terms_to_json(terms: CloudTerms) -> dict[str, Any]:
    return {
        "is_on": terms.is_on,
        "consent": terms.consent and _consent_to_json(terms.consent),
        "senders": sorted(terms.senders),
        "labels": sorted(terms.labels),
    }


def terms_from_json(data: Mapping[str, Any]) -> CloudTerms:
    return CloudTerms(
        is_on=data["is_on"],
        consent=_consent_from_json(data["consent"]) if data["consent"] else None,
        senders=frozenset(data["senders"]),
        labels=frozenset(data["labels"]),
    )


def _consent_to_json(consent: Consent) -> dict[str, Any]:
    return {
        "user_id": consent.user_id,
        "at": consent.at.isoformat(),
        "tier": consent.tier.value,
        "model": consent.model,
        "vendor": consent.vendor,
    }


def _consent_from_json(data: Mapping[str, Any]) -> Consent:
    at, tier = datetime.fromisoformat(data["at"]), Tier(data["tier"])
    return Consent(data["user_id"], at, tier, data["model"], data.get("vendor", ""))
