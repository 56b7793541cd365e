"""Replies: whether a message asks something of this person, and whether its sender waits for an answer."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from auramail.core.accounts import Person
from auramail.core.decisions import Category, Judge, Opinion
from auramail.core.messages import Message
from auramail.core.wording import Wording
from auramail.judging.machines import is_bulk, is_circle, is_from_machine
from auramail.reading.phrases import Phrasebook

QUESTION: Final = re.compile(r"[^\s.!?…][^.!?…\n]{2,300}\?(?=[\s\"»”)]|$)")
LINK: Final = re.compile(r"https?://\S+")
RHETORICAL: Final = re.compile(
    r"^(?:what if|why not|ready to|want to|looking for|did you know|have you ever|need help|(?:got |any )?questions"
    r"|чому б|хочете|знали|бажаєте|шукаєте|маєте питання|є питання"
    r"|не ви|не \w+(?:ли|в|ла)|not you|wasn't you|didn't|не вы|waren sie)\b",
    re.IGNORECASE,
)
IN_CASE: Final = re.compile(
    r"\W*(?:if|in case|should you|unless|якщо|у разі|в разі|если|в случае|wenn|falls|sollten)\b", re.IGNORECASE
)
"""What is to be done only in some case is not asked now."""
GREETING: Final = re.compile(
    r"\W*(?:(?:hi|hello|hey|dear|hallo|привіт|вітаю|добр\w{2,4} \w{3,6}|привет)\b[^,.!?\n]{0,30}[,!]?\s*)?"
    r"(?:як (?:ти|ви|справи|життя|поживаєш|поживаєте|ся маєш)(?: там| сьогодні)?"
    r"|how are (?:you|things)(?: doing| today)?|how's it going"
    r"|как (?:ты|вы|дела|жизнь)(?: там)?|wie geht(?:'s| es (?:dir|ihnen|euch)))\W*$",
    re.IGNORECASE,
)
"""Who asks this asks for nothing."""
ANSWERED: Final = re.compile(r"\s*(?:re|aw|sv|відп|odp)\s?:", re.IGNORECASE)
"""The subject of an answer was written by somebody else, before."""
ENDS: Final = (". ", "! ", "? ", "…", "\n\n", ".\n", "!\n", "?\n")
LONGEST: Final = 6_000
SURE: Final = {"answer": 0.8, "action": 0.8, "question": 0.7}
SURE_OF_SEVERAL: Final = 0.9


def expects_reply(message: Message, person: Person) -> bool:
    """Whether a person wrote this and waits for this person's answer.

    Machines never do (RFC 3834), lists and copies ask somebody else. Mail the person sent is judged by its words alone.
    """
    asked = _asked(_recent(message))
    if message.sender.address in person.addresses:
        return bool(asked)
    if is_from_machine(message) or is_bulk(message) or not is_addressed_to(message, person):
        return False
    return bool({"answer", "question"} & asked.keys()) and "none" not in asked


def asks(message: Message, person: Person) -> Opinion | None:
    """That the message wants something done or answered by this person, with the words that say so."""
    if is_bulk(message) or message.sender.address in person.addresses or not is_addressed_to(message, person):
        return None
    asked = _asked(_recent(message))
    wanted = ("action",) if is_from_machine(message) or "none" in asked else ("action", "answer", "question")
    kinds = [kind for kind in wanted if kind in asked]
    if not kinds:
        return None
    return Opinion(
        Judge.SIGNAL,
        SURE_OF_SEVERAL if len(kinds) > 1 else SURE[kinds[0]],
        Wording.of("It asks something of you: “{words}”", words=asked[kinds[0]]),
        category=Category.ACTION_REQUIRED,
    )


def is_addressed_to(message: Message, person: Person) -> bool:
    """Whether the person is among those in To, or among those who talk there; else that there is somebody in To."""
    if is_circle(message):
        return True
    if not person.addresses or not message.to:
        return "list-id" not in message.headers
    return any(address.address in person.addresses for address in message.to)


def _recent(message: Message) -> str:
    """Subject and text, of a long mail its beginning and its end, where the ask often is."""
    text = message.text
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}\n\n{text[-LONGEST // 2 :]}"
    return text if ANSWERED.match(message.subject) else f"{message.subject}\n\n{text}"


@lru_cache(maxsize=8)
def _asked(text: str) -> dict[str, str]:
    """What the text asks: `answer`, `action`, `question` → its words."""
    asked: dict[str, str] = {}
    for hit in _book().find(text):
        sentence = _sentence_with(hit.words, text)
        if hit.name == "none" or not (IN_CASE.match(sentence) or GREETING.match(sentence)):
            asked.setdefault(hit.name, sentence)
    if "?" in text:
        questions = (match.group().strip() for match in QUESTION.finditer(LINK.sub(" ", text)))
        question = next((each for each in questions if not (RHETORICAL.match(each) or GREETING.match(each))), None)
        if question:
            asked["question"] = question
    return asked


def _sentence_with(words: str, text: str) -> str:
    """The sentence in which the words stand."""
    start = text.index(words)
    before = max(place + len(mark) if (place := text.rfind(mark, 0, start)) >= 0 else 0 for mark in ENDS)
    after = min((place for mark in ENDS if (place := text.find(mark, start + len(words))) >= 0), default=len(text))
    return text[before : after + 1].strip()


@cache
def _book() -> Phrasebook:
    text = files("auramail.judging").joinpath("replies.toml").read_text(encoding="utf-8")
    return Phrasebook(tomllib.loads(text), within=4)
