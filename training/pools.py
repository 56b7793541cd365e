"""Reads the hand-written text pools and expands their `[this|that]` choices and `{slots}`."""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

TEXTS: Final = Path(__file__).parent / "texts"
_CHOICE: Final = re.compile(r"\[([^\[\]]*)\]")
_SLOT: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Family:
    """One hand-written family of texts: lines by section letter (S subject, A opening, B middle, C close, L button).

    `name` is unique; families, not single messages, are held out in validation.
    """

    name: str
    kind: str
    language: str
    options: Mapping[str, str]
    lines: dict[str, list[str]] = field(default_factory=dict)

    def option(self, name: str, otherwise: str) -> str:
        return self.options.get(name, otherwise)

    def chance(self, name: str, otherwise: float) -> float:
        return float(self.options.get(name, otherwise))


def read_families(folder: Path = TEXTS) -> list[Family]:
    """All families of all `kind.language.txt` files, in a fixed order; raises ValueError for a line out of form."""
    families = [family for path in sorted(folder.glob("*.txt")) for family in _read(path)]
    names = [family.name for family in families]
    if len(names) != len(set(names)):
        doubles = sorted({name for name in names if names.count(name) > 1})
        raise ValueError(f"families named twice: {doubles}")
    return families


def _read(path: Path) -> Iterator[Family]:
    family: Family | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("//"):
            continue
        if line.startswith("## "):
            if family:
                yield family
            kind, name, language, *options = line[3:].split()
            pairs = dict(option.split("=", 1) for option in options)
            family = Family(f"{kind}.{name}.{language}", kind, language, pairs, {})
        elif family and line[1:2] == " " and line[0] in "SGABCL":
            family.lines.setdefault(line[0], []).append(line[2:].strip())
        else:
            raise ValueError(f"{path.name}:{number}: neither a family nor a section line")
    if family:
        yield family


def expand(text: str, slots: Mapping[str, str], dice: random.Random) -> str:
    """Settle every choice, innermost first, then fill the slots; an unknown slot raises KeyError."""
    while (chosen := _CHOICE.sub(lambda match: dice.choice(match[1].split("|")), text)) != text:
        text = chosen
    return _SLOT.sub(lambda match: slots[match[1]], text)
