"""Links: targets that are not what their text, their sender or their look promises."""

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from auramail.core.accounts import Person
from auramail.core.findings import Finding
from auramail.core.messages import Link, Message
from auramail.core.wording import Wording
from auramail.guards.brands import Brand, labels, named_in, owner_of
from auramail.guards.domains import (
    CHEAP_ENDINGS,
    FREE_MAIL,
    OPEN_HOSTING,
    SHORTENERS,
    belongs,
    host_of,
    is_address,
    is_tenant,
    landing_of,
    organisation,
)
from auramail.guards.sender import readers_addresses
from auramail.guards.suspicion import Suspicion, finding
from auramail.guards.ways import LEAVING, is_bulk

MOST_LINKS: Final = 60
LONG_TARGET: Final = 500
SHOWN_HOST: Final = re.compile(
    r"^\s*(?:https?://)?(?:www\.)?((?:[^\W_]|-)+(?:\.(?:[^\W_]|-)+)*\.[^\W\d_]{2,18})(?:[/?#:]\S*)?\s*$", re.IGNORECASE
)
SCRIPTS: Final = ("javascript:", "data:", "vbscript:", "blob:")
USUAL_PORTS: Final = frozenset({80, 443, 8080, 8443})
HOME: Final = re.compile(r"^(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.")
GATES: Final = re.compile(
    r"log[-_]?in|sign[-_]?in|verif|secur|account|update|confirm|auth|wallet|webmail|owa\b|password", re.IGNORECASE
)
FILE_NAMES: Final = frozenset(
    [
        "html",
        "htm",
        "pdf",
        "doc",
        "docx",
        "txt",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "zip",
        "py",
        "js",
        "css",
        "php",
        "md",
        "csv",
        "xml",
        "json",
        "sh",
        "exe",
        "tar",
        "gz",
    ]
)


def inspect(message: Message, person: Person) -> Finding | None:
    """Look at every link once, and at where the links of a message in a brand's name lead."""
    if not message.links:
        return None
    bulk = is_bulk(message)
    own = {organisation(message.sender.domain)} | {organisation(domain) for domain in person.domains} - FREE_MAIL
    suspicions: dict[str, Suspicion] = {}
    for link in dict.fromkeys(message.links[:MOST_LINKS]):
        for kind, suspicion in suspect(link, own, bulk=bulk):
            if kind not in suspicions or suspicion.weight > suspicions[kind].weight:
                suspicions[kind] = suspicion
    borrowed = _not_the_brands(message)
    if borrowed:
        suspicions["borrowed"] = borrowed
    filled_in = None if bulk else _filled_in(message.links[:MOST_LINKS], readers_addresses(message, person))
    if filled_in:
        suspicions["reader"] = filled_in
    return finding("links", list(suspicions.values()))


def suspect(link: Link, own: set[str], *, bulk: bool) -> list[tuple[str, Suspicion]]:
    """What is wrong with one link, by kind."""
    target = link.target.strip()
    if target.lower().startswith(SCRIPTS):
        words = target[:40]
        return [
            ("script", Suspicion(4.0, Wording.of("A link runs code instead of leading to a page: {link}", link=words)))
        ]
    host = host_of(target)
    if not host:
        return []
    try:
        parts = urlsplit(target)
        port = parts.port
    except ValueError:
        return []
    found = [*_of_host(host, bulk=bulk), *_of_rest(parts, port, host)]
    landing = landing_of(target)
    if landing != target and organisation(host) not in own:
        weight = 0.3 if bulk else 1.0
        found.append(("redirect", Suspicion(weight, Wording.of("A link hides its target behind {host}", host=host))))
        found += _of_host(host_of(landing), bulk=bulk)
    mismatch = _mismatch(link.text, host, own, bulk=bulk)
    return [*found, ("mismatch", mismatch)] if mismatch else found


def _of_host(host: str, *, bulk: bool) -> list[tuple[str, Suspicion]]:
    if is_address(host):
        weight = 0.3 if HOME.match(host) else 2.5
        return [("address", Suspicion(weight, Wording.of("A link leads to a bare number, {host}", host=host)))]
    if host in SHORTENERS or organisation(host) in SHORTENERS:
        weight = 0.3 if bulk else 1.0
        return [("shortener", Suspicion(weight, Wording.of("A link hides its target behind {host}", host=host)))]
    if is_tenant(host) and (belongs(host, OPEN_HOSTING) or not owner_of(host)):
        weight = 0.3 if bulk else 1.0
        return [
            ("hosting", Suspicion(weight, Wording.of("A link leads to {host}, where anyone may publish", host=host)))
        ]
    if host.rpartition(".")[2] in CHEAP_ENDINGS:
        weight = 0.2 if bulk else 0.7
        return [("ending", Suspicion(weight, Wording.of("A link leads to {host}, an ending often abused", host=host)))]
    return []


