"""Injection: text that speaks to a language model instead of the reader."""

import re
from collections.abc import Mapping
from typing import Final

from auramail.core.accounts import Person
from auramail.core.findings import Finding
from auramail.core.messages import Message
from auramail.core.wording import Wording
from auramail.guards.lexicon import Said, said, words_of
from auramail.guards.suspicion import Suspicion, finding

CHAT_TOKENS: Final = re.compile(
    r"<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\|>|\[/?INST\]|<</?SYS>>|</?(?:system|assistant)_?(?:prompt|message)?>"
    r"|^\s{0,8}(?:#{1,4}\s{0,3})?(?:system|assistant|instruction)\s{0,3}:\s|^\s{0,8}#{2,4}\s{0,3}(?:system|instruction)s?\b",
    re.IGNORECASE | re.MULTILINE,
)
MARKS_OF_CHATS: Final = ("<|", "[inst", "[/inst", "sys>>", "system", "assistant", "instruction")
"""One of these is in every such token: looking for them is far cheaper than for the tokens."""
HIDDEN_WEIGHS_MORE: Final = 2.0
WEIGHTS: Final = {"command": 3.5, "override": 3.0, "address": 1.5}


def inspect(message: Message, person: Person) -> Finding | None:
    """Look for instructions to a model, in what is shown and, weighing more, in what is hidden.

    Reading puts there what HTML hides and what invisible Unicode characters spell.
    """
    del person
    text = words_of(message)
    talk = said("injection", text)
    suspicions = spoken(text, talk)
    if message.hidden:
        suspicions += [
            Suspicion(each.weight + HIDDEN_WEIGHS_MORE, each.evidence)
            for each in spoken(message.hidden, said("injection", message.hidden))
        ]
    if "topic" in talk:
        # Somebody writes about such attacks and quotes one.
        suspicions = [Suspicion(each.weight * 0.4, each.evidence) for each in suspicions]
    return finding("injection", suspicions)


def spoken(text: str, talk: Mapping[str, Said]) -> list[Suspicion]:
    """What a text says to a model, in words and in the marks that chat programs put between turns."""
    suspicions = [
        Suspicion(weight, Wording.of("It gives a language model orders: “{words}”", words=talk[name].words))
        for name, weight in WEIGHTS.items()
        if name in talk
    ]
    lower = text.lower()
    token = CHAT_TOKENS.search(text) if any(mark in lower for mark in MARKS_OF_CHATS) else None
    if token:
        suspicions.append(Suspicion(2.5, Wording.of("It imitates a chat with a model: “{words}”", words=token.group())))
    return suspicions
