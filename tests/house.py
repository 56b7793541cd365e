"""A whole house for tests: real settings, real database, and Gmail played by the fake over HTTP."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from auramail.core.accounts import Account
from auramail.core.history import Entry, Selection, State
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, RunKind
from auramail.flow.desk import Outcome
from auramail.mail.gmail.credentials import Credentials
from auramail.ops.work import finish_run, owned
from auramail.settings import Settings, read_settings
from auramail.wiring.google import open_client_file
from auramail.wiring.house import House, open_house
from tests.fakes.clock import FakeClock
from tests.fakes.google.world import ALL_SCOPES
from tests.fakes.google_server import GoogleServer
from tests.mail.letters import letter

ANA = "ana@gmail.example"
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
NEWSLETTER = (
    "List-Id: Garden weekly <weekly.garden.example>",
    "List-Unsubscribe: <https://garden.example/off>",
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    "Precedence: bulk",
)


def newsletter(number: int, date: datetime = NOON) -> bytes:
    return letter(
        f"Garden weekly {number}",
        sender="Garden weekly <news@garden.example>",
        to=ANA,
        date=date,
        message_id=f"{number}@garden.example",
        headers=NEWSLETTER,
        body=f"This week in the garden, issue {number}: ten plants for shade. Unsubscribe below.",
    )


def note(number: int, sender: str = "Ben Friend <ben@friends.example>", date: datetime = NOON) -> bytes:
    return letter(
        f"Our walk {number}",
        sender=sender,
        to=ANA,
        date=date,
        message_id=f"{number}@friends.example",
        body="Hi Ana, it was lovely to see you on Sunday. I enjoyed our walk very much. Love, Ben",
    )


@dataclass
class GmailHome:
    """Ana's installation and her account at the fake Google."""

    google: GoogleServer
    house: House
    account: Account
    clock: FakeClock
    receipts: list[Outcome] = field(default_factory=list)

    def deliver(self, raw: bytes, *labels: str, age: int = 0) -> str:
        """Deliver a message `age` minutes ago; by default unread in the inbox. Gives its id."""
        return self.google.add_message(raw, labels or ("INBOX", "UNREAD"), self.clock.now() - timedelta(minutes=age))

    def sort(self, **order: object) -> Outcome:
        return self.follow(Order(query=MailQuery(), **order))  # type: ignore[arg-type]  # a test names what it wants

    def undo(self, **selection: object) -> Outcome:
        return self.follow(Order(kind=RunKind.UNDO, selection=selection))

    def approve(self, **selection: object) -> Outcome:
        return self.follow(Order(kind=RunKind.APPROVE, selection=selection))

    def follow(self, order: Order) -> Outcome:
        with owned(self.house, self.account.id) as is_owner:
            outcome = finish_run(self.house, self.house.runs.start(self.account.id, order), is_owner)
        assert outcome.receipt.is_whole
        return outcome

    def entries(self, *states: State) -> list[Entry]:
        return list(self.house.ledger.entries(Selection(self.account.id, states=frozenset(states))))

    def labels(self) -> Mapping[str, frozenset[str]]:
        """Every message's label ids at Google."""
        return self.google.snapshot()

    def names(self, message_id: str) -> frozenset[str]:
        return self.google.label_names_of(message_id)


def settings_for(google: GoogleServer, home: Path, **overrides: object) -> Settings:
    """Settings that send everything meant for Google to the fake."""
    secrets = home / "client_secret.json"
    google.write_client_secret(secrets)
    return read_settings(
        auramail_home=home,
        google_api_root_url=google.url,
        google_client_secrets_path=secrets,
        google_revoke_url=f"{google.url}/revoke",
        google_userinfo_url=f"{google.url}/v1/userinfo",
        google_jwks_url=f"{google.url}/oauth2/v3/certs",
        google_issuers=(google.url, "https://accounts.google.com"),
        _env_file=None,
        **{"gmail_units_per_minute": 10_000_000, **overrides},
    )


def connect_gmail(google: GoogleServer, house: House, address: str = ANA) -> Account:
    """An account whose person has consented, without a browser."""
    account = house.accounts.connect_gmail(house.users.local_user().id, address, "Europe/Kyiv")
    client = open_client_file(house.settings)
    tokens = google.grant(address)
    credentials = Credentials(client.client_id, client.token_uri, tokens.refresh_token, scopes=tokens.scopes)
    house.credentials.save(account.id, credentials.to_bytes(), ALL_SCOPES)
    return account


@contextmanager
def gmail_home(home: Path, clock: FakeClock, **overrides: object) -> Iterator[GmailHome]:
    """Everything of one installation; at the end Google has seen nothing it would refuse or that is forbidden."""
    with GoogleServer(clock) as google:
        google.add_user(ANA, "Ana")
        wanted = settings_for(google, home, **overrides)
        with open_house(wanted, clock, lambda seconds: clock.advance(seconds=seconds)) as house:
            yield GmailHome(google, house, connect_gmail(google, house), clock)
        assert google.violations == []
        assert google.forbidden == []
