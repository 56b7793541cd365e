"""Quotes and signatures told from what the sender wrote now, as the usual mail programs mark them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FORWARDED_WORDS = (
    r"[ \t]{0,99}(?:[-_*]{1,40}[ \t]?)?(?:Forwarded message|Begin forwarded (?:message|text)|"
    r"Переслане повідомлення|Пересланий лист|Початок (?:пересланого|переадресованого) (?:повідомлення|листа)|"
    r"Переадресоване повідомлення|Пересылаемое сообщение|Пересланное сообщение|Начало переадресованного сообщения|"
    r"Weitergeleitete Nachricht|Anfang der weitergeleiteten|Przekazana wiadomość|Wiadomość przekazana|"
    r"Message transféré|Message transmis)"
)
_ORIGINAL_WORDS = (
    r"[ \t]{0,9}-{2,40}[ \t]?(?:Original Message|Original Appointment|Оригінальне повідомлення|Вихідне повідомлення|"
    r"Початкове повідомлення|Исходное сообщение|Оригинал сообщения|Ursprüngliche Nachricht|Oryginalna wiadomość|"
    r"Wiadomość oryginalna|Message d'origine|Reply message)[ \t]?--"
)
_FROM_WORDS = (
    r"(?:Sent:[^\n]{1,99}\n)?[ \t]{0,9}\*{0,2}(?:From|Від|Від кого|Од|От|От кого|Von|Od|De|Da)[ \t]?:\*{0,2}[ \t]?\S"
)
# "> " or, as The Bat! writes, the initials of who is quoted: "AK> ".
_QUOTED = r" ?(?:>|(?-i:[A-ZА-ЯІЇЄҐ]{1,4})>[ >])[^\n]*"
# Searched for in a text with a line end put in front: a pattern that begins with one character is found fast.
_MARK = re.compile(
    rf"\n(?:(?P<quote>{_QUOTED}(?:\n{_QUOTED})*)|(?P<forward>{_FORWARDED_WORDS})|(?P<original>{_ORIGINAL_WORDS})|"
    rf"(?P<header>(?:[ \t]{{0,9}}[_=*-]{{10,200}}[ \t]*\n)?{_FROM_WORDS}))",
    re.IGNORECASE,
)
_MOST_HEADERS = 50
"""Lines that look like the From of an older letter and are looked at closely."""
_FORWARDED = re.compile(_FORWARDED_WORDS, re.IGNORECASE)
_ATTRIBUTION = re.compile(
    r"(?:\bwrote|\bwrites|\bsaid|\bпише|\bписав|\bписала|\bписав\(-ла\)|\bнаписав|\bнаписала|\bнаписав\(ла\)|"
    r"\bпишет|\bписал|\bписала|\bнаписал|\bнаписала|\bнаписал\(а\)|\bschrieb|\bnapisał|\bnapisała|\bnapisał\(a\)|"
    r"\bpisze|\ba écrit|\bescribió|\bha scritto)\b(?:[^:\n]|\d:\d){0,60}\s?(?::|-{2,9})\s*\Z",
    re.IGNORECASE,
)
_SHORTEST = re.compile(
    r"[^\n:>?!]{1,60}\b(?:wrote|writes|пише|писа[вл]а?|написа[вл]а?(?:\(-?л?а\))?|пишет|schrieb|pisze|napisał)\s?:\s{0,9}\Z",
    re.IGNORECASE,
)
"""Who wrote what stands quoted directly below; without a quote below, it is a sentence like any other."""
_DATED = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d\d\b")
_ADDRESSED = re.compile(r"[@<]")
_DATED_AND_ADDRESSED_SENDER = re.compile(r"\d{1,2}:\d\d.{0,120}<[^\s<>@]{1,64}@[^\s<>]{3,80}>[^<>\n]{0,20}:\Z")
_MOST_COLONS = 50
_SHORTEST_ANSWER = 3
"""Words above an older letter that no mark sets apart."""
_DATED_AND_ADDRESSED = re.compile(r"\d{1,2}[:.]\d\d\b.{0,120}@[^\s@]{3,80}:\s*\Z")
_SENT = re.compile(
    r"\s{0,9}\*{0,2}(?:Sent|Date|Cc|Надіслано|Дата|Дата (?:й|і|та) час|Копія|Отправлено|Копия|Gesendet|Datum|Wysłano|"
    r"Data|Envoyé|Fecha|To|Кому|An|Do|À|Subject|Тема|Betreff|Temat|Objet)\s?:",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"\s{0,9}(?:-{1,9}\s?)?(?:Sent from (?:my|Mail|Yahoo|Outlook|Proton|Gmail|Spark|Samsung|Android|iPhone|iPad|"
    r"the|a mobile)|Sent (?:via|with|on the move)|"
    r"Get Outlook for|(?:Отримати|Отримайте|Завантажити|Завантажте) Outlook для|"
    r"Надіслано (?:з|із|зі|від|через|за допомогою)|Відправлено (?:з|із|зі|через|за допомогою)|"
    r"Отправлено (?:с|из|от)|Von meinem |Gesendet (?:von|mit)|Wysłan[eo] z|Envoyé de|Enviado desde|Inviato da)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s{0,9}(?:(?:with )?(?:best|kind|warm|many|kindest|warmest) (?:regards|wishes|thanks)|best|regards|sincerely"
    r"(?: yours)?|yours (?:sincerely|faithfully|truly)|cheers|thanks|thank you|many thanks|all the best|take care|"
    r"warmly|respectfully|br|rgds|kr|(?:з|із) (?:щирою )?(?:повагою|найкращими побажаннями|вдячністю|любов'ю|любов’ю)"
    r"(?: (?:та|і|й|до) [^\n.!?]{1,50})?|(?:щиро|завчасно|наперед)? ?дякую(?: за увагу)?|щиро(?: ваша?)?|"
    r"(?:всього|усього) (?:найкращого|доброго)|на все добре|гарного (?:дня|вечора|тижня)|с уважением|"
    r"с наилучшими пожеланиями|всего (?:доброго|хорошего)|mit freundlichen grüßen|freundliche grüße|viele grüße|"
    r"beste grüße|lg|pozdrawiam|z poważaniem|serdecznie pozdrawiam|cordialement)[\s,.!]{0,9}\Z",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(
    r"^[ \t]{0,9}(?:P\.? ?(?:P\.? ?)?S\b|П\.? ?С[.:]|З\.? ?І[.:]|Постскриптум|UPD\b)", re.IGNORECASE | re.MULTILINE
)
_LONGEST_CLOSING = 12
"""Lines after a closing such as "Best regards" that may still be a signature."""
_LONGEST_SIGNATURE = 2000
_SEPARATORS = {"\n--\n": _LONGEST_SIGNATURE, "\n-- \n": _LONGEST_SIGNATURE, "\n—\n": 200, "\n__\n": 200}
"""The one of RFC 3676, section 4.3, and those people type (they part text too); with the longest signature below it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The text a sender wrote now with what was forwarded, what is quoted of older letters, and the signature."""

    own: str
    quoted: str = ""
    signature: str = ""
    forwards: bool = False


def begins_forwarded(text: str) -> bool:
    """Whether a block opens as a forwarded letter does: then it is what the sender wants to show."""
    return _FORWARDED.match(text.lstrip()[:300]) is not None


def is_attribution(line: str) -> bool:
    """Whether a line introduces a quote: "On …, Ana wrote:", "12 січ. 2026 р. о 10:00 Ана пише:"."""
    if not line.rstrip().endswith((":", "--")) or len(line) > 400:
        return False
    if _ATTRIBUTION.search(line):
        return bool(_DATED.search(line) or _ADDRESSED.search(line))
    return _DATED_AND_ADDRESSED.search(line) is not None


def split_letter(text: str, *, is_forward: bool) -> Letter:
    """Tell apart own words, quotes and signature. What was forwarded counts as own: it is what the letter is about."""
    own: list[str] = []
    quoted: list[str] = []
    forwarded = ""
    cursor = 0
    for start, end, kind in _marks(text):
        if start < cursor:
            # It stands in an older letter, whatever it is there.
            continue
        if kind == "forward":
            forwarded, text = text[start:], text[:start]
            break
        if kind == "quote":
            kept, introduction = _split_introduction(text[cursor:start], is_marked=True)
            own.append(kept)
            quoted += [introduction, text[start:end]]
            cursor = end
        elif not is_forward and (kind == "original" or _is_header_block(text, start)):
            own.append(text[cursor:start])
            cursor = _end_of_older_letter(text, start, has_own="".join(own).strip() != "")
            quoted.append(text[start:cursor])
    rest = text[cursor:]
    older = len(rest) if is_forward or quoted else _unmarked_quote(rest)
    kept, introduction = _split_introduction(rest[:older], is_marked=False)
    said, signature = _split_signature("".join([*own, kept]).strip())
    letter = f"{said}\n\n{forwarded.strip()}".strip() if forwarded else said
    forwards = bool(forwarded) or (is_forward and _has_header_block(said))
    return Letter(letter, "".join([*quoted, introduction, rest[older:]]).strip(), signature, forwards)


def _marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Where in a text quotes, forwarded and older letters begin: start, end behind its line, and which of them."""
    headers = 0
    for match in _MARK.finditer(f"\n{text}"):
        kind = match.lastgroup or ""
        headers += kind == "header"
        if kind != "header" or headers <= _MOST_HEADERS:
            yield match.start(), min(match.end(), len(text)), kind


