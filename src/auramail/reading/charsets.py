"""Bytes into text: declared, lying, mixed and missing character sets, the Cyrillic ones told apart by their letters."""

import codecs
import math
import re
from collections import Counter
from encodings.aliases import aliases
from functools import lru_cache

from auramail.reading.mojibake import undo_mojibake

SAMPLE = 4096
"""How many bytes are looked at to tell character sets apart."""

_CODECS = frozenset(
    {
        *("ascii", "utf_8", "utf_7", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "cp1250", "cp1251", "cp1252"),
        *("cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8_r", "koi8_u", "cp866", "cp437"),
        *("cp850", "cp852", "cp855", "cp874", "mac_cyrillic", "mac_roman", "latin_1", "iso8859_2", "iso8859_3"),
        *("iso8859_4", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_9", "iso8859_10", "iso8859_13"),
        *("iso8859_14", "iso8859_15", "iso8859_16", "tis_620", "shift_jis", "cp932", "euc_jp", "iso2022_jp"),
        *("iso2022_kr", "euc_kr", "cp949", "johab", "gb2312", "gbk", "gb18030", "hz", "big5", "big5hkscs", "cp950"),
        *("ptcp154",),
    }
)
"""Character sets only: `zip`, `idna`, `unicode_escape` and their like are codecs too, and traps."""

# Names seen in mail that Python does not know, and those where the Windows superset is what was meant
# (WHATWG Encoding Standard, section 4.2).
_ALIASES = {
    "utf": "utf_8",
    "utf8mb4": "utf_8",
    "unicode11utf8": "utf_8",
    "win1251": "cp1251",
    "windowscp1251": "cp1251",
    "xcp1251": "cp1251",
    "koi8": "koi8_u",
    "koi8ru": "koi8_u",
    "iso88598i": "iso8859_8",
    "xsjis": "cp932",
    "xgbk": "gb18030",
    "xmaccyrillic": "mac_cyrillic",
    "xmacroman": "mac_roman",
}
_SUPERSETS = {
    "ascii": "cp1252",
    "latin_1": "cp1252",
    "koi8_r": "koi8_u",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_SEVEN_BIT = frozenset({"utf_7", "iso2022_jp", "iso2022_kr", "hz", "utf_16", "utf_16_le", "utf_16_be", "utf_32"})
_UNSURE = frozenset({"", "cp1252", "utf_8"})
"""No name, UTF-8, and what every client writes by default."""
_BOMS = ((codecs.BOM_UTF8, "utf_8_sig"), (codecs.BOM_UTF16_LE, "utf_16"), (codecs.BOM_UTF16_BE, "utf_16"))
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
_RUNS = re.compile(rb"[\x80-\xff]{3,}")
_HIGH = bytes(range(0x80))
_UTF8_LETTERS = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}){3}")

# Ukrainian and Russian letters from the most to the least frequent one; a Zipf-like share is close enough.
_LETTERS = "оаинтеівсрклудмпяьзбгйчхжшюцщфїєыґэёъ"
# The likeliest first: small letters of the last one are mostly those of the first.
_CYRILLIC = ("cp1251", "koi8_u", "iso8859_5", "cp866", "mac_cyrillic")
_LEAST_LIKELY = -3.9
"""The mean log-likelihood of a byte below which text is not Cyrillic: words have -3.4 to -3.8, other scripts -5."""
_CLEARLY_BETTER = 0.3
"""By how much that mean must grow before a declared Cyrillic charset is called a lie."""
_ENOUGH = 20
"""Bytes from which on that can be said."""


@lru_cache(maxsize=1)
def _codecs_by_name() -> dict[str, str]:
    known = {_squeezed(alias): codec for alias, codec in aliases.items() if codec in _CODECS}
    known |= {_squeezed(codec): codec for codec in _CODECS} | _ALIASES
    return {name: _SUPERSETS.get(codec, codec) for name, codec in known.items()}


def _squeezed(name: str) -> str:
    return _NOT_ALPHANUMERIC.sub("", name.lower())


@lru_cache(maxsize=256)
def codec_of(declared: str) -> str:
    """The Python codec for the name of a character set, or an empty string for a name nobody knows."""
    # RFC 2045 allows a comment: `us-ascii (Plain text)`.
    return _codecs_by_name().get(_squeezed(declared[:64].partition("(")[0]), "")


def decode_text(data: bytes, declared: str) -> tuple[str, bool]:
    """The text, and whether what was declared could be believed. Never fails; what cannot be read becomes U+FFFD."""
    codec = codec_of(declared) if declared else ""
    if codec not in _SEVEN_BIT and data.isascii():
        return data.decode("ascii"), bool(codec) or not declared
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace"), True
    if codec in _SEVEN_BIT:
        return _decode_seven_bit(data, codec)
    text, believed = _decode_unsure(data, codec) if codec in _UNSURE else _decode_declared(data, codec)
    mended = undo_mojibake(text)
    return mended, believed and mended is text


