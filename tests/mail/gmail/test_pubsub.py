import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auramail.core.errors import NeedsPersonError, TryAgainError
from auramail.mail.gmail.announcements import Announcement
from auramail.mail.gmail.http import Wire
from auramail.mail.gmail.mailbox import GmailMailbox
from auramail.mail.gmail.patience import Patience
from auramail.mail.gmail.pubsub import PubSub
from tests.fakes.google.pubsub import Subscription
from tests.mail.gmail.gmail_world import GmailWorld
from tests.mail.gmail.test_strange_answers import impostor

TOPIC = "projects/auramail-fake/topics/gmail"
NAME = "projects/auramail-fake/subscriptions/auramail"


@pytest.fixture
def subscription(world: GmailWorld) -> Subscription:
    return world.google.add_subscription(NAME, TOPIC)


@pytest.fixture
def key_file(world: GmailWorld, tmp_path: Path) -> Path:
    world.google.write_service_account(tmp_path / "key.json")
    return tmp_path / "key.json"


@pytest.fixture
def wire() -> Iterator[Wire]:
    with Wire(timeout=5) as opened:
        yield opened


@pytest.fixture
def pubsub(world: GmailWorld, wire: Wire, key_file: Path, subscription: Subscription) -> PubSub:
    del subscription
    return open_at(world.google.url, world, wire, key_file)


def open_at(url: str, world: GmailWorld, wire: Wire, key_file: Path, name: str = NAME) -> PubSub:
    return PubSub(wire, key_file, name, world.clock, Patience(3, world.clock.sleep, world.clock.now), endpoint=url)


def test_what_a_watched_mailbox_announces_is_pulled(world: GmailWorld, mailbox: GmailMailbox, pubsub: PubSub) -> None:
    mailbox.watch(TOPIC)
    world.deliver(2)

    pulled = pubsub.pull(10)

    assert [one.address for one in pulled] == ["ana@gmail.example"] * 3
    assert pulled[-1].mark == mailbox.mark()
    assert [event.message_id for page in mailbox.changes(pulled[0].mark) for event in page.events] == [
        message.id for message in world.google.mailbox().messages.values()
    ]
    assert len({one.message_id for one in pulled}) == len({one.ack_id for one in pulled}) == 3


def test_an_announcement_comes_again_until_it_is_acknowledged(
    world: GmailWorld, mailbox: GmailMailbox, pubsub: PubSub
) -> None:
    mailbox.watch(TOPIC)
    (first,) = pubsub.pull(10)
    assert pubsub.pull(10) == []
    world.clock.advance(seconds=11)
    (again,) = pubsub.pull(10)

    pubsub.acknowledge([again.ack_id])
    pubsub.acknowledge([again.ack_id])
    world.clock.advance(seconds=11)

    assert (again.message_id, again.mark) == (first.message_id, first.mark)
    assert again.ack_id != first.ack_id
    assert pubsub.pull(10) == []


def test_no_more_is_pulled_than_was_asked_for(world: GmailWorld, mailbox: GmailMailbox, pubsub: PubSub) -> None:
    mailbox.watch(TOPIC)
    world.deliver(5)

    assert [len(pubsub.pull(4)), len(pubsub.pull(4)), len(pubsub.pull(4))] == [4, 2, 0]


def test_nothing_is_acknowledged_by_no_call(world: GmailWorld, pubsub: PubSub) -> None:
    pubsub.acknowledge([])

    assert world.google.usage.http_calls == 0


@pytest.mark.parametrize("data", [b"not json", b"[]", b'{"emailAddress": "ana"}', b""])
def test_what_is_no_announcement_is_acknowledged_and_counted(
    world: GmailWorld, mailbox: GmailMailbox, pubsub: PubSub, subscription: Subscription, data: bytes
) -> None:
    world.google.pubsub.publish(TOPIC, data)
    mailbox.watch(TOPIC)

    (pulled,) = pubsub.pull(10)

    assert pulled.address == "ana@gmail.example"
    assert pubsub.malformed == 1
    assert [held.message["messageId"] for held in subscription.held] == [pulled.message_id]


