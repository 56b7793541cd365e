"""What a sender says to the reader now: the subject and the own words, not what is passed on or was said before."""

import re
from functools import lru_cache

from auramail.core.messages import Message

_ANSWERED = re.compile(r"\s{0,9}(?:(?:fwd?|пересл|fs|wg)\s?:\s?)?(?:re|aw|sv|відп|odp|ha|ответ)\s?(?:\[\d{1,2}\])?:", re.IGNORECASE)
"""The subject of an answer was written by somebody else, before."""
_PASSED_ON = re.compile(
    r"(?m)^[ \t]{0,9}(?:[-_*]{2,40}[ \t]?(?:Forwarded message|Переслане повідомлення|Пересланий лист|Пересылаемое сообщение|"
    r"Пересланное сообщение|Weitergeleitete Nachricht|Original Message|Вихідне повідомлення|Оригінальне повідомлення)|"
    r"Begin forwarded message|Початок (?:пересланого|переадресованого) (?:повідомлення|листа)|"
    r"\*{0,2}(?:From|Від|Від кого|От|Von)[ \t]?:\*{0,2}[ \t]?[^\n]{1,200}\n[ \t]{0,9}\*{0,2}"
    r"(?:Sent|Date|To|Subject|Надіслано|Дата|Кому|Тема|Отправлено|Gesendet)[ \t]?:)"
)
_MARKS = ("orwarded m", "ереслан", "ересила", "ересыла", "ереадресован", "eitergeleitet", "riginal", "Вихідне", "ригінальне", "From", "Від", "От", "Von")
"""One of them stands in every head of a letter passed on."""
_LEAST_SAID = 3
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
