"""The sender's standing: what their address alone says about who may stand behind it."""

import re
from enum import Enum
from functools import lru_cache
from typing import Final

from auramail.core.accounts import Person
from auramail.core.messages import Message
from auramail.guards.brands import labels, named_in, owner_of
from auramail.guards.domains import (
    CHEAP_ENDINGS,
    EVERYBODYS,
    FREE_MAIL,
    PUBLIC_ENDINGS,
    RESERVED_ADDRESSES,
    belongs,
    label_of,
    lures_of,
)
from auramail.guards.spelling import as_latin

# The state's table of 2010 (resolution 55 of the Cabinet of Ministers), as passports and addresses have it.
CYRILLIC: Final = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъё"
LATIN: Final = "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - iu ia y e - e"
TRANSLITERATION: Final = {ord(each): latin.strip("-") for each, latin in zip(CYRILLIC, LATIN.split(), strict=True)}
SAME_START: Final = 4
"""Letters at the start of two names that make them one: endings and transliterations differ."""
SHORTEST_WORD: Final = 3


class Standing(Enum):
    KNOWN = "the person themselves, somebody they write to, or of their own domain"
    BRAND = "the domain belongs to a brand or an authority"
    PLAIN = "a domain like any other"
    FACELESS = "an address anyone can have, a name that belongs to somebody else, or a domain made of lures"


UNLIKELY_HARMFUL: Final = frozenset({Standing.KNOWN, Standing.BRAND})


def standing(message: Message, person: Person) -> Standing:
    """Where the sender stands, if From is true; whether it is true is for authentication to say."""
    domain = message.sender.domain
    address = message.sender.address
    own = person.domains or frozenset(each.domain for each in message.to)
    if person.knows(address) or address in person.addresses or domain in own - FREE_MAIL:
        return Standing.KNOWN
    if domain in FREE_MAIL and is_of_the_mail_service(message):
        return Standing.BRAND
    if domain in FREE_MAIL:
        return Standing.FACELESS
    if owner_of(domain) or belongs(domain, PUBLIC_ENDINGS):
        return Standing.BRAND
    if domain.rpartition(".")[2] in CHEAP_ENDINGS:
        return Standing.FACELESS
    claimed = named_in(message.sender.name)
    is_borrowed = claimed is not None and not claimed.owns(domain) and labels().get(label_of(domain)) != claimed
    return Standing.FACELESS if is_borrowed or is_put_together(message) else Standing.PLAIN


def is_of_the_mail_service(message: Message) -> bool:
    """Whether a public mail service itself writes: addresses such as `support@` are given to nobody else (RFC 2142)."""
    service = owner_of(message.sender.domain)
    if message.sender.address.startswith(("mailer-daemon@", "postmaster@")):
        return True
    return (
        service is not None
        and named_in(message.sender.name) == service
        and message.sender.address.partition("@")[0] in RESERVED_ADDRESSES
    )


def is_put_together(message: Message) -> bool:
    """Whether the domain is made of luring words, or of one and nothing that goes with the sender's name."""
    lures = lures_of(message.sender.domain)
    return len(lures) > 1 or (bool(lures) and not goes_with_name(message))


def goes_with_name(message: Message) -> bool:
    """Whether the display name and the address share a word, apart from luring ones; also if there is no name."""
    return _goes_with(message.sender.name, message.sender.address)


@lru_cache(maxsize=4096)
def _goes_with(name: str, address: str) -> bool:
    words = _words(name)
    if not words:
        return True
    local, _, domain = address.partition("@")
    label = domain.rpartition(".")[0]
    for lure in lures_of(domain):
        label = label.replace(lure, "-")
    places = (local,) if domain in FREE_MAIL else (label, local)
    return any(_share(words, place) for place in places)


def _share(words: tuple[str, ...], place: str) -> bool:
    parts = [part for part in re.split(r"[^a-z0-9]+", place) if len(part) >= SHORTEST_WORD]
    joined = "".join(parts)
    return any(
        word in joined if len(word) > SAME_START else word in parts or joined.startswith(word)
        for word in (each[: SAME_START + 1] for each in words)
    ) or any(part[: SAME_START + 1] in "".join(words) for part in parts if len(part) > SAME_START)


def _words(name: str) -> tuple[str, ...]:
    """The words of a display name in Latin letters, in its order, without those that any office has in its name."""
    latin = as_latin(name.lower().translate(TRANSLITERATION))
    return tuple(dict.fromkeys(word for word in re.findall(r"[a-z0-9]{3,40}", latin) if word not in EVERYBODYS))


def readers_addresses(message: Message, person: Person) -> frozenset[str]:
    """The person's own addresses; where nobody knows them, those the message is addressed to."""
    return person.addresses or frozenset(address.address for address in message.to if address.address)
