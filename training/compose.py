"""Puts a message together from a family: text, layout, headers and flaws, as RFC 822 bytes."""

import random
import string
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from training.drafts import HUMAN, Shared, role_of, write
from training.flaws import flawed
from training.layout import attach, lay_out
from training.pools import Family
from training.senders import Sender, draw, scam_domain
from training.slots import lexicon, slots

FIRST_DAY: Final = datetime(2001, 3, 1, 8, 0, tzinfo=UTC)
_MACHINE_HEADERS: Final = (
    ("Precedence", "bulk", 0.15),
    ("Auto-Submitted", "auto-generated", 0.15),
    ("Feedback-ID", "1:2:3:esp", 0.2),
)
_BARE: Final = 0.3
"""Share of messages with nothing but From, To, Subject and Date, so that no header must be there."""


def compose(family: Family, shared: Shared, dice: random.Random) -> bytes:
    """One message of this family; equal dice give equal bytes."""
    sender = draw(family, dice)
    values = slots(family.language, sender.company, dice)
    draft = flawed(write(family, shared, values, dice), family, dice)
    message = EmailMessage()
    message["From"] = _address(sender)
    message["Subject"] = " ".join(draft.subject.split())
    message["Date"] = format_datetime(FIRST_DAY + timedelta(minutes=dice.randrange(13_500_000)))
    _recipients(message, family, dice)
    if dice.random() > _BARE:
        _headers(message, family, sender, dice)
    lay_out(message, draft, family, sender, dice)
    attach(message, family, dice)
    for part in message.walk():
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            # The standard library would draw the boundary from dice of its own.
            part.set_boundary(f"=={dice.randrange(10**12)}==")
    return message.as_bytes()


def _address(sender: Sender) -> str | Address:
    local, _, domain = sender.address.partition("@")
    return Address(sender.name, local, domain)


def _recipients(message: EmailMessage, family: Family, dice: random.Random) -> None:
    hosts = ("gmail.com", "example.org", "example.com.ua")
    people = [f"{dice.choice(lexicon('en')['email'])}@{dice.choice(hosts)}" for _ in range(4)]
    way = family.option("to", "me")
    roll = dice.random()
    if way == "list":
        name = dice.choice(("dev", "users", "talk", "group", "all", "announce"))
        message["To"] = f"{name}@{dice.choice(('lists.example.org', 'example.com'))}"
    elif way == "many" or roll < 0.06:
        message["To"] = ", ".join(people[: dice.randint(2, 4)])
        if dice.random() < 0.5:
            message["Cc"] = people[3]
    elif roll < 0.94 or role_of(family) in HUMAN:
        message["To"] = people[0]
    else:
        message["To"] = "undisclosed-recipients:;"


def _headers(message: EmailMessage, family: Family, sender: Sender, dice: random.Random) -> None:
    domain = sender.address.partition("@")[2]
    role = role_of(family)
    message["Message-ID"] = f"<{''.join(dice.choices(string.ascii_lowercase + string.digits, k=16))}@{domain}>"
    if role in HUMAN:
        _thread(message, family, domain, dice)
    else:
        _machine(message, family, domain, dice)
    if family.option("to", "") == "list" and dice.random() < 0.8:
        message["List-ID"] = "<talk.lists.example.org>"
        message["List-Post"] = "<mailto:talk@lists.example.org>"
    if role in {"scam", "fake"} and dice.random() < 0.3:
        elsewhere = dice.choice(("gmail.com", scam_domain(dice)))
        message["Reply-To"] = f"{dice.choice(lexicon('en')['email'])}{dice.randint(1, 999)}@{elsewhere}"
    elif dice.random() < 0.1:
        message["Reply-To"] = f"support@{sender.company[1]}"


def _thread(message: EmailMessage, family: Family, domain: str, dice: random.Random) -> None:
    if dice.random() > family.chance("thread", 0.3):
        return
    message["In-Reply-To"] = f"<{dice.randrange(10**9)}@{domain}>"
    if dice.random() < 0.7 and not message["Subject"].lower().startswith(("re:", "fw")):
        subject = message["Subject"]
        del message["Subject"]
        message["Subject"] = f"Re: {subject}"


def _machine(message: EmailMessage, family: Family, domain: str, dice: random.Random) -> None:
    usual = {"marketing": 0.75, "network": 0.6, "survey": 0.6}.get(family.option("as", ""), 0.2)
    if dice.random() < family.chance("bulk", usual):
        message["List-Unsubscribe"] = f"<https://{domain}/u/{dice.randrange(10**6)}>"
        if dice.random() < 0.5:
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if dice.random() < 0.4:
            message["List-ID"] = f"<{dice.randrange(10**4)}.{domain}>"
    for name, value, chance in _MACHINE_HEADERS:
        if dice.random() < chance:
            message[name] = value
