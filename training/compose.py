"""Puts a message together from a family: text, layout, headers and flaws, as RFC 822 bytes."""

import html
import random
import re
import string
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from training.flaws import flawed
from training.pools import Family, expand
from training.senders import Sender, draw, scam_domain
from training.slots import company, lexicon, slots

FIRST_DAY: Final = datetime(2001, 3, 1, 8, 0, tzinfo=UTC)
HUMAN: Final = frozenset({"person", "firm"})
_MACHINE_HEADERS: Final = (
    ("Precedence", "bulk", 0.15),
    ("Auto-Submitted", "auto-generated", 0.15),
    ("Feedback-ID", "1:2:3:esp", 0.2),
)
_BARE: Final = 0.3
"""Share of messages with nothing but From, To, Subject and Date, so that no header must be there."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Greetings, farewells and footers by name and language."""

    lines: dict[tuple[str, str], list[str]]

    @classmethod
    def of(cls, families: list[Family]) -> "Shared":
        found = {}
        for family in families:
            if family.kind == "shared":
                found[family.name.split(".")[1], family.language] = family.lines.get("A", [])
        return cls(found)

    def pick(self, name: str, language: str, dice: random.Random) -> str:
        return dice.choice(self.lines.get((name, language)) or [""])


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of one message before layout."""

    subject: str
    paragraphs: list[str]
    buttons: list[str]
    footer: str


def compose(family: Family, shared: Shared, dice: random.Random) -> bytes:
    """One message of this family; equal dice give equal bytes."""
    sender = draw(family, dice)
    values = slots(family.language, sender.company, dice)
    draft = flawed(_draft(family, shared, values, dice), family, dice)
    message = EmailMessage()
    message["From"] = _address(sender)
    message["Subject"] = " ".join(draft.subject.split())
    message["Date"] = format_datetime(FIRST_DAY + timedelta(minutes=dice.randrange(13_500_000)))
    _recipients(message, family, dice)
    if dice.random() > _BARE:
        _headers(message, family, sender, dice)
    _body(message, draft, family, sender, dice)
    _attachments(message, family, dice)
    for part in message.walk():
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            # The standard library would draw the boundary from dice of its own.
            part.set_boundary(f"=={dice.randrange(10**12)}==")
    return message.as_bytes()


def _draft(family: Family, shared: Shared, values: dict[str, str], dice: random.Random) -> Draft:
    language, lines = family.language, family.lines

    def say(text: str) -> str:
        return expand(text, values, dice)

    subjects = lines.get("S", [""])
    subject = say(dice.choice(subjects))
    low, _, high = family.option("n", "1-3").partition("-")
    middle = lines.get("B", [])
    count = min(len(middle), dice.randint(int(low), int(high or low)))
    opening = dice.choice(lines.get("A", [""]))
    own_subject, found, rest = opening.partition(" || ")
    if found:
        subject, opening = say(own_subject), rest
    body = [opening, *dice.sample(middle, count)]
    if "C" in lines and dice.random() < family.chance("close", 0.8):
        body.append(dice.choice(lines["C"]))
    paragraphs = [say(text) for text in body]
    tone = family.option("tone", "formal")
    greeting = dice.choice(lines["G"]) if "G" in lines else shared.pick(f"greeting-{tone}", language, dice)
    if tone != "none" and dice.random() < 0.75:
        paragraphs.insert(0, say(greeting))
    if tone != "none" and dice.random() < 0.75:
        paragraphs.append(say(shared.pick(f"farewell-{tone}", language, dice)))
    footer = family.option("footer", "")
    ending = say(shared.pick(f"footer-{footer}", language, dice)) if footer and dice.random() < 0.65 else ""
    buttons = [say(dice.choice(lines["L"]))] if "L" in lines else []
    return Draft(subject, [text for text in paragraphs if text], buttons, ending)


def _role(family: Family) -> str:
    return re.split("[:,]", family.option("from", "service"))[0]


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
    elif roll < 0.94 or _role(family) in HUMAN:
        message["To"] = people[0]
    else:
        message["To"] = "undisclosed-recipients:;"


def _headers(message: EmailMessage, family: Family, sender: Sender, dice: random.Random) -> None:
    domain = sender.address.partition("@")[2]
    role = _role(family)
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
    usual = {"marketing": 0.75, "network": 0.6, "survey": 0.6}.get(family.option("as", ""), 0.12)
    if dice.random() < family.chance("bulk", usual):
        message["List-Unsubscribe"] = f"<https://{domain}/u/{dice.randrange(10**6)}>"
        if dice.random() < 0.5:
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if dice.random() < 0.4:
            message["List-ID"] = f"<{dice.randrange(10**4)}.{domain}>"
    for name, value, chance in _MACHINE_HEADERS:
        if dice.random() < chance:
            message[name] = value


def _body(message: EmailMessage, draft: Draft, family: Family, sender: Sender, dice: random.Random) -> None:
    address = _links(family, sender, dice)
    human = _role(family) in HUMAN
    as_html = dice.random() < family.chance("html", 0.35 if human else 0.65)
    charset = "utf-8"
    if dice.random() < 0.08 and family.language in {"uk", "ru"}:
        charset = dice.choice(("windows-1251", "koi8-u"))
    plain = _plain(draft, family, address, dice)
    if not as_html:
        message.set_content(plain, charset=_fit(plain, charset))
        return
    page = _page(draft, family, address, human, dice)
    if dice.random() < 0.55:
        message.set_content(plain, charset=_fit(plain, charset))
        message.add_alternative(page, subtype="html", charset=_fit(page, charset))
    else:
        message.set_content(page, subtype="html", charset=_fit(page, charset))


def _fit(text: str, charset: str) -> str:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return "utf-8"
    return charset


def _links(family: Family, sender: Sender, dice: random.Random) -> list[str]:
    scheme = "http" if dice.random() < 0.25 else "https"
    signs = string.ascii_lowercase + string.digits
    return [
        f"{scheme}://{dice.choice(sender.link_hosts)}/{''.join(dice.choices(signs, k=dice.randint(3, 12)))}"
        for _ in range(int(family.option("links", "1")) + 1)
    ]


def _plain(draft: Draft, family: Family, links: list[str], dice: random.Random) -> str:
    gap = dice.choice(("\n\n", "\n\n", "\n"))
    text = gap.join(part.replace("{link}", links[0]) for part in draft.paragraphs)
    text = text.replace(" / ", "\n" if dice.random() < 0.8 else " / ")
    if draft.buttons and dice.random() < family.chance("link", 0.7):
        text += f"{gap}{draft.buttons[0]}: {links[0]}" if dice.random() < 0.8 else f"{gap}{links[0]}"
    if draft.footer:
        line = dice.choice(("", "--\n", "-- \n", "_" * 30 + "\n"))
        text += f"\n\n{line}{draft.footer.replace('{link}', links[-1])}"
    if dice.random() < 0.2:
        text = "\n".join(line if len(line) < 72 else re.sub(r"(.{50,70}) ", r"\1\n", line) for line in text.split("\n"))
    return text + "\n"


def _page(draft: Draft, family: Family, links: list[str], human: bool, dice: random.Random) -> str:
    tag = dice.choice(("p", "div", "td"))
    anchor = f'<a href="{links[0]}">{links[0]}</a>'
    parts = [
        _tagged(tag, html.escape(part).replace("{link}", anchor).replace(" / ", "<br>")) for part in draft.paragraphs
    ]
    if draft.buttons and dice.random() < family.chance("link", 0.7):
        place = dice.randint(min(2, len(parts)), len(parts))
        parts.insert(place, _tagged(tag, f'<a href="{links[0]}" class="button">{html.escape(draft.buttons[0])}</a>'))
    if not human:
        _pictures(parts, links, dice)
    if draft.footer:
        last = f'<a href="{links[-1]}">{dice.choice(("link", "тут", "here"))}</a>'
        parts.append(f"<small>{html.escape(draft.footer).replace('{link}', last)}</small>")
    inner = "\n".join(_tagged("td", part) if tag == "td" and not part.startswith("<tr") else part for part in parts)
    if tag == "td":
        inner = f"<style>p {{margin: 0}}</style><table>{inner}</table>"
    return f"<html><body>{inner}</body></html>"


def _pictures(parts: list[str], links: list[str], dice: random.Random) -> None:
    for link, picture in zip(links[1:-1], links, strict=False):
        parts.insert(dice.randint(1, len(parts)), f'<a href="{link}"><img src="{picture}.png" alt=""></a>')
    for _ in range(dice.choice((0, 0, 1, 1, 2, 4))):
        parts.insert(0, f'<img src="https://{dice.choice(links).split("/")[2]}/i.png" width="200">')


def _tagged(tag: str, inner: str) -> str:
    return f"<tr><td>{inner}</td></tr>" if tag == "td" else f"<{tag}>{inner}</{tag}>"


def _attachments(message: EmailMessage, family: Family, dice: random.Random) -> None:
    ending, _, chance = family.option("file", "").partition(":")
    if not ending or dice.random() > float(chance or 0.5):
        return
    ending = dice.choice(ending.split(","))
    if ending == "ics":
        message.add_attachment(
            _invitation(dice).encode(),
            maintype="text",
            subtype="calendar",
            filename="invite.ics",
            params={"method": "REQUEST"},
        )
        return
    subtype = {"pdf": "pdf", "zip": "zip"}.get(ending, "octet-stream")
    name = dice.choice(("document", "invoice", "file", "scan", "doc", "rakhunok", "IMG", "report")) + str(
        dice.randint(1, 9999)
    )
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype=subtype, filename=f"{name}.{ending}")


def _invitation(dice: random.Random) -> str:
    start = FIRST_DAY + timedelta(hours=dice.randrange(220_000))
    host = company("firm", "en", dice)[1]
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
        f"UID:{dice.randrange(10**9)}@{host}\r\nDTSTAMP:{start:%Y%m%dT%H%M%SZ}\r\nDTSTART:{start:%Y%m%dT%H%M%SZ}\r\n"
        f"DTEND:{start + timedelta(hours=1):%Y%m%dT%H%M%SZ}\r\nSUMMARY:Meeting\r\nORGANIZER:mailto:a@{host}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
