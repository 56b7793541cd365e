from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.core.messages import Invitation
from auramail.reading.invitations import MOST_EVENTS, read_invitations
from auramail.reading.zones import zone_of


def calendar(*lines: str, method: str = "METHOD:REQUEST") -> str:
    return "\n".join(["BEGIN:VCALENDAR", method, "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])


def only(text: str) -> Invitation:
    (found,) = read_invitations(text, "", UTC)
    return found


def test_invitation_is_read_exactly() -> None:
    found = only(
        calendar(
            "UID:abc@example.org",
            "SEQUENCE:2",
            "SUMMARY;LANGUAGE=uk:Нарада\\, щотижнева\\nпорядок",
            'DTSTART;TZID="Europe/Kyiv":20261120T100000',
            "DTEND;TZID=Europe/Kyiv:20261120T113000",
            "LOCATION:вул. Хрещатик\\, 22",
            'ORGANIZER;CN="Ana: the boss":MAILTO:Ana@Example.org',
            "BEGIN:VALARM",
            "SUMMARY:alarm",
            "END:VALARM",
        )
    )

    assert found == Invitation(
        method="REQUEST",
        uid="abc@example.org",
        sequence=2,
        summary="Нарада, щотижнева порядок",
        start=datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
        end=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        all_day=False,
        location="вул. Хрещатик, 22",
        organizer="ana@example.org",
    )


def test_folded_lines_are_joined() -> None:
    assert only(calendar("UID:1", "SUMMARY:one", " two", "\tthree")).summary == "onetwothree"


def test_whole_day_starts_at_midnight_and_ends_a_day_later() -> None:
    found = only(calendar("UID:1", "DTSTART;VALUE=DATE:20261120"))

    assert found.all_day
    assert found.start == datetime(2026, 11, 20, tzinfo=UTC)
    assert found.end == datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "lasts"),
    [
        ("DURATION:PT1H30M", timedelta(hours=1, minutes=30)),
        ("DURATION:P1W", timedelta(weeks=1)),
        ("DURATION:P1DT2H", timedelta(days=1, hours=2)),
        ("DURATION:-PT15M", -timedelta(minutes=15)),
        ("DURATION:nonsense", timedelta(0)),
        ("DURATION:P", timedelta(0)),
        ("X-NONE:1", timedelta(0)),
    ],
)
def test_end_follows_from_how_long_it_lasts(line: str, lasts: timedelta) -> None:
    found = only(calendar("UID:1", "DTSTART:20261120T100000Z", line))

    assert found.start is not None
    assert found.end == found.start + lasts


@pytest.mark.parametrize(
    ("start", "hour"),
    [
        ("DTSTART:20261120T100000Z", 10),
        ("DTSTART;TZID=FLE Standard Time:20261120T100000", 8),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Kyiv:20261120T100000", 8),
        ("DTSTART;TZID=Europe/Kiev:20260720T100000", 7),
        ("DTSTART;TZID=My Own Zone:20261120T100000", 9),
        ("DTSTART:20261120T100000", 9),
    ],
)
def test_time_is_in_its_zone_or_in_the_senders(start: str, hour: int) -> None:
    berlin = zone_of("Europe/Berlin")
    assert berlin is not None

    (found,) = read_invitations(calendar("UID:1", start), "", berlin)

    assert found.start is not None
    assert found.start.astimezone(UTC).hour == hour


def test_zone_of_the_calendar_stands_for_times_that_name_none() -> None:
    text = calendar("UID:1", "DTSTART:20261120T100000", method="X-WR-TIMEZONE:Europe/Kyiv")

    assert only(text).start == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("start", ["", "tomorrow", "20261340T100000", "00010101T000000", "20261120T250000", "99991231"])
def test_broken_start_is_none(start: str) -> None:
    found = only(calendar("UID:1", f"DTSTART:{start}", "SEQUENCE:many"))

    assert (found.start, found.end, found.sequence) == (None, None, 0)


def test_method_is_the_calendars_else_the_parts() -> None:
    assert read_invitations(calendar("UID:1", method="METHOD:cancel"), "request", UTC)[0].method == "CANCEL"
    assert read_invitations(calendar("UID:1", method="X:1"), "request", UTC)[0].method == "REQUEST"


def test_only_events_are_invitations_and_not_too_many() -> None:
    assert read_invitations("BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:1\nEND:VTODO\nEND:VCALENDAR", "", UTC) == ()
    many = "".join(f"BEGIN:VEVENT\nUID:{number}\nEND:VEVENT\n" for number in range(100))
    assert len(read_invitations(many, "", UTC)) == MOST_EVENTS


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1)),  # noqa: DTZ001 - the zone is drawn beside
    st.sampled_from(["Europe/Kyiv", "America/New_York", "UTC"]),
    st.text(st.characters(categories=["L", "N", "P", "Zs"], max_codepoint=0x52F), min_size=1, max_size=100),
    st.integers(0, 1000),
)
def test_what_another_library_writes_is_read_as_meant(naive: datetime, name: str, summary: str, minutes: int) -> None:
    zone = zone_of(name)
    event = icalendar.Event()
    event.add("uid", "1@example.org")
    event.add("summary", summary)
    event.add("location", summary[::-1])
    event.add("dtstart", naive.replace(microsecond=0, tzinfo=zone))
    event.add("duration", timedelta(minutes=minutes))
    written = icalendar.Calendar()
    written.add_component(event)

    found = only(written.to_ical().decode().replace("\r\n", "\n"))

    assert found.summary == " ".join(summary.split())
    assert found.location == " ".join(summary[::-1].split())
    assert found.start == naive.replace(microsecond=0, tzinfo=zone)
    assert found.end == naive.replace(microsecond=0, tzinfo=zone) + timedelta(minutes=minutes)


@given(
    st.lists(
        st.sampled_from(
            ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:X", "END:X", ":", "UID:1", "DTSTART:2026", ";=", '"', " fold"]
        )
        | st.text(max_size=20),
        max_size=30,
    )
)
def test_any_lines_are_some_calendar(lines: list[str]) -> None:
    read_invitations("\n".join(lines), "", UTC)