def _split_introduction(text: str, *, is_marked: bool) -> tuple[str, str]:
    """Text before a quote, and the line or lines that introduce it; programs wrap them."""
    if not text.rstrip().endswith((":", "--")):
        return text, ""
    lines = text.rstrip().rsplit("\n", 3)[-3:]
    if is_marked and _SHORTEST.match(lines[-1]):
        return text.rstrip()[: -len(lines[-1])], lines[-1] + "\n"
    found = ""
    for length in range(1, 1 + len(lines)):
        block = lines[-length:]
        if not block[0].strip():
            break
        line = " ".join(block)
        if is_attribution(line):
            found = found or "\n".join(block)
            if _DATED.search(line):
                # Of a wrapped introduction the date stands in the first line.
                found = "\n".join(block)
                break
    return (text.rstrip()[: -len(found)], found + "\n") if found else (text, "")


def _unmarked_quote(text: str) -> int:
    """Where an older letter begins that only its introduction marks, with the time and the address of its sender.

    Below a greeting alone the answer comes after what it answers.
    """
    position = text.find(":\n")
    for _ in range(_MOST_COLONS):
        if position < 0:
            break
        start = text.rfind("\n", 0, position) + 1
        line = text[start : position + 1]
        if "@" in line and _DATED_AND_ADDRESSED_SENDER.search(line) and len(text[:start].split()) >= _SHORTEST_ANSWER:
            return position + 2
        position = text.find(":\n", position + 1)
    return len(text)


