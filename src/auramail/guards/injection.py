"""Injection: text that speaks to a language model instead of the reader."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from auramail.core.accounts import Person
from auramail.core.findings import Finding
from auramail.core.messages import Message
from auramail.core.wording import Wording
from auramail.guards.disguises import plain, readings, words_set_apart
from auramail.guards.lexicon import said, words_of
from auramail.guards.orders import CAPITAL, CATEGORIES, orders_of
from auramail.guards.suspicion import Suspicion, finding

CHAT_TOKENS: Final = re.compile(
    r"<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\|>|\[/?INST\]|<</?SYS>>"
    r"|</?(?:system|assistant)_?(?:prompt|message)?>|<(?:start|end)_of_turn>"
    r"|^\s{0,8}(?:#{1,4}\s{0,3})?(?:system|assistant|instruction|асистент|ассистент)\s{0,3}:\s"
    r"|^\s{0,8}#{2,4}\s{0,3}(?:system|instructions?|інструкці\w|инструкци\w|система)\b",
    re.IGNORECASE | re.MULTILINE,
)
MARKS_OF_CHATS: Final = (
    *("<|", "[inst", "[/inst", "sys>>", "system", "assistant", "instruction", "_of_turn"),
    *("асистент", "ассистент", "інструкці", "инструкци", "система"),
)
"""One of these is in every such token: looking for them is far cheaper than for the tokens."""
ENDS: Final = re.compile(
    # Somebody closes the place that was made for the mail: tags, pieces of JSON, lines that say so.
    r"</(?:e-?mails?|messages?|data|untrusted\w*|document|content|input)>"
    r"|[\"'“]\s{0,3}(?:category|kind|confidence|label)[\"'”]\s{0,3}:"
    r"|\"\s{0,3}\}[\s\]}]{0,9}\b[0-9a-f]{16,64}\b"
    r"|(?:^|[-=*#]{2})[-=*#_\s]{0,12}(?:end|кінець|конец|koniec|ende)\s(?:of\s)?(?:the\s)?(?:untrusted|user|mail|email|message|data|input|document"
    r"|повідомлення|листа|недовірен\w+|даних|письма|сообщения|данных|wiadomości|nachricht)\b[^\n]{0,20}[-=*#_.]",
    re.IGNORECASE | re.MULTILINE,
)
NAMED: Final = re.compile(
    rf"\b(?:ACTION_REQUIRED|security_(?:code|alert)\b(?!\.))|(?:->|=>|=|\bA:|\b(?i:output|answer|answers|category|categories|label|labels|kind"
    r"|classif\w+|sort\w*|rate|treat|result|відповідь|відповідай|категорі\w+|міт\w+|познач\w*|класифік\w+|результат|став\w*|оціни|віднеси"
    r"|ответ\w*|категори\w+|отнеси|отметь|antworte|kategorie|ordne|kategori\w+|sklasyfikuj|oznacz|odpowiedz|bitte|model|модель|моделі|want|треба))"
    rf"[^\n]{{0,50}}?(?<![\w@.])[\"'«“„]?{CATEGORIES}\b"
)
"""A category as a model writes it, and a word of answering, sorting or asking for it before."""
MARKS_OF_ENDS: Final = (
    *("</", "category", "confidence", "kind", "label", '"}', '" }', '"\n}', "end of", "end ", "untrusted"),
    *("кінець", "конец", "koniec", "ende"),
)
HIDDEN_WEIGHS_MORE: Final = 2.0
DISGUISED_WEIGHS_MORE: Final = 1.0
WEIGHTS: Final = {"command": 3.5, "override": 3.0, "address": 1.5}
ORDER_WEIGHS: Final = 2.0
CHAT_WEIGHS: Final = 2.5
NAMED_WEIGHS: Final = 2.0
LONGEST_ACROSS: Final = 300
LONGEST_ASIDE: Final = 6000
"""Characters of what stands beside the letter: names of files, events, headers."""
HEADERS: Final = ("comments", "keywords", "list-id", "organization", "x-note", "thread-topic", "x-priority")


def inspect(message: Message, person: Person) -> Finding | None:
    """Look for orders to a model: in what is shown, in what is hidden (it weighs more), and in what stands beside.

    Reading puts there what HTML hides and what invisible Unicode characters spell.
    """
    del person
    shown = words_of(message)
    suspicions = [*spoken(shown), *spoken(message.sender.name), *(across(message.sender.name, shown))]
    if message.hidden:
        suspicions += [Suspicion(each.weight + HIDDEN_WEIGHS_MORE, each.evidence) for each in spoken(message.hidden)]
    suspicions += spoken(aside(message))
    if "topic" in said("injection", shown):
        # Somebody writes about such attacks and quotes one.
        suspicions = [Suspicion(each.weight * 0.4, each.evidence) for each in suspicions]
    return finding("injection", suspicions)


def across(name: str, text: str) -> list[Suspicion]:
    """An order that begins in the sender's name and ends in the subject."""
    alone = orders_of(text[:LONGEST_ACROSS]).keys()
    together = orders_of(f"{name}\n{text[:LONGEST_ACROSS]}")
    return [Suspicion(ORDER_WEIGHS, _order(words)) for plot, words in together.items() if plot not in alone]


def aside(message: Message) -> str:
    """What a message says beside its text, where neither a person nor a model looks first."""
    pieces = [
        *(each.name for each in message.reply_to),
        *(each.filename for each in message.attachments),
        *(text for event in message.invitations for text in (event.summary, event.location, event.organizer)),
        *(value for each in message.markup for value in each.properties.values()),
        *(value for name in HEADERS for value in message.headers.get(name, ())),
        message.signature,
        message.quoted,
    ]
    return "\n\n".join(piece for piece in pieces if piece)[:LONGEST_ASIDE]


def spoken(text: str) -> Iterator[Suspicion]:
    """What a text says to a model, in words and in the marks that programs put between turns; disguise weighs more."""
    found = dict(_heard(plain(text)))
    for reading in readings(text):
        for name, each in _heard(reading):
            found.setdefault(name, Suspicion(each.weight + DISGUISED_WEIGHS_MORE, each.evidence))
    apart = words_set_apart(text)
    if apart:
        found["apart"] = Suspicion(CHAT_WEIGHS, _order(apart))
    yield from found.values()


@lru_cache(maxsize=4)
def _heard(text: str) -> tuple[tuple[str, Suspicion], ...]:
    return tuple(_hear(text))


def _hear(text: str) -> Iterator[tuple[str, Suspicion]]:
    if not text:
        return
    talk = said("injection", text)
    for name, weight in WEIGHTS.items():
        if name in talk:
            yield name, Suspicion(weight, _order(talk[name].words))
    for name, words in orders_of(text).items():
        yield name, Suspicion(ORDER_WEIGHS, _order(words))
    named = NAMED.search(text) if CAPITAL.search(text) else None
    if named:
        yield "named", Suspicion(NAMED_WEIGHS, _order(named.group()))
    lower = text.lower()
    token = CHAT_TOKENS.search(text) if any(mark in lower for mark in MARKS_OF_CHATS) else None
    if token is None and any(mark in lower for mark in MARKS_OF_ENDS):
        token = ENDS.search(text)
    if token:
        evidence = Wording.of("It imitates a chat with a model: “{words}”", words=token.group())
        yield "chat", Suspicion(CHAT_WEIGHS, evidence)


def _order(words: str) -> Wording:
    return Wording.of("It gives a language model orders: “{words}”", words=words)
