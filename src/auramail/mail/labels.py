"""The names other programs give to Gmail's own labels: Takeout's in English and Ukrainian, and mail folders."""

import base64
import binascii
import csv
import re
from collections.abc import Iterable
from typing import Final

from auramail.core.labels import DRAFT, IMPORTANT, INBOX, SENT, SPAM, STARRED, SYSTEM, TRASH, UNREAD

_SYSTEM_NAMES: Final = {
    INBOX: ("inbox", "вхідні"),
    SPAM: ("spam", "спам", "junk", "junk e-mail", "junk email", "bulk mail"),
    TRASH: ("trash", "bin", "кошик", "смітник", "deleted", "deleted items", "deleted messages", "видалені"),
    SENT: ("sent", "sent mail", "sent items", "sent messages", "надіслані", "відправлені"),
    DRAFT: ("draft", "drafts", "чернетки", "чернетка"),
    UNREAD: ("unread", "непрочитане", "непрочитані", "непрочитано"),
    STARRED: ("starred", "із зірочкою", "з зірочкою", "позначені зірочкою"),
    IMPORTANT: ("important", "важливо", "важливі", "важливе"),
    "CHAT": ("chat", "chats", "чат", "чати"),
    "CATEGORY_PERSONAL": ("personal", "primary", "особисті", "особисте", "основне", "основні"),
    "CATEGORY_SOCIAL": ("social", "соцмережі", "соціальні мережі"),
    "CATEGORY_PROMOTIONS": ("promotions", "реклама", "промоакції", "пропозиції"),
    "CATEGORY_UPDATES": ("updates", "оновлення", "сповіщення"),
    "CATEGORY_FORUMS": ("forums", "форуми"),
}
_CATEGORY = re.compile(r"(?:category|категорія)[\s:]+(.+)")
_LABEL_OF: Final = {
    name: label for label, names in _SYSTEM_NAMES.items() if not label.startswith("CATEGORY_") for name in names
}
_CATEGORY_OF: Final = {
    name: label for label, names in _SYSTEM_NAMES.items() if label.startswith("CATEGORY_") for name in names
}
_NO_LABEL: Final = frozenset(
    {"opened", "archived", "archive", "all mail", "відкриті", "відкрито", "відкрите", "прочитані", "прочитане"}
    | {"архів", "архівовані", "архівовано", "заархівовані", "уся пошта", "вся пошта"}
)
"""What Takeout and mail programs say of a message without it being a label: read, or out of the inbox."""


def label_of(name: str) -> str | None:
    """The label id a foreign name means: one of Gmail's own, or the name itself; None if it means no label."""
    name = " ".join(name.split())
    plain = name.casefold().removeprefix("[gmail]/")
    if not plain or plain in _NO_LABEL:
        return None
    if name in SYSTEM:
        return name
    category = _CATEGORY.fullmatch(plain)
    return (_CATEGORY_OF.get(category[1]) if category else None) or _LABEL_OF.get(plain) or name


def labels_of(names: Iterable[str]) -> frozenset[str]:
    return frozenset(label for label in map(label_of, names) if label)


def takeout_labels(value: str) -> frozenset[str]:
    """The labels of a decoded X-Gmail-Labels: separated by commas, a name that holds one stands in quotes."""
    return labels_of(name for row in csv.reader([value]) for name in row)


def folder_name(encoded: str) -> str:
    """A folder's name as IMAP servers store it on disk, in modified UTF-7 (RFC 3501, 5.1.3)."""
    return re.sub(r"&([A-Za-z0-9+,]*)-", _from_modified_base64, encoded)


def _from_modified_base64(match: re.Match[str]) -> str:
    if not match[1]:
        return "&"
    digits = match[1].replace(",", "/")
    try:
        return base64.b64decode(digits + "=" * (-len(digits) % 4)).decode("utf-16-be")
    except (binascii.Error, UnicodeDecodeError):
        return match[0]
