"""Draws who a message is from: people, companies and those who only pretend to be one."""

import random
import string
from dataclasses import dataclass
from typing import Final

from training.pools import Family
from training.slots import company, lexicon

FREE: Final = ("gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com")
FREE_BY_LANGUAGE: Final = {
    "uk": ("gmail.com", "ukr.net", "i.ua", "meta.ua", "outlook.com"),
    "ru": ("gmail.com", "mail.ru", "yandex.ru"),
    "de": ("gmx.de", "web.de", "gmail.com", "t-online.de"),
    "pl": ("wp.pl", "onet.pl", "gmail.com", "o2.pl"),
}
LOCALS: Final = {
    "transaction": "noreply no-reply info service orders billing notify hello support robot automat mailer accounts do-not-reply".split(),
    "marketing": "news newsletter info hello promo offers sale marketing mail team deals contact digest editor subscribe".split(),
    "network": "notification notifications noreply invitations messages updates friends no-reply digest".split(),
    "survey": "feedback survey noreply research info hello surveys opinion care".split(),
    "scam": "info support contact noreply admin service mail promo offers win sales office security help account billing".split(),
}
SUBDOMAINS: Final = ("", "", "", "", "mail.", "email.", "e.", "news.", "info.", "mg.", "em1234.", "notify.")
_SCAM_WORDS: Final = (
    "secure account verify login update service support online mail info alert client portal delivery post bank pay "
    "deal offer best top shop health win cash crypto media group web host cloud mx center help bonus track news studio"
).split()
_SCAM_ENDINGS: Final = (
    "com com com com net org info xyz top online site shop club icu ru cn live store biz de fr pl com.br us click link "
    "co io me in eu ua com.ua it es ro vn edu co.jp"
).split()
_FOREIGN: Final = (
    "hotel",
    "garage",
    "school",
    "design",
    "immo",
    "travel",
    "foto",
    "print",
    "agro",
    "dental",
    "music",
    "yoga",
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Name and address in the From header, the company behind it, and where its links lead."""

    name: str
    address: str
    company: tuple[str, str]
    link_hosts: tuple[str, ...]


def draw(family: Family, dice: random.Random) -> Sender:
    """Who a message of this family is from, as its `from` option says: `person`, `firm`, `list`, `scam`, `fake:bank`, `bank`…"""
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


def _person(language: str, dice: random.Random) -> Sender:
    words = lexicon(language)
    first, last = dice.choice(words["first"]), dice.choice(words["last"])
    name = dice.choice(
        (f"{first} {last}", f"{first} {last}", first, f"{last} {first}", "", f"{first[0]}. {last}", first.lower())
    )
    local = dice.choice(words["email"]) + dice.choice(
        ("", "", str(dice.randint(1, 99)), f".{dice.choice('abkmst')}", "1984")
    )
    domain = dice.choice(FREE_BY_LANGUAGE.get(language, FREE))
    if dice.random() < 0.2:
        domain = (
            company("firm", language, dice)[1]
            if dice.random() < 0.5
            else f"{dice.choice(words['email']).strip('.')}.net"
        )
    return Sender(
        name,
        f"{local}@{domain}",
        (first, domain),
        ("youtube.com", "docs.google.com", "photos.google.com", "en.wikipedia.org"),
    )


def _colleague(language: str, dice: random.Random) -> Sender:
    words = lexicon(language)
    name, domain = company("firm", language, dice)
    first, last = dice.choice(words["first"]), dice.choice(words["last"])
    local = (
        dice.choice(words["email"])
        if dice.random() < 0.8
        else dice.choice(("office", "hr", "it", "sales", "accounting", "secretary", "pr", "director"))
    )
    if dice.random() < 0.2:
        domain = dice.choice(FREE_BY_LANGUAGE.get(language, FREE))
    shown = dice.choice(
        (
            f"{first} {last}",
            f"{first} {last}",
            f"{last} {first}",
            f"{first} {last} | {name}",
            f"{first} ({name})",
            first,
            "",
        )
    )
    return Sender(
        shown,
        f"{local}@{domain}",
        (name, domain),
        (domain, "docs.google.com", "drive.google.com", "atlassian.net", "zoom.us"),
    )


def _company(sector: str, family: Family, dice: random.Random) -> Sender:
    name, domain = company(sector, family.language, dice)
    locals_ = LOCALS[family.option("as", "transaction")]
    local = dice.choice(locals_)
    if dice.random() < 0.1:
        local = domain.partition(".")[0]
    shown = name
    roll = dice.random()
    if roll < 0.12:
        shown = ""
    elif roll < 0.3:
        extra = {
            "uk": ("Служба підтримки", "Команда", "Повідомлення", "Новини"),
            "ru": ("Служба поддержки",),
            "de": ("Kundenservice",),
            "pl": ("Zespół",),
        }
        words = extra.get(family.language, ("Support", "Team", "Notifications", "Customer Service", "News", "Alerts"))
        shown = dice.choice((f"{dice.choice(words)} {name}", f"{name} {dice.choice(words)}"))
    elif roll < 0.36:
        shown = f"{dice.choice(lexicon(family.language)['first'])} {dice.choice(('@', 'from', '|', 'з'))} {name}"
    host = dice.choice(SUBDOMAINS) + domain
    if dice.random() < 0.07:
        host = dice.choice(
            ("mailchimpapp.net", "sendgrid.net", "esputnik.com", "bounce.example-esp.com", "amazonses.com")
        )
    own = (domain, f"www.{domain}", f"click.{domain}", f"my.{domain}", f"links.{host}")
    tracked = (
        "ct.sendgrid.net",
        "list-manage.com",
        "click.mailerlite.com",
        "esclick.me",
        "awstrack.me",
        "hubspotlinks.com",
    )
    return Sender(
        shown, f"{local}@{host}", (name, domain), own if dice.random() < 0.7 else (*own[:2], dice.choice(tracked))
    )


def scam_domain(dice: random.Random) -> str:
    ending = dice.choice(_SCAM_ENDINGS)
    roll = dice.random()
    if roll < 0.4:
        body = "-".join(dice.sample(_SCAM_WORDS, dice.choice((1, 2, 2, 3))))
    elif roll < 0.6:
        body = "".join(dice.choices(string.ascii_lowercase + string.digits, k=dice.randint(5, 12)))
    elif roll < 0.8:
        body = (
            dice.choice(_FOREIGN)
            + dice.choice(("", "-"))
            + dice.choice(("martin", "lopez", "sun", "nova", "rio", "alpha", "kim"))
        )
    else:
        body = "".join(dice.choice("bcdfglmnprstv") + dice.choice("aeiou") for _ in range(dice.randint(2, 5)))
    return f"{body}{dice.choice(('', '', '', str(dice.randint(1, 999))))}.{ending}"


def _scam(language: str, dice: random.Random) -> Sender:
    words = lexicon(language)
    domain = scam_domain(dice) if dice.random() < 0.7 else dice.choice(FREE)
    person = f"{dice.choice(words['first'])} {dice.choice(words['last'])}"
    title = dice.choice(
        (
            "Health",
            "Offer",
            "Support",
            "Best Deals",
            "Casino",
            "Marketing",
            "Loans",
            "SEO Expert",
            "Mrs. Williams",
            "Dr. Smith",
            "Info",
            "Pharmacy",
        )
    )
    name = dice.choice((person, person, title, "", f"{person.upper()}"))
    local = dice.choice(
        (
            *LOCALS["scam"],
            "".join(dice.choices(string.ascii_lowercase, k=dice.randint(4, 9))) + str(dice.randint(1, 9999)),
            dice.choice(words["email"]),
        )
    )
    return Sender(name, f"{local}@{domain}", (name or title, domain), (scam_domain(dice), scam_domain(dice), "bit.ly"))


def _fake(sector: str, language: str, dice: random.Random) -> Sender:
    """A well-known name with somebody else's address."""
    name, real = company(sector or "bank", language, dice)
    domain = scam_domain(dice)
    roll = dice.random()
    brand = "".join(character for character in real.partition(".")[0] if character.isalnum())
    if roll < 0.2:
        domain = f"{brand}-{dice.choice(_SCAM_WORDS)}.{dice.choice(_SCAM_ENDINGS)}"
    elif roll < 0.3:
        domain = f"{brand.replace('o', '0').replace('l', '1')}{dice.choice(_SCAM_WORDS)}.com"
    elif roll < 0.4:
        domain = dice.choice(FREE)
    elif roll < 0.45:
        domain = real
    suffix = {
        "uk": ("Служба безпеки", "Підтримка", "Безпека"),
        "ru": ("Служба безопасности",),
        "de": ("Kundenservice", "Sicherheit"),
        "pl": ("Obsługa klienta",),
        "fr": ("Service client",),
        "es": ("Atención al cliente",),
        "it": ("Assistenza clienti",),
        "pt": ("Atendimento",),
    }.get(language, ("Support", "Security", "Team", "Account Services", "Helpdesk"))
    shown = dice.choice((name, name, f"{name} {dice.choice(suffix)}", f"{name}®", dice.choice(suffix), real, ""))
    local = dice.choice(
        (*LOCALS["scam"], "no-reply", brand, "".join(dice.choices(string.ascii_lowercase + string.digits, k=10)))
    )
    hosts = (
        (scam_domain(dice), scam_domain(dice))
        if dice.random() < 0.8
        else ("storage.googleapis.com", "bit.ly", "forms.gle")
    )
    return Sender(shown, f"{local}@{domain}", (name, real), hosts)
