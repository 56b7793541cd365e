"""What a sort will take: said before it starts, held against what came of it, and shown while it waits."""

from datetime import timedelta

import pytest

from auramail.core.accounts import Account
from auramail.core.estimates import Estimate
from auramail.core.runs import Order, Progress, RunKind, RunState
from auramail.core.wording import Wording
from auramail.ops.work import look_after
from auramail.wiring.house import House
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.google_server import GoogleServer
from tests.web.visitor import FRAGMENT, Visitor

QUOTA = Wording("This minute's Gmail quota of the account is used up.")


def runs(house: House, account: Account) -> int:
    return len(house.runs.latest([account.id], 10))


@pytest.mark.parametrize("headers", [None, FRAGMENT])
def test_it_is_said_and_nothing_starts(
    ana: Visitor, gmail: Account, house: House, google: GoogleServer, headers: dict[str, str] | None
) -> None:
    before = google.snapshot()

    answer = ana.post("/sort/estimate", headers, account=gmail.id, folder="INBOX")

    assert answer.status_code == 200
    assert "What it will take" in answer.text
    assert "less than a minute" in answer.text
    assert google.snapshot() == before
    assert runs(house, gmail) == 0


def test_asked_twice_the_mailbox_is_asked_once(ana: Visitor, gmail: Account, google: GoogleServer) -> None:
    ana.post("/sort/estimate", account=gmail.id, folder="INBOX")
    google.reset_usage()

    ana.post("/sort/estimate", account=gmail.id, folder="INBOX")

    assert google.usage.units == 0


def test_everything_is_told_about_before_it_starts(ana: Visitor, gmail: Account, house: House) -> None:
    told = ana.post("/sort", account=gmail.id, folder="INBOX", everything="1")
    assert told.status_code == 200
    assert "What it will take" in told.text
    assert runs(house, gmail) == 0
    key = told.text.partition('name="told" value="')[2].partition('"')[0]

    started = ana.post("/sort", account=gmail.id, folder="INBOX", everything="1", told=key)

    run = house.runs.live(gmail.id)
    assert started.status_code == 303
    assert run is not None
    assert run.order.query.limit is None
    assert run.order.estimate is not None
    assert run.order.estimate.messages == 5


def test_what_was_told_of_another_order_does_not_count(ana: Visitor, gmail: Account, house: House) -> None:
    told = ana.post("/sort", account=gmail.id, folder="INBOX", everything="1").text
    key = told.partition('name="told" value="')[2].partition('"')[0]

    ana.post("/sort", account=gmail.id, folder=["INBOX", "SPAM"], everything="1", told=key)

    assert runs(house, gmail) == 0


def test_everything_and_a_limit_do_not_go_together(ana: Visitor, gmail: Account, house: House) -> None:
    answer = ana.post("/sort", account=gmail.id, folder="INBOX", everything="1", limit="5")

    assert answer.status_code == 422
    assert "do not ask for everything" in answer.text
    assert runs(house, gmail) == 0


@pytest.mark.parametrize("path", ["/sort", "/sort/estimate"])
def test_a_search_that_gmail_refuses_is_one_line_and_nothing_starts(
    ana: Visitor, gmail: Account, house: House, google: GoogleServer, path: str
) -> None:
    google.fault("messages.list", "400", times=9)

    answer = ana.post(path, account=gmail.id, folder="INBOX", text="from:((")

    assert answer.text.count("notice warn") == 1
    assert 'value="from:(("' in answer.text  # the form is still there, as it was filled in
    assert runs(house, gmail) == 0


def test_a_limit_below_zero_is_said_where_the_estimate_would_stand(ana: Visitor, gmail: Account) -> None:
    answer = ana.post("/sort/estimate", FRAGMENT, account=gmail.id, folder="INBOX", limit="-5")

    assert "Write a whole number above zero." in answer.text
    assert "What it will take" not in answer.text


def test_somebody_elses_mailbox_is_not_counted(ana: Visitor, cleo: Visitor, gmail: Account) -> None:
    assert gmail.id

    assert cleo.post("/sort/estimate", account=gmail.id, folder="INBOX").location == "/doors"
    assert ana.post("/sort/estimate", account=99, folder="INBOX").status_code == 404


