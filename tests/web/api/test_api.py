"""The API: what the pages do, for programs."""

import json
from collections.abc import Callable

import pytest

from auramail.core.accounts import Account
from auramail.core.history import Selection, State
from auramail.core.policy import Autonomy
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, Progress, Run
from auramail.wiring.house import House
from tests.web.visitor import Visitor


def answer_of(visitor: Visitor, path: str) -> dict[str, object]:
    got = visitor.get(path)
    assert got.status_code == 200, got.text
    assert isinstance(got.json, dict)
    return got.json


def test_accounts_are_listed(ana: Visitor, account: Account) -> None:
    assert answer_of(ana, "/api/v1/accounts") == {
        "accounts": [{"id": account.id, "kind": "mbox", "address": "", "paused": None, "zone": "Europe/Kyiv"}]
    }


def test_a_run_is_started_and_watched_to_its_receipt(
    ana: Visitor, account: Account, do_work: Callable[[], Run]
) -> None:
    started = ana.send("/api/v1/runs", {"account": account.id})
    do_work()

    run = answer_of(ana, "/api/v1/runs/1")
    receipt = run["receipt"]
    assert started.status_code == 202
    assert started.json is not None
    assert (started.json["state"], run["state"]) == ("queued", "done")
    assert isinstance(receipt, dict)
    assert (receipt["listed"], receipt["handled"]) == (5, 5)


def test_an_order_is_taken_in_every_part(ana: Visitor, account: Account, house: House) -> None:
    ana.send(
        "/api/v1/runs",
        {
            "account": account.id,
            "folders": ["SPAM"],
            "query": "larger:5M",
            "limit": 7,
            "dry_run": True,
            "autonomy": "suggest",
        },
    )

    run = house.runs.live(account.id)
    assert run is not None
    assert run.order == Order(query=MailQuery(("SPAM",), "larger:5M", limit=7), dry_run=True, autonomy=Autonomy.SUGGEST)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"account": "one"},
        {"account": 1, "limit": 0},
        {"account": 1, "autonomy": "delete"},
        {"account": 1, "user_id": 2},
        {"account": 1, "folders": []},
        {"account": 1, "after": "soon"},
        [],
        "text",
        None,
    ],
)
def test_what_does_not_fit_the_description_is_refused(
    ana: Visitor, account: Account, house: House, body: object
) -> None:
    answer = ana.send("/api/v1/runs", body)

    assert answer.status_code in {400, 415, 422}
    assert house.runs.live(account.id) is None


def test_a_body_must_say_that_it_is_json(ana: Visitor, account: Account, house: House) -> None:
    answer = ana.client.post(
        "/api/v1/runs",
        data=json.dumps({"account": account.id}),
        content_type="text/plain",
        headers={"X-CSRFToken": ana.token()},
    )

    assert answer.status_code == 415
    assert house.runs.live(account.id) is None


def test_a_second_run_is_refused_with_409(ana: Visitor, account: Account) -> None:
    ana.send("/api/v1/runs", {"account": account.id})

    answer = ana.send("/api/v1/runs", {"account": account.id})

    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"


def test_a_run_is_cancelled(ana: Visitor, account: Account) -> None:
    ana.send("/api/v1/runs", {"account": account.id})

    answer = ana.send("/api/v1/runs/1/cancel")

    assert answer.status_code == 202
    assert answer_of(ana, "/api/v1/runs/1")["state"] == "cancelled"


def test_a_run_is_taken_back(ana: Visitor, house: House, sorted_run: Run, do_work: Callable[[], Run]) -> None:
    answer = ana.send(f"/api/v1/runs/{sorted_run.id}/undo")
    do_work()

    undone = house.ledger.entries(Selection(sorted_run.account_id, states=frozenset({State.UNDONE})))
    assert answer.status_code == 202
    assert len(list(undone)) == 5


def test_proposals_are_answered(ana: Visitor, house: House, dry_run: Run, do_work: Callable[[], Run]) -> None:
    first, *_ = house.ledger.entries(Selection(dry_run.account_id))

    declined = ana.send(f"/api/v1/runs/{dry_run.id}/decline", {"entries": [first.id]})
    approved = ana.send(f"/api/v1/runs/{dry_run.id}/approve", {})
    do_work()

    assert declined.json == {"declined": 1}
    assert approved.status_code == 202
    applied = house.ledger.entries(Selection(dry_run.account_id, states=frozenset({State.APPLIED})))
    assert len(list(applied)) == 4


