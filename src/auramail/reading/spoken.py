"""What a sender says to the reader now: the subject and the own words, not what is passed on or was said before."""

import re
from functools import lru_cache
from itertools import islice

from auramail.core.messages import Message
from auramail.reading.companies import PRIVATE_PROVIDERS

_ANSWERED = re.compile(
    r"\s{0,9}(?:(?:fwd?|пересл|fs|wg)\s?:\s?)?(?:re|aw|sv|відп|odp|ha|ответ)\s?(?:\[\d{1,2}\])?:", re.IGNORECASE
)
"""The subject of an answer was written by somebody else, before."""
_PASSED_ON = re.compile(
    r"(?m)^[ \t]{0,9}(?:[-_*]{2,40}[ \t]?(?:Forwarded message|Переслане повідомлення|Пересланий лист|"
    r"Пересылаемое сообщение|"
    r"Пересланное сообщение|Weitergeleitete Nachricht|Original Message|Вихідне повідомлення|Оригінальне повідомлення)|"
    r"Begin forwarded message|Початок (?:пересланого|переадресованого) (?:повідомлення|листа)|"
    r"\*{0,2}(?:From|Від|Від кого|От|Von)[ \t]?:\*{0,2}[ \t]?[^\n]{1,200}\n[ \t]{0,9}\*{0,2}"
    r"(?:Sent|Date|To|Subject|Надіслано|Дата|Кому|Тема|Отправлено|Gesendet)[ \t]?:)"
)
_MARKS = (
    "orwarded m",
    "ереслан",
    "ересила",
    "ересыла",
    "ереадресован",
    "eitergeleitet",
    "riginal",
    "Вихідне",
    "ригінальне",
    "From",
    "Від",
    "От",
    "Von",
)
"""One of them stands in every head of a letter passed on."""
_LEAST_SAID = 3
_SALES = re.compile(
    r"\b(?:sale|offers?|discounts?|deals?|coupons?|promo(?:code)?|for free|free (?:gift|mini|delivery|shipping)|"
    r"shop now|save|members?hips?|"
    r"book now|order now|next order|today only|знижк\w{1,3}|акці\w{1,2}|промокод\w{0,2}|подарун\w{2,3}|даруємо|"
    r"безкоштовн\w{1,3}|"
    r"розпродаж\w{0,2}|кешбек\w{0,2}|бонус\w{0,2}|дешевш\w|ціна від|за пів ціни|поспішай\w{0,2}|обирай\w{0,2}|"
    r"купу?й\w{0,2})\b|\d\s?%|\boff\b|\bfrom [$€£]|\bвід \d[\d ]{2,6}(?: ?грн)?\b"
)
_OF_SALES = (
    *("sale", "offer", "discount", "deal", "coupon", "promo", "free", "shop now", "save", "member", "order", "only"),
    *(
        "book now",
        "from ",
        "off",
        "%",
        "знижк",
        "акці",
        "промокод",
        "подарун",
        "дару",
        "безкошт",
        "розпродаж",
        "кешбек",
    ),
    *("бонус", "дешевш", "ціна від", "пів ціни", "поспіша", "обира", "куп", "від "),
)
"""Pieces of those words: to look for them first is several times faster."""
_STEM = 4
_LONGEST_QUOTE = 200
_MOST_SALES = 2
"""Words of a shop in a letter that is no shop's."""
_POSTSCRIPT = re.compile(r"(?:^|\n)\W{0,3}(?:P\. ?S\b|PS\b|P\.P\.S|П\. ?С\b|ПС\b)", re.IGNORECASE)


def spoken_now(message: Message) -> str:
    """Subject and own words. Of a letter that only passes another on, the other is what is said."""
    return _parted(message.subject, message.text)[0]


def passed_on(message: Message) -> str:
    """What the sender passes on below words of their own; empty if they say nothing themselves."""
    return _parted(message.subject, message.text)[1]


@lru_cache(maxsize=4)
def _parted(subject: str, text: str) -> tuple[str, str]:
    # The same string is given each time, so that others can remember what they found in it.
    found = _PASSED_ON.search(text) if any(mark in text for mark in _MARKS) else None
    if found is not None and sum(map(str.isalpha, text[: found.start()])) >= _LEAST_SAID:
        return text[: found.start()].rstrip(), text[found.start() :]
    return text if _ANSWERED.match(subject) else f"{subject}\n\n{text}", ""


def is_postscript(text: str, place: int) -> bool:
    """Whether a place in the text comes after a P.S.: there even mail to many speaks to its reader."""
    found = _POSTSCRIPT.search(text) if "S" in text or "С" in text else None
    return found is not None and found.start() <= place


def is_to_many(message: Message) -> bool:
    """Whether a shop or a publisher speaks to everybody, by a header or by its words."""
    if "list-unsubscribe" in message.headers:
        return True
    if message.in_reply_to or message.sender.domain in PRIVATE_PROVIDERS:
        return False
    return _sells(message.subject, message.text)


@lru_cache(maxsize=4)
def _sells(subject: str, text: str) -> bool:
    plain = f"{subject}\n{text}".lower()
    if sum(piece in plain for piece in _OF_SALES) < _MOST_SALES:
        return False
    return len({match.group()[:_STEM] for match in islice(_SALES.finditer(plain), 20)}) >= _MOST_SALES


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] stands within « and », as words of somebody else."""
    before = text[max(start - _LONGEST_QUOTE, 0) : start]
    return before.rfind("«") > before.rfind("»") and "»" in text[end : end + _LONGEST_QUOTE]