def _of_rest(parts: SplitResult, port: int | None, host: str) -> list[tuple[str, Suspicion]]:
    """What is wrong with a target besides its host."""
    found = []
    if "@" in parts.netloc:
        shown = parts.netloc.rpartition("@")[0][:60]
        weight = 4.5 if "." in shown else 2.0
        found.append(
            (
                "userinfo",
                Suspicion(weight, Wording.of("A link shows {shown}, but leads to {host}", shown=shown, host=host)),
            )
        )
    if port and port not in USUAL_PORTS:
        weight = 0.3 if is_address(host) and HOME.match(host) else 1.0
        found.append(
            ("port", Suspicion(weight, Wording.of("A link uses the odd port {port} of {host}", port=port, host=host)))
        )
    if "%" in parts.netloc:
        found.append(
            ("encoded", Suspicion(2.5, Wording.of("A link writes its host in code: {host}", host=parts.netloc)))
        )
    brand = _in_path(parts, host)
    if brand:
        found.append(
            ("path", Suspicion(1.2, Wording.of("A link to {host} mentions {brand}", host=host, brand=brand.name)))
        )
    if len(parts.path) + len(parts.query) > LONG_TARGET and parts.query.count("%") > LONG_TARGET // 10:
        found.append(("long", Suspicion(0.4, Wording.of("A link to {host} is unusually long and encoded", host=host))))
    return found


def _in_path(parts: SplitResult, host: str) -> Brand | None:
    """A brand named in the path of somebody else's site, next to words such as `login`."""
    path = parts.path.lower()
    if not path or not GATES.search(path) or owner_of(host):
        return None
    return next(
        (labels()[word] for word in re.split(r"[/._\-]", path) if word in labels() and not labels()[word].word), None
    )


def _mismatch(text: str, host: str, own: set[str], *, bulk: bool) -> Suspicion | None:
    """Visible text that is the address of somebody else.

    Newsletters show their own address and count clicks elsewhere; that alone means little.
    """
    shown = SHOWN_HOST.match(text) if len(text) < LONG_TARGET and "." in text else None
    if not shown:
        return None
    promised = shown.group(1).lower()
    if promised.rpartition(".")[2] in FILE_NAMES:
        return None
    theirs, real = organisation(promised), organisation(host)
    brand = owner_of(promised)
    if theirs == real or (brand and brand.owns(host)) or promised in host:
        return None
    evidence = Wording.of("A link shows {shown}, but leads to {host}", shown=promised, host=host)
    if theirs in own or real in own:
        usual, in_bulk = (2.8 if brand and theirs not in own else 1.2), 0.2
    else:
        usual, in_bulk = (3.5, 1.2) if brand else (1.8, 0.4)
    return Suspicion(in_bulk if bulk else usual, evidence)


def _not_the_brands(message: Message) -> Suspicion | None:
    """A message in a brand's name, not from it, none of whose links leads to it."""
    brand = named_in(message.sender.name) or named_in(message.subject, whole=False)
    if not brand or brand.owns(message.sender.domain) or owner_of(message.sender.domain):
        return None
    hosts = {host for link in message.links[:MOST_LINKS] if (host := host_of(link.target))}
    if not hosts or any(brand.owns(host) for host in hosts):
        return None
    weight = 2.0 if named_in(message.sender.name) and "list-unsubscribe" not in message.headers else 0.4
    return Suspicion(
        weight,
        Wording.of(
            "It speaks of {brand}, but no link leads there; one leads to {host}", brand=brand.name, host=min(hosts)
        ),
    )


def _filled_in(links: Sequence[Link], readers: frozenset[str]) -> Suspicion | None:
    """A link that carries the reader's address, plainly or in base64, to a page that is to fill it in.

    Links for leaving a list do too; behind `#`, where only the page itself reads, only phishing puts it.
    """
    for link in links:
        target = unquote(link.target)
        if not target.lower().startswith("http") or LEAVING.search(f"{target} {link.text}"):
            continue
        if any(address in target.lower() or _in_base64(address) in target for address in readers):
            weight = 2.5 if "#" in target else 1.0
            return Suspicion(weight, Wording.of("A link carries your own address to {host}", host=host_of(link.target)))
    return None


@lru_cache(maxsize=64)
def _in_base64(address: str) -> str:
    """The address as base64 writes it, without the end that depends on what follows."""
    return b64encode(address.encode()).decode()[: len(address) * 4 // 3 - 1]
