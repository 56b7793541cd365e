"""Characters nobody sees: taken out of a text, and what they spell read out."""

import re

# Zero-width and joining characters, soft hyphens, fillers, direction marks, variation selectors, byte order marks.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]+"
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]+")
_LINE_ENDS = re.compile("[\u2028\u2029]")
_TAGS = re.compile("[\U000e0020-\U000e007e]+")


def without_unseen(text: str) -> tuple[str, str]:
    """The text as it looks, and the words its Unicode tag characters (U+E0020 to U+E007E) spell, if any."""
    text = _CONTROLS.sub(" ", text)
    if text.isascii():
        return text, ""
    spelt = "".join(chr(ord(tag) - 0xE0000) for tag in "".join(_TAGS.findall(text)))
    return _LINE_ENDS.sub("\n", _UNSEEN.sub("", text)), spelt


def without_controls(text: str) -> str:
    """The text on one line, without control characters; what only tricks the eye stays, for a guard to see."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def one_line(text: str) -> str:
    """The text on one line as it looks, without control characters and others nobody sees."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(without_unseen(text)[0].split())
