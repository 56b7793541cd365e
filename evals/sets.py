"""Reads the labelled sets: `=== kind [CATEGORY] [due=DAY] [amount=SUM] [reply]`, `sender | subject`, text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from auramail.core.decisions import Category, Kind, Money
from auramail.core.messages import Source

FOLDER: Final = Path(__file__).parent / "sets"
DATE: Final = "Tue, 10 Mar 2026 09:30:00 +0200"
"""When every message of the sets was sent: dates in their texts are relative to it."""
USUAL: Final = {
    Kind.BILL: Category.ACTION_REQUIRED,
    Kind.PROMOTION: Category.NEWSLETTER,
    Kind.NEWSLETTER: Category.NEWSLETTER,
    Kind.SURVEY: Category.NEWSLETTER,
    Kind.SOCIAL: Category.SOCIAL,
    Kind.NOTIFICATION: Category.REVIEW,
    Kind.OTHER: Category.REVIEW,
    Kind.SPAM: Category.DELETE,
    Kind.PHISHING: Category.DANGER,
}
"""The category a kind has unless its line says otherwise; IMPORTANT for all others."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a person says about a message."""

    kind: Kind
    category: Category
    due_date: date | None
    amount: Money | None
    expects_reply: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled message; `name` is its file and place."""

    name: str
    language: str
    source: Source
    truth: Truth


def read_sets(folder: Path = FOLDER) -> list[Case]:
    """All cases of all `language-*.txt` files, in order; raises ValueError for a line out of form."""
    return [case for path in sorted(folder.glob("*.txt")) for case in _read(path)]


def _read(path: Path) -> Iterator[Case]:
    blocks = path.read_text("utf-8").split("=== ")[1:]
    for number, block in enumerate(blocks, 1):
        head, envelope, *lines = block.splitlines()
        name = f"{path.stem}:{number}"
        yield Case(name, path.stem.partition("-")[0], Source(name, name, _mail(envelope, lines)), _truth(head))


def _truth(head: str) -> Truth:
    name, *marks = head.split()
    kind = Kind(name)
    pairs = dict(mark.split("=") for mark in marks if "=" in mark)
    categories = [Category(mark) for mark in marks if mark.isupper()]
    unknown = [mark for mark in marks if "=" not in mark and mark != "reply" and not mark.isupper()]
    if unknown or pairs.keys() - {"due", "amount"}:
        raise ValueError(f"not a mark: {unknown or pairs}")
    amount = pairs.get("amount")
    return Truth(
        kind=kind,
        category=categories[0] if categories else USUAL.get(kind, Category.IMPORTANT),
        due_date=date.fromisoformat(pairs["due"]) if "due" in pairs else None,
        amount=Money(Decimal(amount[:-3]), amount[-3:]) if amount else None,
        expects_reply="reply" in marks,
    )


def _mail(envelope: str, lines: list[str]) -> bytes:
    shown, _, subject = envelope.partition("|")
    name, _, address = shown.rpartition("<")
    local, _, domain = address.strip(" >").partition("@")
    mail = EmailMessage()
    mail["From"] = Address(name.strip(), local, domain)
    mail["To"] = "me@example.org"
    mail["Date"] = DATE
    mail["Subject"] = subject.strip()
    while lines and lines[0].startswith("+ "):
        header, _, value = lines.pop(0)[2:].partition(": ")
        mail[header] = value
    mail.set_content("\n".join(lines).strip() + "\n", charset="utf-8")
    return mail.as_bytes()
