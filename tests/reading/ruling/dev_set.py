"""The dev set of sentences: `sentence | parts of the condition | wish`, and how what the grammar reads is compared.

Values with blanks stand in quotes, several are joined by `+`. A `?` says that the grammar must not be sure. One part
was looked at while the grammar was made (`tuned.txt`, which grew then); the other was written with it, before any of it
was read, and not looked at (`held_out.txt`).
"""

import shlex
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from auramail.core.proposals import Proposal
from auramail.core.rules import Condition
from auramail.reading.ruling.sentences import read_sentence

CASES = Path(__file__).parent / "cases"
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    sentence: str
    parts: dict[str, str] | None
    """None: whatever it becomes, it is to be unsure."""


def cases(name: str) -> list[Case]:
    lines = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [_case(line) for line in lines]


def read(sentence: str) -> Proposal:
    return read_sentence(sentence, now=NOW, zone="Europe/Kyiv")


def is_right(case: Case, proposal: Proposal) -> bool:
    return proposal.unsure if case.parts is None else told(proposal) == case.parts


def told(proposal: Proposal) -> dict[str, str]:
    """A proposal in the words of the dev set."""
    wish = proposal.wish
    found = {part.name: getattr(proposal.condition, part.name) for part in fields(Condition)}
    found |= {"category": wish.category, "action": wish.action, "label": wish.label}
    return {name: _text(value) for name, value in found.items() if value not in ("", (), None)}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "+".join(value) if isinstance(value, tuple) else str(value)


def _case(line: str) -> Case:
    sentence, condition, wish = (part.strip() for part in line.split(" | "))
    if condition == "?":
        return Case(sentence, None)
    pairs = (pair.partition("=") for pair in shlex.split(f"{condition} {wish}"))
    return Case(sentence, {name: value for name, _, value in pairs})
