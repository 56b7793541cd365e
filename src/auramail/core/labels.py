"""Labels: what Gmail calls folders and tags, ours among them."""

import re
from dataclasses import dataclass
from typing import Final

INBOX: Final = "INBOX"
SPAM: Final = "SPAM"
TRASH: Final = "TRASH"
SENT: Final = "SENT"
DRAFT: Final = "DRAFT"
UNREAD: Final = "UNREAD"
STARRED: Final = "STARRED"
IMPORTANT: Final = "IMPORTANT"
CATEGORIES: Final = frozenset(
    {"CATEGORY_PERSONAL", "CATEGORY_SOCIAL", "CATEGORY_PROMOTIONS", "CATEGORY_UPDATES", "CATEGORY_FORUMS"}
)
SYSTEM: Final = frozenset({INBOX, SPAM, TRASH, SENT, DRAFT, UNREAD, STARRED, IMPORTANT, "CHAT"}) | CATEGORIES


@dataclass(frozen=True, slots=True)
class Label:
    """A label as the mailbox knows it: `id` is stable, `name` is the person's to change."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class LabelWish:
    """A label that should exist: its full name with prefix and its colours from Gmail's palette (`#rrggbb`)."""

    name: str
    background: str
    text: str


def normalise(name: str) -> str:
    """The form in which Gmail compares names: without case, separators and runs of blanks equal."""
    return re.sub(r"[\s/_.\-]+", "/", name.strip()).casefold()
