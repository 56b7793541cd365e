"""A sentence for a person: an English template that every door shows in its reader's language."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

LONGEST_VALUE = 120


@dataclass(frozen=True, slots=True)
class Wording:
    """A gettext message id with its values; `Wording.of("You write to {person}", person=...)`.

    Values may come from mail: they are cut to 120 characters and lose control and direction characters, and are
    never read as a template themselves.
    """

    text: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, text: str, /, **values: object) -> Self:
        return cls(text, tuple((name, plain(str(value))) for name, value in values.items()))

    def say(self, translate: Callable[[str], str] = str) -> str:
        """Give the sentence; a translation with an unknown placeholder falls back to English."""
        values = dict(self.values)
        try:
            return translate(self.text).format_map(values)
        except (KeyError, IndexError, ValueError):
            return self.text.format_map(values)

    def to_json(self) -> dict[str, object]:
        return {"text": self.text, "values": dict(self.values)}

    @classmethod
    def from_json(cls, data: dict[str, object]) -> Self:
        values = data.get("values")
        pairs = values.items() if isinstance(values, dict) else ()
        return cls(str(data["text"]), tuple((str(name), str(value)) for name, value in pairs))


def plain(text: str) -> str:
    """Make foreign text safe to stand in a sentence: one line, no control or format characters, at most 120 long."""
    if not text.isprintable():
        text = "".join(
            " " if character.isspace() else character
            for character in text
            if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs"}
        )
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_VALUE else line[: LONGEST_VALUE - 1] + "…"
