"""Reads the third-party mail of `../shared/data`, when it is there, with kinds guessed from senders and lists."""

import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from auramail.core.decisions import Kind
from auramail.core.messages import Message, Source
from auramail.reading.message import read_message
from training.pools import Family
from training.senders import draw

_LIST_NAME: Final = re.compile(r"<?([\w-]+)[.@]")
_SHOPPING: Final = re.compile(
    r"shopper|auction|shop\b|bid\b|% off|save \$|special offer|delivers|announcements", re.IGNORECASE
)
_HEADLINES: Final = re.compile(r"rssfeeds|headlines|digest|newsletter", re.IGNORECASE)
_ADVANCE_FEE: Final = re.compile(
    r"next of kin|late general|barrister|nigeria|paypal|verify your account", re.IGNORECASE
)
_TALK: Final = frozenset({"fork", "zzzteana", "irregulars", "iiu", "social", "forteana"})
_HAM_COUNTS: Final = 0.1
"""Guessed kinds count less than written ones."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message with its kind, the family it is held out with, and how much it counts."""

    message: Message
    kind: Kind
    family: str
    language: str
    counts: float = 1.0


def read_archives(folder: Path, dice: random.Random) -> Iterator[Labelled]:
    """Everything usable in the folder; nothing if it is not there."""
    archive = folder / "spamassassin.zip"
    if archive.exists():
        yield from _mail(archive)
    sentences = folder / "email-intent-train.tsv"
    if sentences.exists():
        yield from _sentences(sentences, dice)


def _mail(path: Path) -> Iterator[Labelled]:
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            folder = name.partition("/")[0]
            if name.endswith(".txt") and folder in {"easy-ham-1", "hard-ham-1", "spam-1"}:
                raw = archive.read(name)
                message = read_message(Source(name, name, raw))
                if folder == "spam-1":
                    yield Labelled(message, Kind.SPAM, f"sa.spam.{name[-5]}", "en", 0.8)
                elif folder == "hard-ham-1":
                    selling = _SHOPPING.search(f"{message.sender.name} {message.subject}")
                    yield Labelled(
                        message, Kind.PROMOTION if selling else Kind.NEWSLETTER, f"sa.{message.sender.domain}", "en"
                    )
                else:
                    yield _ham(message)


def _ham(message: Message) -> Labelled:
    found = _LIST_NAME.search(message.header("list-id").rpartition("<")[2])
    name = found[1] if found else (re.findall(r"\[([\w-]+)\]", message.subject) or [message.sender.domain])[0]
    if _HEADLINES.search(f"{message.sender.address} {message.subject}"):
        kind = Kind.NEWSLETTER
    elif "commits" in name or message.subject.startswith("CVS:"):
        kind = Kind.NOTIFICATION
    else:
        kind = Kind.PERSONAL if name.lower() in _TALK else Kind.WORK
    return Labelled(message, kind, f"sa.{name.lower()}", "en", _HAM_COUNTS)


def _sentences(path: Path, dice: random.Random) -> Iterator[Labelled]:
    """Sentences that ask or commit, two or three to a letter between colleagues."""
    lines = [line.partition("\t") for line in path.read_text("latin-1").splitlines()]
    asking = [
        sentence.replace("$LINK", "").strip() for answer, _, sentence in lines if answer == "Yes" and len(sentence) > 15
    ]
    colleague = Family("intent", "work", "en", {"from": "firm"})
    for place in range(0, len(asking), 3):
        sender = draw(colleague, dice)
        local, _, domain = sender.address.partition("@")
        mail = EmailMessage()
        mail["From"] = Address(sender.name, local, domain)
        mail["To"] = "me@example.com"
        mail["Subject"] = " ".join(asking[place].split()[: dice.randint(2, 6)])
        mail.set_content("\n".join(asking[place : place + dice.randint(1, 3)]))
        message = read_message(Source(f"intent{place}", "", mail.as_bytes()))
        yield Labelled(message, Kind.WORK, f"intent.{place % 5}", "en", 0.15)
