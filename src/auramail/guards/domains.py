"""Domains: what belongs to one organisation, what anyone may write from, and what anyone may publish on."""

import re
import tomllib
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from ipaddress import ip_address
from typing import Final
from urllib.parse import unquote, urlsplit

import idna
from publicsuffixlist import PublicSuffixList

_lists = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(
        files("auramail.guards").joinpath("domains.toml").read_text(encoding="utf-8")
    ).items()
}
FREE_MAIL: Final = _lists["free_mail"]
OPEN_HOSTING: Final = _lists["open_hosting"]
SHORTENERS: Final = _lists["shorteners"]
CHEAP_ENDINGS: Final = _lists["cheap_endings"]
LURES: Final = _lists["lures"]
SUPPORT_HOSTS: Final = _lists["support_hosts"]
ORDINARY_LABELS: Final = _lists["ordinary_labels"]
PUBLIC_ENDINGS: Final = _lists["public_endings"]
MAILERS: Final = _lists["mailers"] | SUPPORT_HOSTS
RESERVED_ADDRESSES: Final = _lists["reserved_addresses"]
EVERYBODYS: Final = _lists["everybodys"]
WRITTEN_BY_STRANGERS: Final = tuple(_lists["written_by_strangers"])
LURE_STEMS: Final = _lists["lure_stems"]
REDIRECTORS: Final = _lists["redirectors"]
ENDINGS_IN_NAMES: Final = frozenset({"com", "ua", "gov", "org", "net", "co", "eu", "ru", "pl"})
"""Registered to stand between a name and the real ending (`oplata.com.ua.online`)."""
MOST_PARTS: Final = 8
LONGEST_STEM: Final = max(map(len, LURE_STEMS))
NESTED: Final = re.compile(r"[=/?&](https?(?:://|%3a%2f%2f)[^&\s]{4,500})", re.IGNORECASE)
IN_BASE64: Final = re.compile(r"[?&]u=a1([\w-]{8,400})")


def _suffixes(host: str, *, registries_only: bool) -> PublicSuffixList:
    """The public suffix list that knows the host's ending, with or without what companies publish under."""
    return _suffix_list(registries_only=registries_only, punycode="xn--" in host.lower())


@cache
def _suffix_list(*, registries_only: bool, punycode: bool) -> PublicSuffixList:
    """The list of the wheel (https://publicsuffix.org); few hosts need its endings in punycode, which load slowly."""
    return PublicSuffixList(accept_unknown=False, accept_encoded_idn=punycode, only_icann=registries_only)


@lru_cache(maxsize=8192)
def organisation(host: str) -> str:
    """The part of a host name that somebody registered (`mail.firm.co.uk` → `firm.co.uk`), lower case.

    A tenant of a public host is somebody of their own (`a.github.io`). Of hosts under no known suffix the last two
    labels count.
    """
    host = host.lower().rstrip(".")
    if is_address(host):
        return host
    suffixes = _suffixes(host, registries_only=False)
    if suffixes.publicsuffix(host):
        return suffixes.privatesuffix(host) or host
    return ".".join(host.split(".")[-2:])


@lru_cache(maxsize=8192)
def label_of(host: str) -> str:
    """The name somebody chose: `privatbank` of `mail.privatbank.ua`."""
    return organisation(host).partition(".")[0]


@lru_cache(maxsize=8192)
def is_tenant(host: str) -> bool:
    """Whether anyone may have a name under this host's ending: a site builder, a cloud, a private registry."""
    ending, registry = (_suffixes(host, registries_only=only).publicsuffix(host) for only in (False, True))
    return ending != registry or belongs(host, OPEN_HOSTING)


def belongs(host: str, domains: frozenset[str]) -> bool:
    """Whether the host is one of the domains or lies below one."""
    return any(domain in domains for domain in above(host))


def above(host: str) -> Iterator[str]:
    """The host itself and every domain it lies below (`a.b.c`, `b.c`, `c`)."""
    while host:
        yield host
        host = host.partition(".")[2]


@lru_cache(maxsize=4096)
def is_address(host: str) -> bool:
    """Whether the host is a bare IP address, also written as one number (`http://3232235777/`)."""
    if host.isdigit() or host.startswith("0x"):
        return True
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def readable(host: str) -> str:
    """The host as people would see it: punycode (RFC 3492) decoded where that is possible."""
    if "xn--" not in host:
        return host
    try:
        return idna.decode(host)
    except (idna.IDNAError, UnicodeError):
        return host


@lru_cache(maxsize=4096)
def host_of(target: str) -> str:
    """The host a link leads to, lower case; empty if there is none (`mailto:`, `#top`, nonsense)."""
    try:
        parts = urlsplit(target.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    return unquote(host).lower().rstrip(".") if parts.scheme in {"http", "https", "ftp", ""} else ""


@lru_cache(maxsize=8192)
def landing_of(target: str) -> str:
    """Where a link ends: the address inside one that passes through such as google.com/url (an open redirect)."""
    if not belongs(host_of(target), REDIRECTORS):
        return target
    coded = IN_BASE64.search(target)
    if coded:
        try:
            return urlsafe_b64decode(coded.group(1) + "=" * (-len(coded.group(1)) % 4)).decode()
        except ValueError:
            return target
    nested = NESTED.search(target[1:])
    return unquote(nested.group(1)) if nested else target


@lru_cache(maxsize=8192)
def lures_of(host: str) -> tuple[str, ...]:
    """The parts of a registered name that lure (`pushtan`, `erneuern`): many of those made for one fraud have no other.

    A name in one piece counts if it is two such words (`taxrebate`).
    """
    label = label_of(readable(host))
    if label in ENDINGS_IN_NAMES:
        label = host.removesuffix(organisation(host)).rstrip(".").partition(".")[0]
    parts = [part for part in re.split(r"[-_\d]+", label) if part][:MOST_PARTS]
    if len(parts) > 1:
        return tuple(part for part in parts if _begins(part))
    stem = _begins(label)
    return (label,) if stem and _begins(label[len(stem) :]) else ()


def _begins(word: str) -> str:
    """The longest luring stem a word begins with, or nothing."""
    return next((word[:size] for size in range(min(LONGEST_STEM, len(word)), 2, -1) if word[:size] in LURE_STEMS), "")
