"""Where the fuzzer starts: the sample mailbox, the stories, small mails of every form, and what failed before."""

from datetime import date
from pathlib import Path

from auramail.mail.sample import SampleOrigin
from tests.fuzz.target import ENVELOPES

LARGEST = 16 * 1024
"""Bytes; a large seed makes every mutation of it slow."""
ROOT = Path(__file__).parent
STORIES = ROOT.parent / "stories"
FOUND_BEFORE = ROOT / "found"
SMALL = (
    b"\x01<p style='color:white'>a</p><a href='//a.example'>b</a><blockquote type=cite>c</blockquote>",
    b"\x02one \ntwo\n> three \n> four\n\n-- \nAna",
    b"\x03UID:1\r\nDTSTART;TZID=Europe/Kyiv:20261120T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT",
    b"\x04=?koi8-u?B?+tfm1A==?= =?utf-8?Q?=D0?= =?utf-8?Q?=B7?=",
    b'\x05"Koval, Ana" <ana@b.example>, =?utf-8?Q?Ben?= <ben@b.example>',
    b"\x06multipart/mixed; boundary*0=a; boundary*1=b\n--ab\n\nHello\n--ab--",
    b"\x07windows-1251\n<p>\xcf\xf0\xe8\xe2\xb3\xf2",
    b"\x08koi8-u\n\xf0\xd2\xc9\xd7\xa6\xd4",
    b'\x09{"@type":"FlightReservation","reservationFor":{"@type":"Flight","departureTime":"2026-12-01T10:00+02:00"}}',
)


def write_seeds(folder: Path) -> int:
    """Write the first corpus into a folder; returns how many there are."""
    mails = [*_sample(), *(path.read_bytes() for path in sorted(STORIES.glob("*/message.eml")))]
    mails += [path.read_bytes() for path in sorted(FOUND_BEFORE.glob("*.eml"))]
    seeds = [b"\0" + mail for mail in mails if len(mail) <= LARGEST]
    seeds += SMALL
    for number, seed in enumerate(seeds):
        (folder / f"seed-{number:04}").write_bytes(seed)
    assert len(SMALL) == len(ENVELOPES) - 1
    return len(seeds)


def _sample() -> list[bytes]:
    origin = SampleOrigin(date(2026, 11, 20))
    read = (origin.read(message.place) for message in origin.messages())
    return [raw for raw in read if raw is not None]