def _decode_declared(data: bytes, codec: str) -> tuple[str, bool]:
    """Bytes beyond ASCII under the name of one 8-bit or multi-byte charset: believed, unless they look otherwise."""
    utf8 = _strictly(data, "utf_8")
    if utf8 is not None:
        return utf8, False
    text = _strictly(data, codec)
    if codec in _CYRILLIC and _has_utf8_lines(data):
        return _decode_mixed(data, codec), False
    if codec in _CYRILLIC or text is None:
        better = _cyrillic(data)
        if better and better != codec and _gain(data, better, codec) > _CLEARLY_BETTER:
            return data.decode(better, "replace"), False
    return (text, True) if text is not None else (data.decode(codec, "replace"), False)


def _decode_seven_bit(data: bytes, codec: str) -> tuple[str, bool]:
    if codec.startswith(("utf_16", "utf_32")) and b"\0" not in data[:SAMPLE]:
        # Declared UTF-16, yet no zero byte: either ideographs or, far more often, a lie.
        text, _ = _decode_unsure(data, "")
        return text, False
    # UTF-7 can spell half a surrogate pair, which no later room could write down.
    text = data.decode(codec, "replace").encode("utf_8", "replace").decode("utf_8")
    return text, "\ufffd" not in text


def _decode_unsure(data: bytes, codec: str) -> tuple[str, bool]:
    """Bytes beyond ASCII under no charset, under UTF-8, or under one of the names every client writes by default."""
    utf8 = _strictly(data, "utf_8")
    if utf8 is not None:
        return utf8, codec in {"", "utf_8"}
    if _has_utf8_lines(data) and not _mostly_utf8(data):
        return _decode_mixed(data, ""), False
    best = _cyrillic(data)
    if best:
        return data.decode(best, "replace"), False
    if codec == "utf_8" or _mostly_utf8(data):
        return data.decode("utf_8", "replace"), False
    return data.decode("cp1252", "replace"), codec == "cp1252"


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _has_utf8_lines(data: bytes) -> bool:
    """Whether some line is UTF-8 though the whole is not: mailing lists and virus scanners add lines of their own."""
    lines = data[:SAMPLE].split(b"\n")
    return len(lines) > 1 and any(_UTF8_LETTERS.search(line) and _strictly(line, "utf_8") is not None for line in lines)


def _decode_mixed(data: bytes, codec: str) -> str:
    """Lines that are UTF-8 as UTF-8, the others together as what they look like, or as what was declared."""
    lines = data.split(b"\n")
    read = [_strictly(line, "utf_8") for line in lines]
    others = b"\n".join(line for line, text in zip(lines, read, strict=True) if text is None)
    rest = iter(_decode_others(others, codec).split("\n"))
    return "\n".join(next(rest) if text is None else text for text in read)


def _decode_others(data: bytes, codec: str) -> str:
    if _mostly_utf8(data):
        return data.decode("utf_8", "replace")
    return data.decode(_cyrillic(data) or codec or "cp1252", "replace")


def _mostly_utf8(data: bytes) -> bool:
    text = data[:SAMPLE].decode("utf_8", "replace")
    broken = text.count("\ufffd")
    return broken * 10 < len(text) - len(text.encode("ascii", "ignore"))


def _cyrillic(data: bytes) -> str:
    """The Cyrillic charset the bytes look written in, or an empty string if they look like something else.

    Cyrillic words are runs of high bytes; in western text they stand alone.
    """
    sample = data[:SAMPLE]
    high = sample.translate(None, _HIGH)
    if not high or sum(map(len, _RUNS.findall(sample))) < 0.6 * len(high) or _mostly_utf8(sample):
        return ""
    counts = Counter(high)
    likelihood = {codec: _likelihood(counts, codec) for codec in _CYRILLIC}
    best = max(_CYRILLIC, key=likelihood.__getitem__)
    return best if likelihood[best] > _LEAST_LIKELY * len(high) else ""


def _gain(data: bytes, codec: str, declared: str) -> float:
    if declared not in _CYRILLIC:
        return math.inf
    high = data[:SAMPLE].translate(None, _HIGH)
    if len(high) < _ENOUGH:
        return 0.0
    counts = Counter(high)
    return (_likelihood(counts, codec) - _likelihood(counts, declared)) / len(high)


def _likelihood(counts: Counter[int], codec: str) -> float:
    """The log-likelihood of high bytes, as usual text or as capitals, whichever fits."""
    return max(sum(count * weights[byte] for byte, count in counts.items()) for weights in _weights(codec))


@lru_cache(maxsize=len(_CYRILLIC))
def _weights(codec: str) -> tuple[list[float], list[float]]:
    share = {letter: 1 / (rank + 3) for rank, letter in enumerate(_LETTERS)}
    total = sum(share.values())
    usual, capitals = [0.0] * 256, [0.0] * 256
    for byte in range(0x80, 0x100):
        character = bytes((byte,)).decode(codec, "replace")
        frequency = share.get(character.lower(), 0.0) / total
        lower = character.islower()
        usual[byte] = math.log(max(frequency * (0.93 if lower else 0.07), 1e-4))
        capitals[byte] = math.log(max(frequency * (0.07 if lower else 0.93), 1e-4))
    return usual, capitals
