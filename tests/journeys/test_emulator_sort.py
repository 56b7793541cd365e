"""A whole run and its undo through the independent emulator: the labels are as before, by a second opinion."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from auramail.core.accounts import Account
from auramail.core.labels import INBOX
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, RunKind
from auramail.ops.work import finish_run, owned
from auramail.settings import read_settings
from auramail.wiring.house import House, open_house
from tests.fakes.batch_front import BatchFront
from tests.fakes.emulator import Emulator, SeededMessage
from tests.house import newsletter, note

pytestmark = pytest.mark.emulator
OLENA = "olena@example.com"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    letters = [newsletter(number) for number in range(14)] + [note(number) for number in range(4)]
    seeded = [
        SeededMessage(f"18c2f3a4b5d6e7{age:02x}", raw, received=NOON - timedelta(hours=age))
        for age, raw in enumerate(letters)
    ]
    with Emulator(OLENA, seeded) as google:
        yield google


@pytest.fixture
def house(emulator: Emulator, home: Path, sqlite_url: str) -> Iterator[House]:
    assert sqlite_url
    secrets = home / "client_secret.json"
    secrets.write_bytes(orjson.dumps(emulator.client_config()))
    where = emulator.settings()
    with BatchFront(emulator.url) as front:
        settings = read_settings(
            auramail_home=home,
            base_uri=emulator.redirect_uris[0].removesuffix("/callback"),
            google_client_secrets_path=secrets,
            google_api_root_url=front.url,
            google_revoke_url=where["GOOGLE_REVOKE_URL"],
            google_jwks_url=where["GOOGLE_JWKS_URL"],
            google_issuers=(where["GOOGLE_ISSUERS"],),
            _env_file=None,
        )
        with open_house(settings) as opened:
            yield opened


def connect(house: House, emulator: Emulator) -> Account:
    """Sign in as a browser would, with PKCE, through the emulator's own pages."""
    google = house.google_sign_in()
    address, pending = google.begin()
    back = parse_qs(urlsplit(emulator.consent(address)).query)
    signed_in = google.finish(pending, {name: values[-1] for name, values in back.items()})
    account = house.accounts.connect_gmail(house.users.local_user().id, signed_in.identity.email, "Europe/Kyiv")
    house.credentials.save(account.id, signed_in.credentials.to_bytes(), signed_in.credentials.scopes)
    return account


def test_sorted_and_undone_through_the_emulator(house: House, emulator: Emulator) -> None:
    account = connect(house, emulator)
    with house.mailbox(account) as mailbox:
        ids = [one for page in mailbox.list_ids(MailQuery(folders=(INBOX,))) for one in page.ids]
        before = mailbox.labels_now(ids)
    with owned(house, account.id) as is_owner:
        order = Order(query=MailQuery(folders=(INBOX,)))
        done = finish_run(house, house.runs.start(account.id, order), is_owner).receipt
    with house.mailbox(account) as mailbox:
        moved = mailbox.labels_now(ids)
    with owned(house, account.id) as is_owner:
        undo = Order(kind=RunKind.UNDO, selection={"run_id": done.run})
        undone = finish_run(house, house.runs.start(account.id, undo), is_owner).receipt

    assert (done.listed, done.handled, undone.handled) == (18, 18, 18)
    assert sum(INBOX not in (labels or ()) for labels in moved.values()) == 14
    with house.mailbox(account) as mailbox:
        assert mailbox.labels_now(ids) == before
