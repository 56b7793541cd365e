"""Gmail's labels: the system's, the person's, how names are compared and which colours exist."""

import re
from dataclasses import dataclass
from typing import Any

from tests.fakes.google.errors import GoogleError, invalid

SYSTEM = (
    "CHAT",
    "SENT",
    "INBOX",
    "IMPORTANT",
    "TRASH",
    "DRAFT",
    "SPAM",
    "CATEGORY_FORUMS",
    "CATEGORY_UPDATES",
    "CATEGORY_PERSONAL",
    "CATEGORY_PROMOTIONS",
    "CATEGORY_SOCIAL",
    "STARRED",
    "UNREAD",
)
NOT_APPLICABLE = frozenset({"SENT", "DRAFT", "CHAT"})
"""System labels that no request may add or remove."""

LONGEST_NAME = 225
MOST_LABELS = 10_000

_RESERVED = frozenset(
    {name.casefold() for name in SYSTEM}
    | {"all mail", "archive", "bin", "chats", "draft", "drafts", "forums", "muted", "primary", "promotions", "read"}
    | {"scheduled", "sent mail", "snoozed", "social", "spam", "trash", "updates", "voicemail"}
)

_COLOURS = (
    "000000 434343 666666 999999 cccccc efefef f3f3f3 ffffff fb4c2f ffad47 fad165 16a766 43d692 4a86e8 a479e2 "
    "f691b3 f6c5be ffe6c7 fef1d1 b9e4d0 c6f3de c9daf8 e4d7f5 fcdee8 efa093 ffd6a2 fce8b3 89d3b2 a0eac9 a4c2f4 "
    "d0bcf1 fbc8d9 e66550 ffbc6b fcda83 44b984 68dfa9 6d9eeb b694e8 f7a7c0 cc3a21 eaa041 f2c960 149e60 3dc789 "
    "3c78d8 8e63ce e07798 ac2b16 cf8933 d5ae49 0b804b 2a9c68 285bac 653e9b b65775 822111 a46a21 aa8831 076239 "
    "1a764d 1c4587 41236d 83334c"
)
PALETTE = frozenset(f"#{colour}" for colour in _COLOURS.split())


@dataclass(slots=True)
class StoredLabel:
    id: str
    name: str
    messages: str = "show"
    labels: str = "labelShow"
    background: str = ""
    text: str = ""

    @property
    def is_system(self) -> bool:
        return self.id in SYSTEM

    def resource(self) -> dict[str, Any]:
        kind = "system" if self.is_system else "user"
        answer: dict[str, Any] = {"id": self.id, "name": self.name, "type": kind}
        if not self.is_system:
            answer |= {"messageListVisibility": self.messages, "labelListVisibility": self.labels}
        if self.background:
            answer["color"] = {"backgroundColor": self.background, "textColor": self.text}
        return answer


def comparable(name: str) -> str:
    """The form in which Gmail holds two names to be the same: no case, all separators equal."""
    return re.sub(r"[\s/_.\-]+", "-", name.strip()).casefold()


def check_name(name: Any) -> str:
    if not isinstance(name, str) or not name.strip("/ ") or len(name) > LONGEST_NAME:
        raise invalid("Invalid label name")
    if name.casefold() in _RESERVED or any(not part.strip() for part in name.split("/")):
        raise invalid("Invalid label name")
    return name


def check_colour(colour: Any) -> tuple[str, str]:
    """Background and text; both are needed and both must be of the palette."""
    pair = (colour.get("backgroundColor"), colour.get("textColor")) if isinstance(colour, dict) else (None, None)
    background, text = pair
    if not isinstance(background, str) or not isinstance(text, str):
        raise invalid("Invalid label color: both backgroundColor and textColor are needed")
    for value in pair:
        if value not in PALETTE:
            raise invalid(f"Label color {value} is not on the allowed color palette")
    return background, text


def conflict() -> GoogleError:
    return GoogleError(409, "aborted", "Label name exists or conflicts")
