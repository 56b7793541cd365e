"""Fetch: read the messages of a survey in bounded portions."""

from collections.abc import Iterable, Iterator, Sequence

from auramail.core.listings import Listed
from auramail.ports import Fetched, Mailbox

PORTION = 80
"""Messages read, judged and recorded together: two full batches of Gmail's, and little memory."""


def fetch(pages: Iterable[Sequence[Listed]], mailbox: Mailbox) -> Iterator[list[Fetched]]:
    """Yield what was read, in portions across pages; an empty portion marks a page with nothing to read."""
    waiting: list[Listed] = []
    for page in pages:
        waiting += page
        while len(waiting) >= PORTION:
            portion, waiting = waiting[:PORTION], waiting[PORTION:]
            yield _read(portion, mailbox)
        if not page:
            yield []
    if waiting:
        yield _read(waiting, mailbox)


def _read(portion: Sequence[Listed], mailbox: Mailbox) -> list[Fetched]:
    large = frozenset(message.id for message in portion if message.is_large)
    return mailbox.fetch([message.id for message in portion], large)
