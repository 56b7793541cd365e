"""Colours as HTML and CSS write them, and whether text in one is readable on another."""

import re
from functools import lru_cache

Colour = tuple[int, int, int]
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)

_HARDLY_DIFFERENT = 30
"""Sum of the differences of the three channels (0 to 765) below which nobody reads the text."""

_NAMED = {
    "black": BLACK,
    "white": WHITE,
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "navy": (0, 0, 128),
    "maroon": (128, 0, 0),
    "orange": (255, 165, 0),
    "whitesmoke": (245, 245, 245),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "lightgray": (211, 211, 211),
    "lightgrey": (211, 211, 211),
}
_RGB = re.compile(r"rgba?\(\s{0,9}(\d{1,3})[\s,]{1,9}(\d{1,3})[\s,]{1,9}(\d{1,3})")


@lru_cache(maxsize=512)
def read_colour(text: str) -> Colour | None:
    """A colour by name, `#rgb`, `#rrggbb` or `rgb(…)`; None for what is none of these."""
    text = text.strip().lower()
    if text in _NAMED:
        return _NAMED[text]
    digits = text.removeprefix("#")
    if len(digits) in {3, 4} and text.startswith("#"):
        digits = "".join(digit * 2 for digit in digits[:3])
    if len(digits) in {6, 8} and all(digit in "0123456789abcdef" for digit in digits):
        return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    found = _RGB.match(text)
    if found:
        red, green, blue = (min(int(channel), 255) for channel in found.groups())
        return red, green, blue
    return None


def alike(text: Colour, background: Colour) -> bool:
    (red, green, blue), (other_red, other_green, other_blue) = text, background
    return abs(red - other_red) + abs(green - other_green) + abs(blue - other_blue) <= _HARDLY_DIFFERENT
