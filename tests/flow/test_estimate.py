"""What a run will take, said before it starts: counted from ids, and true of what it then takes."""

from dataclasses import replace

import pytest

from auramail.core.errors import NeedsPersonError
from auramail.core.estimates import Estimate
from auramail.core.policy import Autonomy
from auramail.core.queries import MailQuery
from auramail.core.runs import Order
from auramail.flow import estimate as estimating
from auramail.ops.foresee import foresee
from tests.house import GmailHome, newsletter, note

A_LISTING = 5
"""What one page of ids costs; the person's sent mail is asked for with one more."""


def foreseen(ana: GmailHome, order: Order | None = None) -> Estimate:
    return foresee(ana.house, ana.account, order or Order())


def fill(ana: GmailHome, messages: int) -> None:
    for number in range(messages):
        ana.deliver(newsletter(number) if number % 2 else note(number), age=number)


def test_messages_are_counted_for_the_price_of_listing_and_nothing_is_read(ana: GmailHome) -> None:
    fill(ana, 12)
    before = ana.labels()
    ana.google.reset_usage()

    told = foreseen(ana)

    assert (told.messages, told.known, told.is_exact) == (12, 0, True)
    assert ana.google.usage.units == 2 * A_LISTING
    assert ana.labels() == before


def test_what_was_handled_before_is_not_counted_again(ana: GmailHome) -> None:
    fill(ana, 4)
    ana.sort()
    ana.deliver(note(9))

    told = foreseen(ana, Order(query=MailQuery(folders=())))

    assert (told.messages, told.known, told.listed) == (1, 4, 5)


def test_a_person_already_known_costs_no_look_at_their_sent_mail(ana: GmailHome) -> None:
    fill(ana, 2)
    ana.sort()
    ana.google.reset_usage()

    foreseen(ana)

    assert ana.google.usage.units == A_LISTING


def test_a_limit_bounds_it_exactly(ana: GmailHome) -> None:
    fill(ana, 8)

    told = foreseen(ana, Order(query=MailQuery(limit=5)))

    assert (told.messages, told.is_exact) == (5, True)


def test_a_run_takes_about_what_was_said(ana: GmailHome) -> None:
    fill(ana, 150)
    told = foreseen(ana)

    receipt = ana.sort().receipt

    assert receipt.handled == told.messages
    assert 0.95 <= receipt.quota_units / told.quota_units <= 1.05


def test_a_dry_run_is_not_said_to_pay_for_changes(ana: GmailHome) -> None:
    fill(ana, 100)

    dry, suggested, wet = (
        foreseen(ana, order).quota_units for order in (Order(dry_run=True), Order(autonomy=Autonomy.SUGGEST), Order())
    )

    assert dry == suggested == A_LISTING * 2 + 100 * 20
    assert wet > dry


def test_beyond_its_pages_the_folders_sizes_bound_it(ana: GmailHome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimating, "ESTIMATE_PAGES", 1)
    monkeypatch.setattr(estimating, "PAGE", 10)
    fill(ana, 24)
    ana.deliver(note(99), "SPAM")
    ana.google.reset_usage()

    told = foreseen(ana)

    assert (told.messages, told.is_exact) == (25, False)
    assert ana.google.usage.units == 2 * A_LISTING + 3  # and one unit for each of three folders
    assert foreseen(ana, Order(query=MailQuery(limit=20))).messages == 20
    assert foreseen(ana, Order(query=MailQuery(folders=()))).messages == 25


def test_seconds_follow_from_the_quota_that_is_left(ana: GmailHome) -> None:
    fill(ana, 10)
    ana.house.settings = ana.house.settings.model_copy(update={"gmail_units_per_minute": 6000})
    ana.house.bucket(ana.account).take(5900)

    told = foreseen(ana)

    assert told.seconds == pytest.approx((told.quota_units - 100) / 100)  # 100 are left, and 100 come in a second


def test_without_a_model_nothing_is_said_to_be_asked(ana: GmailHome) -> None:
    fill(ana, 10)

    told = foreseen(ana)

    assert (told.model_calls, told.tokens, told.money) == (0, 0, 0.0)


def test_with_a_model_calls_tokens_and_money_are_named(ana: GmailHome) -> None:
    fill(ana, 100)
    ana.house.settings = ana.house.settings.model_copy(update={"openai_base_url": "http://127.0.0.1:9"})

    own = foreseen(ana)

    assert (own.model_calls, own.tokens, own.money) == (15, 15 * 980, 0.0)
    assert own.seconds == pytest.approx(30)  # fifteen calls at thirty a minute


def test_what_searches_may_settle_unread_makes_it_an_upper_bound(ana: GmailHome) -> None:
    fill(ana, 3)
    ana.house.preferences.save_for_account(ana.account.id, "survey", value=True)

    assert not foreseen(ana).is_exact


@pytest.mark.parametrize(
    "query",
    [MailQuery(folders=("nosuch",)), MailQuery(limit=-1)],
    ids=["an unknown folder", "a negative limit"],
)
def test_an_order_that_cannot_be_is_one_clear_problem(ana: GmailHome, query: MailQuery) -> None:
    with pytest.raises(NeedsPersonError):
        foreseen(ana, Order(query=query))

    assert ana.house.runs.latest([ana.account.id], 1) == []


def test_undone_messages_count_only_where_they_are_taken_again(ana: GmailHome) -> None:
    fill(ana, 3)
    run = ana.sort().receipt.run
    ana.undo(run_id=run)

    order = Order()

    assert foreseen(ana, order).messages == 0
    assert foreseen(ana, replace(order, again=True)).messages == 3
