"""A person with a Gmail account in the fake Google, and mailboxes opened on it as the product opens them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from auramail.core.quota import Bucket
from auramail.mail.gmail.client_file import OAuthClient
from auramail.mail.gmail.credentials import Credentials
from auramail.mail.gmail.mailbox import GmailMailbox, GmailOptions, Grant, open_mailbox
from auramail.mail.gmail.quota import LocalBucket
from tests.fakes.clock import FakeClock
from tests.fakes.google.world import ALL_SCOPES, Tokens
from tests.fakes.google_server import GoogleServer
from tests.mail.letters import letter

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
REDIRECT = "http://127.0.0.1:5000/callback"


class Timepiece(FakeClock):
    """Time passes when somebody sleeps; `pauses` are the seconds each slept."""

    def __init__(self) -> None:
        super().__init__(NOON)
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.advance(seconds=seconds)

    def set_wall(self, **step: float) -> None:
        """Somebody sets the computer's clock; no time passes."""
        self._now += timedelta(**step)


@dataclass
class GmailWorld:
    """Ana's account; `saved` are the credentials that mailboxes had saved."""

    google: GoogleServer
    clock: Timepiece
    saved: list[Credentials] = field(default_factory=list)

    @property
    def client(self) -> OAuthClient:
        url, oauth = self.google.url, self.google.oauth
        return OAuthClient(oauth.client_id, oauth.client_secret, f"{url}/o/oauth2/v2/auth", f"{url}/token", REDIRECT)

    def credentials(self, scopes: Sequence[str] = ALL_SCOPES) -> Credentials:
        return self.credentials_of(self.google.grant(scopes=scopes))

    def credentials_of(self, tokens: Tokens) -> Credentials:
        return Credentials(
            client_id=self.client.client_id,
            token_uri=self.client.token_uri,
            refresh_token=tokens.refresh_token,
            access_token=tokens.access_token,
            expiry=self.clock.now() + timedelta(hours=1),
            scopes=tokens.scopes,
        )

    def open(
        self,
        options: GmailOptions | None = None,
        credentials: Credentials | None = None,
        units_per_minute: int = 1_000_000,
        bucket: Bucket | None = None,
    ) -> GmailMailbox:
        wanted = options or self.options()
        return open_mailbox(
            Grant(self.client, credentials or self.credentials(), self.saved.append),
            wanted,
            zone="Europe/Kyiv",
            bucket=bucket or LocalBucket(units_per_minute, self.clock),
            clock=self.clock,
            sleep=self.clock.sleep,
        )

    def options(self, timeout: float = 5.0, batch_size: int = 25) -> GmailOptions:
        return GmailOptions(root_url=self.google.url, timeout=timeout, batch_size=batch_size)

    def deliver(self, count: int, labels: Sequence[str] = ("INBOX", "UNREAD")) -> list[str]:
        """That many messages, a minute apart; their ids, newest first."""
        dates = [NOON - timedelta(minutes=age) for age in range(count)]
        return [
            self.google.add_message(letter(f"Letter {age}", date=date), labels, date) for age, date in enumerate(dates)
        ]
