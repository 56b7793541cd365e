"""Where something takes place: invitations and markup first, then what the text calls a place."""

import re
from collections.abc import Mapping

from auramail.core.messages import Message

LONGEST_PLACE = 160
LONGEST_TEXT = 20_000

_MARKUP_PLACES = (
    *(
        "location.name",
        "location.address",
        "location",
        "reservationFor.location.name",
        "reservationFor.location.address",
    ),
    *("reservationFor.address", "reservationFor.name"),
)
_LODGING = frozenset({"LodgingReservation", "FoodEstablishmentReservation"})
_BEGINS = r"(?im)(?:^[\s*•-]{0,5}|(?<=[.!?;|] ))"
_LABELLED = re.compile(
    rf"{_BEGINS}(?:місце(?: проведення| зустрічі| збору)?|де|локація|where|venue|location|meeting point)"
    r"\s?[:—–]\s{0,3}(?P<place>\S[^\n]{2,200})$"
)
_ADDRESS = re.compile(
    rf"{_BEGINS}(?:(?:наша )?адреса(?: зустрічі| проведення)?|address|"
    rf"place)\s?[:—–]\s{{0,3}}(?P<place>\S[^\n]{{2,200}})$"
)
_LABELS = (
    "місце",
    "де:",
    "де —",
    "де –",
    "локація",
    "where",
    "venue",
    "location",
    "meeting point",
    "адреса",
    "address",
    "place:",
)
_POST = re.compile(
    r"\b(?P<place>(?i:відділенн\w|поштомат\w{0,2}|пункт\w{0,2} видачі)\s?№?\s?\d{1,6}(?:\s?\([^()\n]{3,60}\)|"
    r"(?:,\s(?:м\.\s?)?[А-ЯІЇЄҐ][\w'’-]{2,25})?,\s(?:вул|просп|бул|пл)\w{0,6}\.?\s[^,.;\n]{3,40},\s?\d{1,4}[А-Яа-я]?)?)"
)
_POST_NAME = re.compile(r"(?i)^(відділенн|поштомат|пункт)\w{0,2}")
_COLLECTED = re.compile(
    r"\b(?i:collect(?:ed|ion)?|pick(?:ed)? up|pick-?up|ready|waiting|held)\b[^.!?\n]{0,40}?\s(?:from|at)\s(?:the |"
    r"your )?"
    r"(?P<place>[A-Z][\w'’&-]{1,25}(?: (?:[A-Z][\w'’&-]{0,25}|of|on|the|and|&)){0,5}(?:, \d{1,4} [A-Z][\w'’ ]{2,30})?)"
)
_AT_ADDRESS = re.compile(r"\bза адресою:?\s{1,3}(?P<place>[^\n;!?]{5,160})", re.IGNORECASE)
_ROOM = re.compile(
    r"\b(?P<place>(?:(?:мал|велик|синя|зелен)\w{1,3}\s)?"
    r"(?:переговорн\w{1,3}(?: кімнат\w{1,2})?|кімнат\w{1,2}|кабінет\w{0,2}|аудиторі\w{1,3}|"
    r"конференц-зал\w{0,2}|(?:[Mm]eeting |[Cc]onference )?[Rr]oom|[Oo]ffice|[Hh]all|auditorium)\s(?:№\s?|#\s?)?"
    r"(?:\d{1,4}[\w-]{0,3}|[«\"“][^»\"”\n]{2,40}[»\"”]|[A-ZА-ЯІЇЄҐ][\w-]{0,20}))(?!\w)"
)
_NOUNS = (
    r"(?i:(?:зал|хол|садиб|будин|бібліоте|офіс|кафе|кав.ярн|ресторан|парк|клуб|театр|музе|стадіон|школ|готел|"
    r"відділенн|центр)\w{0,3}|"
    r"room|hall|café|cafe|office|library|park|club|theatre|museum|hotel|centre|center|restaurant)"
)
_AFTER_TIME = re.compile(rf"\d[:.]\d\d,?\s(?P<place>{_NOUNS}\b[^.!?;\n]{{0,80}})")
_STREET = re.compile(
    rf"\b(?P<place>(?:{_NOUNS}\b[^,.!?;\n]{{0,40}},\s)?"
    r"(?:(?:м\.|місто)\s?[А-ЯІЇЄҐ][\w'’-]{2,25},\s?)?"
    r"(?:вул(?:\.|иця|иці)|просп(?:\.|ект|екті)|пр-т|бул(?:\.|ьвар|ьварі)|пл(?:\.|оща|ощі)|"
    r"пров(?:\.|улок))\s?[А-ЯІЇЄҐ][\w'’. -]{2,40}?,\s?(?:буд\.\s?)?\d{1,4}[А-Яа-яA-Za-z/-]{0,3}"
    r"(?:,\s?(?:оф|кв|каб|офіс|кімн)\.?\s?\d{1,4})?)"
)
_AT_PLACE = re.compile(
    r"(?:\b(?i:meet|meeting|lunch|dinner|coffee|see you|appointment|visit|interview|party|held|event|ceremony|"
    r"concert)\b"
    r"[^\n.!?]{0,60}?\sat (?:the )?|"
    r"\b(?i:зустріч|зустріча\w{2,5}|зустрінемо\w{0,2}|зберемо\w{0,2}|збираємо\w{0,2}|обід|вечер\w{1,2}|кав\w|прийом|"
    r"візит|співбесід\w|відбудеться)"
    r"\b[^\n.!?]{0,60}?\s[ву] (?:кафе |ресторані |кав'ярні |кав’ярні |барі |готелі |офісі )?)"
    r"(?P<place>(?:[«\"“][^»\"”\n]{2,40}[»\"”]|"
    r"[A-ZА-ЯІЇЄҐ][\w'’&-]{1,25}(?: (?:[A-ZА-ЯІЇЄҐ][\w'’&-]{0,25}|of|on|the|на|and))"
    r"{0,4}(?: \d{1,4})?))"
)
_OCCASION = re.compile(
    r"\d:\d\d\b|\d\s?[ap]m\b|\b(?:meet|visit|join|lunch|dinner|party|appointment|interview|зустріч|чекаємо|"
    r"приход\w{2,3}|завіта\w{2,4}|запрошу\w{2,4}|відбудеться|зберемо|збираємо|прийом|співбесід|візит)"
)
# What follows a place in its sentence; a point after a short word is an abbreviation ("м. Київ, вул. Хрещатик").
_REST = re.compile(
    r"(?<=[\w»\"]{4})(?<!просп)(?<!бульв)\.\s|(?<=\d)\.\s|\s[|]\s|,?\s(?:at|on|о|об)\s\d|"
    r"\s(?:on|this|next|у|в)\s(?i:mon|tue|wed|thu|fri|sat|sun|пон|вів|сер|чет|п.ят|суб|нед)"
)
_ON_SCREEN = re.compile(r"(?i)https?://|\b(?:zoom|google meet|teams|webex|skype|онлайн|online)\b")
_NOT_A_PLACE = re.compile(
    r"(?i)\A(?:https?://|zoom\b|google meet|(?:microsoft )?teams\b|онлайн|online|skype|\S+@\S+\Z|monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday|january|february|"
    r"march|april|may|june|july|"
    r"august|september|october|november|december|понеділ|вівтор|серед|четвер|п.ятниц|субот|неділ|січн|лют|берез|"
    r"квітн|травн|червн|липн|"
    r"серпн|верес|жовтн|листопад|груд|am\b|pm\b|tbd|tba|i\b|your\b|least\b|once\b|all\b)"
)


