"""When something takes place: exactly from an invitation or markup, else from the words of the message."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from typing import Final, NamedTuple

from auramail.core.messages import Invitation, Message
from auramail.reading.dates import DateMention, find_dates, sentence_around
from auramail.reading.spoken import spoken_now
from auramail.reading.zones import zone_of

FARTHEST: Final = timedelta(days=2 * 366)
CANCELLING: Final = frozenset({"CANCEL", "REPLY"})
_STARTS: Final = (
    *("startDate", "startTime", "checkinTime", "checkinDate", "reservationFor.startDate", "reservationFor.startTime"),
    *("reservationFor.departureTime", "reservationFor.checkinTime", "pickupTime", "expectedArrivalFrom"),
)
_ENDS: Final = (
    *("endDate", "endTime", "checkoutTime", "checkoutDate", "reservationFor.endDate", "reservationFor.endTime"),
    *("reservationFor.arrivalTime", "reservationFor.checkoutTime", "dropoffTime", "expectedArrivalUntil"),
)
_EVENT: Final = re.compile(
    r"\b(?:meet(?:ing|up)?|calls?|appointment|interview|webinar|reservation|booking|booked|visit|lunch|dinner|"
    r"breakfast|stand-?up|sync|demo|review|"
    r"party|concert|event|class|lesson|training|session|workshop|conference|ceremony|wedding|show|screening|"
    r"rehearsal|practice|match|game|"
    r"departs?|departure|departing|boarding|flight|train|check-in|see you|join us|expect(?:ing)? you|held|"
    r"takes? place|scheduled|"
    r"зустріч\w{0,3}|зустріча\w{2,5}|зустрін\w{2,6}|нарад\w{1,2}|дзвін\w{1,4}|дзвінок|зідзвон\w{1,6}|созвон\w{0,3}|"
    r"співбесід\w{1,2}|вебінар\w{0,2}|"
    r"запис\w{0,3}|візит\w{0,2}|прийом\w{0,2}|бронюванн\w|заброньован\w|збер[еи]мо\w{0,2}|збираємо\w{0,2}|"
    r"збор[иі]\w{0,2}|засіданн\w|чекаємо|чекатимемо|репетиці\w|"
    r"відбуде\w{2,4}|відбува\w{4}|проведемо|починається|почин\w{2,6}|початок|концерт\w{0,2}|вистав\w{1,2}|"
    r"показ\w{0,2}|урок\w{0,2}|заняття|тренуванн\w|семінар\w{0,2}|"
    r"лекці\w|майстер-клас\w{0,2}|екскурсі\w|толок\w|свято|весілля|вечірк\w|обід\w{0,2}|вечер\w|кав\w|відправленн\w|"
    r"виїзд|виліт\w{0,3}|вилітає|відліт\w{0,3}|рейс\w{0,2}|поїзд\w{0,2}|потяг\w{0,2}|автобус\w{0,2}|"
    r"квит\w{2,4}|заїзд|заселення|кур'єр|планірк\w|мітинг\w{0,2}|міт|прибути|з'явит\w{2,4}|приходьте|запрошу\w{3,4})\b"
)
_JOURNEY: Final = re.compile(
    r"\b(?:depart\w{0,5}|boarding|flight|train|check-in|відправленн\w|виїзд|виліт\w{0,3}|рейс\w{0,2}|поїзд\w{0,2}|"
    r"потяг\w{0,2}|автобус\w{0,2}|заїзд|заселення)\b"
)
_OFF: Final = re.compile(
    r"\b(?:cancel(?:led|ed|lation)|called off|postponed|no longer|скасован\w|скасову\w{2,4}|відмінен\w|перенесен\w|"
    r"не відбудеться|не буде)\b"
)
_OF_OTHERS: Final = re.compile(
    r"\b(?:maintenance|технічн\w{2,3} робот\w{0,2}|виконано|delivered|вручено|updated|sent|opens?|closes?|"
    r"opening hours|working hours|графік|"
    r"працює|відкрива\w{2,5}|зачиня\w{2,5}|відключен\w{0,3}|down for|expires?|sign-in|вхід)\b"
)
_ARRIVAL: Final = re.compile(r"\b(?:arriv\w{1,4}|прибутт\w)\b")
_STATUS: Final = ("reservationStatus", "eventStatus", "reservationFor.eventStatus")
_BESIDE: Final = 40
"""Letters after a day within which a zone belongs to it."""
_ZONES: Final = {
    **dict.fromkeys(("utc", "gmt"), 0),
    **dict.fromkeys(("bst", "cet", "west"), 60),
    **dict.fromkeys(("eet", "cest"), 120),
    **dict.fromkeys(("eest", "msk"), 180),
    **dict.fromkeys(("est", "cdt"), -300),
    **dict.fromkeys(("edt",), -240),
    **dict.fromkeys(("cst", "mdt"), -360),
    **dict.fromkeys(("pst",), -480),
    **dict.fromkeys(("pdt", "mst"), -420),
}
"""Minutes ahead of UTC of the zones people write out."""
_ZONE: Final = re.compile(rf"\b({'|'.join(_ZONES)})\b")


class EventTime(NamedTuple):
    """When something starts and ends (aware; the end may be unknown), and the words that say so."""

    starts: datetime
    ends: datetime | None
    words: str


def find_event_time(message: Message, zone: str) -> EventTime | None:
    """When what the message is about takes place, in the reader's zone; None if nothing does, or it is called off."""
    home = zone_of(zone) or UTC
    if message.invitations:
        invited = (_invited(each, home) for each in message.invitations if each.method not in CANCELLING)
        return next((event for event in invited if event), None)
    return _marked_up(message, home) or _in_words(message, zone, home)


