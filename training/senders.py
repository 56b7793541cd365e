"""Draws who a message is from: people, companies and those who only pretend to be one."""

import random
import string
from dataclasses import dataclass

from training.pools import Family
from training.slots import company, lexicon


@dataclass(frozen=True, slots=True)
class Sender:
    """Name and address in the From header, the company behind it, and where its links lead."""

    name: str
    address: str
    company: tuple[str, str]
    link_hosts: tuple[str, ...]


def draw(family: Family, dice: random.Random) -> Sender:
    """Who a message of this family is from.

    The family's option `from` lists roles: `person`, `firm` (somebody there), `scam`, `fake:bank` (a pretended company
    of that sector), or a sector of the lexicon for the company itself.
    """
    role, _, sector = dice.choice(family.option("from", "service").split(",")).partition(":")
    if role == "person":
        return _person(family.language, dice)
    if role == "firm":
        return _colleague(family.language, dice)
    if role == "scam":
        return _scam(family.language, dice)
    if role == "fake":
        return _fake(sector, family.language, dice)
    return _company(role, family, dice)


def scam_domain(dice: random.Random) -> str:
    """A domain nobody knows: words of trust, noise, somebody's broken-into site, or syllables."""
    words = lexicon("en")
    roll = dice.random()
    if roll < 0.4:
        body = "-".join(dice.sample(words["scam_word"], dice.choice((1, 2, 2, 3))))
    elif roll < 0.6:
        body = "".join(dice.choices(string.ascii_lowercase + string.digits, k=dice.randint(5, 12)))
    elif roll < 0.8:
        name = dice.choice(("martin", "lopez", "sun", "nova", "rio", "alpha", "kim"))
        body = dice.choice(words["scam_owner"]) + dice.choice(("", "-")) + name
    else:
        body = "".join(dice.choice("bcdfglmnprstv") + dice.choice("aeiou") for _ in range(dice.randint(2, 5)))
    number = dice.choice(("", "", "", str(dice.randint(1, 999))))
    return f"{body}{number}.{dice.choice(words['scam_ending'])}"


def _person(language: str, dice: random.Random) -> Sender:
    words = lexicon(language)
    first, last = dice.choice(words["first"]), dice.choice(words["last"])
    full = f"{first} {last}"
    name = dice.choice((full, full, first, f"{last} {first}", "", f"{first[0]}. {last}", first.lower()))
    tail = dice.choice(("", "", str(dice.randint(1, 99)), f".{dice.choice('abkmst')}", "1984"))
    domain = dice.choice(words["free"])
    if dice.random() < 0.2:
        own = f"{dice.choice(words['email']).strip('.')}.net"
        domain = company("firm", language, dice)[1] if dice.random() < 0.5 else own
    hosts = ("youtube.com", "docs.google.com", "photos.google.com", "en.wikipedia.org")
    return Sender(name, f"{dice.choice(words['email'])}{tail}@{domain}", (first, domain), hosts)


def _colleague(language: str, dice: random.Random) -> Sender:
    words = lexicon(language)
    name, domain = company("firm", language, dice)
    first, last = dice.choice(words["first"]), dice.choice(words["last"])
    local = dice.choice(words["email" if dice.random() < 0.8 else "office"])
    host = domain if dice.random() < 0.8 else dice.choice(words["free"])
    full = f"{first} {last}"
    shown = dice.choice((full, full, f"{last} {first}", f"{full} | {name}", f"{first} ({name})", first, ""))
    hosts = (domain, "docs.google.com", "drive.google.com", "atlassian.net", "zoom.us")
    return Sender(shown, f"{local}@{host}", (name, domain), hosts)


def _company(sector: str, family: Family, dice: random.Random) -> Sender:
    words = lexicon(family.language)
    name, domain = company(sector, family.language, dice)
    local = dice.choice(words[f"local_{family.option('as', 'transaction')}"])
    if dice.random() < 0.1:
        local = domain.partition(".")[0]
    host = dice.choice(words["subdomain"]) + domain
    if dice.random() < 0.07:
        host = dice.choice(words["relay"])
    own = (domain, f"www.{domain}", f"click.{domain}", f"my.{domain}", f"links.{host}")
    hosts = own if dice.random() < 0.7 else (*own[:2], dice.choice(words["tracker"]))
    return Sender(_shown(name, family.language, dice), f"{local}@{host}", (name, domain), hosts)


def _shown(name: str, language: str, dice: random.Random) -> str:
    words = lexicon(language)
    roll = dice.random()
    if roll < 0.12:
        return ""
    if roll < 0.3:
        team = dice.choice(words["team"])
        return dice.choice((f"{team} {name}", f"{name} {team}"))
    if roll < 0.36:
        return f"{dice.choice(words['first'])} {dice.choice(words['from'])} {name}"
    return name


def _scam(language: str, dice: random.Random) -> Sender:
    words = lexicon(language)
    domain = scam_domain(dice) if dice.random() < 0.7 else dice.choice(words["free"])
    person = f"{dice.choice(words['first'])} {dice.choice(words['last'])}"
    title = dice.choice(words["scam_title"])
    name = dice.choice((person, person, title, "", person.upper()))
    noise = "".join(dice.choices(string.ascii_lowercase, k=dice.randint(4, 9))) + str(dice.randint(1, 9999))
    local = dice.choice((*words["local_scam"], noise, dice.choice(words["email"])))
    hosts = (scam_domain(dice), scam_domain(dice), "bit.ly")
    return Sender(name, f"{local}@{domain}", (name or title, domain), hosts)


def _fake(sector: str, language: str, dice: random.Random) -> Sender:
    """A well-known name with somebody else's address."""
    words = lexicon(language)
    name, real = company(sector or "bank", language, dice)
    brand = "".join(character for character in real.partition(".")[0] if character.isalnum())
    guard = dice.choice(words["guard"])
    shown = dice.choice((name, name, f"{name} {guard}", f"{name}®", guard, real, ""))
    noise = "".join(dice.choices(string.ascii_lowercase + string.digits, k=10))
    local = dice.choice((*words["local_scam"], "no-reply", brand, noise))
    hosts = (scam_domain(dice), scam_domain(dice))
    if dice.random() > 0.8:
        hosts = ("storage.googleapis.com", dice.choice(("bit.ly", "forms.gle")))
    return Sender(shown, f"{local}@{_fake_domain(brand, real, words['free'], dice)}", (name, real), hosts)


def _fake_domain(brand: str, real: str, free: tuple[str, ...], dice: random.Random) -> str:
    words = lexicon("en")
    roll = dice.random()
    if roll < 0.2:
        return f"{brand}-{dice.choice(words['scam_word'])}.{dice.choice(words['scam_ending'])}"
    if roll < 0.3:
        return f"{brand.replace('o', '0').replace('l', '1')}{dice.choice(words['scam_word'])}.com"
    if roll < 0.4:
        return dice.choice(free)
    return real if roll < 0.45 else scam_domain(dice)
