"""The report of a run and the plan that waits for a yes."""

from collections.abc import Callable

import pytest

from auramail.core.accounts import Account
from auramail.core.history import Entry, Selection, State
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, Run, RunKind, RunState
from auramail.core.wording import Wording
from auramail.wiring.house import House
from tests.web.visitor import FRAGMENT, Visitor


def held(house: House, account: Account, run: Run) -> list[Entry]:
    return list(house.ledger.entries(Selection(account.id, run_id=run.id, states=frozenset({State.HELD}))))


def test_before_any_run_the_report_says_so(ana: Visitor, account: Account) -> None:
    assert account.id == 1

    assert "No report yet" in ana.get("/report").text


def test_the_receipt_shows_that_nothing_was_lost(ana: Visitor, sorted_run: Run) -> None:
    page = ana.get(f"/reports/{sorted_run.id}").text

    assert "nothing was lost" in page
    assert "Listed" in page
    assert "Newsletters" in page


def test_a_receipt_that_does_not_add_up_says_so(ana: Visitor, account: Account, house: House) -> None:
    run = house.runs.start(account.id, Order())
    house.runs.finish(run.id, RunState.DONE, Receipt(run.id, listed=5, handled=3))

    assert "the sum does not fit" in ana.get(f"/reports/{run.id}").text


def test_reasons_for_what_was_skipped_and_failed_are_counted(ana: Visitor, account: Account, house: House) -> None:
    run = house.runs.start(account.id, Order())
    receipt = Receipt(run.id, 6, 1, {"already_handled": 3}, {"refused": 2}, findings={"links": 1})
    house.runs.finish(run.id, RunState.FAILED, receipt, Wording("Google went away."))

    page = ana.get("/report").text

    for words in ("handled before", "the mailbox refused the change", "Deceptive link", "Google went away."):
        assert words in page


def test_time_saved_comes_with_its_assumption(ana: Visitor, sorted_run: Run) -> None:
    page = ana.get(f"/reports/{sorted_run.id}").text

    assert "40 secs" in page  # five messages at eight seconds
    assert "takes you 8 seconds" in page


def test_a_run_that_goes_on_is_shown_instead_of_its_report(ana: Visitor, account: Account, house: House) -> None:
    run = house.runs.start(account.id, Order())

    assert "hx-sse:connect" in ana.get(f"/reports/{run.id}").text


def test_a_dry_run_shows_the_plan_with_reasons(ana: Visitor, dry_run: Run) -> None:
    page = ana.get(f"/reports/{dry_run.id}").text

    assert "The plan" in page
    assert page.count('name="entry"') == 5
    assert "Move out of the inbox" in page
    assert "AI_Newsletters" in page


def test_saying_yes_to_all_carries_the_plan_out(
    ana: Visitor, account: Account, house: House, dry_run: Run, do_work: Callable[[], Run]
) -> None:
    answer = ana.post(f"/plans/{dry_run.id}", choice="approve_all")
    approval = do_work()

    assert answer.status_code == 303
    assert approval.order.kind is RunKind.APPROVE
    assert held(house, account, dry_run) == []
    assert len(list(house.ledger.entries(Selection(account.id, states=frozenset({State.APPLIED}))))) == 5


def test_saying_yes_to_some_leaves_the_rest(
    ana: Visitor, account: Account, house: House, dry_run: Run, do_work: Callable[[], Run]
) -> None:
    first, second, *rest = held(house, account, dry_run)

    answer = ana.post(f"/plans/{dry_run.id}", FRAGMENT, choice="approve", entry=[first.id, second.id])
    do_work()

    assert answer.status_code == 202
    assert held(house, account, dry_run) == rest


def test_saying_no_to_some_leaves_the_rest(ana: Visitor, account: Account, house: House, dry_run: Run) -> None:
    first, *rest = held(house, account, dry_run)

    ana.post(f"/plans/{dry_run.id}", choice="decline", entry=first.id)

    assert held(house, account, dry_run) == rest


def test_saying_no_to_all_ends_the_plan(ana: Visitor, account: Account, house: House, dry_run: Run) -> None:
    answer = ana.post(f"/plans/{dry_run.id}", FRAGMENT, choice="decline_all")

    assert held(house, account, dry_run) == []
    assert answer.headers["HX-Redirect"] == f"/reports/{dry_run.id}"
    assert "The plan" not in ana.get(f"/reports/{dry_run.id}").text


@pytest.mark.parametrize("choice", ["approve", "decline", "", "delete_all"])
def test_choosing_nothing_changes_nothing(
    ana: Visitor, account: Account, house: House, dry_run: Run, choice: str
) -> None:
    ana.post(f"/plans/{dry_run.id}", choice=choice)

    assert len(held(house, account, dry_run)) == 5
    assert house.runs.live(account.id) is None
