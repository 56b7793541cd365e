"""Brands: the names phishing borrows, and which domains really are theirs (`brands.toml`)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from auramail.guards.domains import (
    CHEAP_ENDINGS,
    LURES,
    ORDINARY_LABELS,
    above,
    belongs,
    is_tenant,
    label_of,
    organisation,
)

SHORTEST_LABEL = 4
OFFICES = frozenset(
    {"support", "security", "service", "team", "account", "billing", "help", "alert", "id", "pay", "mail", "official"}
    | {
        "підтримка",
        "безпека",
        "служба",
        "команда",
        "сервіс",
        "портал",
        "застосунок",
        "підпис",
        "поддержка",
        "безопасность",
    }
)
"""What follows an ordinary word that is meant as a name: «Дія.Підтримка», “Apple Security”."""
CASE_ENDING = "[а-яіїєґ]{0,2}"
"""Ukrainian declines names: «у ПриватБанку»."""


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand: its first name stands for it in sentences; `word`, `countries` and `regional` as in brands.toml."""

    key: str
    names: tuple[str, ...]
    domains: frozenset[str]
    word: bool = False
    countries: bool = False
    regional: bool = False

    @property
    def name(self) -> str:
        return self.names[0]

    def owns(self, host: str) -> bool:
        """Whether a host belongs to the brand."""
        if belongs(host, self.domains):
            return True
        label, _, ending = organisation(host).partition(".")
        country = ending.rpartition(".")[2]
        if len(country) != len("de") or country in CHEAP_ENDINGS or is_tenant(host):
            return False
        branch, *rest = label.split("-")
        is_branch = self.regional and branch == self.key and bool(rest) and LURES.isdisjoint(rest)
        return is_branch or (self.countries and label == self.key)


@cache
def brands() -> tuple[Brand, ...]:
    tables = tomllib.loads(files("auramail.guards").joinpath("brands.toml").read_text(encoding="utf-8"))
    return tuple(
        Brand(key, names=tuple(table.pop("names")), domains=frozenset(table.pop("domains")), **table)
        for key, table in tables.items()
    )


@cache
def labels() -> Mapping[str, Brand]:
    """The registered names of the brands' domains (`privatbank`), long enough to be told from chance."""
    return {
        label: brand
        for brand in brands()
        for label in (label_of(domain) for domain in brand.domains)
        if len(label) >= SHORTEST_LABEL and label not in ORDINARY_LABELS
    }


@cache
def _by_domain() -> Mapping[str, Brand]:
    return {domain: brand for brand in reversed(brands()) for domain in brand.domains}


@cache
def _abroad() -> tuple[Brand, ...]:
    """The brands that have hosts beyond their listed domains."""
    return tuple(brand for brand in brands() if brand.countries or brand.regional)


@lru_cache(maxsize=8192)
def owner_of(host: str) -> Brand | None:
    """The brand a host belongs to."""
    listed = next((brand for domain in above(host) if (brand := _by_domain().get(domain))), None)
    return listed or next((brand for brand in _abroad() if brand.owns(host)), None)


@cache
def _names() -> tuple[re.Pattern[str], Mapping[str, Brand], Mapping[str, Brand]]:
    """A pattern of the names that are nobody's word, their brands, and the brands of ordinary words."""
    clear = {name.casefold(): brand for brand in brands() for name in brand.names if not brand.word}
    words = {name.casefold(): brand for brand in brands() for name in brand.names if brand.word}
    longest_first = sorted(clear, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))}){CASE_ENDING}(?!\w)"), clear, words


@lru_cache(maxsize=4096)
def named_in(text: str, *, whole: bool = True) -> Brand | None:
    """The brand a short text names; an ordinary word names one only as the `whole` text."""
    pattern, clear, words = _names()
    folded = " ".join(text.casefold().split())
    if whole:
        first, *others = [part for part in re.split(r"[\W_]+", folded) if part] or [""]
        if folded in words or (first in words and others and OFFICES.issuperset(others)):
            return words[folded if folded in words else first]
    match = pattern.search(folded)
    return clear[match.group(1)] if match else None
