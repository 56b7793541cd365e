"""A run at the pace of the mailbox: in slices, from a listing on disk, with changes made in groups."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from auramail.core.errors import NotYetError
from auramail.core.history import State
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, Run
from auramail.flow.desk import Outcome
from auramail.flow.survey import Course, Survey
from auramail.ops.work import finish_run
from tests.fakes.clock import FakeClock
from tests.house import GmailHome, gmail_home, newsletter, note

SMALL_QUOTA = 1000
"""Units a minute: fifty messages, of which a backlog may take forty-five at once."""


@pytest.fixture
def slow(home: Path, sqlite_url: str, clock: FakeClock) -> Iterator[GmailHome]:
    """Ana's account with little quota."""
    assert sqlite_url
    with gmail_home(home, clock, gmail_units_per_minute=SMALL_QUOTA) as opened:
        yield opened


def slice_of(ana: GmailHome, run: Run) -> Outcome | NotYetError:
    """Let one worker do what it may."""
    with ana.house.lock.hold(ana.account.id) as is_owner:
        try:
            return finish_run(ana.house, run, is_owner)
        except NotYetError as wait:
            return wait


def to_the_end(ana: GmailHome, run: Run, between: Callable[[int], object] = lambda _: None) -> tuple[Outcome, int]:
    """Work in slices, waiting as long as each asks; the outcome and how many waits there were."""
    for waits in range(100):
        outcome = slice_of(ana, run)
        if isinstance(outcome, Outcome):
            return outcome, waits
        ana.clock.advance(seconds=outcome.after)
        between(waits)
    raise AssertionError("it never ends")


def begin(ana: GmailHome, **query: object) -> Run:
    return ana.house.runs.start(ana.account.id, Order(query=MailQuery(**query)))  # type: ignore[arg-type]


def test_run_ends_its_slice_when_the_quota_is_used_up_and_reads_nothing_twice(slow: GmailHome) -> None:
    for number in range(120):
        slow.deliver(newsletter(number), age=number)
    run = begin(slow)

    outcome, waits = to_the_end(slow, run)

    assert waits >= 2
    assert outcome.receipt.is_whole
    assert (outcome.receipt.listed, outcome.receipt.handled) == (120, 120)
    assert slow.google.usage.calls["messages.get"] == 120
    assert slow.google.usage.statuses[429] == 0


def test_waiting_run_says_so_and_keeps_its_place(slow: GmailHome) -> None:
    for number in range(60):
        slow.deliver(newsletter(number), age=number)
    run = begin(slow)

    wait = slice_of(slow, run)

    assert isinstance(wait, NotYetError)
    progress = slow.house.runs.get(run.id).progress
    assert (progress.phase, progress.listed) == ("waiting", 60)
    assert 0 < progress.done < 60
    assert progress.why == wait.problem
    assert progress.until == slow.clock.now() + timedelta(seconds=wait.after)


def test_receipt_counts_what_all_slices_cost_together(slow: GmailHome) -> None:
    for number in range(100):
        slow.deliver(newsletter(number), age=number)

    outcome, _ = to_the_end(slow, begin(slow))

    token_calls = slow.google.usage.calls["token"]
    assert outcome.receipt.quota_units == slow.google.usage.units
    assert outcome.receipt.http_calls == slow.google.usage.http_calls - token_calls
    assert outcome.receipt.seconds >= (100 * 20 - SMALL_QUOTA) * 60 / SMALL_QUOTA


def test_changes_of_all_slices_are_made_together(slow: GmailHome) -> None:
    messages = [slow.deliver(newsletter(number), age=number) for number in range(100)]

    to_the_end(slow, begin(slow))

    assert slow.google.usage.calls["messages.batchModify"] == 1
    assert {slow.names(message) == {"UNREAD", "AI_Newsletters"} for message in messages} == {True}


def test_what_the_person_changed_between_two_slices_is_not_overridden(slow: GmailHome) -> None:
    messages = [slow.deliver(newsletter(number), age=number) for number in range(100)]
    starred, read, deleted = messages[0], messages[1], messages[2]

    def meddle(waits: int) -> None:
        if waits == 0:
            slow.google.star(starred)
            slow.google.mark_read(read)
            slow.google.delete(deleted)

    outcome, _ = to_the_end(slow, begin(slow), meddle)

    assert slow.names(starred) == {"INBOX", "UNREAD", "STARRED"}
    assert slow.names(read) == {"AI_Newsletters"}  # reading a message is no objection
    assert outcome.receipt.failed == {"changed_meanwhile": 1}
    assert outcome.receipt.skipped == {"gone": 1}
    assert outcome.receipt.is_whole


def test_only_what_somebody_touched_is_asked_about_again(slow: GmailHome) -> None:
    messages = [slow.deliver(newsletter(number), age=number) for number in range(100)]

    to_the_end(slow, begin(slow), lambda waits: slow.google.archive(messages[waits]))

    asked_again = slow.google.usage.calls["messages.get"] - 100
    assert 1 <= asked_again <= 5


