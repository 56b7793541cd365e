"""Acquaint: learn from the person's own sent mail who they are and whom they write to."""

from collections import Counter

from auramail.core.accounts import Account, Person
from auramail.core.labels import SENT
from auramail.core.queries import MailQuery
from auramail.flow.fetch import fetch
from auramail.flow.parse import parse
from auramail.ports import Accounts, Mailbox

SENT_READ = 100
"""Newest sent messages looked at; each costs as much as reading any other message."""


def acquaint(account: Account, mailbox: Mailbox, accounts: Accounts) -> Person:
    """Give whom the account belongs to, looking through its sent mail the first time."""
    known = accounts.person(account.id)
    if known is not None:
        return known
    addresses, wrote_to = Counter[str](), Counter[str]()
    pages = mailbox.list_ids(MailQuery(folders=(SENT,), limit=SENT_READ))
    for answers in fetch((page.messages for page in pages), mailbox):
        for message in parse(answer.source for answer in answers if answer.source is not None):
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
