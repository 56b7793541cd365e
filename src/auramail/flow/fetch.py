"""Fetch: read the messages of a survey in bounded portions."""

from collections.abc import Iterable, Iterator

from auramail.ports import Fetched, Mailbox

PORTION = 80
"""Messages read, judged and recorded together: two full batches of Gmail's, and little memory."""


def fetch(pages: Iterable[list[str]], mailbox: Mailbox) -> Iterator[list[Fetched]]:
    """Yield what was read, in portions across pages; an empty portion marks a page with nothing to read."""
    waiting: list[str] = []
    for page in pages:
        waiting += page
        while len(waiting) >= PORTION:
            portion, waiting = waiting[:PORTION], waiting[PORTION:]
            yield mailbox.fetch(portion)
        if not page:
            yield []
    if waiting:
        yield mailbox.fetch(waiting)
