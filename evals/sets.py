"""Reads the labelled sets: files `language-name.txt` of messages in a short form, written by hand.

    === kind [CATEGORY] [due=YYYY-MM-DD] [amount=12.50EUR] [reply]
    ! company: Нова пошта
    Display Name <local@domain> | Subject
    + Header: value
    + html
    + attach: name.pdf application/pdf
    the text

`!` tells one more truth (company, location, start, end). A header named by `+` replaces the one that every message has
(From, To, Date, Subject) or is added; `+ html` makes the text HTML; `+ attach` hangs a file of a few bytes on it. A
message without `due` or `amount` names none, unless it is spam or phishing; one without `reply` expects no answer. What
else is not told is not measured.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from auramail.core.decisions import Category, Kind, Money
from auramail.core.messages import Source
from auramail.ops.quality.truths import Labelled, Named, Truth, danger_of
from evals.letters import letter

FOLDER: Final = Path(__file__).parent / "sets"
READER: Final = "me@example.org"
"""Whom every message of the sets is for."""
DATE: Final = "Tue, 10 Mar 2026 09:30:00 +0200"
"""When every message of the sets was sent: dates in their texts are relative to it."""
HEAD: Final = re.compile(r"^=== ", re.MULTILINE)
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


LIARS: Final = frozenset({Kind.SPAM, Kind.PHISHING})
"""Their days and sums are bait: whether they name one is measured only where it is told."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines of one message by what they are."""

    head: str
    envelope: str
    truths: tuple[tuple[str, str], ...]
    additions: tuple[tuple[str, str], ...]
    body: str


def read_sets(folder: Path = FOLDER) -> list[Labelled]:
    """All messages of all files, in order; raises ValueError, with the file and the place, for one out of form."""
    return [labelled for path in sorted(folder.glob("*.txt")) for labelled in _read(path)]


def _read(path: Path) -> Iterator[Labelled]:
    language = path.stem.partition("-")[0]
    for number, block in enumerate(HEAD.split(path.read_text("utf-8"))[1:], 1):
        name = f"{path.stem}:{number}"
        try:
            parts = _parts(block)
            truth = _truth(parts, language, path.stem)
            raw = letter(parts.envelope, parts.additions, parts.body, to=READER, date=DATE)
        except (ValueError, ArithmeticError) as error:
            raise ValueError(f"{name}: {error}") from error
        yield Labelled(name, Source(name, name, raw), truth)


def _parts(block: str) -> Parts:
    head, *lines = block.splitlines()
    truths: list[tuple[str, str]] = []
    while lines and lines[0].startswith("! "):
        truths.append(_pair(lines.pop(0)))
    if not lines:
        raise ValueError("no sender and subject")
    envelope = lines.pop(0)
    additions: list[tuple[str, str]] = []
    while lines and lines[0].startswith(("+ ", "! ")):
        (additions if lines[0].startswith("+ ") else truths).append(_pair(lines.pop(0)))
    return Parts(head, envelope, tuple(truths), tuple(additions), "\n".join(lines).strip() + "\n")


def _pair(line: str) -> tuple[str, str]:
    name, _, value = line[2:].partition(":")
    return name.strip(), value.strip()


def _truth(parts: Parts, language: str, source: str) -> Truth:
    name, *marks = parts.head.split()
    kind = Kind(name)
    pairs = dict(mark.split("=", 1) for mark in marks if "=" in mark)
    categories = [Category(mark) for mark in marks if mark.isupper() and "=" not in mark]
    unknown = [mark for mark in marks if "=" not in mark and mark != "reply" and not mark.isupper()]
    if unknown or pairs.keys() - {"due", "amount"}:
        raise ValueError(f"not a mark: {unknown or pairs}")
    category = categories[0] if categories else USUAL.get(kind, Category.IMPORTANT)
    entities: dict[str, Named] = {} if kind in LIARS else {"due_date": None, "amount": None}
    if "due" in pairs:
        entities["due_date"] = date.fromisoformat(pairs["due"])
    if "amount" in pairs:
        entities["amount"] = _money(pairs["amount"])
    return Truth(
        kind=kind,
        category=category,
        is_dangerous=danger_of(kind, category),
        expects_reply="reply" in marks,
        entities=entities | dict(_more(name, value) for name, value in parts.truths),
        language=language,
        source=source,
    )


def _money(text: str) -> Money:
    return Money(Decimal(text[:-3]), text[-3:])


def _more(name: str, value: str) -> tuple[str, Named]:
    """A truth of a `!` line; `none` says that the message names nothing of the sort."""
    names = {"company": "company_name", "location": "location", "start": "start", "end": "end"}
    if name not in names or not value:
        raise ValueError(f"not a truth: {name}")
    if value == "none":
        return names[name], None
    return names[name], datetime.fromisoformat(value) if name in {"start", "end"} else value
