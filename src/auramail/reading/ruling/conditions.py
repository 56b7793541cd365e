"""What a search for mail becomes as the condition of a rule."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from auramail.core.decisions import Kind
from auramail.core.proposals import Heard
from auramail.core.searches import Search, Understood
from auramail.reading.searching.operators import FIELDS

_SIZES: Final = {"K": 1024, "M": 1024 * 1024, "": 1}
_SIZE: Final = re.compile(r"(larger|smaller):(\d+)([KM]?)")
_ENDING: Final = re.compile(
    r"(?<=\w\w\w\w)(?:ами|ями|ах|ях|ів|ам|ям|ою|ею|ого|ому|ими|их|им|ії|ію|ією|ія|ння|нню|нням|[аяуюиіїоеєйь])\Z"
)
"""Endings of Ukrainian nouns and adjectives, taken off where four letters stay."""
SHORTEST_STEM: Final = 4
_CATEGORIES: Final = {"promotions": Kind.PROMOTION, "social": Kind.SOCIAL, "updates": Kind.NOTIFICATION}
_DOMAIN: Final = re.compile(r"@?[\w-]+(?:\.[\w-]+)+")


@dataclass
class Parts:
    """The parts of a condition as they are found; `ignored` words found no place in it."""

    given: dict[str, Any] = field(default_factory=dict)
    senders: list[str] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unsure: bool = False

    def give(self, name: str, value: object, words: str) -> None:
        """Set a part; what is said twice, differently, is in doubt."""
        self.unsure |= name in self.given and self.given[name] != value
        self.given[name] = value
        self.heard.append(Heard(words, name))

    def values(self) -> dict[str, Any]:
        """Everything that is given; one sender whose address or domain is known is named by that."""
        values = dict(self.given)
        senders = tuple(dict.fromkeys(self.senders))
        if len(senders) == 1 and "@" in senders[0][1:]:
            values["sender"] = senders[0].lower()
        elif len(senders) == 1 and _DOMAIN.fullmatch(senders[0]):
            values["domain"] = senders[0].lower().removeprefix("@")
        elif senders:
            values["senders"] = senders
        values["about"] = tuple(dict.fromkeys(self.about))
        values["kinds"] = tuple(dict.fromkeys(self.kinds))
        return values


def add_search(parts: Parts, search: Search, topics: Iterable[str]) -> None:
    """Work what a search understood into a condition. Words that are no `topics` are looked for, but in doubt."""
    named = {topic.casefold() for topic in topics}
    for one in search.understood:
        if not _add(parts, one, named):
            parts.ignored.append(one.words)
    parts.ignored.extend(search.ignored)
    parts.unsure |= search.unsure and bool(search.query)


def _add(parts: Parts, one: Understood, topics: set[str]) -> bool:
    """Whether a part of a search found its place in a condition."""
    field_of, colon, value = one.operator.lstrip("(").partition(":")
    if not colon or field_of not in FIELDS | {f"-{name}" for name in FIELDS}:
        return not one.operator.startswith("-") and _add_words(parts, one, topics)
    match field_of:
        case "from":
            return _add_senders(parts, one)
        case "has" | "-has" if value == "attachment":
            parts.give("has_attachment", field_of == "has", one.words)
        case "subject":
            return _add_subject(parts, one)
        case "larger" | "smaller":
            for name, number, unit in _SIZE.findall(one.operator):
                parts.give(name, int(number) * _SIZES[unit], one.words)
        case "category" if value in _CATEGORIES:
            parts.kinds.append(_CATEGORIES[value])
            parts.heard.append(Heard(one.words, "kinds"))
        case "in" if value == "inbox":
            pass
        case _:
            return False
    return True


def _add_senders(parts: Parts, one: Understood) -> bool:
    names = list(_alternatives(one.operator))
    if not names or any(re.match(r"(?:to|cc|bcc):", name) or name in {"me", ""} for name in names):
        return False
    parts.senders.extend(names)
    parts.heard.append(Heard(one.words, "senders"))
    return True


def _alternatives(operator: str) -> Iterator[str]:
    """The names of `from:A`, `from:(A B)`, `from:(A OR (B C))` and `(from:A OR from:B)`."""
    inner = operator.removeprefix("from:")
    if inner.startswith("(") and inner.endswith(")"):
        inner = inner[1:-1]
    for part in re.split(r" OR (?![^()]*\))", inner):
        yield from _spellings(part.strip().removeprefix("from:").strip('()"'))


def _spellings(name: str) -> Iterator[str]:
    """A name, in which one word may be spelt in several ways: "(Іван (Сидоренко OR Сидоренка))"."""
    match = re.search(r"\(?(\S+(?: OR \S+)+)\)?", name)
    if match is None:
        yield re.sub(r"[()\"]", "", name)
        return
    for one in match[1].replace("(", "").replace(")", "").split(" OR "):
        yield re.sub(r"[()\"]", "", name[: match.start()] + one + name[match.end() :])


def _add_subject(parts: Parts, one: Understood) -> bool:
    text = re.sub(r'[()"]', "", one.operator.removeprefix("subject:"))
    if " OR " in text or ":" in text:
        return False
    parts.give("subject", text, one.words)
    return True


def _add_words(parts: Parts, one: Understood, topics: set[str]) -> bool:
    """Plain words: any of what is joined by "or", else all that were said, together as they were said."""
    words = one.words.split()
    if " OR " in one.operator:
        found = [stem(re.sub(r'[()"]', "", part)) for part in one.operator.strip("()").split(" OR ")]
    else:
        phrase = re.fullmatch(r'"([^"]*)"', one.operator)
        found = [stem(phrase[1]) if phrase else " ".join(map(stem, words))]
    parts.about.extend(found)
    parts.heard.append(Heard(one.words, "about"))
    parts.unsure |= not {word.casefold().strip('"') for word in words} <= topics
    return True


def stem(word: str) -> str:
    """A word with any ending, `відпустк*`; short ones, names and phrases as they are."""
    if " " in word or not word.isalpha() or len(word) < SHORTEST_STEM:
        return word
    if word.isascii():
        return word + "*"
    begun = _ENDING.sub("", word.casefold())
    return f"{begun}*" if len(begun) >= SHORTEST_STEM else word