def test_a_token_that_google_no_longer_takes_is_renewed(world: GmailWorld, pubsub: PubSub) -> None:
    pubsub.pull(1)
    world.google.expire_tokens()

    assert pubsub.pull(1) == []
    assert world.google.usage.calls["token"] == 2


def test_a_missing_subscription_is_said_in_one_line(
    world: GmailWorld, wire: Wire, key_file: Path, subscription: Subscription
) -> None:
    del subscription
    pubsub = open_at(world.google.url, world, wire, key_file, "projects/auramail-fake/subscriptions/other")

    with pytest.raises(NeedsPersonError, match="no Pub/Sub subscription projects/auramail-fake/subscriptions/other"):
        pubsub.pull(1)


def test_a_service_account_without_the_role_is_said_in_one_line(pubsub: PubSub, subscription: Subscription) -> None:
    subscription.readers.clear()

    with pytest.raises(NeedsPersonError, match="may not read projects") as caught:
        pubsub.pull(1)

    assert "Pub/Sub Subscriber" in (caught.value.hint.say() if caught.value.hint else "")


@pytest.mark.parametrize("kind", ["503", "429", "reset", "timeout"])
def test_an_outage_is_tried_again_and_then_left_for_later(
    world: GmailWorld, mailbox: GmailMailbox, pubsub: PubSub, kind: str
) -> None:
    mailbox.watch(TOPIC)
    world.google.fault("subscriptions.pull", kind, times=2, seconds=0.1)

    assert len(pubsub.pull(1)) == 1
    world.google.fault("subscriptions.pull", kind, times=None, seconds=0.1)
    with pytest.raises(TryAgainError):
        pubsub.pull(1)


@pytest.mark.parametrize("name", ["", "auramail", f"{NAME}/../x", f"{NAME}?x", "projects/p/topics/t", "projects/p"])
def test_what_is_no_name_of_a_subscription_is_refused_at_once(
    world: GmailWorld, wire: Wire, key_file: Path, name: str
) -> None:
    with pytest.raises(NeedsPersonError, match="not the name of a Pub/Sub subscription"):
        open_at(world.google.url, world, wire, key_file, name)


def test_a_missing_key_file_is_said_at_once(world: GmailWorld, wire: Wire, tmp_path: Path) -> None:
    with pytest.raises(NeedsPersonError, match="no key of a service account"):
        open_at(world.google.url, world, wire, tmp_path / "none.json")


def test_announcements_whose_answer_was_lost_come_again(
    world: GmailWorld, mailbox: GmailMailbox, pubsub: PubSub
) -> None:
    mailbox.watch(TOPIC)
    world.google.fault("subscriptions.pull", "reset_after_apply")

    assert pubsub.pull(1) == []
    world.clock.advance(seconds=10)
    assert len(pubsub.pull(1)) == 1


@pytest.mark.parametrize(
    "strange", [{}, {"receivedMessages": "none"}, {"receivedMessages": [None, {}, {"message": {}}, {"ackId": ""}]}]
)
def test_answers_google_never_gives_hold_no_announcement(
    world: GmailWorld, wire: Wire, key_file: Path, strange: dict[str, Any]
) -> None:
    with impostor(strange) as url:
        assert open_at(url, world, wire, key_file).pull(10) == []


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        (403, {"details": [{"reason": "SERVICE_DISABLED"}]}, "switched off"),
        (401, {}, "may not read"),
        (400, {"message": "Bad things"}, "Bad things"),
    ],
)
def test_each_refusal_is_one_line_with_its_reason(
    world: GmailWorld, wire: Wire, key_file: Path, status: int, error: dict[str, Any], said: str
) -> None:
    with impostor({"error": error}, status) as url, pytest.raises(NeedsPersonError, match=said):
        open_at(url, world, wire, key_file).pull(10)


def test_pushes_and_pulls_carry_the_same_message(world: GmailWorld, pubsub: PubSub) -> None:
    world.google.pubsub.publish(TOPIC, b'{"emailAddress": "ANA@gmail.example", "historyId": "7"}')
    (pulled,) = pubsub.pull(1)
    pushed = json.loads(world.google.push_body(b"{}"))["message"]

    assert pulled == Announcement("ana@gmail.example", "7", pulled.message_id, pulled.ack_id)
    assert pushed.keys() == {"data", "messageId", "publishTime"}
