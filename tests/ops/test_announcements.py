"""Announcements of Google: pulled, noted once, and looked at now."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from auramail.core.errors import NeedsPersonError
from auramail.mail.gmail.announcements import Announcement
from auramail.ops.announcements import hear_announcements, take_note
from auramail.ops.live import start_live, stop_live
from auramail.ops.work import look_after
from auramail.wiring.house import open_house
from tests.fakes.clock import FakeClock
from tests.fakes.google.pubsub import Subscription
from tests.fakes.google_server import GoogleServer
from tests.house import ANA, GmailHome, connect_gmail, newsletter, settings_for
from tests.live import handled, keep_sorted, poll, state

TOPIC = "projects/auramail-fake/topics/gmail"
NAME = "projects/auramail-fake/subscriptions/auramail"


@pytest.fixture
def ana(home: Path, sqlite_url: str, redis_url: str, clock: FakeClock) -> Iterator[GmailHome]:
    """Ana's Gmail, announced at Pub/Sub."""
    assert sqlite_url
    with GoogleServer(clock) as google:
        google.add_user(ANA, "Ana")
        google.add_subscription(NAME, TOPIC)
        google.write_service_account(home / "pubsub_key.json")
        settings = settings_for(
            google,
            home,
            redis_url=redis_url,
            gmail_pubsub_topic=TOPIC,
            gmail_pubsub_subscription=NAME,
            gmail_pubsub_key_path=home / "pubsub_key.json",
            gmail_pubsub_url=google.url,
        )
        with open_house(settings, clock, lambda seconds: clock.advance(seconds=seconds)) as house:
            yield GmailHome(google, house, connect_gmail(google, house), clock)
        assert google.violations == []
        assert google.forbidden == []


def held(ana: GmailHome) -> Subscription:
    return ana.google.pubsub.subscriptions[NAME]


def rings(ana: GmailHome) -> int:
    return len(ana.house.queue.queue.jobs)


def test_announced_mail_is_looked_at_before_the_next_poll(ana: GmailHome) -> None:
    keep_sorted(ana)
    poll(ana)
    ana.house.queue.connection.flushall()
    message = ana.deliver(newsletter(1))

    hear_announcements(ana.house)

    assert state(ana).due == ana.clock.now()
    assert rings(ana) == 1
    assert held(ana).held == []
    look_after(ana.house, ana.account.id)
    assert handled(ana) == {message: 1}


def test_what_was_read_already_replayed_or_concerns_nobody_does_nothing(ana: GmailHome) -> None:
    keep_sorted(ana)
    poll(ana)
    ana.house.queue.connection.flushall()
    due, mark = state(ana).due, state(ana).mark

    take_note(ana.house, [Announcement(ANA, mark)] * 100)
    take_note(ana.house, [Announcement(ANA, "1"), Announcement("nobody@example.com", "99999999")])

    assert rings(ana) == 0
    assert state(ana).due == due


def test_five_hundred_announcements_are_one_ring(ana: GmailHome) -> None:
    keep_sorted(ana)
    poll(ana)
    ana.house.queue.connection.flushall()
    mark = int(state(ana).mark)

    for number in range(500):
        take_note(ana.house, [Announcement(ANA, str(mark + (number * 37) % 500 + 1))])

    assert rings(ana) == 1
    assert state(ana).pushed == str(mark + 500)


def test_what_redis_could_not_be_told_is_due_all_the_same(ana: GmailHome) -> None:
    keep_sorted(ana)
    poll(ana)
    lost = ana.house.settings.model_copy(update={"redis_url": "unix:///nowhere/redis.sock"})

    with open_house(lost, ana.clock) as house:
        take_note(house, [Announcement(ANA, "99999999")])

    assert ana.house.live.due(ana.clock.now()) == [ana.account.id]


def test_announcements_are_renewed_once_a_day_and_ended_when_it_is_turned_off(ana: GmailHome) -> None:
    keep_sorted(ana)
    poll(ana)
    until = state(ana).watch_until
    assert until is not None
    assert until == pytest.approx(ana.clock.now() + timedelta(days=7), abs=timedelta(minutes=1))
    ana.clock.advance(hours=23)
    poll(ana)
    assert state(ana).watch_until == until
    ana.clock.advance(hours=2)
    poll(ana)
    renewed = state(ana).watch_until
    assert renewed is not None
    assert renewed > until

    stop_live(ana.house, ana.account)

    assert ana.google.pubsub.watches == {}


def test_a_topic_that_gmail_may_not_use_is_told_and_mail_is_sorted_all_the_same(ana: GmailHome) -> None:
    ana.google.pubsub.topics.clear()
    start_live(ana.house, ana.account)
    ana.clock.advance(seconds=2)
    message = ana.deliver(newsletter(1))

    poll(ana)

    assert handled(ana) == {message: 1}
    problem = state(ana).problem
    assert problem is not None
    assert "announce" in problem.text


def test_a_key_that_is_missing_is_said(ana: GmailHome, home: Path) -> None:
    (home / "pubsub_key.json").unlink()

    with pytest.raises(NeedsPersonError, match="no key of a service account"):
        hear_announcements(ana.house)


def test_without_a_subscription_nothing_is_pulled(live_ana: GmailHome) -> None:
    assert live_ana.house.subscription is None
    hear_announcements(live_ana.house)
