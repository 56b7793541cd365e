"""Times of events. The letters were written on Wednesday, 18 November 2026, at nine in Kyiv."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from auramail.reading.event_times import find_event_time
from tests.reading.letters import html_letter, letter, read

KYIV = "Europe/Kyiv"
EVENT = "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Plan\r\nDTSTART:{}\r\n{}END:VEVENT"
CALENDAR = "Content-Type: text/calendar; method=REQUEST"


def when(raw: bytes) -> tuple[datetime, datetime | None] | None:
    found = find_event_time(read(raw), KYIV)
    return (found.starts, found.ends) if found else None


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(KYIV))


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("Зустріч у четвер о 15:00.", at(19, 15), None),
        ("Збори 25 листопада (середа) о 18:30.", at(25, 18, 30), None),
        ("Толока в суботу, 21 листопада, з 10 до 12.", at(21, 10), at(21, 12)),
        ("Репетиція завтра о 7 вечора.", at(19, 19), None),
        ("Meeting on Wed 25 November, 2–3:30 pm.", at(25, 14), at(25, 15, 30)),
        ("The call is at 10:15am - 10:30am, Thursday 19 November.", at(19, 10, 15), at(19, 10, 30)),
        ("Lunch on Friday at noon?", at(20, 12), None),
        ("Webinar tomorrow, 14:00–15:30 UTC.", at(19, 16), at(19, 17, 30)),
        ("Дата: 25 листопада 2026\nЧас: 18:00\nСемінар про сад.", at(25, 18), None),
    ],
)
def test_moment_of_an_event_is_read_from_words(text: str, starts: datetime, ends: datetime | None) -> None:
    assert when(letter(text)) == (starts, ends)


@pytest.mark.parametrize(
    "text",
    [
        "Meeting on Thursday at 10:00 or on Friday at 11:00?",
        "Зустріч у четвер о 15:00 скасовано.",
        "We met on Monday at 10:00.",
        "Meeting on Thursday.",
        "Сервер вимкнемо 21 листопада о 22:00.",
        "Please pay by Friday 5 pm. The meeting went well.",
    ],
)
def test_no_moment_or_several_or_one_called_off_is_none(text: str) -> None:
    assert when(letter(text)) is None


def test_journey_begins_with_its_departure_and_ends_with_its_arrival() -> None:
    text = "Відправлення: 24 грудня, 22:15, Київ\nПрибуття: 25 грудня, 06:40, Львів"

    assert when(letter(text)) == (at(24, 22, 15, 12), at(25, 6, 40, 12))


def test_invitation_is_exact_and_in_the_readers_zone() -> None:
    late = letter(EVENT.format("20261120T230000Z", "DTEND:20261121T000000Z\r\n"), CALENDAR)
    whole = letter(EVENT.format("20261120", ""), CALENDAR)
    cancelled = letter(EVENT.format("20261120", ""), CALENDAR.replace("REQUEST", "CANCEL"))

    assert when(late) == (at(21, 1), at(21, 2))
    assert when(whole) == (at(20, 0), at(21, 0))
    assert when(cancelled) is None


def test_markup_is_exact_and_its_local_times_are_the_readers() -> None:
    flight = """<script type="application/ld+json">{{"@type": "FlightReservation", "reservationStatus": "{}",
        "reservationFor": {{"departureTime": "2026-12-01T10:00:00Z", "arrivalTime": "2026-12-01T15:30"}}}}</script>"""

    assert when(html_letter(flight.format("Confirmed"))) == (datetime(2026, 12, 1, 10, tzinfo=UTC), at(1, 15, 30, 12))
    assert when(html_letter(flight.format("https://schema.org/ReservationCancelled"))) is None
