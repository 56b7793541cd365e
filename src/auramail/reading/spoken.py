"""What a sender says to the reader now: the subject and the own words, not what is passed on or was said before."""

import re

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
_LEAST_SAID = 3


def spoken_now(message: Message) -> str:
    """Subject and own words. Of a letter that only passes another on, the other is what is said."""
    text, below = _parted(message)
    return text if below or _ANSWERED.match(message.subject) else f"{message.subject}\n\n{text}"


def passed_on(message: Message) -> str:
    """What the sender passes on below words of their own; empty if they say nothing themselves."""
    return _parted(message)[1]


def _parted(message: Message) -> tuple[str, str]:
    text = message.text
    found = _PASSED_ON.search(text) if "\n" in text and (":" in text or "--" in text) else None
    if found is None or sum(map(str.isalpha, text[: found.start()])) < _LEAST_SAID:
        return text, ""
    return text[: found.start()].rstrip(), text[found.start() :]
