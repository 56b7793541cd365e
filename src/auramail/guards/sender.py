"""The sender's standing: what their address alone says about who may stand behind it."""

from enum import Enum
from typing import Final

from auramail.core.accounts import Person
from auramail.core.messages import Message
from auramail.guards.brands import named_in, owner_of
from auramail.guards.domains import CHEAP_ENDINGS, FREE_MAIL


class Standing(Enum):
    KNOWN = "the person themselves, somebody they write to, or of their own domain"
    BRAND = "the domain belongs to a brand"
    PLAIN = "a domain like any other"
    FACELESS = "an address anyone can have, or a name that belongs to somebody else"


UNLIKELY_HARMFUL: Final = frozenset({Standing.KNOWN, Standing.BRAND})


def standing(message: Message, person: Person) -> Standing:
    """Where the sender stands, if From is true; whether it is true is for authentication to say."""
    domain = message.sender.domain
    address = message.sender.address
    if person.knows(address) or address in person.addresses or domain in person.domains - FREE_MAIL:
        return Standing.KNOWN
    if domain in FREE_MAIL or domain.rpartition(".")[2] in CHEAP_ENDINGS:
        return Standing.FACELESS
    if owner_of(domain):
        return Standing.BRAND
    claimed = named_in(message.sender.name)
    return Standing.FACELESS if claimed and not claimed.owns(domain) else Standing.PLAIN


def readers_addresses(message: Message, person: Person) -> frozenset[str]:
    """The person's own addresses; where nobody knows them, those the message is addressed to."""
    return person.addresses or frozenset(address.address for address in message.to if address.address)
