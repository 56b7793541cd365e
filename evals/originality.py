"""Whether texts of the sets were also trained on: what was learnt by heart measures nothing."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from auramail.ops.quality.truths import Labelled
from auramail.reading.message import read_message

TRAINING: Final = Path(__file__).parent.parent / "training" / "texts"
WORDS: Final = 8
"""As many words in a row are copied, not met by chance."""
_SLOT: Final = re.compile(r"\{[^{}]*\}")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


def shingles(text: str) -> Iterator[tuple[str, ...]]:
    """Every eight words in a row, without numbers and what training texts leave open (`{money}`)."""
    words = [word.lower().replace("’", "'").replace("ʼ", "'") for word in _WORD.findall(_SLOT.sub(" ", text))]
    return (tuple(words[place : place + WORDS]) for place in range(len(words) - WORDS + 1))


def shared(sets: Iterable[Labelled], training: Path = TRAINING) -> list[str]:
    """A line for each eight words that a message of the sets has in common with a training text."""
    trained: dict[tuple[str, ...], str] = {}
    for path in sorted(training.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            trained.update((found, f"{path.name}:{number}") for found in shingles(line))
    return [
        f"{labelled.name} and {trained[found]}: {' '.join(found)}"
        for labelled in sets
        for found in _of(labelled)
        if found in trained
    ]


def _of(labelled: Labelled) -> Iterator[tuple[str, ...]]:
    message = read_message(labelled.source)
    return shingles(f"{message.subject}\n{message.text}\n{message.quoted}\n{message.signature}\n{message.hidden}")
