"""Look-alikes: domains made to be taken for those of a brand or of people the person writes to."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from auramail.core.accounts import Person
from auramail.core.findings import Finding
from auramail.core.messages import Message
from auramail.core.wording import Wording
from auramail.guards.brands import Brand, labels, owner_of
from auramail.guards.domains import (
    CHEAP_ENDINGS,
    FREE_MAIL,
    LURES,
    SUPPORT_HOSTS,
    host_of,
    is_address,
    label_of,
    landing_of,
    organisation,
    readable,
)
from auramail.guards.spelling import DIGIT_SWAPS, as_latin, disguised_words, is_a_slip_away, mixes_scripts, skeleton
from auramail.guards.suspicion import Suspicion, finding

MOST_HOSTS = 40
MANY_WORDS = 4
NUMBER = re.compile(r"\d+")
DIGIT_FOR_A_LETTER = re.compile(r"[a-z]{3}[01][a-z]{3}")
MAILINGS = frozenset({"mail", "email", "news", "info"})
"""What firms themselves put behind their name where they send newsletters from."""
LONGEST_READ = 4_000


def inspect(message: Message, person: Person) -> Finding | None:
    """Compare the domains of sender, reply address and links with brands and correspondents."""
    own = known_organisations(frozenset(person.correspondents), person.domains)
    suspicions: list[Suspicion] = []
    writers = {message.sender.domain, *(address.domain for address in message.reply_to)} - {""}
    for domain in writers:
        suspicions += suspect(domain, own, is_sender=True)
    hosts = dict.fromkeys(host_of(landing_of(link.target)) for link in message.links)
    seen = {organisation(domain) for domain in writers}
    for host in [host for host in hosts if host][:MOST_HOSTS]:
        if organisation(host) not in seen:
            seen.add(organisation(host))
            suspicions += suspect(host, own, is_sender=False)
    disguised = disguised_words(message.text[:LONGEST_READ])
    if len(disguised) >= MANY_WORDS:
        words = ", ".join(disguised[:3])
        suspicions.append(
            Suspicion(3.0, Wording.of("Words hide letters of another alphabet from filters: {words}", words=words))
        )
    return finding("lookalikes", suspicions)


@lru_cache(maxsize=16)
def known_organisations(correspondents: frozenset[str], own: frozenset[str]) -> frozenset[str]:
    """The organisations of the person and of those they write to; public mail services are nobody's."""
    domains = {address.rpartition("@")[2] for address in correspondents} | own
    return frozenset(organisation(domain) for domain in domains if domain) - FREE_MAIL


def suspect(host: str, known: frozenset[str], *, is_sender: bool) -> Iterable[Suspicion]:
    """What is wrong with one host name; nothing for those of a brand or a correspondent themselves."""
    if organisation(host) in known or owner_of(host) or is_address(host):
        return []
    seen = _like_correspondent(host, known) or _like_brand(host)
    return [seen if is_sender else Suspicion(seen.weight * 0.8, seen.evidence)] if seen else []


def _like_correspondent(host: str, known: frozenset[str]) -> Suspicion | None:
    written = readable(organisation(host))
    label = written.partition(".")[0]
    for genuine in known:
        theirs = label_of(genuine)
        if len(theirs) < 4:
            continue
        if label == theirs:
            continue  # Firms own their name under several endings; strangers share short names.
        if are_numbered_alike(label, theirs):
            continue
        if skeleton(label) == skeleton(theirs) or is_a_slip_away(label, theirs):
            return Suspicion(
                4.5,
                Wording.of("The domain {domain} imitates {genuine}, which you know", domain=written, genuine=genuine),
            )
    return None


def are_numbered_alike(one: str, other: str) -> bool:
    """Whether two names differ in a number only, as sisters of one firm do (`mail2firm`, `mail3firm`)."""
    return bool(NUMBER.search(one) and NUMBER.search(other)) and NUMBER.sub("#", one) == NUMBER.sub("#", other)