def test_history_is_read_page_by_page(ana: Visitor, sorted_run: Run) -> None:
    seen: list[object] = []
    path = f"/api/v1/history?limit=2&run={sorted_run.id}"
    before: object = ""
    while before is not None:
        page = answer_of(ana, f"{path}&before={before}" if before else path)
        entries = page["entries"]
        assert isinstance(entries, list)
        seen += [entry["id"] for entry in entries]
        before = page["next_before"]

    assert seen == [5, 4, 3, 2, 1]


def test_an_entry_comes_with_its_reason(ana: Visitor, sorted_run: Run) -> None:
    assert sorted_run.id

    entry = answer_of(ana, "/api/v1/history/1")

    assert entry["state"] == "applied"
    assert entry["reason"]
    assert entry["category"] in {"NEWSLETTER", "IMPORTANT"}


def test_an_entry_is_taken_back(ana: Visitor, sorted_run: Run, do_work: Callable[[], Run]) -> None:
    assert sorted_run.id

    answer = ana.send("/api/v1/history/1/undo")
    do_work()

    assert answer.status_code == 202
    assert answer_of(ana, "/api/v1/history/1")["state"] == "undone"


def test_progress_is_that_of_the_run_that_goes_on(ana: Visitor, account: Account, house: House) -> None:
    assert ana.get("/api/progress").status_code == 404
    run = house.runs.start(account.id, Order())
    house.runs.note(run.id, Progress(8, 2, {"SOCIAL": 2}, "A subject", "reading"))

    progress = answer_of(ana, "/api/progress")

    assert progress == answer_of(ana, f"/api/progress?run={run.id}")
    assert (progress["listed"], progress["done"], progress["by_category"]) == (8, 2, {"SOCIAL": 2})
    assert "subject" not in progress


def test_figures_of_seven_days(ana: Visitor, sorted_run: Run) -> None:
    assert sorted_run.id

    summary, days = answer_of(ana, "/api/analytics/summary"), answer_of(ana, "/api/analytics/days")

    assert (summary["handled"], summary["seconds_saved"]) == (5, 40)
    listed = days["days"]
    assert isinstance(listed, list)
    assert [day["day"] for day in listed] == [f"2026-03-{day:02}" for day in range(8, 15)]
    assert sum(listed[-1]["by_category"].values()) == 5


def test_the_description_names_every_part(cleo: Visitor) -> None:
    spec = cleo.get("/api/openapi.json").json

    assert spec is not None
    assert spec["openapi"].startswith("3.1")
    assert set(spec["paths"]) == {
        "/api/v1/accounts",
        "/api/v1/accounts/{account_id}/live",
        "/api/v1/runs",
        "/api/v1/runs/estimate",
        "/api/v1/runs/{run_id}",
        "/api/v1/runs/{run_id}/cancel",
        "/api/v1/runs/{run_id}/undo",
        "/api/v1/runs/{run_id}/approve",
        "/api/v1/runs/{run_id}/decline",
        "/api/v1/history",
        "/api/v1/history/{entry_id}",
        "/api/v1/history/{entry_id}/subject",
        "/api/v1/history/{entry_id}/undo",
        "/api/v1/rules",
        "/api/v1/rules/propose",
        "/api/v1/rules/{rule_id}",
        "/api/v1/rules/{rule_id}/enabled",
        "/api/v1/search/understand",
        "/api/v1/survey",
        "/api/v1/model",
        "/api/v1/model/check",
        "/api/v1/model/costs",
        "/api/v1/model/terms",
        "/api/v1/model/sent/{message_id}",
        "/api/progress",
        "/api/analytics/summary",
        "/api/analytics/days",
    }
    assert set(spec["components"]["securitySchemes"]) == {"session", "csrf"}


def test_swagger_ui_comes_from_our_own_server(cleo: Visitor) -> None:
    page = cleo.get("/api/docs").text

    assert 'data-spec="/api/openapi.json"' in page
    assert (
        "//"
        not in page.replace("<!doctype html>", "")
        .replace("http://www.w3.org", "")
        .partition("<script")[2]
        .partition("</head>")[0]
    )
