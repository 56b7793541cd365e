"""Judging: what a model is asked about mail, and what of its answer is believed.

The answer picks from closed sets, and points at words of the mail; everything else is no answer. Which mail it is about
never comes from the model: alone there is but one, and in company each has a random tag that no other mail knows.
"""

import json
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from auramail.core.decisions import Category, Judge, Kind, Opinion
from auramail.core.messages import Message
from auramail.core.questions import Answer, Finish, Part, Purpose, Question
from auramail.core.wording import Wording
from auramail.flow.prompts.readings import READS_IT_AS
from auramail.flow.prompts.strict_json import read_object
from auramail.flow.prompts.templates import template
from auramail.reading.shown import shown_sender, shown_subject, shown_text

Word = TypeVar("Word", bound=str)
VERSION: Final = "judge-2"
CATEGORIES: Final = tuple(category for category in Category if category is not Category.DANGER)
"""DANGER is a guard's word alone."""
POINTERS: Final = ("due", "amount", "company", "place")
LONGEST_ALONE: Final = 6000
LONGEST_TOGETHER: Final = 1500
"""Characters of a message's text; the prompt's rules are some 3,500."""
LONGEST_SUBJECT: Final = 300
LONGEST_POINTER: Final = 100
LONGEST_ANSWER: Final = 1024
"""Characters about one message; a good answer needs a fifth of it."""
TOKENS_ALONE: Final = 300
TOKENS_EACH: Final = 120
MOST_TOGETHER: Final = 20

_OBJECT: Final[dict[str, Any]] = {
    "category": {"type": "string", "enum": [category.value for category in CATEGORIES]},
    "kind": {"type": "string", "enum": [kind.value for kind in Kind]},
    "confidence": {"type": "integer", "minimum": 0, "maximum": 100},
    **{name: {"type": "string"} for name in POINTERS},
}


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with what its answer is held against: the part of each message, by the tag it goes by in there."""

    question: Question
    tagged: Mapping[str, Part]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a model said of one message; `words` pairs a field of `Entities` with words that stand in the message."""

    opinion: Opinion
    words: tuple[tuple[str, str], ...] = ()
    answer: str = ""
    """The answer about this one message as JSON, for the next time that the same is asked."""


def part_of(message: Message, *, alone: bool) -> Part:
    """What of a message is shown: sender, subject, date and its own visible text, secrets masked, cut to size.

    Not the other recipients, headers, attachments, what is quoted or hidden, or anything AuraMail thinks of it.
    """
    text = shown_text(message, LONGEST_ALONE if alone else LONGEST_TOGETHER)
    subject = shown_subject(message, LONGEST_SUBJECT)
    fields = {
        "from": shown_sender(message),
        "subject": subject.text,
        "date": message.date.isoformat(),
        "text": text.text,
    }
    counts = Counter(text.counts) + Counter(subject.counts)
    return Part(message.id, json.dumps(fields, ensure_ascii=False), dict(counts))


def write_alone(part: Part, *, seconds: float, account_id: int = 0, run_id: int = 0) -> Asking:
    """One message, one question."""
    mark = secrets.token_hex(16)
    rules = template(VERSION).substitute(count="one e-mail", mark=mark, shape=_shape("one JSON object"))
    question = Question(
        Purpose.JUDGE,
        rules,
        f"{mark}\n{part.text}\n{mark}",
        _schema(_OBJECT),
        VERSION,
        key=part.text,
        parts=(part,),
        most_tokens=TOKENS_ALONE,
        seconds=seconds,
        account_id=account_id,
        run_id=run_id,
    )
    return Asking(question, {"": part})


