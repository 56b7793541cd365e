"""Privacy: what a person allows and forbids a model in the cloud to see, each change saved and recorded."""

import re
from collections.abc import Callable
from dataclasses import replace

from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError
from auramail.core.privacy import CloudTerms, Consent, Tier
from auramail.core.wording import Wording
from auramail.ops.model.places import Place, is_free, place_of
from auramail.wiring.house import House

SENDERS = "senders"
LABELS = "labels"
_DOMAIN = r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+"
_SENDER = re.compile(rf"[^\s<>()\",;:@]{{0,320}}@(?=.{{1,255}}\Z){_DOMAIN}")


def allow(
    house: House, account: Account, user_id: int, *, tier: Tier | None = None, is_elsewhere: bool = False
) -> None:
    """The person allows the model in the cloud for an account's mail.

    Under Gemini's free tier they also say that they are not in the EEA, the United Kingdom or Switzerland
    (`is_elsewhere`), which is recorded. Raises NeedsPersonError where that is missing, or there is nothing to allow.
    """
    settings = house.settings
    place, tier = place_of(settings), tier or Tier(settings.gemini_tier)
    if place is not Place.CLOUD:
        raise NeedsPersonError(
            Wording.of("No language model in the cloud is set up, so there is nothing to allow."),
            Wording.of("See GEMINI_API_KEY and OPENAI_BASE_URL."),
        )
    is_free_of_charge = is_free(settings.default_model, place, tier)
    if is_free_of_charge and not is_elsewhere:
        raise NeedsPersonError(
            Wording.of("Gemini's free tier may not be used for people in the EEA, the United Kingdom and Switzerland."),
            Wording.of("Confirm that you are not there, or use a paid key (GEMINI_TIER=paid) or a model of your own."),
        )
    give_consent(house, account, user_id, tier, settings.model_name)
    if is_free_of_charge:
        house.audit.write("cloud_place_confirmed", user_id, account.id, {"not_in": ["EEA", "GB", "CH"]})


def give_consent(house: House, account: Account, user_id: int, tier: Tier, model: str) -> None:
    """The person says yes to that much; a yes they gave earlier is replaced."""
    vendor = house.settings.vendor
    consent = Consent(user_id, house.clock.now(), tier, model, vendor)
    detail: dict[str, object] = {"tier": tier.value, "model": model, "vendor": vendor}
    _change(house, account, user_id, lambda terms: replace(terms, consent=consent), "cloud_allowed", detail)


def withdraw(house: House, account: Account, user_id: int) -> None:
    """Nothing is sent any more; what was sent before is not called back."""
    _change(house, account, user_id, lambda terms: replace(terms, consent=None), "cloud_refused")


def switch(house: House, account: Account, user_id: int, *, on: bool) -> None:
    """Turn the cloud off, or on again with the consent there was."""
    act = "cloud_turned_on" if on else "cloud_turned_off"
    _change(house, account, user_id, lambda terms: replace(terms, is_on=on), act)


def never(house: House, account: Account, user_id: int, what: str, *, wanted: bool) -> None:
    """Keep mail of a sender (`name@domain`, or `@domain` with all below it) or with a label from every cloud, or not.

    A label is named as the mailbox shows it, or by its id. Raises NeedsPersonError for what is none of these.
    """
    kind, name = named(house, account, what)

    def change(terms: CloudTerms) -> CloudTerms:
        if kind == LABELS:
            return replace(terms, labels=terms.labels | {name} if wanted else terms.labels - {name})
        return replace(terms, senders=terms.senders | {name} if wanted else terms.senders - {name})

    # The record outlives the account: it says what kind of thing was chosen, not whose mail.
    detail: dict[str, object] = {"what": kind}
    _change(house, account, user_id, change, "cloud_never" if wanted else "cloud_never_ended", detail)


def _change(
    house: House,
    account: Account,
    user_id: int,
    change: Callable[[CloudTerms], CloudTerms],
    act: str,
    detail: dict[str, object] | None = None,
) -> None:
    if house.preferences.change_cloud(account.id, change):
        house.audit.write(act, user_id, account.id, detail)


def named(house: House, account: Account, what: str) -> tuple[str, str]:
    """`labels` and a label's id, or `senders` and an address or domain; raises NeedsPersonError for neither."""
    wanted = what.strip()
    terms = house.preferences.cloud(account.id)
    labels = house.labels.names(account.id)
    if wanted in labels or wanted in terms.labels:
        return LABELS, wanted
    for label_id, name in sorted(labels.items()):
        if wanted and name.casefold() == wanted.casefold():
            return LABELS, label_id
    sender = wanted.lower().rstrip(".")
    if _SENDER.fullmatch(sender):
        return SENDERS, sender
    raise NeedsPersonError(
        Wording.of("{what} is no address, no @domain and no label of this mailbox.", what=wanted or "“”"),
        Wording.of("Write it as name@example.org, @example.org, or a label as the mailbox shows it."),
    )
