"""A run while it goes on, and taking it back."""

from collections.abc import Callable

from auramail.core.accounts import Account
from auramail.core.history import Selection, State
from auramail.core.runs import Order, Progress, Run, RunKind, RunState
from auramail.wiring.house import House
from tests.web.visitor import FRAGMENT, Visitor


def test_the_page_shows_how_far_the_run_is(ana: Visitor, account: Account, house: House) -> None:
    run = house.runs.start(account.id, Order())
    house.runs.note(run.id, Progress(40, 10, {"NEWSLETTER": 7}, "Garden weekly", "reading"))

    page = ana.get(f"/runs/{run.id}")

    assert "10 of 40" in page.text
    assert "Garden weekly" in page.text
    assert 'max="40" value="10"' in page.text


def test_the_page_reloads_itself_where_there_are_no_scripts(ana: Visitor, account: Account, house: House) -> None:
    run = house.runs.start(account.id, Order())

    assert '<noscript><meta http-equiv="refresh"' in ana.get(f"/runs/{run.id}").text


def test_a_finished_run_leads_to_its_report(ana: Visitor, sorted_run: Run) -> None:
    page = ana.get(f"/runs/{sorted_run.id}")

    assert "data-finished" in page.text
    assert f'href="/reports/{sorted_run.id}"' in page.text
    assert "hx-sse" not in page.text


def test_a_waiting_run_is_cancelled_at_once(ana: Visitor, account: Account, house: House) -> None:
    run = house.runs.start(account.id, Order())

    answer = ana.post(f"/runs/{run.id}/cancel", FRAGMENT)

    assert house.runs.get(run.id).state is RunState.CANCELLED
    assert "Cancelled" in answer.text


def test_a_working_run_is_asked_to_stop(ana: Visitor, account: Account, house: House) -> None:
    run = house.runs.start(account.id, Order())
    house.runs.note(run.id, Progress(listed=40, done=10))

    answer = ana.post(f"/runs/{run.id}/cancel")

    assert house.runs.get(run.id).cancel_asked
    assert "Stopping after the message in hand" in answer.text


def test_undoing_a_run_restores_the_labels_from_before(
    ana: Visitor, house: House, account: Account, sorted_run: Run, do_work: Callable[[], Run]
) -> None:
    answer = ana.post(f"/runs/{sorted_run.id}/undo")
    undo = do_work()

    assert answer.status_code == 303
    assert undo.order.kind is RunKind.UNDO
    assert [entry.state for entry in house.ledger.entries(Selection(account.id, run_id=sorted_run.id))] == [
        State.UNDONE
    ] * 5
    assert "Undo this run" not in ana.get(f"/reports/{sorted_run.id}").text


def test_what_a_person_starts_is_written_down(ana: Visitor, house: House, sorted_run: Run) -> None:
    ana.post(f"/runs/{sorted_run.id}/undo")

    acts = [line.act for line in house.audit.of_user(house.users.local_user().id)]
    assert acts == ["undo_started", "sort_started", "account_opened"]