def write_together(parts: Sequence[Part], *, seconds: float, account_id: int = 0, run_id: int = 0) -> Asking:
    """Some messages in one question, at most MOST_TOGETHER; each by a tag of its own behind a mark of its own."""
    mark = secrets.token_hex(16)
    tagged = {secrets.token_hex(6): part for part in parts}
    fenced = "\n".join(f"{mark} {tag}\n{part.text}\n{mark} {tag}" for tag, part in tagged.items())
    shape = _shape('one JSON object, {"answers": [...]}, with exactly one object for each e-mail, its tag as "mail":')
    count = f"{len(tagged)} e-mails, each with a tag behind the mark,"
    rules = template(VERSION).substitute(count=count, mark=mark, shape=shape)
    mail = {"mail": {"type": "string", "enum": list(tagged)}}
    each = _schema({**mail, **_OBJECT})
    question = Question(
        Purpose.JUDGE,
        rules,
        fenced,
        _schema({"answers": {"type": "array", "items": each, "minItems": len(tagged), "maxItems": len(tagged)}}),
        VERSION,
        key="\n".join(part.text for part in parts),
        parts=tuple(parts),
        most_tokens=TOKENS_EACH * len(tagged),
        seconds=seconds,
        account_id=account_id,
        run_id=run_id,
    )
    return Asking(question, tagged)


def read_alone(asking: Asking, answer: Answer) -> Heard | None:
    """What was said of the one message; None if it cannot be believed."""
    (part,) = asking.tagged.values()
    return heard_of(part, answer.text, answer.model) if answer.finish is Finish.DONE else None


def heard_of(part: Part, text: str, model: str) -> Heard | None:
    """The same from the text of an answer, as one that was kept."""
    data = read_object(text, LONGEST_ANSWER)
    return _heard(data, part, model) if data is not None else None


def read_together(asking: Asking, answer: Answer) -> dict[str, Heard]:
    """What was said of each message, by message id; whoever is missing is to be asked about alone.

    Nothing is believed of an answer that names a mail nobody asked about; of one that names a mail twice, nothing of
    that mail.
    """
    data = read_object(answer.text, LONGEST_ANSWER * len(asking.tagged)) if answer.finish is Finish.DONE else None
    listed = data.get("answers") if data is not None and data.keys() == {"answers"} else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        return {}
    tags = [one.get("mail") for one in listed]
    if not all(isinstance(tag, str) and tag in asking.tagged for tag in tags):
        return {}
    heard = {}
    for tag, one in zip(tags, listed, strict=True):
        part = asking.tagged[tag]
        told = _heard({name: value for name, value in one.items() if name != "mail"}, part, answer.model)
        if told is not None and tags.count(tag) == 1:
            heard[part.message_id] = told
    return heard


def _heard(data: Mapping[str, Any], part: Part, model: str) -> Heard | None:
    category, kind = _member(data.get("category"), CATEGORIES), _member(data.get("kind"), tuple(Kind))
    confidence = data.get("confidence")
    if category is None or kind is None or not isinstance(confidence, int) or isinstance(confidence, bool):
        return None
    pointers = {name: data.get(name, "") for name in POINTERS}
    if not 0 <= confidence <= 100 or not all(_stands_in(words, part) for words in pointers.values()):
        return None
    opinion = Opinion(
        judge=Judge.MODEL,
        confidence=confidence / 100,
        reason=Wording.of(READS_IT_AS[kind].text, model=model),
        kind=kind,
        category=category,
    )
    kept = {"category": category.value, "kind": kind.value, "confidence": confidence} | pointers
    words = tuple((name, quote) for name, quote in pointers.items() if quote.strip())
    return Heard(opinion, words, json.dumps(kept, ensure_ascii=False))


def _stands_in(words: object, part: Part) -> bool:
    """Whether words are nothing, or stand in the subject or the text that was shown, however they are spaced."""
    if not isinstance(words, str) or len(words) > LONGEST_POINTER:
        return False
    shown = json.loads(part.text)
    return any(_plain(words) in _plain(shown[name]) for name in ("subject", "text"))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _member(value: Any, members: tuple[Word, ...]) -> Word | None:
    return next((member for member in members if member == value), None) if isinstance(value, str) else None


def _schema(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _shape(whole: str) -> str:
    categories = "|".join(category.value for category in CATEGORIES)
    kinds = "|".join(kind.value for kind in Kind)
    pointers = ", ".join(f'"{name}": "..."' for name in POINTERS)
    return f'{whole} {{"category": {categories}, "kind": {kinds}, "confidence": 0-100, {pointers}}}'
