"""Quotes and signatures told from what the sender wrote now, as the usual mail programs mark them."""

import re
from dataclasses import dataclass

_FORWARDED = re.compile(
    r"\s{0,99}(?:-{2,}\s?|_{2,}\s?|\*{0,2})?(?:Forwarded message|Begin forwarded message|Original message forwarded|"
    r"Переслане повідомлення|Пересланий лист|Початок (?:пересланого|переадресованого) (?:повідомлення|листа)|"
    r"Переадресоване повідомлення|Пересылаемое сообщение|Пересланное сообщение|Начало переадресованного сообщения|"
    r"Weitergeleitete Nachricht|Anfang der weitergeleiteten|Przekazana wiadomość|Wiadomość przekazana|"
    r"Message transféré|Message transmis)",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"\s{0,9}-{2,}\s?(?:Original Message|Original Appointment|Оригінальне повідомлення|Вихідне повідомлення|"
    r"Початкове повідомлення|Исходное сообщение|Оригинал сообщения|Ursprüngliche Nachricht|Oryginalna wiadomość|"
    r"Wiadomość oryginalna|Message d'origine|Reply message)\s?-{2,}",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"(?:\bwrote|\bwrites|\bsaid|\bпише|\bписав|\bписала|\bписав\(-ла\)|\bнаписав|\bнаписала|\bнаписав\(ла\)|"
    r"\bпишет|\bписал|\bписала|\bнаписал|\bнаписала|\bнаписал\(а\)|\bschrieb|\bnapisał|\bnapisała|\bnapisał\(a\)|"
    r"\bpisze|\ba écrit|\bescribió|\bha scritto)\b[^:\n]{0,60}\s?:\s*\Z",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d\d\b|@|<")
_GERMAN_ATTRIBUTION = re.compile(r"\s{0,9}(?:Am|W dniu|Dnia|Le|El|Il|On|У|В) \S.{0,200}:\s*\Z", re.IGNORECASE)
_FROM = re.compile(r"\s{0,9}\*{0,2}(?:From|Від|Від кого|Од|От|От кого|Von|Od|De|Da)\s?:\*{0,2}\s?\S", re.IGNORECASE)
_SENT = re.compile(
    r"\s{0,9}\*{0,2}(?:Sent|Date|Надіслано|Дата|Дата й час|Отправлено|Gesendet|Datum|Wysłano|Data|Envoyé|Fecha|To|"
    r"Кому|An|Do|À|Subject|Тема|Betreff|Temat|Objet)\s?:",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s{0,9}[_\-=*]{10,}\s*\Z")
_SENT_FROM = re.compile(
    r"\s{0,9}(?:-+\s?)?(?:Sent from (?:my|Mail|Yahoo|Outlook|Proton|the)|Sent (?:via|with|on the move)|Get Outlook for|"
    r"Надіслано (?:з|із|від|через|за допомогою)|Відправлено (?:з|із)|Отправлено (?:с|из|от)|Von meinem |"
    r"Gesendet (?:von|mit)|Wysłan[eo] z|Envoyé de|Enviado desde|Inviato da)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s{0,9}(?:(?:with )?(?:best|kind|warm|many|kindest|warmest) (?:regards|wishes|thanks)|best|regards|sincerely"
    r"(?: yours)?|yours (?:sincerely|faithfully|truly)|cheers|thanks|thank you|many thanks|"
    r"(?:з|із) (?:повагою|найкращими побажаннями|вдячністю|любов'ю)|(?:щиро|завчасно)? ?дякую|щиро ваша?|"
    r"гарного дня|с уважением|с наилучшими пожеланиями|mit freundlichen grüßen|freundliche grüße|viele grüße|"
    r"beste grüße|lg|pozdrawiam|z poważaniem|serdecznie pozdrawiam|cordialement)[\s,.!]*\Z",
    re.IGNORECASE,
)
_LONGEST_CLOSING = 12
"""Lines after a closing such as "Best regards" that may still be a signature."""
_LONGEST_SIGNATURE = 2000
_CLOSEST_QUOTE_LINES = 5


@dataclass(frozen=True, slots=True)
class Letter:
    """The text a sender wrote now, what is quoted of older letters, and the signature."""

    own: str
    quoted: str = ""
    signature: str = ""


def begins_forwarded(text: str) -> bool:
    """Whether a block opens as a forwarded letter does: then it is what the sender wants to show."""
    return _FORWARDED.match(text.lstrip()[:300]) is not None


def is_attribution(line: str) -> bool:
    """Whether a line introduces a quote: "On …, Ana wrote:", "12 січ. 2026 р. о 10:00 Ана пише:"."""
    if not line.rstrip().endswith(":") or len(line) > 400:
        return False
    return bool(_ATTRIBUTION.search(line) and _DATED.search(line)) or bool(
        _GERMAN_ATTRIBUTION.match(line) and _DATED.search(line) and "@" in line
    )


def split_letter(text: str, *, is_forward: bool) -> Letter:
    """Tell apart own words, quotes and signature. What was forwarded counts as own: it is what the letter is about."""
    own: list[str] = []
    quoted: list[str] = []
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        if line.startswith((">", " >")):
            quoted.append(line)
        elif _is_forward_start(line):
            own.extend(lines[number:])
            break
        elif _is_rest_quoted(lines, number, is_forward=is_forward):
            quoted.extend(lines[number:])
            break
        else:
            introduced = _attribution_length(lines, number)
            if introduced:
                quoted.extend(lines[number : number + introduced])
                number += introduced
                continue
            own.append(line)
        number += 1
    kept, signature = _cut_signature(own)
    return Letter(_joined(kept), _joined(quoted), _joined(signature))


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _is_forward_start(line: str) -> bool:
    return len(line) < 200 and _FORWARDED.match(line) is not None


def _is_rest_quoted(lines: list[str], number: int, *, is_forward: bool) -> bool:
    """Whether an older letter begins here and fills the rest, as Outlook puts it below the answer."""
    line = lines[number]
    if is_forward or len(line) > 300:
        return False
    if _ORIGINAL.match(line):
        return True
    if not _FROM.match(line):
        if not _RULE.match(line) or number + 1 >= len(lines) or not _FROM.match(lines[number + 1]):
            return False
        number += 1
    following = [one for one in lines[number + 1 : number + 6] if one.strip()]
    return sum(_SENT.match(one) is not None for one in following[:4]) >= 2


def _attribution_length(lines: list[str], number: int) -> int:
    """How many lines from here introduce a quote that really follows; programs wrap the introduction."""
    for length in (1, 2, 3):
        block = lines[number : number + length]
        if not block[-1].strip():
            return 0
        if block[-1].rstrip().endswith(":") and is_attribution(" ".join(block)):
            following = [one for one in lines[number + length : number + length + _CLOSEST_QUOTE_LINES] if one.strip()]
            return length if not following or following[0].lstrip().startswith(">") else 0
    return 0


def _cut_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    for number, line in enumerate(lines):
        if line in {"-- ", "--"} and sum(map(len, lines[number + 1 :])) <= _LONGEST_SIGNATURE:
            return lines[:number], lines[number + 1 :]
        if _is_forward_start(line):
            return lines, []
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    for number in range(max(len(lines) - 4, 0), len(lines)):
        if _SENT_FROM.match(lines[number]) and len(lines[number]) < 120:
            return lines[:number], lines[number:]
    for number in range(max(len(lines) - _LONGEST_CLOSING, 1), len(lines)):
        rest = lines[number + 1 :]
        if _CLOSING.match(lines[number]) and not any("?" in one or len(one) > 100 for one in rest):
            return lines[:number], lines[number:]
    return lines, []
