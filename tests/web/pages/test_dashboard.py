"""The overview."""

from auramail.core.accounts import Account
from auramail.core.runs import Order, Run
from auramail.core.wording import Wording
from auramail.wiring.house import House
from tests.web.visitor import Visitor


def test_before_the_first_sort_it_proposes_a_dry_run(ana: Visitor, account: Account) -> None:
    page = ana.get("/dashboard").text

    assert account.id
    assert "Nothing was sorted yet" in page
    assert "Start with a dry run" in page
    assert 'id="sort-dialog"' in page


def test_after_a_sort_it_shows_numbers_actions_and_runs(ana: Visitor, sorted_run: Run) -> None:
    page = ana.get("/dashboard").text

    assert ">5<" in page.replace("\n", "").replace(" ", "")
    assert "Our walk 0" in page
    assert f'href="/reports/{sorted_run.id}"' in page


def test_the_chart_has_a_table_for_those_who_cannot_see_it(ana: Visitor, sorted_run: Run) -> None:
    page = ana.get("/dashboard").text

    assert sorted_run.id
    assert '<canvas aria-hidden="true">' in page
    assert page.count('<th scope="row"') == 7
    assert 'data-tone="newsletter"' in page


def test_a_run_that_goes_on_is_shown_after_a_reload(ana: Visitor, account: Account, house: House) -> None:
    run = house.runs.start(account.id, Order())

    page = ana.get("/dashboard").text

    assert 'id="run-dialog"' in page
    assert f'hx-sse:connect="/runs/{run.id}/events"' in page


def test_a_paused_account_is_named_with_its_reason(ana: Visitor, account: Account, house: House) -> None:
    house.accounts.pause(account.id, Wording("Google said no."))

    page = ana.get("/dashboard").text

    assert "mail.mbox is paused." in page
    assert "Google said no." in page


def test_figures_are_counted_again_once_they_are_forgotten(
    ana: Visitor, account: Account, house: House, sorted_run: Run
) -> None:
    assert sorted_run.id
    before = ana.get("/api/analytics/summary").json
    house.cache.forget(account.id)

    assert before is not None
    assert before["handled"] == 5
    assert ana.get("/api/analytics/summary").json == before
