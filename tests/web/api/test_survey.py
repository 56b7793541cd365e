"""Surveys by the API."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auramail.settings import Settings
from auramail.wiring.house import House
from tests.fakes.clock import FakeClock
from tests.flow.surveyed import SHOP, deliver_issues, is_unread, know, say_yes
from tests.web.gmail_home import AtTheWeb, at_the_web


@pytest.fixture
def web(house: House, make_settings: Callable[..., Settings], home: Path, clock: FakeClock) -> Iterator[AtTheWeb]:
    with at_the_web(house, make_settings, home, clock) as opened:
        yield opened


def test_what_would_happen_is_told_and_nothing_done(web: AtTheWeb) -> None:
    know(web.gmail)
    deliver_issues(web.gmail)

    told = web.ana.get(f"/api/v1/survey?account={web.gmail.account.id}").json

    assert told is not None
    assert (told["on"], told["found"]) == (False, 12)
    assert [(group["name"], group["category"]) for group in told["groups"]] == [(SHOP, "NEWSLETTER")]


@pytest.mark.parametrize("wanted", [True, False])
def test_yes_and_no(web: AtTheWeb, wanted: bool) -> None:
    headers = web.ana.headers | {"X-CSRFToken": web.ana.token()}
    body = {"account": web.gmail.account.id, "on": wanted}

    answer = web.ana.client.put("/api/v1/survey", json=body, headers=headers)

    assert answer.status_code == 204
    assert web.gmail.house.preferences.may_survey(web.gmail.account.id) is wanted


def test_who_wrote_what_was_filed_unread_is_read_when_asked(web: AtTheWeb) -> None:
    know(say_yes(web.gmail))
    deliver_issues(web.gmail, 40)
    web.gmail.sort()
    entry = next(one.id for one in web.gmail.entries() if is_unread(one))

    before = web.ana.get(f"/api/v1/history/{entry}").json
    after = web.ana.send(f"/api/v1/history/{entry}/subject").json

    assert before is not None
    assert after is not None
    assert before["subject"] == ""
    assert after["subject"].startswith("Garden weekly")
    assert after["sender"] == SHOP
