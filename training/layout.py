"""Lays a draft out as a body: plain text, a page of HTML or both, with links, pictures and files."""

import html
import random
import re
import string
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from training.drafts import HUMAN, Draft, is_bulk, role_of
from training.pools import Family
from training.senders import Sender
from training.slots import company


def lay_out(message: EmailMessage, draft: Draft, family: Family, sender: Sender, dice: random.Random) -> None:
    """Give the message its body: plain, HTML or both, in a charset its language is written in."""
    links = _links(family, sender, dice)
    human = role_of(family) in HUMAN
    as_html = dice.random() < family.chance("html", 0.35 if human else 0.65)
    charset = "utf-8"
    if dice.random() < 0.08 and family.language in {"uk", "ru"}:
        charset = dice.choice(("windows-1251", "koi8-u"))
    quotes = message["In-Reply-To"] is not None and bool(draft.quote[1]) and dice.random() < 0.6
    plain = _plain(draft, family, links, dice) + (_plain_quote(draft) if quotes else "")
    if not as_html:
        message.set_content(plain, charset=_fit(plain, charset))
        return
    page = _page(draft, family, links, quotes=quotes, dice=dice)
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
    """The link of the text, those of pictures and texts around it, and last that of the footer."""
    scheme = "http" if dice.random() < 0.25 else "https"
    signs = string.ascii_lowercase + string.digits
    if "links" in family.options:
        more = int(family.options["links"])
    elif role_of(family) in HUMAN:
        more = 1
    else:
        more = dice.choice((1, 2, 4, 8, 14, 25) if is_bulk(family) else (1, 1, 2, 3, 5, 9))
    return [
        f"{scheme}://{dice.choice(sender.link_hosts)}/{''.join(dice.choices(signs, k=dice.randint(3, 12)))}"
        for _ in range(more + 1)
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
    for line in draft.legal:
        text += f"\n{line.replace('{link}', links[-1])}"
    if draft.signature:
        text += dice.choice(("\n\n", "\n\n", "\n\n-- \n")) + draft.signature.replace(" / ", "\n")
    if dice.random() < 0.2:
        text = "\n".join(line if len(line) < 72 else re.sub(r"(.{50,70}) ", r"\1\n", line) for line in text.split("\n"))
    return text + "\n"


def _plain_quote(draft: Draft) -> str:
    head, before = draft.quote
    quoted = "\n".join(f"> {line}" for line in before.replace("{link}", "").split(" / "))
    return "\n" + head.replace(" / ", "\n") + f"\n{quoted}\n"


def _page(draft: Draft, family: Family, links: list[str], *, quotes: bool, dice: random.Random) -> str:
    tag = dice.choice(("p", "div", "td"))
    anchor = f'<a href="{links[0]}">{links[0]}</a>'
    parts = [
        _tagged(tag, html.escape(part).replace("{link}", anchor).replace(" / ", "<br>")) for part in draft.paragraphs
    ]
    if draft.buttons and dice.random() < family.chance("link", 0.7):
        place = dice.randint(min(2, len(parts)), len(parts))
        parts.insert(place, _tagged(tag, f'<a href="{links[0]}" class="button">{html.escape(draft.buttons[0])}</a>'))
    if role_of(family) not in HUMAN:
        _pictures(parts, links, family, dice)
    parts[:0] = [_tagged(tag, line) for line in _top(draft, links)]
    parts += [f"<small>{line}</small>" for line in _bottom(draft, links, dice)]
    if draft.signature:
        parts.append(_tagged(tag, html.escape(draft.signature).replace(" / ", "<br>")))
    if quotes:
        head, before = (html.escape(text).replace(" / ", "<br>") for text in draft.quote)
        parts.append(f'<div class="gmail_quote">{head}<blockquote>{before.replace("{link}", "")}</blockquote></div>')
    inner = "\n".join(_tagged("td", part) if tag == "td" and not part.startswith("<tr") else part for part in parts)
    if tag == "td":
        inner = f"<style>p {{margin: 0}}</style><table>{inner}</table>"
    return f"<html><body>{inner}</body></html>"


def _top(draft: Draft, links: list[str]) -> list[str]:
    """What stands above the text: words for the list of messages, often hidden, and a row of links."""
    top = []
    if draft.preheader:
        top.append(f'<span style="display:none">{html.escape(draft.preheader)}</span>')
    if draft.nav:
        named = (html.escape(name) for name in re.split(r" [|·] |  ", draft.nav))
        top.append(" ".join(f'<a href="{links[-1]}{place}">{name}</a>' for place, name in enumerate(named)))
    return top


def _bottom(draft: Draft, links: list[str], dice: random.Random) -> list[str]:
    last = f'<a href="{links[-1]}">{dice.choice(("link", "тут", "here"))}</a>'
    lines = [line for line in (draft.footer, *draft.legal) if line]
    return [html.escape(line).replace("{link}", last) for line in lines]


def _pictures(parts: list[str], links: list[str], family: Family, dice: random.Random) -> None:
    for link, picture in zip(links[1:-1], links, strict=False):
        parts.insert(dice.randint(1, len(parts)), f'<a href="{link}"><img src="{picture}.png" alt=""></a>')
    for _ in range(dice.choice((0, 1, 2, 4, 9) if is_bulk(family) else (0, 0, 1, 1, 2, 4))):
        parts.insert(0, f'<img src="https://{dice.choice(links).split("/")[2]}/i.png" width="200">')


def _tagged(tag: str, inner: str) -> str:
    return f"<tr><td>{inner}</td></tr>" if tag == "td" else f"<{tag}>{inner}</{tag}>"


def attach(message: EmailMessage, family: Family, dice: random.Random) -> None:
    """Attach what the family's option `file` names (`pdf,docx:0.5`)."""
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
    start = datetime(2001, 3, 1, 8, 0, tzinfo=UTC) + timedelta(hours=dice.randrange(220_000))
    host = company("firm", "en", dice)[1]
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
        f"UID:{dice.randrange(10**9)}@{host}\r\nDTSTAMP:{start:%Y%m%dT%H%M%SZ}\r\nDTSTART:{start:%Y%m%dT%H%M%SZ}\r\n"
        f"DTEND:{start + timedelta(hours=1):%Y%m%dT%H%M%SZ}\r\nSUMMARY:Meeting\r\nORGANIZER:mailto:a@{host}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
