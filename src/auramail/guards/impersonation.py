"""Impersonation: names that do not go with the address behind them, and answers led to somebody else."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from auramail.core.accounts import Person
from auramail.core.findings import Finding
from auramail.core.messages import Message
from auramail.core.wording import Wording
from auramail.guards.brands import labels, named_in, owner_of
from auramail.guards.domains import (
    CHEAP_ENDINGS,
    FREE_MAIL,
    OPEN_HOSTING,
    PUBLIC_ENDINGS,
    belongs,
    label_of,
    organisation,
)
from auramail.guards.lexicon import said
from auramail.guards.sender import TRANSLITERATION, is_put_together, readers_addresses
from auramail.guards.spelling import as_latin, mixes_scripts
from auramail.guards.suspicion import Suspicion, finding

ADDRESS_IN_NAME: Final = re.compile(r"[\w.+-]{1,64}@([\w-]+(?:\.[\w-]+)+)")
PASSED_ON: Final = re.compile(r"\b(?:via|через|on behalf of|mit)\b", re.IGNORECASE)
SHORTEST_NAME: Final = 3
PUT_TOGETHER: Final = 1.5


def inspect(message: Message, person: Person) -> Finding | None:
    """Compare the display name and the reply address with the address the message came from."""
    name, address = message.sender.name, message.sender.address
    suspicions: list[Suspicion] = []
    if name and address and "list-id" not in message.headers:
        suspicions += [*_brand(message), *_own_domain(message, person), *_office(message)]
        if not PASSED_ON.search(name):
            suspicions += [*_address_in_name(message), *_known_name(message, person)]
    if "several_senders" in message.notes:
        suspicions.append(
            Suspicion(1.5, Wording.of("It names several senders; {address} is the first", address=address))
        )
    if message.sender.domain.rpartition(".")[2] in CHEAP_ENDINGS and not owner_of(message.sender.domain):
        suspicions.append(
            Suspicion(0.6, Wording.of("It comes from {domain}, an ending often abused", domain=message.sender.domain))
        )
    if is_put_together(message) and not is_vouched(message.sender.domain) and "list-id" not in message.headers:
        suspicions.append(
            Suspicion(
                PUT_TOGETHER, Wording.of("{domain} is put together from words that lure", domain=message.sender.domain)
            )
        )
    if not person.knows(address):
        suspicions += _other_reply(message, person)
    return finding("impersonation", suspicions)


def is_vouched(domain: str) -> bool:
    """Whether the domain is one of a brand, of an authority or of a public mail service."""
    return domain in FREE_MAIL or belongs(domain, PUBLIC_ENDINGS) or owner_of(domain) is not None


def _brand(message: Message) -> Iterable[Suspicion]:
    name, domain = message.sender.name, message.sender.domain
    brand = named_in(name) or named_in(as_latin(name))
    disguised = any(mixes_scripts(word) for word in re.split(r"[\s-]", name))
    if brand and (brand.owns(domain) or labels().get(label_of(domain)) == brand or belongs(domain, PUBLIC_ENDINGS)):
        return  # Firms have their name under several endings; look-alikes weigh those that are not known.
    if brand:
        public = domain in FREE_MAIL or belongs(domain, OPEN_HOSTING)
        weight = 3.8 if public else 1.8 if "list-unsubscribe" in message.headers else 2.6
        if any(part in domain.split(".") for part in (brand.key, *(label_of(own) for own in brand.domains))):
            weight -= 1.0  # Look-alikes weigh how the name got into the domain.
        if "(" in name or PASSED_ON.search(name):
            weight *= 0.5  # “Olena (OLX)”: somebody one met there.
        if disguised and not named_in(name):
            weight += 1.5
        evidence = Wording.of("It calls itself {brand}, but comes from {domain}", brand=brand.name, domain=domain)
        yield Suspicion(weight, evidence)
    elif disguised:
        yield Suspicion(0.8, Wording.of("The sender's name “{name}” mixes letters of two alphabets", name=name))


def _own_domain(message: Message, person: Person) -> Iterable[Suspicion]:
    """The reader's own mail system, as it calls itself, from somewhere else."""
    for own in readers_addresses(message, person):
        domain = own.rpartition("@")[2]
        if domain not in FREE_MAIL and domain in message.sender.name.lower() and domain != message.sender.domain:
            evidence = Wording.of(
                "“{name}” uses your own domain, but writes from {domain}",
                name=message.sender.name,
                domain=message.sender.domain,
            )
            yield Suspicion(3.2, evidence)
            return


def _address_in_name(message: Message) -> Iterable[Suspicion]:
    shown = ADDRESS_IN_NAME.search(message.sender.name)
    if shown and organisation(shown.group(1).lower()) != organisation(message.sender.domain):
        yield Suspicion(
            3.2,
            Wording.of(
                "The sender shows the address {shown}, but writes from {address}",
                shown=shown.group(),
                address=message.sender.address,
            ),
        )


def _office(message: Message) -> Iterable[Suspicion]:
    """An office that writes from an address anyone can have."""
    if message.sender.domain in FREE_MAIL and said("names", message.sender.name):
        yield Suspicion(
            1.8,
            Wording.of(
                "“{name}” writes from the public mail service {domain}",
                name=message.sender.name,
                domain=message.sender.domain,
            ),
        )


def _known_name(message: Message, person: Person) -> Iterable[Suspicion]:
    """The name of somebody the person writes to, or their own, over a stranger's address."""
    address = message.sender.address
    if person.knows(address) or address in person.addresses:
        return
    parts = name_parts(message.sender.name)
    if len(parts) < 2:
        return
    theirs = [known for known in (*person.correspondents, *person.addresses) if parts <= local_parts(known)]
    if theirs and all(local_parts(known) != local_parts(address) for known in theirs):
        weight = 1.5 if message.sender.domain in FREE_MAIL and not person.domains & {message.sender.domain} else 2.0
        yield Suspicion(
            weight,
            Wording.of(
                "“{name}” writes to you from {known} otherwise, now from {address}",
                name=message.sender.name,
                known=theirs[0],
                address=address,
            ),
        )


def _other_reply(message: Message, person: Person) -> Iterable[Suspicion]:
    """Answers led away from the sender's organisation by something that is no list and no mass mail."""
    replies = [reply for reply in message.reply_to if reply.domain]
    headers = message.headers
    if not replies or "list-id" in headers or "list-unsubscribe" in headers or not message.sender.domain:
        return
    reply = replies[0]
    if organisation(reply.domain) == organisation(message.sender.domain) or person.knows(reply.address):
        return
    if reply.domain in FREE_MAIL and message.sender.domain not in FREE_MAIL:
        weight = 2.5 if owner_of(message.sender.domain) else 1.5
    elif reply.domain in FREE_MAIL:
        weight = 1.2 if local_parts(reply.address) != local_parts(message.sender.address) else 0.3
    else:
        weight = 0.7
    evidence = Wording.of(
        "Answers would go to {reply}, not to {address}", reply=reply.address, address=message.sender.address
    )
    yield Suspicion(weight, evidence)


@lru_cache(maxsize=4096)
def name_parts(name: str) -> frozenset[str]:
    """The words of a person's name, in Latin letters."""
    return frozenset(
        part for part in re.findall(r"[a-z]+", name.lower().translate(TRANSLITERATION)) if len(part) >= SHORTEST_NAME
    )


@lru_cache(maxsize=8192)
def local_parts(address: str) -> frozenset[str]:
    """The words of the part before the @."""
    return frozenset(re.findall(r"[a-z]{3,}", address.partition("@")[0].lower()))
