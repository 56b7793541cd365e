"""The letters of the contract in a Gmail account of the fake Google."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.contracts.mailbox_cases import LETTERS, SHORT_PAGE, Case
from tests.fakes.google_server import GoogleServer
from tests.mail.gmail.gmail_world import GmailWorld, Timepiece


@contextmanager
def gmail_case() -> Iterator[Case]:
    clock = Timepiece()
    with GoogleServer(clock) as google:
        google.add_user("ana@gmail.example")
        content = {google.add_message(known.raw, known.labels, known.received): known for known in LETTERS}
        google.mailbox().longest_page = SHORT_PAGE
        with GmailWorld(google, clock).open() as mailbox:
            yield Case(mailbox, content)
        assert google.violations == []
        assert google.forbidden == []
