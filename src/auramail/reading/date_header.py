"""When a message was sent: its Date header, else when it was received, as the mailbox or its server says."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = datetime(1981, 1, 1, tzinfo=UTC)
"""Before there was mail as we know it (RFC 822 is of 1982), a date is a broken clock."""
_AHEAD = timedelta(days=2)
_LAST_YEAR = 2100


def read_date(fields: Mapping[str, Sequence[str]], received: datetime | None) -> tuple[datetime, bool]:
    """The message's date, always aware, and whether its own Date header gave it."""
    if received is None:
        # Servers write on top: the first line is of the last one, the reader's own (RFC 5321, section 4.4).
        stamps = (parse_date(value.rpartition(";")[2]) for value in fields.get("received", ()))
        received = next((stamp for stamp in stamps if stamp is not None), None)
    for value in fields.get("date", ()):
        said = parse_date(value)
        if said is not None and (received is None or said <= received + _AHEAD):
            return said, True
    return received or EPOCH, False


def parse_date(value: str) -> datetime | None:
    """An RFC 5322 date with its own offset, obsolete zones too; None if it is none or absurd."""
    try:
        parsed = parsedate_tz(value[:200])
        if parsed is None or not _EARLIEST.year <= parsed[0] <= _LAST_YEAR:
            return None
        offset = parsed[9] or 0
        if abs(offset) >= 24 * 3600:
            offset = 0
        return datetime(*parsed[:6], tzinfo=timezone(timedelta(seconds=offset)))
    except (ValueError, TypeError, IndexError, OverflowError):
        # parsedate_tz itself stumbles over some broken dates (bpo-30681 and its kin).
        return None
