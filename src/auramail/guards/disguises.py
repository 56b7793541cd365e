"""Disguises: what a text says to whoever takes the trouble to decode it.

A person reads over such text, a language model reads it as easily as any other.
"""

import base64
import binascii
import re
import unicodedata
from codecs import encode
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice
from typing import Final

from auramail.guards.spelling import DIGIT_SWAPS, as_latin, undisguised

MOST_CODES: Final = 5
"""Coded pieces of a text that are decoded."""
LONGEST_CODE: Final = 4000
SHORTEST: Final = 8
"""Letters that a decoded piece must have to say anything."""

UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\U000e0000-\U000e007f]"
)
"""Nobody sees them. Those that join emoji (U+200D, U+FE0F) are not among them."""
_MIXED: Final = re.compile(
    r"[^\W\d_]{0,40}(?:[a-zA-Z][\u0370-\u03ff\u0400-\u045f\u0490\u0491\u0530-\u058f]|"
    r"[\u0370-\u03ff\u0400-\u045f\u0490\u0491\u0530-\u058f][a-zA-Z])[^\W\d_]{0,40}"
)
_TOUCHING: Final = re.compile(
    r"[a-zA-Z][\u0370-\u03ff\u0400-\u045f\u0490\u0491\u0530-\u058f]|[\u0370-\u03ff\u0400-\u045f\u0490\u0491\u0530-\u058f][a-zA-Z]"
)
"""Where alphabets touch: few honest texts have such a place, and it is found quickly."""
_OLD_KEYBOARD: Final = str.maketrans("iI", "іІ")
"""A lone Latin i in a Cyrillic word is a habit, no disguise."""
PLAYED: Final = str.maketrans("0134578@$!", "oieastbasi")
"""Digits and signs that stand for letters in the writing of players; `DIGIT_SWAPS` takes the 1 for an l."""
_PLAYING: Final = re.compile(r"(?<![\w@$!])(?=[\d@$!]{0,20}[^\W\d_])[^\W\d_]{0,30}[\d@$!][\w@$!]{0,30}")
"""A word with letters and such signs; a number is none."""
_BASE64: Final = re.compile(rf"(?<![\w/.=?&#+-])[A-Za-z0-9+/_-]{{16,{LONGEST_CODE}}}={{0,2}}(?![\w/])")
_HEX: Final = re.compile(rf"(?<![\w/.=?&#-])(?:[0-9a-fA-F]{{2}}[ ,:;]?){{9,{LONGEST_CODE}}}(?!\w)")
_BINARY: Final = re.compile(r"(?:\b[01]{8}\b\s?){3,500}")
_APART: Final = re.compile(r"(?<!\w)(?:[^\W\d_](?:[ .\-_*|·,:]){1,3}){5,200}[^\W\d_](?!\w)")
_ENTITIES: Final = re.compile(r"&#x?[0-9a-fA-F]{1,6};")
_TAG: Final = re.compile("[\U000e0020-\U000e007e]+")
_BACKWARDS: Final = re.compile(
    r"\b(?:siht|eht|uoy|ruoy|llams|egassem|rettel|liame|tnatropm[iI]|erongI?|si[hH][tT]|йец|тсил|есв|ясв|ьсев|йишав|йівт|оге|меівт|ілист|омьсип|міс[вВ]|роф|еід)\b"
    r"|noitcurtsn|yfissalc|yrogetac|ийивилж|яннелмод|іцкурт|ірогетак",
    re.IGNORECASE,
)
"""Usual words, and those of such orders, as they look from behind."""
_SOUGHT: Final = re.compile(
    r"ignore|disregard|forget|all|every|other|previous|instructions|rules|classify|mark|label|answer|delete|this|message"
    r"|mail|as|important|category|you|operator|system|model|ігноруй|забудь|усі|інші|попередні|інструкції|правила|познач"
    r"|віднеси|цей|лист|як|важлив\w{1,3}|категорії|відповідай|твої|розробник|листа|оператор|забудь|отметь|письмо|важное"
    r"|программ|сортировки|сообщение|категории|прежние|отменены|твой|alle|nachrichten|müll|antworte|mit"
)
_LETTERS: Final = re.compile(r"[^\W\d_]")


def is_disguised(text: str) -> bool:
    """Whether a word of the text is of two alphabets."""
    if _TOUCHING.search(text) is None:
        return False
    return any(_TOUCHING.search(match.group().translate(_OLD_KEYBOARD)) for match in _MIXED.finditer(text))


def played(text: str, letters: Mapping[int, int]) -> str:
    """The text with the digits and signs inside words as the letters they stand for."""
    return _PLAYING.sub(lambda word: word.group().translate(letters), text)


def plain(text: str) -> str:
    """The text in usual letters: wide and mathematical ones as themselves, without what nobody sees."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", UNSEEN.sub("", text))


def readings(text: str) -> Iterator[str]:
    """What else the text says than `plain`, by each way of disguise it shows signs of; nothing for a usual text."""
    usual = plain(text)
    if not text.isascii():
        spelt = "".join(chr(ord(tag) - 0xE0000) for tag in "".join(_TAG.findall(text)))
        if spelt:
            yield spelt
        if is_disguised(usual):
            yield from (as_latin(usual), undisguised(usual))
    yield from _decoded(usual)
    if len(_PLAYING.findall(usual)) > 2:
        latin = as_latin(usual)
        yield from (played(latin, PLAYED), played(latin, DIGIT_SWAPS))
    if usual.count("_") > 3:
        yield usual.replace("_", " ")
    if "rot" in usual.lower() or "znvy" in usual.lower():
        yield encode(usual, "rot13")
    if _BACKWARDS.search(usual):
        yield usual[::-1]


def words_set_apart(text: str) -> str:
    """The words of orders that are written letter by letter, at least two of them; else nothing."""
    letters = "".join(_LETTERS.findall(" ".join(run.group() for run in islice(_APART.finditer(text), MOST_CODES))))
    words = _SOUGHT.findall(letters.lower())
    return " ".join(words) if len(words) > 1 else ""


def _decoded(text: str) -> Iterator[str]:
    """What is written in codes."""
    for match in islice(_BASE64.finditer(text), MOST_CODES):
        yield from _said(_of_base64(match.group()))
    for match in islice(_HEX.finditer(text), MOST_CODES):
        yield from _said(bytes.fromhex(re.sub(r"[ ,:;]", "", match.group())))
    for match in islice(_BINARY.finditer(text), MOST_CODES):
        yield from _said(bytes(int(byte, 2) for byte in match.group().split()))
    if len(_ENTITIES.findall(text)) > 3:
        yield unescape(text)


def _of_base64(code: str) -> bytes:
    letters = code.rstrip("=").replace("-", "+").replace("_", "/")
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4))
    except binascii.Error:
        return b""


def _said(data: bytes) -> Iterator[str]:
    """Bytes as text, if they are one."""
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 10 <= len(text) and len(_LETTERS.findall(text)) >= SHORTEST and text.isprintable():
        yield text