def find_place(message: Message) -> tuple[str, str] | None:
    """The place and the words it was read from; a video call is none."""
    for invitation in message.invitations:
        if invitation.location and invitation.method != "CANCEL" and not _ON_SCREEN.search(invitation.location):
            return invitation.location[:LONGEST_PLACE], invitation.location
    for thing in message.markup:
        for path in _MARKUP_PLACES:
            place = _written_out(path, thing.properties)
            if place and (path != "reservationFor.name" or thing.type in _LODGING):
                return place[:LONGEST_PLACE], place
    return _in_text(f"{message.subject}\n{message.text}"[:LONGEST_TEXT], message)


def _written_out(path: str, properties: Mapping[str, str]) -> str:
    """A place as one line: text as it is, a PostalAddress as street and town."""
    pieces = (properties.get(f"{path}.{part}", "") for part in ("streetAddress", "addressLocality"))
    return properties.get(path) or ", ".join(piece for piece in pieces if piece)


def _in_text(text: str, message: Message) -> tuple[str, str] | None:
    for pattern in _patterns(text, message):
        for match in pattern.finditer(text):
            place = _tidy(match["place"])
            if pattern is _POST:
                place = _named(place)
            if place:
                return place, match.group().strip()
    return None


def _named(place: str) -> str:
    """A post office as it is called: "відділення №14" for "у відділенні №14"."""
    return _POST_NAME.sub(lambda match: match[1] + ("я" if match[1].endswith("нн") else ""), place)


def _patterns(text: str, message: Message) -> list[re.Pattern[str]]:
    """The foot of mass mail holds the sender's own address, and a bill the reader's: there only labels count."""
    plain = text.lower()
    has_labels = (":" in plain or "—" in plain or "–" in plain) and any(label in plain for label in _LABELS)
    labels = [_LABELLED] if has_labels else []
    if "list-unsubscribe" in message.headers or "list-id" in message.headers:
        return labels
    if "відділенн" in plain or "поштомат" in plain or "видачі" in plain:
        labels.append(_POST)
    if "collect" in plain or "pick" in plain:
        labels.append(_COLLECTED)
    if not _OCCASION.search(plain):
        return labels
    if has_labels:
        labels.append(_ADDRESS)
    if text.isascii():
        return [*labels, _ROOM, _AFTER_TIME, _AT_PLACE]
    return [*labels, _AT_ADDRESS, _ROOM, _STREET, _AFTER_TIME, _AT_PLACE]


def _tidy(place: str) -> str:
    """A place without what follows it in the sentence; empty if it is none."""
    place = _REST.split(place, maxsplit=1)[0].strip(" .,;:*—–-")
    return "" if len(place) < 3 or _NOT_A_PLACE.match(place) else place[:LONGEST_PLACE]
