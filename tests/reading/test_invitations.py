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


OWN_ZONE = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Customised Kyiv
BEGIN:STANDARD
DTSTART:16010101T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTART;TZID=Customised Kyiv:{start}
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize(
    ("start", "hour"),
    [
        ("20260115T100000", 8),
        ("20260715T100000", 7),
        # Of 2026 the last Sundays are 29 March and 25 October.
        ("20260329T025959", 0),
        ("20260329T040000", 1),
        ("20261025T035959", 0),
        ("20261025T050000", 3),
    ],
)
def test_zone_a_calendar_defines_itself_has_its_summer_time(start: str, hour: int) -> None:
    found = only(OWN_ZONE.format(start=start))

    assert found.start is not None
    assert found.start.astimezone(UTC).hour == hour


@pytest.mark.parametrize(
    "broken", ["TZOFFSETTO:+9900", "TZOFFSETTO:", "DTSTART:16010101", "RRULE:FREQ=YEARLY;BYMONTH=13", "RRULE:;;="]
)
def test_broken_zone_of_its_own_is_no_reason_to_fail(broken: str) -> None:
    name = broken.partition(":")[0]
    lines = [line for line in OWN_ZONE.format(start="20260115T100000").split("\n") if not line.startswith(f"{name}:")]
    lines.insert(lines.index("BEGIN:STANDARD") + 1, broken)
    lines.insert(lines.index("BEGIN:DAYLIGHT") + 1, broken)

    assert only("\n".join(lines)).start is not None


@pytest.mark.parametrize(
    ("name", "hour"),
    [
        ("Nepal Standard Time", 4),
        ("Canada Central Standard Time", 16),
        ("GMT+0200", 8),
        ("UTC-5", 15),
        ("(GMT+02:00)", 8),
        ("GMT+99", 10),
    ],
)
def test_zone_is_known_by_its_windows_name_or_its_offset(name: str, hour: int) -> None:
    found = only(calendar("UID:1", f"DTSTART;TZID={name}:20260115T100000"))

    assert found.start is not None
    assert found.start.astimezone(UTC).hour == hour


def test_cancelled_event_is_a_cancellation_whatever_the_method() -> None:
    assert only(calendar("UID:1", "STATUS:CANCELLED")).method == "CANCEL"
    assert only(calendar("UID:1", "STATUS:CONFIRMED")).method == "REQUEST"


def test_one_meeting_of_a_series_is_told_from_the_series() -> None:
    series = "BEGIN:VEVENT\nUID:1\nDTSTART:20260115T100000Z\nRRULE:FREQ=WEEKLY;BYDAY=TH\nEND:VEVENT"
    moved = "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20260122T100000Z\nDTSTART:20260123T100000Z\nEND:VEVENT"

    whole, one = read_invitations(f"BEGIN:VCALENDAR\n{series}\n{moved}\nEND:VCALENDAR", "REQUEST", UTC)

    assert (whole.recurrence, whole.instance) == ("FREQ=WEEKLY;BYDAY=TH", None)
    assert (one.recurrence, one.instance) == ("", datetime(2026, 1, 22, 10, 0, tzinfo=UTC))
    assert one.start == datetime(2026, 1, 23, 10, 0, tzinfo=UTC)


def test_reply_says_what_was_answered() -> None:
    line = "ATTENDEE;PARTSTAT=declined;CN=Ben:mailto:ben@example.org"

    assert only(calendar("UID:1", line, method="METHOD:REPLY")).answer == "DECLINED"
    assert only(calendar("UID:1", line)).answer == ""


def test_counter_proposal_keeps_its_method_and_its_new_time() -> None:
    found = only(calendar("UID:1", "DTSTART:20260116T100000Z", method="METHOD:COUNTER"))

    assert (found.method, found.start) == ("COUNTER", datetime(2026, 1, 16, 10, 0, tzinfo=UTC))


def test_whole_day_of_outlook_and_a_day_that_ends_when_it_begins_last_a_day() -> None:
    outlook = only(
        calendar(
            "UID:1",
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
            "DTSTART;TZID=Europe/Kyiv:20260115T000000",
            "DTEND;TZID=Europe/Kyiv:20260116T000000",
        )
    )
    short = only(calendar("UID:1", "DTSTART;VALUE=DATE:20260115", "DTEND;VALUE=DATE:20260115"))

    for found in (outlook, short):
        assert found.all_day
        assert found.start == datetime(2026, 1, 15, tzinfo=UTC)
        assert found.end == datetime(2026, 1, 16, tzinfo=UTC)


def test_organizer_without_an_address_gives_the_one_beside_it() -> None:
    line = "ORGANIZER;CN=Ana;EMAIL=Ana@Example.org:invalid:nomail"

    assert only(calendar("UID:1", line)).organizer == "ana@example.org"


def test_text_of_the_older_format_is_decoded() -> None:
    line = "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=D0=97=D1=83=D1=81=D1=82=D1=80=\n=D1=96=D1=87"

    assert only(calendar("UID:1", line)).summary == "Зустріч"


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
