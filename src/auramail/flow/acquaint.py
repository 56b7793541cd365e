"""Acquaint: learn from the person's own sent mail who they are and whom they write to."""

from collections import Counter
from collections.abc import Iterator

from auramail.core.accounts import Account, Person
from auramail.core.labels import SENT
from auramail.core.messages import Message
from auramail.core.queries import MailQuery
from auramail.flow.parse import parse
from auramail.ports.mailboxes import Mailbox
from auramail.ports.world import Accounts

SENT_READ = 100
"""Newest sent messages looked at; each costs as much as reading any other message."""


def acquaint(account: Account, mailbox: Mailbox, accounts: Accounts) -> Person:
    """Give whom the account belongs to, looking through its sent mail the first time."""
    known = accounts.person(account.id)
    return meet(account, mailbox, accounts) if known is None else known


def meet(account: Account, mailbox: Mailbox, accounts: Accounts) -> Person:
    """Look through the newest sent mail, whoever the person was thought to be before."""
    addresses, wrote_to = Counter[str](), Counter[str]()
    for message in _sent(mailbox):
        addresses[message.sender.address] += 1
        wrote_to.update({recipient.address for recipient in (*message.to, *message.cc)})
    own = {address for address in (account.address, *addresses) if address}
    person = Person(
        addresses=frozenset(own),
        correspondents={address: count for address, count in wrote_to.items() if address and address not in own},
        zone=account.zone,
    )
    accounts.remember_person(account.id, person)
    return person


def _sent(mailbox: Mailbox) -> Iterator[Message]:
    """The newest sent messages, all of them or, where the mailbox asks to wait, TryAgainError."""
    for page in mailbox.list_ids(MailQuery(folders=(SENT,), limit=SENT_READ)):
        left = page.ids
        while left:
            answers = mailbox.fetch(left, frozenset(message.id for message in page.messages if message.is_large))
            yield from parse(answer.source for answer in answers if answer.source is not None)
            left = [one for one in left if one not in {answer.id for answer in answers}]
