"""Fetch: read the messages of a survey in bounded portions."""

from collections.abc import Iterable, Iterator

from auramail.ports import Fetched, Mailbox

PORTION = 80
"""Messages read, judged and recorded together: two full batches of Gmail's, and little memory."""


def fetch(pages: Iterable[list[str]], mailbox: Mailbox) -> Iterator[list[Fetched]]:
    """Yield what was read, in portions across pages; an empty portion marks a page with nothing to read.

    What a mailbox left out of its answer is asked for again; it raises TryAgainError once that has to wait.
    """
    waiting: list[str] = []
    for page in pages:
        waiting += page
        while len(waiting) >= PORTION:
            portion, waiting = waiting[:PORTION], waiting[PORTION:]
            read = mailbox.fetch(portion)
            yield read
            waiting = _unread(portion, read) + waiting
        if not page:
            yield []
    while waiting:
        read = mailbox.fetch(waiting)
        yield read
        waiting = _unread(waiting, read)


def _unread(ids: Iterable[str], read: Iterable[Fetched]) -> list[str]:
    answered = {answer.id for answer in read}
    return [one for one in ids if one not in answered]
