"""How Google is reached and paid for, by the settings."""

from typing import TYPE_CHECKING

from auramail.core.quota import Priority
from auramail.settings import Settings

if TYPE_CHECKING:
    from auramail.mail.gmail.client_file import OAuthClient
    from auramail.mail.gmail.mailbox import GmailOptions


def open_client_file(settings: Settings) -> "OAuthClient":
    """The OAuth client from the Google console, checked; raises NeedsPersonError saying what is wrong with it."""
    from auramail.mail.gmail.client_file import read_client_file

    return read_client_file(settings.google_client_secrets_path, f"{settings.address}/callback")


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
