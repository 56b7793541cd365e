"""Google Pub/Sub as far as Gmail's announcements go: topics, pull subscriptions, and messages until acknowledged.

https://developers.google.com/workspace/gmail/api/guides/push and https://cloud.google.com/pubsub/docs/pull
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from auramail.ports.world import Clock
from tests.fakes.google.errors import GoogleError, invalid, not_found

WATCHED_FOR = timedelta(days=7)


@dataclass(slots=True)
class Held:
    """A message in a subscription; it comes again once `due` is over without an acknowledgement."""

    message: dict[str, Any]
    due: datetime
    ack_ids: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Subscription:
    """`readers` are the service accounts that may pull; `deadline` is how long they have to acknowledge."""

    topic: str
    readers: set[str]
    deadline: timedelta = timedelta(seconds=10)
    held: list[Held] = field(default_factory=list)


@dataclass(slots=True)
class PubSub:
    """Not locked: the server calls it under its own lock."""

    clock: Clock
    topics: set[str] = field(default_factory=set)
    """Those to which Gmail may publish."""
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    watches: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    """Address → topic, and until when."""
    published: int = 0

    def watch(self, address: str, topic: str, history_id: int) -> datetime:
        """Until when changes are announced; the first announcement is made at once, as Google does."""
        if topic not in self.topics:
            raise not_found(f"Resource not found (resource={topic.rpartition('/')[2]}).")
        until = self.clock.now() + WATCHED_FOR
        self.watches[address] = (topic, until)
        self.announce(address, history_id)
        return until

    def stop(self, address: str) -> None:
        self.watches.pop(address, None)

    def announce(self, address: str, history_id: int) -> None:
        topic, until = self.watches.get(address, ("", self.clock.now()))
        if until > self.clock.now():
            self.publish(topic, json.dumps({"emailAddress": address, "historyId": history_id}).encode())

    def publish(self, topic: str, data: bytes) -> None:
        """Anything, also what Gmail would never say."""
        message = self.message(data)
        for subscription in self.subscriptions.values():
            if subscription.topic == topic:
                subscription.held.append(Held(message, self.clock.now()))

    def message(self, data: bytes) -> dict[str, Any]:
        self.published += 1
        return {
            "data": base64.urlsafe_b64encode(data).decode(),
            "messageId": str(2_070_443_601_311_540 + self.published),
            "publishTime": self.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        }

    def pull(self, subscription: Subscription, most: int) -> list[dict[str, Any]]:
        if most < 1:
            raise invalid("You have passed an invalid argument to the service (argument=max_messages).")
        now, given = self.clock.now(), []
        for held in [held for held in subscription.held if held.due <= now][:most]:
            held.due = now + subscription.deadline
            ack_id = f"{held.message['messageId']}-{len(held.ack_ids)}"
            held.ack_ids.add(ack_id)
            given.append({"ackId": ack_id, "message": held.message})
        return given

    def acknowledge(self, subscription: Subscription, ack_ids: set[str]) -> None:
        if not ack_ids:
            raise invalid("You have passed an invalid argument to the service (argument=ack_ids).")
        subscription.held = [held for held in subscription.held if held.ack_ids.isdisjoint(ack_ids)]

    def readable(self, name: str, reader: str) -> Subscription:
        """The subscription, if this reader may pull from it."""
        subscription = self.subscriptions.get(name)
        if subscription is None:
            raise not_found(f"Resource not found (resource={name.rpartition('/')[2]}).")
        if reader not in subscription.readers:
            raise GoogleError(403, "forbidden", "User not authorized to perform this action.")
        return subscription


@dataclass(frozen=True, slots=True)
class PubSubCall:
    pubsub: PubSub
    subscription: Subscription
    body: dict[str, Any]


def _pull(call: PubSubCall) -> dict[str, Any]:
    given = call.pubsub.pull(call.subscription, call.body.get("maxMessages", 0))
    return {"receivedMessages": given} if given else {}


def _acknowledge(call: PubSubCall) -> dict[str, Any]:
    call.pubsub.acknowledge(call.subscription, set(call.body.get("ackIds", ())))
    return {}


PUBSUB: Mapping[str, Callable[[PubSubCall], dict[str, Any]]] = {
    "subscriptions.pull": _pull,
    "subscriptions.acknowledge": _acknowledge,
}