def test_the_report_holds_it_against_the_outcome(ana: Visitor, gmail: Account, house: House) -> None:
    ana.post("/sort", account=gmail.id, folder="INBOX")
    look_after(house, gmail.id)
    (run,) = house.runs.latest([gmail.id], 1)

    page = ana.get(f"/reports/{run.id}").text

    assert "Said beforehand, and what it took" in page
    told = ana.get(f"/api/v1/runs/{run.id}").json
    assert told is not None
    assert (told["estimate"]["messages"], told["receipt"]["handled"]) == (5, 5)


def test_a_run_of_a_file_has_nothing_to_hold_against(ana: Visitor, account: Account, house: House) -> None:
    ana.post("/sort", account=account.id, folder="INBOX")
    look_after(house, account.id)

    assert "Said beforehand" not in ana.get("/reports/1").text


def test_programs_ask_for_it_and_for_everything(ana: Visitor, gmail: Account, house: House) -> None:
    told = ana.send("/api/v1/runs/estimate", {"account": gmail.id, "everything": True})
    both = ana.send("/api/v1/runs/estimate", {"account": gmail.id, "everything": True, "limit": 5})
    unknown = ana.send("/api/v1/runs/estimate", {"account": gmail.id, "folders": ["nosuch"]})

    assert told.json is not None
    assert (told.status_code, told.json["messages"], told.json["is_exact"]) == (200, 5, True)
    assert both.status_code == 422
    assert unknown.status_code == 400
    assert unknown.json is not None
    assert "There is no folder or label nosuch" in unknown.json["detail"]
    assert runs(house, gmail) == 0


def test_a_run_that_waits_says_why_and_until_when(
    ana: Visitor, account: Account, house: House, clock: FakeClock
) -> None:
    run = house.runs.start(account.id, Order(estimate=Estimate(1000)))
    waiting = Progress(100, 40, phase="waiting", why=QUOTA, until=clock.now() + timedelta(seconds=12))
    house.runs.note(run.id, waiting)

    soon = ana.get(f"/runs/{run.id}/progress").text
    house.runs.note(run.id, Progress(100, 40, phase="waiting", why=QUOTA, until=NOON + timedelta(hours=3)))
    later = ana.get(f"/runs/{run.id}/progress").text

    assert "Gmail quota of the account is used up. It goes on in 15 s." in soon
    assert 'max="1000" value="40"' in soon
    assert "It goes on at 17:00." in later  # 15:00 in London is 17:00 in Kyiv


def test_a_wait_that_is_over_does_not_count_below_zero(
    ana: Visitor, account: Account, house: House, clock: FakeClock
) -> None:
    run = house.runs.start(account.id, Order())
    house.runs.note(run.id, Progress(100, 40, phase="waiting", why=QUOTA, until=clock.now()))
    clock.advance(seconds=30)

    assert "It goes on now." in ana.get(f"/runs/{run.id}/progress").text


def test_programs_see_why_it_waits(ana: Visitor, account: Account, house: House, clock: FakeClock) -> None:
    run = house.runs.start(account.id, Order(estimate=Estimate(1000)))
    until = clock.now() + timedelta(seconds=12)
    house.runs.note(run.id, Progress(100, 40, phase="waiting", why=QUOTA, until=until, quota_units=6000))

    told = ana.get("/api/progress").json

    assert told is not None
    assert (told["waits_because"], told["waits_until"]) == (QUOTA.text, "2026-03-14T12:00:12Z")
    assert (told["total"], told["done"], told["quota_units"]) == (1000, 40, 6000)


@pytest.mark.parametrize("headers", [None, FRAGMENT])
def test_a_run_that_waits_can_be_cancelled_at_once(
    ana: Visitor, account: Account, house: House, clock: FakeClock, headers: dict[str, str] | None
) -> None:
    run = house.runs.start(account.id, Order())
    house.runs.note(run.id, Progress(100, 40, phase="waiting", why=QUOTA, until=clock.now() + timedelta(hours=9)))
    house.queue.ring(account.id, after=9 * 3600)

    ana.post(f"/runs/{run.id}/cancel", headers)

    assert [job.args for job in house.queue.queue.jobs] == [[account.id]]  # a worker is woken now, not in nine hours
    look_after(house, account.id)
    assert house.runs.get(run.id).state is RunState.CANCELLED


def test_the_new_mail_of_a_day_is_a_run_with_a_name(ana: Visitor, account: Account, house: House) -> None:
    run = house.runs.start(account.id, Order(kind=RunKind.LIVE))

    assert "New mail, sorted as it comes" in ana.get(f"/runs/{run.id}").text
    assert "New mail" in ana.get("/dashboard").text
