"""A recording as a question to a language model, and its answer as one line of words: a request, never an order."""

import hashlib
from typing import Any, Final

from auramail.core.questions import Answer, Clip, Finish, Purpose, Question
from auramail.flow.prompts.strict_json import read_object
from auramail.flow.prompts.templates import template
from auramail.reading.searching.tokens import clean

VERSION: Final = "speech-1"
LONGEST_TEXT: Final = 300
"""Characters; a minute of speech has three times as many, a request for mail a third."""
MOST_TOKENS: Final = 400
SECONDS: Final = 25.0
SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {"text": {"type": "string", "maxLength": LONGEST_TEXT}},
    "required": ["text"],
    "additionalProperties": False,
}


def write_question(clip: Clip, account_id: int = 0) -> Question:
    """Ask what is said in a recording."""
    return Question(
        purpose=Purpose.TRANSCRIBE,
        rules=template(VERSION).substitute(),
        content=f"A recording: {clip.content_type}, {len(clip.data)} bytes.",
        schema=SCHEMA,
        version=VERSION,
        key=hashlib.sha256(clip.data).hexdigest(),
        clip=clip,
        most_tokens=MOST_TOKENS,
        seconds=SECONDS,
        account_id=account_id,
    )


def read_answer(answer: Answer) -> str | None:
    """What was said, as one line without characters that cannot be seen; "" for silence, None for no whole answer.

    A server that only transcribes answers with plain text.
    """
    if answer.finish is not Finish.DONE:
        return None
    text: object = answer.text
    if answer.text.lstrip()[:1] in {"{", "["}:
        data = read_object(answer.text, 8 * LONGEST_TEXT)
        text = data["text"] if data is not None and data.keys() == {"text"} else None
    if not isinstance(text, str) or len(text) > LONGEST_TEXT * 4:
        return None
    line = " ".join(clean(text).split())
    return line if len(line) <= LONGEST_TEXT else None
