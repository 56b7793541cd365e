"""A second look in the history and on its report."""

from dataclasses import replace

import pytest

from auramail.core.accounts import Account
from auramail.core.actions import Change
from auramail.core.history import Entry, Selection, State
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, Run, RunKind, RunState
from auramail.wiring.house import House
from tests.web.visitor import Visitor


@pytest.fixture
def revised(house: House, account: Account, sorted_run: Run) -> Entry:
    """What a second look put in the place of an entry."""
    first = next(iter(house.ledger.entries(Selection(account.id, run_id=sorted_run.id))))
    run = house.runs.start(account.id, Order(kind=RunKind.SECOND_LOOK))
    again = replace(
        first, id=0, run_id=run.id, state=State.PLANNED, before=first.after, change=Change(), revises=first.id, at=None
    )
    (entry,) = house.ledger.record([again])
    house.ledger.move([entry.id], State.PLANNED, State.APPLIED)
    house.runs.finish(run.id, RunState.DONE, Receipt(run=run.id, listed=2, handled=1, skipped={"changed_since": 1}))
    return entry


def test_report_says_what_kind_of_run_it_was_and_why_some_stayed(ana: Visitor, revised: Entry) -> None:
    page = ana.get(f"/reports/{revised.run_id}").text

    assert "Second look" in page
    assert "you changed it since, so it stays as it is" in page


def test_entry_says_that_it_comes_in_the_place_of_another(ana: Visitor, revised: Entry) -> None:
    assert revised.revises is not None

    assert "in the place of what was decided" in ana.get(f"/history/{revised.id}").text
    assert "in the place of what was decided" not in ana.get(f"/history/{revised.revises}").text


def test_message_counts_once(house: House, account: Account, sorted_run: Run, revised: Entry) -> None:
    handled = {entry.message_id for entry in house.ledger.entries(Selection(account.id, run_id=sorted_run.id))}

    assert revised.message_id in handled
    assert house.reading.totals([account.id]).handled == len(handled)
