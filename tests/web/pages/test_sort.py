"""Starting a sort."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from auramail.core.accounts import Account, SourceKind
from auramail.core.policy import Autonomy, Policy
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, Run, RunState
from auramail.core.wording import Wording
from auramail.settings import Settings
from auramail.web import watching
from auramail.wiring.house import House
from tests.web.visitor import FRAGMENT, Visitor


def test_looking_at_the_form_starts_nothing(ana: Visitor, account: Account, house: House) -> None:
    page = ana.get("/sort")

    assert page.status_code == 200
    assert house.runs.latest([account.id], 10) == []


def test_a_sort_is_ordered_as_the_form_was_filled_in(ana: Visitor, account: Account, house: House) -> None:
    answer = ana.post(
        "/sort",
        account=account.id,
        folder=["INBOX", "TRASH"],
        autonomy="label_only",
        dry_run="1",
        unread="1",
        after="2026-01-01",
        before="2026-02-01",
        sender="garden",
        subject="weekly",
        text="has:attachment",
        limit="20",
    )

    run = house.runs.live(account.id)
    assert run is not None
    assert (answer.status_code, answer.location) == (303, f"/runs/{run.id}")
    assert run.order.dry_run
    assert run.order.autonomy is Autonomy.LABEL_ONLY
    assert run.order.query == MailQuery(
        folders=("INBOX", "TRASH"),
        text="has:attachment",
        sender="garden",
        subject="weekly",
        after=date(2026, 1, 1),
        before=date(2026, 2, 1),
        unread=True,
        limit=20,
    )


def test_the_form_begins_with_what_the_person_and_the_operator_chose(
    ana: Visitor, account: Account, house: House, make_settings: Callable[..., Settings]
) -> None:
    house.settings = make_settings(folders="INBOX")
    house.preferences.save_policy(account.id, Policy(autonomy=Autonomy.SUGGEST))

    page = ana.get("/sort").text

    assert 'value="suggest" checked' in page
    assert 'value="INBOX" checked' in page
    assert 'value="SPAM" checked' not in page


def test_the_form_begins_with_what_was_chosen_last(ana: Visitor, account: Account, do_work: Callable[[], Run]) -> None:
    ana.post("/sort", account=account.id, folder=["INBOX", "TRASH"], autonomy="label_only", limit="4")
    do_work()

    page = ana.get("/sort").text

    assert 'value="INBOX" checked' in page
    assert 'value="SPAM" checked' not in page
    assert 'value="label_only" checked' in page
    assert 'type="number" value="4"' in page


def test_a_sort_without_choices_is_as_the_last_one(
    ana: Visitor, account: Account, house: House, do_work: Callable[[], Run]
) -> None:
    ana.post("/sort", account=account.id, folder="INBOX", autonomy="suggest", limit="4", sender="garden")
    do_work()

    ana.post("/sort", account=account.id)

    run = house.runs.live(account.id)
    assert run is not None
    assert run.order == Order(query=MailQuery(folders=("INBOX",), limit=4), autonomy=Autonomy.SUGGEST)


def test_a_new_policy_is_the_newer_word_on_autonomy(ana: Visitor, account: Account, house: House) -> None:
    ana.post("/sort", account=account.id, folder="INBOX", autonomy="full", limit="4")

    house.preferences.save_policy(account.id, Policy(autonomy=Autonomy.SUGGEST))

    page = ana.get("/sort").text
    assert 'value="suggest" checked' in page
    assert 'type="number" value="4"' in page


def test_how_far_to_go_is_remembered_for_each_mailbox_alone(ana: Visitor, account: Account, home: Path) -> None:
    ana.post("/sort", account=account.id, folder="INBOX", autonomy="label_only")
    (home / "other.mbox").write_bytes(b"")

    ana.open_file(home / "other.mbox")

    assert 'value="full" checked' in ana.get("/sort").text


@pytest.mark.parametrize(("kind", "limit"), [(SourceKind.GMAIL, 500), (SourceKind.MBOX, None)])
def test_only_gmail_is_read_within_the_operators_limit(
    app: Flask, house: House, account: Account, kind: SourceKind, limit: int | None
) -> None:
    assert house.settings.max_messages_to_process == 500
    with app.test_request_context():
        order = watching.within_limits(replace(account, kind=kind), Order())

        assert order.query.limit == limit
        assert watching.within_limits(replace(account, kind=kind), Order(query=MailQuery(limit=7))).query.limit == 7


def test_a_started_sort_rings_for_a_worker(ana: Visitor, account: Account, house: House) -> None:
    ana.post("/sort", account=account.id, folder="INBOX")

    assert [job.args for job in house.queue.queue.jobs] == [[account.id]]


def test_htmx_gets_the_dialog_that_follows_the_run(ana: Visitor, account: Account) -> None:
    answer = ana.post("/sort", FRAGMENT, account=account.id, folder="INBOX")

    assert answer.status_code == 202
    assert 'hx-sse:connect="/runs/1/events"' in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_a_second_sort_shows_the_one_that_runs(
    ana: Visitor, account: Account, house: House, headers: dict[str, str]
) -> None:
    first = house.runs.start(account.id, Order())

    answer = ana.post("/sort", headers, account=account.id, folder="INBOX")

    assert answer.status_code == 409
    assert f"/runs/{first.id}/progress" in answer.text
    assert len(house.runs.latest([account.id], 10)) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("folder", "SENT"),
        ("after", "yesterday"),
        ("before", "2026-13-40"),
        ("limit", "0"),
        ("limit", "-5"),
        ("limit", "many"),
        ("limit", "9" * 30),
        ("sender", "x" * 501),
        ("text", "from:\x1b[2J"),
    ],
)
def test_what_cannot_be_used_is_marked_and_nothing_starts(
    ana: Visitor, account: Account, house: House, field: str, value: str
) -> None:
    answer = ana.post("/sort", None, **({"account": account.id, "folder": "INBOX"} | {field: value}))

    assert answer.status_code == 422
    assert field == "folder" or f'aria-describedby="sort-{field}-problem"' in answer.text
    assert house.runs.latest([account.id], 10) == []


def test_the_last_day_must_follow_the_first(ana: Visitor, account: Account) -> None:
    answer = ana.post("/sort", account=account.id, folder="INBOX", after="2026-02-01", before="2026-02-01")

    assert answer.status_code == 422
    assert "later than the first" in answer.text


def test_a_paused_account_says_why_instead(ana: Visitor, account: Account, house: House) -> None:
    house.accounts.pause(account.id, Wording("Google said no."))

    answer = ana.post("/sort", account=account.id, folder="INBOX")

    assert answer.status_code == 400
    assert "Google said no." in answer.text


@pytest.mark.parametrize("stranger", ["99", "0", "", "x", "-1", "1e3"])
def test_an_account_that_is_not_mine_does_not_exist(ana: Visitor, account: Account, stranger: str) -> None:
    assert account.id == 1

    assert ana.post("/sort", account=stranger, folder="INBOX").status_code == 404


def test_sorting_without_scripts_ends_at_a_report(ana: Visitor, sorted_run: Run) -> None:
    report = ana.get("/report")

    assert sorted_run.state is RunState.DONE
    assert report.status_code == 200
    assert f"Report {sorted_run.id}" in report.text
