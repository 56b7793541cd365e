"""Spelling: when one name is written to be taken for another."""

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

DIGIT_SWAPS = str.maketrans("013457", "oleast")
LETTER_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"))
CYRILLIC_TWINS = str.maketrans("aeiocpxyAEIOCPXTKMBH", "аеіосрхуАЕІОСРХТКМВН")
DISGUISED = re.compile(
    r"(?<![^\W_])(?=[^\W\d_]{0,30}[а-яіїєґА-ЯІЇЄҐ])(?=[а-яіїєґА-ЯІЇЄҐ]{0,30}[aeiocpxyAEIOCPXTKMBH])"
    r"[а-яіїєґА-ЯІЇЄҐaeiocpxyAEIOCPXTKMBH]{2,40}(?![^\W_])"
)
MEETING = re.compile(r"[а-яіїєґА-ЯІЇЄҐ][aeiocpxyAEIOCPXTKMBH]|[aeiocpxyAEIOCPXTKMBH][а-яіїєґА-ЯІЇЄҐ]")
"""Where the alphabets touch: every disguised word has such a place, few honest texts do; it is found quickly."""
SHORTEST_FOR_A_SLIP = 6
"""Names shorter than this are one letter away from too many honest ones."""


@cache
def _latin_twins() -> dict[int, str]:
    """Letters of other scripts that look like a Latin one, from the Unicode confusables table (UTS 39)."""
    # Only the package's table is of use: its code loads another one and an HTTP client whenever it is imported.
    table = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text(encoding="utf-8"))
    twins: dict[int, str] = {}
    for character, candidates in table.items():
        if len(character) == 1 and not character.isascii():
            twin = next((each["c"].lower() for each in candidates if each["c"].isascii() and each["c"].isalpha()), None)
            if twin and len(twin) == 1:
                twins[ord(character)] = twin
    # The table knows these two only by their capitals.
    return twins | {ord("к"): "k", ord("т"): "t", ord("м"): "m", ord("н"): "h", ord("в"): "b"}


@lru_cache(maxsize=8192)
def as_latin(text: str) -> str:
    """The text as a hurried reader would take it: letters of other scripts as the Latin ones they look like."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(each for each in decomposed.translate(_latin_twins()) if not unicodedata.combining(each))


@lru_cache(maxsize=8192)
def skeleton(name: str) -> str:
    """What is left of a name when look-alike letters, digits and letter pairs are told apart no more."""
    bare = as_latin(name).translate(DIGIT_SWAPS)
    for pair, letter in LETTER_PAIRS:
        bare = bare.replace(pair, letter)
    return bare.replace("i", "l")


@lru_cache(maxsize=8192)
def scripts(word: str) -> frozenset[str]:
    """The alphabets of a word's letters (`LATIN`, `CYRILLIC`, …)."""
    return frozenset(unicodedata.name(each, "").partition(" ")[0] for each in word if each.isalpha())


def mixes_scripts(word: str) -> bool:
    """Whether a word mixes Latin with letters that imitate it."""
    return (
        not word.isascii() and "LATIN" in (found := scripts(word)) and bool(found & {"CYRILLIC", "GREEK", "ARMENIAN"})
    )


def is_a_slip_away(one: str, other: str) -> bool:
    """Whether two names differ by one letter added, dropped, changed or swapped with its neighbour."""
    if one == other or abs(len(one) - len(other)) > 1 or max(len(one), len(other)) < SHORTEST_FOR_A_SLIP:
        return False
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    one, other = one[start:], other[start:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


def undisguised(text: str) -> str:
    """The text with the Latin letters inside Cyrillic words as the Cyrillic ones they imitate."""
    if text.isascii() or not MEETING.search(text):
        return text
    return DISGUISED.sub(lambda match: match.group().translate(CYRILLIC_TWINS), text)


def disguised_words(text: str) -> list[str]:
    """Cyrillic words with Latin letters in them; a lone Latin i is a habit of old keyboards and counts for nothing."""
    if text.isascii() or not MEETING.search(text):
        return []
    return [word for word in DISGUISED.findall(text) if set("aeocpxyAEOCPXTKMBH") & set(word)]
