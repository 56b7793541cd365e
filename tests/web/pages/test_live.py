"""New mail, sorted as it comes: its switch, what it did today, and the proof that none was missed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from auramail.core.accounts import Account
from auramail.core.live import Live, Proof
from auramail.core.queries import MailQuery
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, RunKind, RunState
from auramail.core.wording import Wording
from auramail.wiring.house import House
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.google_server import GoogleServer
from tests.web.visitor import Visitor

PROOF = Proof(at=NOON, listed=12_345, handled=12_000, skipped={"before_live": 300}, queued=45)


def plain(text: str) -> str:
    """Without non-breaking spaces and line breaks."""
    return " ".join(text.replace("\xa0", " ").split())


def seen(visitor: Visitor, house: House, live: Live) -> str:
    """The overview with live sorting as it is given."""
    house.live.turn_on(live)
    return plain(visitor.get("/dashboard").text)


@pytest.fixture
def live(gmail: Account) -> Live:
    return Live(gmail.id, is_on=True, since=NOON, mark="7", due=NOON, polled=NOON)


def test_before_it_is_on_the_page_says_what_it_would_do(ana: Visitor, gmail: Account, house: House) -> None:
    page = ana.get("/dashboard").text

    assert "mail that arrives is sorted within a minute" in page
    assert "Turn on" in page
    assert house.live.get(gmail.id) is None


def test_a_mail_file_has_no_switch(ana: Visitor, account: Account) -> None:
    assert "New mail is sorted as it comes" not in ana.get("/dashboard").text

    assert ana.post("/live", account=account.id, on="1").status_code == 400


def test_turned_on_it_begins_with_the_mailbox_as_it_stands(
    ana: Visitor, gmail: Account, house: House, google: GoogleServer
) -> None:
    answer = ana.post("/live", account=gmail.id, on="1")

    live = house.live.get(gmail.id)
    assert (answer.status_code, answer.location) == (303, "/dashboard")
    assert live is not None
    assert (live.is_on, live.since, live.due) == (True, NOON, NOON)
    assert live.mark.isdecimal()
    assert google.snapshot()
    assert "Turn off" in ana.get("/dashboard").text


def test_turned_on_twice_it_keeps_its_mark(ana: Visitor, gmail: Account, house: House, clock: FakeClock) -> None:
    ana.post("/live", account=gmail.id, on="1")
    before = house.live.get(gmail.id)
    clock.advance(hours=1)

    ana.post("/live", account=gmail.id, on="1")

    assert house.live.get(gmail.id) == before


def test_turned_off_it_looks_no_more(ana: Visitor, gmail: Account, house: House, clock: FakeClock) -> None:
    ana.post("/live", account=gmail.id, on="1")

    ana.post("/live", account=gmail.id, on="0")

    assert house.live.due(clock.now() + timedelta(days=1)) == []
    assert "Turn on" in ana.get("/dashboard").text


def test_a_paused_account_cannot_be_turned_on(ana: Visitor, gmail: Account, house: House) -> None:
    house.accounts.pause(gmail.id, Wording("Google said no."))

    assert "Turn on" not in ana.get("/dashboard").text
    assert ana.post("/live", account=gmail.id, on="1").status_code == 400
    assert house.live.get(gmail.id) is None


def test_the_proof_accounts_for_every_message(ana: Visitor, house: House, live: Live) -> None:
    page = seen(ana, house, replace(live, proof=PROOF))

    assert "Every one of 12,345 messages in the chosen folders is accounted for." in page
    assert "12,345 = 12,000 handled + 300 skipped + 45 queued" in page
    assert "older than live sorting" in page


def test_what_had_been_missed_is_named(ana: Visitor, house: House, live: Live) -> None:
    page = seen(ana, house, replace(live, proof=replace(PROOF, missed=2)))

    assert "2 of them had been missed; they are queued now" in page


def test_a_sum_that_does_not_fit_is_not_called_whole(ana: Visitor, house: House, live: Live) -> None:
    page = seen(ana, house, replace(live, proof=replace(PROOF, queued=44)))

    assert "The sum does not fit" in page
    assert "Every one of" not in page


def test_a_problem_is_said(ana: Visitor, house: House, live: Live) -> None:
    assert "Google asks to wait." in seen(ana, house, replace(live, problem=Wording("Google asks to wait.")))


def test_nobody_turns_somebody_elses(cleo: Visitor, gmail: Account, house: House) -> None:
    cleo.post("/live", account=gmail.id, on="1")

    assert house.live.get(gmail.id) is None


def test_the_day_is_a_run_with_a_report_of_its_own(ana: Visitor, house: House, live: Live) -> None:
    day = Order(kind=RunKind.LIVE, query=MailQuery(after=NOON.date()))
    run = house.runs.start(live.account_id, day)
    house.runs.finish(run.id, RunState.DONE, Receipt(run.id, listed=3, handled=2, skipped={"gone": 1}))

    page = seen(ana, house, live)

    assert f'href="/reports/{run.id}">Today</a>' in page
    assert "3 came = 2 handled + 1 skipped + 0 failed" in page
    assert page.count(f"/reports/{run.id}") == 2  # here, and once in the list of runs
    assert "New mail" in ana.get(f"/reports/{run.id}").text


def test_yesterdays_mail_is_not_todays(ana: Visitor, house: House, live: Live) -> None:
    run = house.runs.start(live.account_id, Order(kind=RunKind.LIVE, query=MailQuery(after=date(2026, 3, 13))))
    house.runs.finish(run.id, RunState.DONE, Receipt(run.id, listed=3, handled=3))

    assert "No new mail today." in seen(ana, house, live)


@pytest.mark.parametrize("stranger", ["99", "", "x", "-1"])
def test_an_account_that_is_not_mine_does_not_exist(ana: Visitor, gmail: Account, stranger: str) -> None:
    assert gmail.id

    assert ana.post("/live", account=stranger, on="1").status_code == 404


def test_programs_read_and_turn_it(ana: Visitor, gmail: Account, house: House) -> None:
    path = f"/api/v1/accounts/{gmail.id}/live"
    before = ana.get(path).json
    turned = ana.put(path, {"is_on": True}).json
    live = house.live.get(gmail.id)
    assert live is not None
    house.live.save(replace(live, proof=PROOF))

    after = ana.get(path).json

    assert before is not None
    assert turned is not None
    assert after is not None
    assert (before["is_on"], before["proof"], before["run"]) == (False, None, None)
    assert (turned["is_on"], turned["since"]) == (True, "2026-03-14T12:00:00Z")
    assert (after["proof"]["listed"], after["proof"]["queued"], after["proof"]["is_whole"]) == (12_345, 45, True)


def test_programs_of_others_find_nothing(cleo: Visitor, gmail: Account, house: House) -> None:
    path = f"/api/v1/accounts/{gmail.id}/live"

    assert cleo.get(path).status_code == 401
    assert cleo.put(path, {"is_on": True}).status_code == 401
    assert house.live.get(gmail.id) is None
