from datetime import timedelta
from typing import Any

import pytest

from auramail.core.errors import AuraMailError, NeedsPersonError, SignInNeededError, TryAgainError
from auramail.mail.gmail.mailbox import GmailMailbox
from tests.mail.gmail.gmail_world import NOON, GmailWorld
from tests.mail.gmail.test_strange_answers import impostor, open_at

TOPIC = "projects/auramail-fake/topics/gmail"
SUBSCRIPTION = "projects/auramail-fake/subscriptions/auramail"


def test_a_watch_lasts_seven_days_and_announces_every_change(world: GmailWorld, mailbox: GmailMailbox) -> None:
    subscription = world.google.add_subscription(SUBSCRIPTION, TOPIC)

    until = mailbox.watch(TOPIC)
    world.deliver(1, ("INBOX",))
    world.deliver(1, ("SPAM",))

    assert until == NOON + timedelta(days=7)
    assert len(subscription.held) == 3  # one for the watch itself
    assert mailbox.usage.quota_units == 100


def test_a_watch_is_renewed_by_watching_again(world: GmailWorld, mailbox: GmailMailbox) -> None:
    subscription = world.google.add_subscription(SUBSCRIPTION, TOPIC)
    mailbox.watch(TOPIC)
    world.clock.advance(seconds=86_400)

    assert mailbox.watch(TOPIC) == NOON + timedelta(days=8)
    world.clock.advance(seconds=7 * 86_400 + 1)
    world.deliver(1)

    assert len(subscription.held) == 2


def test_after_the_end_of_a_watch_nothing_is_announced(world: GmailWorld, mailbox: GmailMailbox) -> None:
    subscription = world.google.add_subscription(SUBSCRIPTION, TOPIC)
    mailbox.watch(TOPIC)
    subscription.held.clear()

    mailbox.unwatch()
    mailbox.unwatch()
    world.deliver(1)

    assert subscription.held == []


@pytest.mark.parametrize("kind", ["400", "404"])
def test_a_topic_gmail_does_not_take_is_said_with_what_to_do(
    world: GmailWorld, mailbox: GmailMailbox, kind: str
) -> None:
    world.google.fault("watch", kind)

    with pytest.raises(NeedsPersonError, match=TOPIC) as caught:
        mailbox.watch(TOPIC)

    assert not isinstance(caught.value, SignInNeededError)
    assert "gmail-api-push@system.gserviceaccount.com" in (caught.value.hint.say() if caught.value.hint else "")


def test_a_topic_that_does_not_exist_is_not_watched(world: GmailWorld, mailbox: GmailMailbox) -> None:
    with pytest.raises(NeedsPersonError, match="Resource not found"):
        mailbox.watch("projects/auramail-fake/topics/none")

    assert world.google.pubsub.watches == {}


@pytest.mark.parametrize(
    ("kind", "error"),
    [("503", TryAgainError), ("insufficientPermissions", SignInNeededError), ("dailyLimitExceeded", TryAgainError)],
)
def test_what_has_nothing_to_do_with_the_topic_is_said_as_it_is(
    world: GmailWorld, mailbox: GmailMailbox, kind: str, error: type[Exception]
) -> None:
    world.google.fault("watch", kind, times=None)

    with pytest.raises(error) as caught:
        mailbox.watch(TOPIC)

    assert TOPIC not in str(caught.value)


@pytest.mark.parametrize("strange", [{}, {"expiration": "soon"}, {"expiration": "9" * 40}])
def test_an_end_that_is_no_time_is_refused(strange: dict[str, Any]) -> None:
    with impostor(strange) as url, open_at(url) as mailbox, pytest.raises(AuraMailError, match="cannot be read"):
        mailbox.watch(TOPIC)
