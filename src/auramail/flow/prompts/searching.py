"""An unsure request as a question to a language model, and its answer as a search that the request bears out.

Nothing but the request, the day and the zone is sent: no mail, no address, no label of the person's.
"""

import json
import secrets
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from auramail.core.questions import Answer, Finish, Purpose, Question
from auramail.core.searches import Search
from auramail.flow.prompts.strict_json import read_object
from auramail.flow.prompts.templates import template
from auramail.reading.searching.assembled import search_of
from auramail.reading.searching.parts import (
    CHOICES,
    LONGEST_VALUE,
    MOST_PARTS,
    MOST_VALUES,
    OPERATORS,
    NamedPart,
)
from auramail.reading.searching.tokens import LONGEST_REQUEST, clean

VERSION: Final = "search-1"
LONGEST_ANSWER: Final = 8_000
"""Characters; the longest that makes sense needs a quarter of it."""
MOST_TOKENS: Final = 700
SECONDS: Final = 12.0
"""A person waits before the page; the grammar's answer is there already."""
SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "parts": {
            "type": "array",
            "maxItems": MOST_PARTS,
            "items": {
                "type": "object",
                "properties": {
                    "operator": {"type": "string", "enum": list(OPERATORS)},
                    "values": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": MOST_VALUES,
                        "items": {"type": "string", "maxLength": LONGEST_VALUE},
                    },
                    "words": {"type": "string", "maxLength": LONGEST_REQUEST},
                    "not": {"type": "boolean"},
                },
                "required": ["operator", "values", "words", "not"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["parts"],
    "additionalProperties": False,
}
_FIELDS: Final = {"operator", "values", "words", "not"}


def write_question(request: str, now: datetime, zone: str, account_id: int = 0) -> Question:
    """Ask which search a request means; `now` is aware, days are those of `zone`."""
    today = now.astimezone(ZoneInfo(zone)).date()
    fields = {"request": clean(request), "today": today.isoformat(), "weekday": f"{today:%A}", "zone": zone}
    body = json.dumps(fields, ensure_ascii=False)
    mark = secrets.token_hex(16)
    return Question(
        purpose=Purpose.SEARCH,
        rules=template(VERSION).substitute({name: ", ".join(values) for name, values in CHOICES.items()}, mark=mark),
        content=f"{mark}\n{body}\n{mark}",
        schema=SCHEMA,
        version=VERSION,
        key=body,
        most_tokens=MOST_TOKENS,
        seconds=SECONDS,
        account_id=account_id,
    )


def read_answer(
    answer: Answer, request: str, guess: Search, *, now: datetime, zone: str, label_prefix: str
) -> Search | None:
    """The search in an answer; None for what is no whole answer, outside the schema, or not said in the request."""
    if answer.finish is not Finish.DONE:
        return None
    data = read_object(answer.text, LONGEST_ANSWER)
    if data is None or data.keys() != {"parts"} or not isinstance(data["parts"], list):
        return None
    parts = [_part(one) for one in data["parts"][: MOST_PARTS + 1]]
    known = [one for one in parts if one is not None]
    if len(known) < len(parts):
        return None
    return search_of(known, request, guess, now=now, zone=zone, label_prefix=label_prefix)


def _part(data: object) -> NamedPart | None:
    """One part, if it has every field of the schema and no other."""
    if not isinstance(data, dict) or data.keys() != _FIELDS:
        return None
    operator, values, words, denied = (data[name] for name in ("operator", "values", "words", "not"))
    if not isinstance(operator, str) or not isinstance(words, str) or not isinstance(denied, bool):
        return None
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        return None
    return NamedPart(operator, tuple(values), words, denied)
