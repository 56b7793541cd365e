"""Rules on their page: a sentence is shown as a rule first, and only what was shown is saved."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from auramail.core.accounts import Account
from auramail.core.actions import Action
from auramail.core.decisions import Kind
from auramail.core.history import Selection
from auramail.core.rules import Condition
from auramail.core.runs import Run
from auramail.web.ruling import MOST_RULES
from auramail.wiring.house import House
from tests.web.visitor import Visitor

SENTENCE = "newsletters from garden.example go to Garden"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def propose(ana: Visitor, account: Account, sentence: str) -> str:
    answer = ana.post("/rules/propose", None, account=account.id, sentence=sentence)
    assert answer.status_code == 200
    return answer.text


def save(ana: Visitor, account: Account, sentence: str = SENTENCE) -> Any:
    shown = propose(ana, account, sentence)
    return ana.post("/rules", None, account=account.id, sentence=sentence, rule=hidden(shown, "rule"))


def test_the_page_says_that_there_are_no_rules_and_is_in_the_navigation(ana: Visitor, account: Account) -> None:
    page = ana.get("/rules").text

    assert "There are no rules yet" in page
    assert 'href="/rules" aria-current="page"' in page
    assert account.id


def test_a_sentence_is_shown_as_a_rule_and_nothing_saved(ana: Visitor, account: Account, house: House) -> None:
    page = propose(ana, account, SENTENCE)

    for words in (
        "it is from garden.example",
        "it is a newsletter or it is a promotion",
        "put the label “Garden” on it",
    ):
        assert words in page
    assert hidden(page, "sentence") == SENTENCE
    assert house.rules.of_account(account.id) == []


def test_what_was_shown_is_saved_told_and_written_down(ana: Visitor, account: Account, house: House) -> None:
    answer = save(ana, account)

    assert (answer.status_code, answer.location) == (303, f"/rules?account={account.id}")
    (rule,) = house.rules.of_account(account.id)
    assert rule.condition == Condition(domain="garden.example", kinds=(Kind.NEWSLETTER, Kind.PROMOTION))
    assert (rule.category, rule.action, rule.label, rule.said) == (None, Action.MOVE, "Garden", SENTENCE)
    page = ana.get(answer.location).text
    assert "The next run goes by it" in page
    assert SENTENCE in page
    assert house.audit.of_user(account.user_id)[0].act == "rule_added"


def test_the_next_run_goes_by_it_and_the_history_says_so(
    ana: Visitor, account: Account, house: House, do_work: Callable[[], Run]
) -> None:
    save(ana, account)

    ana.post("/sort", account=account.id, folder="INBOX", autonomy="full")
    do_work()

    entries = [entry for entry in house.ledger.entries(Selection(account.id)) if entry.sender == "news@garden.example"]
    assert len(entries) == 3
    assert all("Garden" in entry.change.add and "INBOX" in entry.change.remove for entry in entries)
    assert SENTENCE in ana.get(f"/history/{entries[0].id}").text


def test_it_speaks_ukrainian_too(account: Account, app: Any) -> None:
    visitor = Visitor(app, **{"Accept-Language": "uk"})
    visitor.open_sample()

    page = visitor.post("/rules/propose", None, account="2", sentence="усе від школи залишай у вхідних").text

    assert account.id
    assert "відправник — школа" in page
    assert "залишити у вхідних" in page


def test_what_is_left_out_and_what_is_in_doubt_is_said(ana: Visitor, account: Account) -> None:
    page = propose(ana, account, "archive unread mail from Google")

    assert "This may not be what you mean" in page
    assert "unread" in page


@pytest.mark.parametrize("sentence", ["receipts from Bolt", "archive", "receipts go to the folder Spam"])
def test_what_can_be_no_rule_has_no_button_to_save_it(ana: Visitor, account: Account, sentence: str) -> None:
    page = propose(ana, account, sentence)

    assert 'role="alert"' in page
    assert 'name="rule"' not in page


def test_an_empty_sentence_is_asked_for(ana: Visitor, account: Account) -> None:
    answer = ana.post("/rules/propose", None, account=account.id, sentence="  ")

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "{}",
        "[]",
        '{"condition": {"evil": 1}}',
        '{"condition": {"sender": 1}, "label": "x"}',
        '{"condition": {"sender": "a@x.example"}, "action": "BURN"}',
        '{"condition": {"sender": "a@x.example"}}',
        '{"condition": {}, "label": "x"}',
        '{"condition": {"sender": "a@x.example"}, "label": "Inbox"}',
        '{"condition": {"sender": "a@x.example"}, "category": "DANGER"}',
        '{"condition": {"kinds": ["phishing"]}, "action": "DELETE"}',
    ],
)
def test_a_rule_that_there_cannot_be_is_not_saved(ana: Visitor, account: Account, house: House, rule: str) -> None:
    answer = ana.post("/rules", None, account=account.id, sentence="x", rule=rule)

    assert answer.status_code == 400
    assert house.rules.of_account(account.id) == []


def test_a_rule_is_turned_off_and_on_and_removed(ana: Visitor, account: Account, house: House) -> None:
    save(ana, account)
    (rule,) = house.rules.of_account(account.id)

    ana.post(f"/rules/{rule.id}/turn", None, account=account.id, on="0")
    assert not house.rules.of_account(account.id)[0].enabled
    ana.post(f"/rules/{rule.id}/turn", None, account=account.id, on="1")
    assert house.rules.of_account(account.id)[0].enabled
    gone = ana.post(f"/rules/{rule.id}/remove", None, account=account.id)

    assert gone.status_code == 303
    assert house.rules.of_account(account.id) == []
    acts = [line.act for line in house.audit.of_user(account.user_id)][:4]
    assert acts == ["rule_removed", "rule_turned_on", "rule_turned_off", "rule_added"]


@pytest.mark.parametrize("act", ["turn", "remove"])
def test_strangers_change_no_rule(ana: Visitor, cleo: Visitor, account: Account, house: House, act: str) -> None:
    save(ana, account)
    (rule,) = house.rules.of_account(account.id)

    answer = cleo.post(f"/rules/{rule.id}/{act}", None, account=account.id, on="0")

    assert (answer.status_code, answer.location) == (303, "/doors")
    assert house.rules.of_account(account.id) == [rule]


def test_a_mailbox_of_somebody_else_is_not_found(ana: Visitor, account: Account) -> None:
    other = account.id + 99

    assert ana.get(f"/rules?account={other}").status_code == 404
    assert ana.post("/rules/propose", None, account=other, sentence=SENTENCE).status_code == 404


def test_there_is_an_end_to_rules(ana: Visitor, account: Account, house: House) -> None:
    for number in range(MOST_RULES):
        house.rules.add(account.id, Condition(words=str(number)), label="x")

    assert save(ana, account).status_code == 400


def test_what_was_said_is_shown_as_text(ana: Visitor, account: Account) -> None:
    page = propose(ana, account, 'archive mail from "<script>alert(1)</script>"')

    assert "<script>alert" not in page
