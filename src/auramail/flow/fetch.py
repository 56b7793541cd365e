"""Fetch: read messages in bounded portions."""

from collections.abc import Iterable, Iterator, Sequence

from auramail.core.listings import Listed
from auramail.ports.mailboxes import Fetched, Mailbox

PORTION = 80
"""Messages read, judged and recorded together: little memory, and few transactions."""
METERED_PORTION = 40
"""The same where reading costs: one full batch of Gmail's, so that judging begins as soon as one has come."""


def fetch(portions: Iterable[Sequence[Listed]], mailbox: Mailbox) -> Iterator[list[Fetched]]:
    """Yield what was read of each portion, of at most 100 messages; nothing for an empty one.

    What the mailbox left out of its answer is asked for again; it raises TryAgainError once that has to wait.
    """
    for portion in portions:
        large = frozenset(message.id for message in portion if message.is_large)
        left = [message.id for message in portion]
        while left:
            read = mailbox.fetch(left, large)
            yield read
            answered = {answer.id for answer in read}
            left = [message_id for message_id in left if message_id not in answered]
        if not portion:
            yield []
