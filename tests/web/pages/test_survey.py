"""What a survey would file unread: shown before anybody says yes, and who it is from shown after."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auramail.core.decisions import Category
from auramail.core.digests import HistoryFilter
from auramail.core.groups import Outlook
from auramail.core.rules import Condition
from auramail.flow.foresee import foresee
from auramail.settings import Settings
from auramail.wiring.house import House
from tests.fakes.clock import FakeClock
from tests.flow.surveyed import SHOP, deliver_issues, is_unread, know, say_yes
from tests.web.gmail_home import AtTheWeb, at_the_web
from tests.web.visitor import FRAGMENT, Visitor

SEARCHED = HistoryFilter(text="garden weekly")


@pytest.fixture
def web(house: House, make_settings: Callable[..., Settings], home: Path, clock: FakeClock) -> Iterator[AtTheWeb]:
    with at_the_web(house, make_settings, home, clock) as opened:
        yield opened


def address(web: AtTheWeb) -> str:
    return f"/survey?account={web.gmail.account.id}"


def test_page_shows_each_known_sender_with_its_search_and_how_much_that_finds(web: AtTheWeb) -> None:
    know(web.gmail)
    deliver_issues(web.gmail, 12)
    deliver_issues(web.gmail, 1, "STARRED")

    text = web.ana.get(address(web)).text

    assert "12 messages" in text
    assert SHOP in text
    assert "in:inbox from:&#34;news@garden.example&#34; category:promotions -is:starred" in text
    assert "Offers of the week" in text  # a subject that was read
    assert "235" in text  # 12 × 20 units, less 2 % of spot checks


def test_looking_changes_nothing_and_reads_nothing(web: AtTheWeb) -> None:
    know(web.gmail)
    deliver_issues(web.gmail)
    before = web.gmail.labels()
    web.gmail.google.reset_usage()

    web.ana.get(address(web))

    calls = web.gmail.google.usage.calls
    assert web.gmail.labels() == before
    assert calls["messages.list"] == 2  # what the sender's search finds, and whether Ana ever wrote there
    assert "messages.get" not in calls
    assert not web.gmail.house.preferences.may_survey(web.gmail.account.id)


def test_rules_are_shown_as_the_persons_own(web: AtTheWeb) -> None:
    web.gmail.house.rules.add(web.gmail.account.id, Condition(sender=SHOP), Category.DELETE)
    deliver_issues(web.gmail)

    text = web.ana.get(address(web)).text

    assert "by your rule" in text
    assert "12 messages" in text


def test_what_two_searches_find_is_counted_once(web: AtTheWeb) -> None:
    web.gmail.house.rules.add(web.gmail.account.id, Condition(list_id="weekly.garden.example"), Category.DELETE)
    know(web.gmail)
    deliver_issues(web.gmail)

    outlook = foresee_for(web)

    assert [group.found for group in outlook.groups] == [12, 0]


def foresee_for(web: AtTheWeb) -> Outlook:
    house, account = web.gmail.house, web.gmail.account
    with house.mailbox(account) as mailbox:
        return foresee(account, house.survey_desk(account, mailbox))


def test_a_mailbox_never_sorted_is_told_what_the_first_run_will_do(web: AtTheWeb) -> None:
    deliver_issues(web.gmail)

    text = web.ana.get(address(web)).text

    assert "No sender is known here yet" in text
    assert "Promotions" in text


def test_yes_and_no_are_remembered_and_shown(web: AtTheWeb) -> None:
    account = web.gmail.account.id
    web.ana.post("/survey", account=account, answer="yes")
    said_yes = web.gmail.house.preferences.may_survey(account)
    shown = web.ana.get(address(web)).text
    web.ana.post("/survey", account=account, answer="no")

    assert said_yes
    assert "It is on." in shown
    assert not web.gmail.house.preferences.may_survey(account)


def test_yes_needs_the_token_of_a_page(web: AtTheWeb) -> None:
    web.ana.client.post("/survey", data={"account": web.gmail.account.id, "answer": "yes"}, headers=web.ana.headers)

    assert not web.gmail.house.preferences.may_survey(web.gmail.account.id)


def test_cleo_sees_nothing_of_it_and_decides_nothing(web: AtTheWeb) -> None:
    cleo = Visitor(web.app)

    assert cleo.get(address(web)).status_code in {302, 303, 401, 404}
    cleo.post("/survey", account=web.gmail.account.id, answer="yes")

    assert not web.gmail.house.preferences.may_survey(web.gmail.account.id)


def test_where_google_cannot_be_asked_the_page_says_why_and_still_takes_the_answer(web: AtTheWeb) -> None:
    know(web.gmail)
    web.gmail.google.revoke()

    answer = web.ana.get(address(web))

    assert answer.status_code == 200
    assert "cannot be said now" in answer.text
    assert 'value="yes"' in answer.text


def test_a_local_mailbox_has_nothing_to_answer(web: AtTheWeb) -> None:
    sample = next(
        one for one in web.gmail.house.accounts.of_user(web.gmail.account.user_id) if one.id != web.gmail.account.id
    )

    text = web.ana.get(f"/survey?account={sample.id}").text

    assert "costs nothing" in text
    assert 'name="answer"' not in text


def test_policy_page_leads_here(web: AtTheWeb) -> None:
    assert f'href="{address(web)}"' in web.ana.get(f"/policy?account={web.gmail.account.id}").text


def filed(web: AtTheWeb) -> int:
    """An entry that was filed unread."""
    know(say_yes(web.gmail))
    deliver_issues(web.gmail, 40)
    web.gmail.sort()
    return next(entry.id for entry in web.gmail.entries() if is_unread(entry))


def test_opening_what_was_filed_unread_reads_once_who_it_is_from(web: AtTheWeb) -> None:
    entry = filed(web)
    opened = web.ana.get(f"/history/{entry}").text
    web.gmail.google.reset_usage()

    shown = web.ana.post(f"/history/{entry}/subject", FRAGMENT)
    web.ana.post(f"/history/{entry}/subject", FRAGMENT)

    assert "(not read)" in opened
    assert "Garden weekly" in shown.text
    assert web.gmail.google.usage.calls["messages.get"] == 1
    assert "Garden weekly" in web.ana.get(f"/history/{entry}").text
    assert entry in {one.id for one in web.gmail.house.reading.history([web.gmail.account.id], SEARCHED)}


def test_looking_at_the_history_reads_nothing(web: AtTheWeb) -> None:
    entry = filed(web)
    web.gmail.google.reset_usage()

    web.ana.get(f"/history/{entry}")
    web.ana.get("/history")

    assert web.gmail.google.usage.http_calls == 0


def test_without_scripts_a_button_leads_back_to_the_entry(web: AtTheWeb) -> None:
    entry = filed(web)

    answer = web.ana.post(f"/history/{entry}/subject")

    assert (answer.status_code, answer.location) == (303, f"/history/{entry}")


def test_a_message_that_is_gone_is_said_to_be_in_a_quiet_line(web: AtTheWeb) -> None:
    entry = filed(web)
    (found,) = (one for one in web.gmail.entries() if one.id == entry)
    web.gmail.google.delete(found.message_id)

    answer = web.ana.post(f"/history/{entry}/subject", FRAGMENT)

    assert answer.status_code == 200
    assert "The mailbox no longer has this message" in answer.text


def test_a_paused_account_says_so(web: AtTheWeb) -> None:
    entry = filed(web)
    web.ana.post("/clear-credentials", account=web.gmail.account.id)

    answer = web.ana.post(f"/history/{entry}/subject", FRAGMENT)

    assert "disconnected" in answer.text


def test_cleo_cannot_have_anas_mail_read(web: AtTheWeb) -> None:
    entry = filed(web)
    web.gmail.google.reset_usage()
    cleo = Visitor(web.app)

    cleo.post(f"/history/{entry}/subject", FRAGMENT)

    assert web.gmail.google.usage.http_calls == 0
