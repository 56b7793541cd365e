"""Reveal: who a message that was filed unread is from, and what it is about, read when a person asks."""

from dataclasses import replace

from auramail.core.errors import GiveUpError
from auramail.core.history import Entry
from auramail.core.wording import Wording
from auramail.flow.parse import parse
from auramail.ports.journal import Ledger
from auramail.ports.mailboxes import Mailbox


def reveal(entry: Entry, mailbox: Mailbox, ledger: Ledger) -> Entry:
    """Read the message once, save what it says of itself in the journal, and give the entry with it.

    Raises GiveUpError where there is no such message any more, and whatever the mailbox raises.
    """
    if not entry.is_unread:
        return entry
    (answer,) = mailbox.fetch([entry.message_id], frozenset({entry.message_id}))
    if answer.source is None:
        raise GiveUpError(answer.problem or Wording.of("The mailbox no longer has this message"))
    (message,) = parse([answer.source])
    told = replace(
        entry,
        sender=message.sender.address,
        sender_name=message.sender.name,
        subject=message.subject,
        received=message.date,
    )
    ledger.describe(told)
    return told
