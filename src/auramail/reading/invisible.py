"""Characters nobody sees: taken out of a text, and what they spell read out."""

import re

# Zero-width and joining characters, soft hyphens, fillers, direction marks, variation selectors, byte order marks.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]+"
)
# Those of them that Python calls printable, by the first two bytes of their UTF-8.
_FILLERS = (b"\xcd\x8f", b"\xe1\x85", b"\xe1\x9e", b"\xe1\xa0", b"\xe3\x85", b"\xef\xb8", b"\xef\xbe", b"\xf3\xa0")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]+")
_LINE_ENDS = re.compile("[\u2028\u2029]")
_TAGS = re.compile("[\U000e0020-\U000e007e]+")


def without_unseen(text: str) -> tuple[str, str]:
    """The text as it looks, and the words its Unicode tag characters (U+E0020 to U+E007E) spell, if any."""
    is_printable = text.replace("\n", "").replace("\t", "").isprintable()
    if text.isascii():
        return (text if is_printable else _CONTROLS.sub(" ", text)), ""
    if is_printable:
        # No control or format character is printable; of those nobody sees only letters and accents are left.
        return (_UNSEEN.sub("", text) if _has_fillers(text) else text), ""
    text = _CONTROLS.sub(" ", text)
    spelt = "".join(chr(ord(tag) - 0xE0000) for tag in "".join(_TAGS.findall(text)))
    return _LINE_ENDS.sub("\n", _UNSEEN.sub("", text)), spelt


def _has_fillers(text: str) -> bool:
    data = text.encode("utf_8", "replace")
    for start in _FILLERS:  # noqa: SIM110 - a generator takes three times as long
        if start in data:
            return True
    return False


def without_controls(text: str) -> str:
    """The text on one line, without control characters; what only tricks the eye stays, for a guard to see."""
    return " ".join((text if text.isprintable() else _CONTROLS.sub(" ", text)).split())


def one_line(text: str) -> str:
    """The text on one line as it looks, without control characters and others nobody sees."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(without_unseen(text)[0].split())
