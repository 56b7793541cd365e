"""Sign-in, labels, changes and history through the independent emulator: a second opinion beside our own fake."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from auramail.core.actions import Change
from auramail.core.clock import SystemClock
from auramail.core.labels import INBOX, LabelWish
from auramail.core.queries import MailQuery
from auramail.mail.gmail.client_file import OAuthClient, read_client_file
from auramail.mail.gmail.consent import GoogleAddresses, GoogleSignIn, SignedIn
from auramail.mail.gmail.mailbox import GmailMailbox, GmailOptions, Grant, open_mailbox
from auramail.mail.gmail.quota import LocalBucket
from auramail.ports.mailboxes import Request
from tests.fakes.batch_front import BatchFront
from tests.fakes.emulator import Emulator, SeededMessage
from tests.mail.letters import letter

pytestmark = pytest.mark.emulator

OLENA = "olena@example.com"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
IDS = [f"18c2f3a4b5d6e7{number:02x}" for number in range(14)]
"""Newest first."""
RAW = {one: letter(f"Letter {age}", date=NOON - timedelta(hours=age)) for age, one in enumerate(IDS)}


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    seeded = [
        SeededMessage(one, raw, received=NOON - timedelta(hours=age)) for age, (one, raw) in enumerate(RAW.items())
    ]
    with Emulator(OLENA, seeded) as google:
        yield google


@pytest.fixture(scope="module")
def client(emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> OAuthClient:
    path: Path = tmp_path_factory.mktemp("client") / "client_secret.json"
    path.write_bytes(orjson.dumps(emulator.client_config()))
    return read_client_file(path, emulator.redirect_uris[0])


@pytest.fixture(scope="module")
def signed_in(emulator: Emulator, client: OAuthClient) -> SignedIn:
    where = emulator.settings()
    addresses = GoogleAddresses(
        where["GOOGLE_REVOKE_URL"], where["GOOGLE_JWKS_URL"], where["GOOGLE_USERINFO_URL"], (where["GOOGLE_ISSUERS"],)
    )
    google = GoogleSignIn(client, addresses, clock=SystemClock(), sleep=time.sleep)
    address, pending = google.begin()
    back = parse_qs(urlsplit(emulator.consent(address)).query)
    answer = google.finish(pending, {name: values[-1] for name, values in back.items()})
    google.close()
    return answer


@pytest.fixture
def mailbox(emulator: Emulator, client: OAuthClient, signed_in: SignedIn) -> Iterator[GmailMailbox]:
    clock = SystemClock()
    with (
        BatchFront(emulator.url) as front,
        open_mailbox(
            Grant(client, signed_in.credentials, lambda _: None),
            GmailOptions(root_url=front.url),
            zone="Europe/Kyiv",
            bucket=LocalBucket(1_000_000, clock),
            clock=clock,
            sleep=time.sleep,
        ) as opened,
    ):
        yield opened


def inbox(mailbox: GmailMailbox) -> list[str]:
    return [one for page in mailbox.list_ids(MailQuery(folders=(INBOX,))) for one in page.ids]


def test_a_person_signs_in(signed_in: SignedIn) -> None:
    assert signed_in.identity.email == OLENA
    assert signed_in.missing == ()
    assert signed_in.credentials.refresh_token


def test_the_inbox_is_read_as_it_was_sent(mailbox: GmailMailbox) -> None:
    ids = inbox(mailbox)

    answers = mailbox.fetch(ids)

    assert ids == IDS
    assert [answer.source and answer.source.raw for answer in answers] == list(RAW.values())


@pytest.mark.parametrize("count", [3, 12])
def test_a_change_reaches_its_messages_and_its_opposite_restores_them(mailbox: GmailMailbox, count: int) -> None:
    """Three are changed one by one, twelve together, which the history then confirms."""
    ids = IDS[:count]
    wish = LabelWish("AuraMail/Newsletters", "#4a86e8", "#ffffff")
    before = mailbox.labels_now(ids)
    label = mailbox.labels([wish])[wish.name]
    change = Change(add=frozenset({label.id}), remove=frozenset({INBOX}))

    (done,) = mailbox.change_labels([Request(tuple(ids), change)])
    moved = mailbox.labels_now(ids)
    (undone,) = mailbox.change_labels([Request(tuple(ids), Change(add=change.remove, remove=change.add))])

    assert (done.problem, done.unknown, done.gone) == (None, False, frozenset())
    assert moved == {one: change.after(before[one] or ()) for one in ids}
    assert (undone.problem, undone.unknown, undone.gone) == (None, False, frozenset())
    assert mailbox.labels_now(ids) == before
    assert inbox(mailbox) == IDS


def test_a_label_is_found_again(mailbox: GmailMailbox) -> None:
    wish = LabelWish("AI_Review", "#cccccc", "#000000")
    made = mailbox.labels([wish])

    assert mailbox.labels([])["AI_Review"] == made["AI_Review"]


def test_a_message_that_is_not_there_is_gone(mailbox: GmailMailbox) -> None:
    missing, found = mailbox.fetch(["18c2f3a4b5d6ffff", IDS[0]])

    assert missing.gone
    assert found.source is not None
