"""UTF-8 that was once read as another character set and written down again: "РџСЂРёРІС–С‚" for "Привіт"."""

import re
from functools import lru_cache

_WESTERN = "cp1252"
_EASTERN = "cp1251"
# What the bytes 80 to BF, the second ones of a letter, look like in either set; unused ones stay control characters.
_SECOND = {
    codec: "".join(bytes((byte,)).decode(codec, "ignore") or chr(byte) for byte in range(0x80, 0xC0))
    for codec in (_WESTERN, _EASTERN)
}
_SUSPECT = {
    # Ð and Ñ begin Cyrillic letters, Â and Ã western ones, â punctuation.
    _WESTERN: re.compile(f"(?:[\u00d0\u00d1\u00c2\u00c3\u00e2][\x80-\xbf{re.escape(_SECOND[_WESTERN])}]){{2}}"),
    # "Рі" and "Сі" begin ordinary words; three such pairs in a row do not.
    _EASTERN: re.compile(f"(?:[РС][{re.escape(_SECOND[_EASTERN])}]){{3}}"),
}


def undo_mojibake(text: str) -> str:
    """The text with lines that were encoded twice set right; the very same object if there are none."""
    # Found faster than any pattern: what western text begins with, and what the letters а, е, и and о look like.
    if ("Ð" in text or "Ã" in text or "Â" in text or "â" in text) and _SUSPECT[_WESTERN].search(text):
        return _mended(text, _WESTERN)
    if ("Р°" in text or "Рµ" in text or "Рё" in text or "Рѕ" in text) and _SUSPECT[_EASTERN].search(text):
        return _mended(text, _EASTERN)
    return text


def _mended(text: str, codec: str) -> str:
    mended = "\n".join(_mended_line(line, codec) for line in text.split("\n"))
    return text if mended == text else mended


def _mended_line(line: str, codec: str) -> str:
    """A line read the other way round, if all of it can be: no usual text happens to be UTF-8 in disguise."""
    if line.isascii():
        return line
    try:
        return line.translate(_bytes_of(codec)).encode("latin_1").decode("utf_8")
    except UnicodeError:
        return line


@lru_cache(maxsize=2)
def _bytes_of(codec: str) -> dict[int, str]:
    """Characters of a set to those of the same bytes in Latin-1."""
    pairs = ((bytes((byte,)).decode(codec, "ignore"), chr(byte)) for byte in range(0x80, 0x100))
    return {ord(character): latin for character, latin in pairs if character}
