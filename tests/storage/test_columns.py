from datetime import UTC, datetime, timedelta, timezone

import pytest

from auramail.storage.engine import Database
from auramail.storage.tables import AuditRow


def stored(database: Database, moment: datetime, act: str = "test") -> AuditRow:
    with database.write() as session:
        session.add(AuditRow(at=moment, act=act, detail={}))
    with database.read() as session:
        return session.get_one(AuditRow, 1)


@pytest.mark.parametrize("hours", [-12, 0, 2, 14])
def test_a_moment_keeps_its_instant_and_comes_back_in_utc(database: Database, hours: int) -> None:
    moment = datetime(2026, 3, 29, 3, 30, 15, 123456, tzinfo=timezone(timedelta(hours=hours)))

    found = stored(database, moment).at

    assert (found, found.utcoffset()) == (moment, timedelta())


def test_a_forged_date_before_the_calendar_is_its_first_day(database: Database) -> None:
    forged = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))

    assert stored(database, forged).at == datetime(1, 1, 1, tzinfo=UTC)
