"""Which of Google's tables seems to be in force, told from its refusals."""

import pytest

from auramail.core.quota import QuotaStanding, Table, table_in_force


@pytest.mark.parametrize(
    ("named", "table"), [(6000, Table.MAY_2026), (15_000, Table.OLDER), (1000, None), (1_200_000, None)]
)
def test_a_limit_that_google_names_tells_the_table(named: int, table: Table | None) -> None:
    standing = QuotaStanding(3000, 6000, 0, named=named, refusals=1, spent_when_refused=6000)

    assert table_in_force(standing, 20) is table


@pytest.mark.parametrize(
    ("spent", "reading", "table"),
    [
        (6000, 20, Table.MAY_2026),  # 300 messages
        (1750, 5, Table.MAY_2026),  # 350 messages at the older price: refused far below 15,000
        (15_000, 5, Table.OLDER),  # 3,000 messages
        (60_000, 20, Table.OLDER),
        (200, 20, None),  # ten messages: somebody else uses the project
        (1000, 0, None),
    ],
)
def test_what_was_read_in_the_minute_before_a_refusal_tells_the_table(
    spent: float, reading: int, table: Table | None
) -> None:
    standing = QuotaStanding(3000, 6000, 0, refusals=1, spent_when_refused=spent)

    assert table_in_force(standing, reading) is table


def test_without_a_refusal_nothing_is_told() -> None:
    assert table_in_force(QuotaStanding(6000, 6000, 0, spent=6000), 20) is None