@lru_cache(maxsize=8192)
def _like_brand(host: str) -> Suspicion | None:
    written = readable(organisation(host))
    label, _, ending = written.partition(".")
    imitated = _imitated(label)
    if imitated:
        brand, weight = imitated
        return Suspicion(weight, Wording.of("The domain {domain} imitates {brand}", domain=written, brand=brand.name))
    if DIGIT_FOR_A_LETTER.search(label):
        return Suspicion(1.2, Wording.of("The domain {domain} has a digit where a letter would be", domain=written))
    if mixes_scripts(label):
        return Suspicion(3.5, Wording.of("The domain {domain} mixes letters of two alphabets", domain=written))
    return _borrowed(label, ending, written) or _in_subdomain(host, written)


@cache
def _skeletons() -> Mapping[str, Brand]:
    return {skeleton(label): brand for label, brand in labels().items() if len(label) > len("wise")}


@cache
def _by_start() -> Mapping[str, tuple[str, ...]]:
    """The brands' labels by their first two letters: a slip in those would be seen."""
    starts: dict[str, list[str]] = {}
    for label in labels():
        starts.setdefault(label[:2], []).append(label)
    return {start: tuple(theirs) for start, theirs in starts.items()}


def _imitated(label: str) -> tuple[Brand, float] | None:
    """The brand whose name the label spells with other letters, and what that weighs."""
    if label in labels():
        return None
    brand = _skeletons().get(skeleton(label))
    if brand:
        return brand, 5.0
    brand = _slipped(label)
    return (brand, 4.0 if len(label) >= len("monobank") else 2.5) if brand else None


def _slipped(name: str) -> Brand | None:
    """The brand that one slip makes of a name, behind the first two letters."""
    near = (theirs for theirs in _by_start().get(name[:2], ()) if not labels()[theirs].word)
    return next((labels()[theirs] for theirs in near if is_a_slip_away(name, theirs)), None)


def _borrowed(label: str, ending: str, written: str) -> Suspicion | None:
    """A brand's name with something around it, or under an ending that is not the brand's."""
    brand = labels().get(label)
    if brand:
        cheap = ending.rpartition(".")[2] in CHEAP_ENDINGS
        return Suspicion(
            3.5 if cheap else 1.0,
            Wording.of("The domain {domain} is not one of {brand}", domain=written, brand=brand.name),
        )
    borrowed = _with_parts(label) or _with_affix(as_latin(label).replace("-", "").translate(DIGIT_SWAPS))
    if not borrowed:
        return None
    brand, rest = borrowed
    lured = all(part in LURES for part in rest)
    if not lured and brand.word:
        return None
    return Suspicion(
        (2.5 if MAILINGS.issuperset(rest) else 4.5) if lured else 2.0,
        Wording.of("The domain {domain} borrows the name of {brand}", domain=written, brand=brand.name),
    )


def _with_parts(label: str) -> tuple[Brand, list[str]] | None:
    """A brand between hyphens or digits (`paypal-secure`), and the other parts."""
    parts = [part for part in re.split(r"[-_\d]+", label) if part]
    for part in parts:
        brand = labels().get(part) or _skeletons().get(skeleton(part)) or _slipped(part)
        if brand and len(parts) > 1:
            return brand, [other for other in parts if other != part]
    return None


def _with_affix(label: str) -> tuple[Brand, list[str]] | None:
    """A brand with a lure stuck to it (`monobankua`), and the lure."""
    for theirs in _by_start().get(label[:2], ()):
        if label.startswith(theirs) and label[len(theirs) :] in LURES:
            return labels()[theirs], [label[len(theirs) :]]
    for lure in LURES:
        if label.startswith(lure) and label[len(lure) :] in labels():
            return labels()[label[len(lure) :]], [lure]
    return None


def _in_subdomain(host: str, written: str) -> Suspicion | None:
    """A brand's name in front of somebody else's domain: `privatbank.ua.check-login.com`."""
    if label_of(host) in SUPPORT_HOSTS:
        return None
    front = host.removesuffix(organisation(host)).rstrip(".")
    parts = re.split(r"[.\-]", front)
    for part in parts:
        brand = labels().get(part)
        if brand and (not brand.word or not LURES.isdisjoint(parts)):
            whole = any(f"{domain}." in f"{front}." for domain in brand.domains)
            return Suspicion(
                4.0 if whole else 2.0,
                Wording.of(
                    "{host} carries the name of {brand}, but leads to {domain}",
                    host=host,
                    brand=brand.name,
                    domain=written,
                ),
            )
    return None