def test_history_that_expired_between_two_slices_has_every_planned_message_asked_about(slow: GmailHome) -> None:
    messages = [slow.deliver(newsletter(number), age=number) for number in range(60)]

    def forget(waits: int) -> None:
        if waits == 0:
            slow.google.archive(messages[0])
            slow.google.expire_history()

    outcome, _ = to_the_end(slow, begin(slow), forget)

    assert slow.names(messages[0]) == {"UNREAD"}
    assert outcome.receipt.failed == {"changed_meanwhile": 1}
    assert slow.names(messages[1]) == {"UNREAD", "AI_Newsletters"}


def test_cancelling_a_waiting_run_makes_what_was_planned_and_reads_no_more(slow: GmailHome) -> None:
    for number in range(100):
        slow.deliver(newsletter(number), age=number)
    run = begin(slow)
    slice_of(slow, run)
    read = slow.google.usage.calls["messages.get"]
    slow.house.runs.cancel(run.id)

    outcome = slice_of(slow, run)

    assert isinstance(outcome, Outcome)
    assert outcome.receipt.is_whole
    assert outcome.receipt.handled == read == slow.google.usage.calls["messages.get"]
    assert {entry.state for entry in slow.entries()} == {State.APPLIED}
    assert outcome.receipt.skipped == {"cancelled": 100 - read}


def test_small_groups_wait_for_the_end_but_danger_does_not(ana: GmailHome) -> None:
    phish = ana.deliver(PHISH, age=0)
    lone = ana.deliver(note(1), age=1)
    for number in range(100):
        ana.deliver(newsletter(number), age=2 + number)
    seen: list[tuple[frozenset[str], frozenset[str]]] = []
    ana.google.before(
        "messages.get", lambda: seen.append((ana.names(phish), ana.names(lone))), nth=90
    )  # the third portion, read once the first was dealt with

    ana.sort()

    ((of_phish, of_lone),) = seen
    assert "AI_Danger" in of_phish
    assert of_lone == {"INBOX", "UNREAD"}
    assert ana.names(lone) > {"INBOX", "UNREAD"}


@pytest.mark.parametrize("boundary", range(1, 6))
def test_listing_goes_on_at_every_page_boundary(ana: GmailHome, boundary: int) -> None:
    delivered = [ana.deliver(note(number), age=number) for number in range(25)]
    ana.google.mailbox().longest_page = 5
    run = begin(ana)

    with ana.house.mailbox(ana.account) as mailbox:
        stopped = survey_of(ana, run, mailbox).list_all()
        for _ in range(boundary):
            next(stopped)
    ana.google.reset_usage()
    with ana.house.mailbox(ana.account) as mailbox:
        rest = [message.id for message in next(filter(None, survey_of(ana, run, mailbox).portions()))]

    assert rest == delivered
    assert ana.house.listings.tally(run.id).listed == 25
    large_search = 1
    assert ana.google.usage.calls["messages.list"] == (5 - boundary + large_search if boundary < 5 else 0)


def survey_of(ana: GmailHome, run: Run, mailbox: object) -> Survey:
    house = ana.house
    return Survey(run, mailbox, house.ledger, house.listings, Course(), 40)  # type: ignore[arg-type]


def test_listing_begins_anew_where_gmail_has_lost_its_place(ana: GmailHome) -> None:
    delivered = [ana.deliver(note(number), age=number) for number in range(25)]
    ana.google.mailbox().longest_page = 10
    run = begin(ana)
    with ana.house.mailbox(ana.account) as mailbox:
        next(survey_of(ana, run, mailbox).list_all())
    ana.google.fault("messages.list", "invalidPageToken")

    with ana.house.mailbox(ana.account) as mailbox:
        rest = [message.id for message in next(filter(None, survey_of(ana, run, mailbox).portions()))]

    assert rest == delivered


PHISH = (
    b"From: PayPal Security <security@paypa1-login.example>\r\nTo: ana@gmail.example\r\n"
    b"Authentication-Results: mx.google.com; dkim=none; spf=fail; dmarc=fail header.from=paypa1-login.example\r\n"
    b"Subject: Your account is limited\r\nMessage-ID: <1@paypa1-login.example>\r\n"
    b"Date: Sat, 14 Mar 2026 11:00:00 +0000\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    b"<p>Your account will be closed today. Confirm your password and card number now: "
    b'<a href="http://185.22.1.9/login">https://www.paypal.com/login</a></p>'
)


def test_quota_too_small_for_a_whole_portion_still_brings_a_run_to_its_end(
    home: Path, sqlite_url: str, clock: FakeClock
) -> None:
    """Reading it all at once would leave nothing to make the labels with, and so it would be read for ever."""
    assert sqlite_url
    with gmail_home(home, clock, gmail_units_per_minute=300) as ana:
        for number in range(60):
            ana.deliver(newsletter(number), age=number)

        outcome, _ = to_the_end(ana, begin(ana))

        assert outcome.receipt.handled == 60
        assert ana.google.usage.calls["messages.get"] == 60
