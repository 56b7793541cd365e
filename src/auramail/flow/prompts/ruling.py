"""A sentence about mail as a question to a language model, and its answer as a rule that the sentence bears out.

Nothing but the sentence is sent: no mail, no address, no label of the person's.
"""

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from auramail.core.actions import Action
from auramail.core.decisions import Category, Kind
from auramail.core.questions import Answer, Finish, Purpose, Question
from auramail.core.rules import Condition, ProposedRule, Wish, rule_problem
from auramail.flow.prompts.strict_json import read_object
from auramail.flow.prompts.templates import template
from auramail.reading.ruling.conditions import SHORTEST_STEM, Parts, stem
from auramail.reading.searching.numerals import NUMBER_WORDS
from auramail.reading.searching.periods import UNIT_OF
from auramail.reading.searching.tokens import key_of

VERSION: Final = "rule-1"
MOST_TOKENS: Final = 500
SECONDS: Final = 12.0
"""A person waits before the page; the grammar's reading is there already."""
LONGEST_ANSWER: Final = 4_000
LONGEST_VALUE: Final = 200
MOST_VALUES: Final = 10
KINDS: Final = tuple(kind.value for kind in Kind if kind is not Kind.PHISHING)
CATEGORIES: Final = tuple(category.value for category in Category if category is not Category.DANGER)
SEEN: Final = (Category.IMPORTANT.value, Category.ACTION_REQUIRED.value)
ACTIONS: Final[Mapping[str, Action]] = MappingProxyType(
    {"keep": Action.NO_ACTION, "archive": Action.ARCHIVE, "move": Action.MOVE, "trash": Action.DELETE}
)
ATTACHMENT: Final[Mapping[str, bool | None]] = MappingProxyType({"yes": True, "no": False, "any": None})
_KILOBYTE: Final = 1024
_LARGEST: Final = 10_000_000
_WORD: Final = r"[\w@.+-]+"


def _choice(values: tuple[str, ...], *, empty: bool = True) -> dict[str, Any]:
    return {"type": "string", "enum": ["", *values] if empty else list(values)}


def _several(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "maxItems": MOST_VALUES, "items": item}


_TEXT: Final = {"type": "string", "maxLength": LONGEST_VALUE}
_NUMBER: Final = {"type": "integer", "minimum": 0, "maximum": _LARGEST}
_FIELDS: Final[dict[str, dict[str, Any]]] = {
    "senders": _several(_TEXT),
    "subject": _TEXT,
    "words": _several(_TEXT),
    "kinds": _several(_choice(KINDS, empty=False)),
    "categories": _several(_choice(SEEN, empty=False)),
    "attachment": _choice(tuple(ATTACHMENT), empty=False),
    "larger_kb": _NUMBER,
    "smaller_kb": _NUMBER,
    "older_days": _NUMBER,
    "newer_days": _NUMBER,
    "category": _choice(CATEGORIES),
    "action": _choice(tuple(ACTIONS)),
    "label": _TEXT,
    "unclear": {"type": "boolean"},
}
SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": _FIELDS,
    "required": list(_FIELDS),
    "additionalProperties": False,
}


def write_question(sentence: str, mark: str, account_id: int = 0) -> Question:
    """Ask which rule a sentence means; `mark` is a random text that nobody can foresee, to fence it with."""
    rules = template(VERSION).substitute(
        mark=mark, kinds=", ".join(KINDS), seen=", ".join(SEEN), categories=", ".join(CATEGORIES)
    )
    body = json.dumps({"sentence": sentence}, ensure_ascii=False)
    return Question(
        purpose=Purpose.RULE,
        rules=rules,
        content=f"{mark}\n{body}\n{mark}",
        schema=SCHEMA,
        version=VERSION,
        key=body,
        most_tokens=MOST_TOKENS,
        seconds=SECONDS,
        account_id=account_id,
    )


def read_rule(answer: Answer, question: Question) -> ProposedRule | None:
    """The rule in an answer; None for what is no whole answer, outside the schema, or not said in the sentence."""
    data = read_object(answer.text, LONGEST_ANSWER) if answer.finish is Finish.DONE else None
    if data is None or data.keys() != _FIELDS.keys() or data["unclear"] is not False:
        return None
    if not all(_fits(data[name], schema) for name, schema in _FIELDS.items()):
        return None
    sentence = str(json.loads(question.key)["sentence"])
    texts = [*data["senders"], *data["words"], data["subject"], data["label"]]
    numbers = any(data[name] for name in ("larger_kb", "smaller_kb", "older_days", "newer_days"))
    if not all(_is_said(text, sentence) for text in texts if text) or (numbers and not _names_amount(sentence)):
        return None
    rule = _rule(data)
    return None if rule_problem(rule.condition, rule.wish) else rule


def _rule(data: Mapping[str, Any]) -> ProposedRule:
    parts = Parts(senders=[one.strip() for one in data["senders"] if one.strip()])
    for name, unit in (("larger", "larger_kb"), ("smaller", "smaller_kb")):
        if data[unit]:
            parts.given[name] = data[unit] * _KILOBYTE
    for name in ("older_days", "newer_days"):
        if data[name]:
            parts.given[name] = data[name]
    parts.about = [" ".join(map(stem, one.split())) for one in data["words"] if one.strip()]
    parts.kinds = [Kind(kind) for kind in data["kinds"]]
    condition = Condition(
        **parts.values(),
        subject=data["subject"].strip(),
        categories=tuple(dict.fromkeys(Category(category) for category in data["categories"])),
        has_attachment=ATTACHMENT[data["attachment"]],
    )
    category = Category(data["category"]) if data["category"] else None
    return ProposedRule(condition, Wish(category, ACTIONS.get(data["action"]), data["label"].strip()))


def _fits(value: object, schema: Mapping[str, Any]) -> bool:
    """Whether a value is of the schema, whose every kind of part is known here."""
    match schema["type"]:
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST
        case "array":
            return (
                isinstance(value, list)
                and len(value) <= MOST_VALUES
                and all(_fits(one, schema["items"]) for one in value)
            )
        case _:
            return isinstance(value, str) and len(value) <= LONGEST_VALUE and value in schema.get("enum", (value,))


def _is_said(text: str, sentence: str) -> bool:
    """Whether a text stands in the sentence, whatever its case; its words may have another ending there."""
    said, meant = _plain(sentence), _plain(text)
    if not meant or meant in said:
        return True
    words = re.findall(_WORD, said)
    stems = [stem(word).rstrip("*") for word in meant.split() if re.fullmatch(_WORD, word)]
    is_plain = len(stems) == len(meant.split()) and all(len(one) >= SHORTEST_STEM for one in stems)
    return is_plain and all(any(word.startswith(one) for word in words) for one in stems)


def _plain(text: str) -> str:
    """A text word by word in the form in which words are compared."""
    return " ".join(map(key_of, text.split()))


def _names_amount(sentence: str) -> bool:
    """Whether the sentence speaks of any number, or of a unit of time."""
    keys = set(re.findall(_WORD, _plain(sentence)))
    return bool(re.search(r"\d", sentence) or keys & (set(NUMBER_WORDS) | set(UNIT_OF)))
