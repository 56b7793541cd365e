"""The history: searched, narrowed, read page by page and taken back."""

from collections.abc import Callable

import pytest

from auramail.core.accounts import Account
from auramail.core.history import Entry, Selection, State
from auramail.core.runs import Run
from auramail.web.pages import history
from auramail.wiring.house import House
from tests.web.visitor import FRAGMENT, Visitor


@pytest.fixture
def entries(house: House, account: Account, sorted_run: Run) -> list[Entry]:
    return list(house.ledger.entries(Selection(account.id, run_id=sorted_run.id)))


def test_everything_that_was_done_is_listed(ana: Visitor, entries: list[Entry]) -> None:
    page = ana.get("/history").text

    for entry in entries:
        assert f'href="/history/{entry.id}"' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=garden", 3),
        ("text=GARDEN", 3),
        ("text=walk", 2),
        ("sender=ben@friends.example", 2),
        ("category=NEWSLETTER", 3),
        ("action=MOVE", 3),
        ("state=applied", 5),
        ("state=failed", 0),
        ("run=1", 5),
        ("run=2", 0),
        ("since=2026-03-14&until=2026-03-14", 5),
        ("since=2026-03-15", 0),
        ("text=%25", 0),
        ("text='+OR+1=1+--", 0),
        ("category=NONSENSE&since=soon&run=x", 5),
    ],
)
def test_conditions_narrow_what_is_shown(ana: Visitor, entries: list[Entry], query: str, found: int) -> None:
    assert len(entries) == 5

    assert ana.get(f"/history?{query}").text.count('hx-target="closest li"') == found


def test_older_entries_come_page_by_page(ana: Visitor, entries: list[Entry], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PAGE", 2)
    seen: list[str] = []
    address = "/history?text=a"

    while address:
        rows = ana.get(address, FRAGMENT).text
        assert "<html" not in rows
        seen += [str(entry.id) for entry in entries if f'href="/history/{entry.id}"' in rows]
        address = rows.partition('hx-get="/history?')[2].partition('"')[0].replace("&amp;", "&")
        address = f"/history?{address}" if address else ""

    assert sorted(seen) == sorted(str(entry.id) for entry in entries)


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_an_entry_explains_itself(ana: Visitor, entries: list[Entry], headers: dict[str, str]) -> None:
    entry = next(entry for entry in entries if "Garden" in entry.subject)
    assert entry.decision is not None

    page = ana.get(f"/history/{entry.id}", headers).text

    assert entry.decision.reason.say() in page.replace("&#39;", "'").replace("&#34;", '"')
    assert "AI_Newsletters" in page
    assert ("<html" in page) is not bool(headers)


def test_one_message_is_taken_back(
    ana: Visitor, house: House, account: Account, entries: list[Entry], do_work: Callable[[], Run]
) -> None:
    answer = ana.post(f"/rollback/{entries[0].message_id}")
    do_work()

    states = [entry.state for entry in house.ledger.entries(Selection(account.id, run_id=entries[0].run_id))]
    assert answer.status_code == 303
    assert states == [State.UNDONE, *[State.APPLIED] * 4]


def test_htmx_sees_the_row_change(ana: Visitor, entries: list[Entry], do_work: Callable[[], Run]) -> None:
    first = entries[0]

    waiting = ana.post(f"/rollback/{first.message_id}", FRAGMENT, entry=first.id)
    still = ana.get(f"/history/{first.id}/row", FRAGMENT).text
    do_work()
    after = ana.get(f"/history/{first.id}/row", FRAGMENT).text

    assert waiting.status_code == 202
    assert "Being undone" in waiting.text
    assert "load delay" in still
    assert "Undone" in after
    assert "load delay" not in after


def test_undoing_an_undo_brings_the_change_back(
    ana: Visitor, house: House, account: Account, entries: list[Entry], do_work: Callable[[], Run]
) -> None:
    ana.post(f"/rollback/{entries[0].message_id}")
    do_work()
    undo = house.reading.latest_entry_of(account.id, entries[0].message_id)
    assert undo is not None

    ana.post(f"/rollback/{entries[0].message_id}", entry=undo.id)
    do_work()

    assert house.reading.entry([account.id], entries[0].id).state is State.APPLIED


def test_a_message_nothing_was_done_to_is_not_found(ana: Visitor, entries: list[Entry]) -> None:
    assert entries

    assert ana.post("/rollback/no-such-message").status_code == 404
    assert ana.post(f"/rollback/{entries[0].message_id}", entry="999").status_code == 404


def test_a_get_takes_nothing_back(ana: Visitor, entries: list[Entry]) -> None:
    assert ana.get(f"/rollback/{entries[0].message_id}").status_code == 405
