from collections.abc import Iterator

import pytest

from auramail.mail.gmail.mailbox import GmailMailbox
from tests.fakes.google_server import GoogleServer
from tests.mail.gmail.gmail_world import GmailWorld, Timepiece


@pytest.fixture
def world() -> Iterator[GmailWorld]:
    """Ana's account. Whatever a test does, every request must be as Google documents it and allowed to AuraMail."""
    clock = Timepiece()
    with GoogleServer(clock) as google:
        google.add_user("ana@gmail.example")
        yield GmailWorld(google, clock)
        assert google.violations == []
        assert google.forbidden == []


@pytest.fixture
def mailbox(world: GmailWorld) -> Iterator[GmailMailbox]:
    with world.open() as opened:
        yield opened