def _end_of_older_letter(text: str, start: int, *, has_own: bool) -> int:
    """Where the letter ends whose head starts here: with the text, unless its lines are marked or nothing stands above.

    Then only the head is passed over: what is quoted shows itself, or the sender wrote below it.
    """
    head_end = text.find("\n\n", start)
    is_marked = re.search(r"^ ?>", text[start : start + 1500], re.MULTILINE) is not None
    return len(text) if has_own and not is_marked else head_end if head_end >= 0 else len(text)


def _is_header_block(text: str, start: int) -> bool:
    """Whether the From line here opens the head of an older letter, as Outlook puts it below the answer."""
    following = [line for line in text[start : start + 1500].split("\n")[1:8] if line.strip()]
    return sum(_SENT.match(line) is not None for line in following[:5]) >= 2


def _has_header_block(text: str) -> bool:
    return any(kind == "header" and _is_header_block(text, start) for start, _, kind in _marks(text))


def _split_signature(text: str) -> tuple[str, str]:
    """The letter and its signature; a postscript below the signature belongs to the letter."""
    said, signature = _at_signature(text)
    postscript = _POSTSCRIPT.search(signature)
    if postscript is None:
        return said, signature
    return f"{said}\n\n{signature[postscript.start() :]}".strip(), signature[: postscript.start()].strip()


def _at_signature(text: str) -> tuple[str, str]:
    lines = text.split("\n")
    padded = f"\n{text}"
    for separator, longest in _SEPARATORS.items():
        said, found, rest = padded.partition(separator)
        if found and len(rest) <= longest:
            return said.strip(), rest
    for number in range(max(len(lines) - 4, 0), len(lines)):
        if len(lines[number]) < 120 and _SENT_FROM.match(lines[number]):
            return _parted(lines, number)
    for number in range(max(len(lines) - _LONGEST_CLOSING, 1), len(lines)):
        rest_lines = lines[number + 1 :]
        if _CLOSING.match(lines[number]) and not any("?" in line or len(line) > 100 for line in rest_lines):
            return _parted(lines, number)
    return text, ""


def _parted(lines: list[str], number: int) -> tuple[str, str]:
    return "\n".join(lines[:number]).rstrip(), "\n".join(lines[number:])
