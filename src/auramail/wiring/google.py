"""How Google is reached and paid for, by the settings."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from auramail.core.quota import Priority
from auramail.ports.world import Clock
from auramail.settings import Settings

if TYPE_CHECKING:
    from auramail.mail.gmail.client_file import OAuthClient
    from auramail.mail.gmail.http import Wire
    from auramail.mail.gmail.mailbox import GmailOptions, Grant
    from auramail.mail.gmail.pubsub import PubSub
    from auramail.mail.gmail.push import PushVerifier
    from auramail.storage.credentials import SqlCredentials

QUICK: Final = 10.0
"""Seconds that Pub/Sub, or Google's keys, are waited for: other things are due meanwhile."""


def open_client_file(settings: Settings) -> "OAuthClient":
    """The OAuth client from the Google console, checked; raises NeedsPersonError saying what is wrong with it."""
    from auramail.mail.gmail.client_file import read_client_file

    return read_client_file(settings.google_client_secrets_path, f"{settings.address}/callback")


def open_grant(settings: Settings, credentials: "SqlCredentials", account_id: int) -> "Grant":
    """What the account's person granted, kept again whenever it is renewed; raises SignInNeededError if it is gone."""
    from auramail.mail.gmail.credentials import Credentials
    from auramail.mail.gmail.errors import sign_in_again
    from auramail.mail.gmail.mailbox import Grant

    held = credentials.load(account_id)
    if held is None:
        raise sign_in_again()

    def save(renewed: Credentials) -> None:
        credentials.save(account_id, renewed.to_bytes(), renewed.scopes)

    return Grant(open_client_file(settings), Credentials.from_bytes(held.secret), save)


def gmail_options(settings: Settings, priority: Priority) -> "GmailOptions":
    from auramail.mail.gmail.mailbox import GmailOptions

    return GmailOptions(
        root_url=settings.google_api_root_url,
        unit_costs=settings.gmail_unit_costs,
        batch_size=settings.gmail_batch_size,
        batch_max=settings.gmail_batch_max,
        attempts=settings.retry_attempts,
        priority=priority,
    )


def open_wire() -> "Wire":
    from auramail.mail.gmail.http import Wire

    return Wire(QUICK)


def open_subscription(
    settings: Settings, wire: "Wire", clock: Clock, sleep: Callable[[float], None]
) -> "PubSub | None":
    """The subscription from which announcements are pulled, if one is named; raises NeedsPersonError for its key."""
    if not settings.gmail_pubsub_subscription:
        return None
    from auramail.mail.gmail.patience import Patience
    from auramail.mail.gmail.pubsub import PubSub

    key, once = settings.gmail_pubsub_key_path, Patience(1, sleep, clock.now)
    name, root = settings.gmail_pubsub_subscription, settings.gmail_pubsub_url
    return PubSub(wire, key, name, clock, once, root)


def open_push_verifier(settings: Settings, wire: "Wire", clock: Clock) -> "PushVerifier | None":
    """Who checks pushed announcements, if the settings say for whom they are and by whom they are sent."""
    audience, sender = settings.gmail_push_audience, settings.gmail_push_sender
    if not audience or not sender:
        return None
    from auramail.mail.gmail.jwt import KeySet
    from auramail.mail.gmail.push import PushVerifier

    keys = KeySet(wire, settings.google_jwks_url, clock)
    return PushVerifier(keys, clock, audience=audience, sender_email=sender, issuers=settings.google_issuers)
