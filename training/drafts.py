"""Writes the words of one message from its family: what is said, and what surrounds it in real mail."""

import random
import re
from dataclasses import dataclass, replace
from typing import Final

from training.pools import Family, expand

HUMAN: Final = frozenset({"person", "firm"})
BULK: Final = frozenset({"marketing", "network", "survey"})


@dataclass(frozen=True, slots=True)
class Shared:
    """Greetings, farewells, footers and what else surrounds a text, by name and language."""

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
    preheader: str = ""
    nav: str = ""
    legal: tuple[str, ...] = ()
    signature: str = ""
    quote: tuple[str, str] = ("", "")
    """The line that introduces a quotation, and the quoted text."""


def role_of(family: Family) -> str:
    """The first of the roles a message of this family may be from."""
    return re.split("[:,]", family.option("from", "service"))[0]


def is_bulk(family: Family) -> bool:
    """Whether such messages go to many at once."""
    return family.option("as", "") in BULK


def write(family: Family, shared: Shared, values: dict[str, str], dice: random.Random) -> Draft:
    """Subject, paragraphs and surroundings; every choice settled, every slot but `{link}` filled."""
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
    said = Draft(subject, [text for text in paragraphs if text], buttons, ending)
    return _surrounded(said, family, shared, values, dice)


def _surrounded(said: Draft, family: Family, shared: Shared, values: dict[str, str], dice: random.Random) -> Draft:
    """The draft with what people's programs and companies' templates put around it."""

    def line(name: str, chance: float) -> str:
        return expand(shared.pick(name, family.language, dice), values, dice) if dice.random() < chance else ""

    if role_of(family) in HUMAN:
        before = expand(dice.choice(family.lines.get("A", [""])).rpartition(" || ")[2], values, dice)
        at_work = 0.45 if role_of(family) == "firm" else 0.12
        return replace(said, signature=line("signature", at_work), quote=(line("quote", 1.0), before))
    bulk = is_bulk(family)
    return replace(
        said,
        preheader=line("preheader", 0.5 if bulk else 0.25),
        nav=line("nav", 0.4 if bulk else 0.15),
        legal=tuple(found for _ in range(4) if (found := line("legal", 0.5 if bulk else 0.3))),
    )
