"""Parse: bytes become messages; this step never fails."""

from collections.abc import Iterable

from auramail.core.messages import Message, Source
from auramail.reading.message import read_message


def parse(sources: Iterable[Source]) -> list[Message]:
    return [read_message(source) for source in sources]
