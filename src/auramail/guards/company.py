"""Company: whether a text may go to a language model together with other messages, or only alone.

This is no suspicion. A letter about models, categories or instructions is as honest as any; it just travels alone, so
that nothing in it can be about another message. It errs on that side: one honest message in ten may be sent alone for
nothing, hardly any that gives orders may be sent in company.
"""

import re
import tomllib
import unicodedata
from codecs import encode
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from auramail.guards.disguises import PLAYED, UNSEEN, is_disguised, played
from auramail.guards.orders import hints_of, orders_of
from auramail.guards.spelling import DIGIT_SWAPS, as_latin, undisguised
from auramail.reading.phrases import LONGEST_TEXT, Phrasebook

_CODED: Final = re.compile(
    # Base64, with and without padding, and hexadecimal; addresses of pages are none.
    r"(?<![\w/.=?&#+-])(?=[\w+/-]{0,60}[a-z])(?=[\w+/-]{0,60}[A-Z])(?=[\w+/-]{0,60}\d)[A-Za-z0-9+/_-]{20,}={0,2}(?![\w/.])"
    r"|(?<![\w/.=?&#-])[A-Za-z0-9+/]{16,}={1,2}|(?<![\w/.=?&#-])[0-9a-fA-F]{20,}(?!\w)"
    # Bytes, each apart: hexadecimal, binary, entities; Morse code; words whose letters stand apart.
    r"|(?:\b(?:0x|\\x|%)?[0-9a-fA-F]{2}[ ,:;]?){9,}(?!\d)|(?:\b[01]{8}\s){3}|(?:&#x?[0-9a-f]{1,6};){4}"
    r"|(?:[.-]{1,5} ){8}|(?:(?<!\w)[^\W\d_][ .\-_*|·,:]{1,3}){6}"
)
_SPEAKERS: Final = (
    r"system|assistant|user|human|ai|model|developer|operator|tool|q|a|input|output|question|answer"
    r"|example ?\d|instructions?"
    r"|система|асистент\w{0,3}|ассистент|користувач|пользователь|модель|оператор|розробник|питання|відповідь|вопрос|ответ"
    r"|приклад ?\d|пример ?\d|вхід|вихід|інструкці\w|инструкци\w|asystent|użytkownik|pytanie|odpowiedź|benutzer|frage"
    r"|antwort|beispiel ?\d|zadanie|aufgabe"
)
_ENDED: Final = (
    r"mail|message|data|text|document|input|prompt|content"
    r"|повідомлен|лист|даних|текст|письм|сообщен|данных|wiadomo|nachricht"
)
_STRUCTURE: Final = re.compile(
    # Pieces of JSON, tags, the marks of chats and of code.
    r"[{,\[]\s{0,5}[\"'“][\w .-]{1,30}[\"'”]\s{0,5}:|[\"'“]\s{0,3}[,}\]]\s{0,5}[\"'“{]|\"\s{0,5}\}"
    r"|<\|?/?[a-z][\w-]{0,30}\|?>"
    r"|\[/?(?:inst|sys|system|user|assistant)\]|```|~~~|\{\{|<<|-{1,2}>|=>|^\s{0,8}#{2,6}\s?\w"
    # Somebody's turn to speak; the end of what was given.
    rf"|^\W{{0,8}}(?:{_SPEAKERS})\s{{0,3}}\d{{0,2}}[:>：]"
    rf"|^[\W_]{{0,12}}(?:end|begin|start|stop|кінець|початок|конец|начало|koniec|ende|fin)\b.{{0,40}}(?:{_ENDED})",
    re.IGNORECASE | re.MULTILINE,
)
_NAMED: Final = re.compile(
    r"\b(?:IMPORTANT|NEWSLETTER|SOCIAL|REVIEW|DELETE|DANGER|SPAM|TRASH|INBOX|ARCHIVE|STARRED|URGENT|PERSONAL|WORK|VIP"
    r"|ВАЖЛИВ\w+|ТЕРМІНОВ\w+|ВАЖН\w+|СРОЧН\w+|WAŻN\w+|WICHTIG\w*|[A-Z]{2,}(?:_[A-Z]+)+|security_(?:code|alert)"
    r"|(?:category|kind|label|message|system|email|spam|not|is)_[a-z]+)\b"
)
"""The categories and kinds as a model knows them, and their like."""


@cache
def _book() -> Phrasebook:
    lines = tomllib.loads(files("auramail.guards").joinpath("company.toml").read_text(encoding="utf-8"))
    return Phrasebook(lines, within=8)


def speaks_to_models(text: str) -> bool:
    """Whether the text addresses a model or talks of what one does, or hides from a person what it says.

    `text` is all of a message that would be sent: the sender's name, the subject and the shown text.
    """
    if len(text) > LONGEST_TEXT or UNSEEN.search(text) or is_disguised(text):
        return True
    plain = unicodedata.normalize("NFKC", text)
    if _CODED.search(plain) or _STRUCTURE.search(plain) or _NAMED.search(plain):
        return True
    return any(hints_of(each) or orders_of(each) or _book().find(each) for each in _readings(plain))


def _readings(text: str) -> Iterator[str]:
    """The text as whoever tries can read it: look-alikes and digits as letters, letters moved by half, backwards."""
    latin = text if text.isascii() else as_latin(undisguised(text))
    yield text.replace("_", " ")
    yield from (played(latin, DIGIT_SWAPS), played(latin, PLAYED), encode(text, "rot13"), text[::-1])