def _invited(invitation: Invitation, home: tzinfo) -> EventTime | None:
    if invitation.start is None:
        return None
    words = invitation.summary
    if invitation.all_day:
        ends = invitation.end
        return EventTime(_midnight(invitation.start, home), _midnight(ends, home) if ends else None, words)
    ends = invitation.end.astimezone(home) if invitation.end and invitation.end > invitation.start else None
    return EventTime(invitation.start.astimezone(home), ends, words)


def _midnight(day: datetime, home: tzinfo) -> datetime:
    return datetime.combine(day.date(), time(), home)


def _marked_up(message: Message, home: tzinfo) -> EventTime | None:
    for thing in message.markup:
        if any("cancel" in thing.properties.get(name, "").lower() for name in _STATUS):
            continue
        starts = _first_moment(thing.properties, _STARTS, home)
        if starts is not None:
            ends = _first_moment(thing.properties, _ENDS, home)
            return EventTime(starts[0], ends[0] if ends and ends[0] > starts[0] else None, starts[1])
    return None


def _first_moment(properties: Mapping[str, str], paths: Sequence[str], home: tzinfo) -> tuple[datetime, str] | None:
    for path in paths:
        try:
            moment = datetime.fromisoformat(properties.get(path, ""))
        except ValueError:
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=home)).astimezone(home), properties[path]
    return None


def _in_words(message: Message, zone: str, home: tzinfo) -> EventTime | None:
    """The one moment a message names, or of a journey its beginning; of several nobody knows which is meant."""
    text = spoken_now(message)
    found = _moments(text, message, zone, home)
    if not found:
        return None
    plain = text.lower()
    is_event = _EVENT.search(plain) or any(mention.until for _, mention in found)
    if not is_event or _OFF.search(plain):
        return None
    starts, mention = min(found, key=lambda each: each[0])
    others = {moment for moment, _ in found if moment != starts}
    ends = _moment(mention, mention.until, text, home) if mention.until else None
    if others:
        if not _JOURNEY.search(plain):
            return None
        ends = ends or (max(others) if len(others) == 1 and _ARRIVAL.search(plain) else None)
    return EventTime(starts, ends, mention.words)


def _moments(text: str, message: Message, zone: str, home: tzinfo) -> list[tuple[datetime, DateMention]]:
    to_many = "list-unsubscribe" in message.headers
    found = []
    for mention in find_dates(text, message.date, zone):
        if mention.time is None or mention.is_deadline:
            continue
        moment = _moment(mention, mention.time, text, home)
        if not message.date < moment <= message.date + FARTHEST:
            continue
        sentence = sentence_around(text, mention.start, mention.end).lower()
        if not _OF_OTHERS.search(sentence) and (not to_many or _EVENT.search(sentence)):
            found.append((moment, mention))
    return found


def _moment(mention: DateMention, clock: time, text: str, home: tzinfo) -> datetime:
    """The day and time, in the zone that is written beside it, else at the reader's."""
    beside = _ZONE.search(text[mention.end : mention.end + _BESIDE].lower())
    where = timezone(timedelta(minutes=_ZONES[beside[1]])) if beside else home
    return datetime.combine(mention.date, clock, where).astimezone(home)
