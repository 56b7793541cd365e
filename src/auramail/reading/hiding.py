"""What HTML hides from its reader: styles that make text invisible, and the rules that say so."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from auramail.reading.colours import BLACK, WHITE, Colour, alike, read_colour

LONGEST_STYLE = 2000
LONGEST_SHEET = 64 * 1024

_LENGTH = re.compile(r"(-?\d{0,6}\.?\d{0,6})\s{0,9}(px|pt|em|rem|%|)")
_SIMPLE_SELECTOR = re.compile(r"[a-z0-9]{0,20}([.#][\w-]{1,80})\Z")
_OFF_SCREEN = -400.0
"""Pixels: further left or up than any mail is wide."""
_SMALLEST_READABLE = {"px": 2.0, "pt": 2.0, "em": 0.15, "rem": 0.15, "%": 15.0, "": 2.0}
_MAYBE_HIDING = ("none", "hidden", "0", "-", "all", "collapse", "transparent", "1px", "1pt")


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says about visibility; None where it says nothing."""

    gone: bool = False
    invisible: bool | None = None
    tiny: bool | None = None
    colour: Colour | None = None
    background: Colour | None = None
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks at one place of a page: what its elements gave it, inherited as CSS does."""

    gone: bool = False
    invisible: bool = False
    tiny: bool = False
    colour: Colour | None = BLACK
    background: Colour | None = WHITE
    hidden: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        # Asked for every piece of text, so it is told once.
        unreadable = self.colour is not None and self.background is not None and alike(self.colour, self.background)
        object.__setattr__(self, "hidden", self.gone or self.invisible or self.tiny or unreadable)

    def under(self, style: Style) -> "Look":
        """The look inside an element with this style."""
        return Look(
            gone=self.gone or style.gone,
            invisible=self.invisible if style.invisible is None else style.invisible,
            tiny=self.tiny if style.tiny is None else style.tiny,
            colour=self.colour if style.colour is None else style.colour,
            background=None if style.pictured else self.background if style.background is None else style.background,
        )

    def linked(self) -> "Look":
        """The look inside a link, whose colour is the reader's program's own."""
        return self if self.colour is None else Look(self.gone, self.invisible, self.tiny, None, self.background)


@lru_cache(maxsize=2048)
def read_style(text: str) -> Style:
    """Read a style attribute."""
    declared: dict[str, str] = {}
    for declaration in text[:LONGEST_STYLE].lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            declared[name.strip()] = value.replace("!important", "").strip()
    picture = declared.get("background", "")
    pictured = "background-image" in declared or "url(" in picture or "gradient" in picture
    colour = declared.get("color", "")
    return Style(
        gone=_is_gone(declared) or colour == "transparent",
        invisible=_invisible(declared),
        tiny=_tiny(declared),
        colour=read_colour(colour),
        background=read_colour(declared.get("background-color") or picture.split(" ")[0]),
        pictured=pictured,
    )


def _is_gone(declared: dict[str, str]) -> bool:
    if declared.get("display") == "none" or declared.get("mso-hide") == "all":
        return True
    opacity = _length(declared.get("opacity", ""))
    if opacity is not None and opacity[0] < 0.06:
        return True
    clipped = declared.get("overflow", "") in {"hidden", "clip"}
    for name in ("max-height", "height", "max-width", "width"):
        size = _length(declared.get(name, ""))
        none_left = size is not None and size[0] <= (1.0 if size[1] in {"px", "pt", ""} else 0.0)
        # A box of no height shows what overflows it, unless that is cut off.
        if none_left and (clipped or name == "max-height"):
            return True
    return _is_off_screen(declared)


def _is_off_screen(declared: dict[str, str]) -> bool:
    names = ["text-indent", "margin-left", "margin-top"]
    if declared.get("position") in {"absolute", "fixed", "relative"}:
        names += ["left", "top"]
    for name in names:
        length = _length(declared.get(name, ""))
        if length is not None and length[0] <= _OFF_SCREEN:
            return True
    shape = declared.get("clip", "") + declared.get("clip-path", "") + declared.get("transform", "")
    return any(mark in shape.replace(" ", "") for mark in ("rect(0", "inset(50%", "inset(100%", "scale(0)"))


def _invisible(declared: dict[str, str]) -> bool | None:
    visibility = declared.get("visibility")
    return None if visibility is None else visibility in {"hidden", "collapse"}


def _tiny(declared: dict[str, str]) -> bool | None:
    size = _length(declared.get("font-size", ""))
    return None if size is None else size[0] < _SMALLEST_READABLE[size[1]]


def _length(value: str) -> tuple[float, str] | None:
    found = _LENGTH.match(value)
    if found is None or found.group(1) in {"", "-", ".", "-."}:
        return None
    return float(found.group(1)), found.group(2)


def hiding_selectors(sheet: str) -> frozenset[str]:
    """The classes (`.name`) and ids (`#name`) a style sheet hides on every screen: rules inside @media do not count."""
    found: set[str] = set()
    depth = 0
    selector = ""
    pieces = re.split(r"([{}])", sheet[:LONGEST_SHEET].lower())
    for position, piece in enumerate(pieces):
        if piece == "{":
            depth += 1
            selector = pieces[position - 1] if depth == 1 else ""
        elif piece == "}":
            depth = max(depth - 1, 0)
        elif depth == 1 and selector and not selector.lstrip().startswith("@"):
            style = read_style(piece)
            if style.gone or style.invisible or style.tiny:
                matches = (_SIMPLE_SELECTOR.match(one.strip()) for one in selector.split(","))
                found.update(match.group(1) for match in matches if match)
    return frozenset(found)
