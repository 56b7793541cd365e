from typing import Any

import pytest
from sqlalchemy import event

from auramail.core.digests import HistoryFilter
from auramail.core.history import State
from auramail.storage.engine import Database
from auramail.storage.reading import SqlReading


@pytest.mark.parametrize(
    "wanted",
    [HistoryFilter(), HistoryFilter(state=State.FAILED), HistoryFilter(sender="a@b.example"), HistoryFilter(run_id=1)],
    ids=["all", "state", "sender", "run"],
)
def test_a_page_deep_in_the_history_is_read_along_an_index_without_sorting(
    sqlite_url: str, wanted: HistoryFilter
) -> None:
    database = Database(sqlite_url)
    asked: list[tuple[str, Any]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *seen: asked.append((seen[2], seen[3])))
    SqlReading(database).history([1], wanted, before_id=900)
    statement, values = asked[-1]

    with database.engine.connect() as connection:
        plan = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    database.close()

    assert len(plan) == 1
    assert plan[0].startswith("SEARCH action_logs USING INDEX ix_action_logs_")
    assert "id<?" in plan[0]
