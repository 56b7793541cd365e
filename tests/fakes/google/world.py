"""The test's hand on the fake Google: people, mail, what a person does in Gmail, faults, and what was seen."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from auramail.core.clock import SystemClock
from auramail.ports.world import Clock
from tests.fakes.google.api import GoogleAPI, Person
from tests.fakes.google.calendar import Calendar
from tests.fakes.google.faults import Event, Fault
from tests.fakes.google.identity import Flaw, make_token
from tests.fakes.google.labels import SYSTEM
from tests.fakes.google.mailbox import Letter, Mailbox
from tests.fakes.google.messages import StoredMessage
from tests.fakes.google.oauth import Consent, OAuth
from tests.fakes.google.pubsub import PubSub, Subscription
from tests.fakes.google.quota import Quota, Usage
from tests.fakes.google.service_accounts import write_key_file

SERVICE_ACCOUNT = "auramail@auramail-fake.iam.gserviceaccount.com"
ALL_SCOPES = (
    "openid",
    "email",
    "https://www.googleapis.com/auth/gmail.modify",
    "https://www.googleapis.com/auth/calendar.events",
)


@dataclass(frozen=True, slots=True)
class Tokens:
    access_token: str
    refresh_token: str
    scopes: frozenset[str]


class World:
    """Everything but the HTTP layer. Where `user` is left out, the first user is meant; labels go by id or name."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.oauth = OAuth(self.clock)
        self.quota = Quota(self.clock)
        self.pubsub = PubSub(self.clock)
        self.api = GoogleAPI(self.clock, self.oauth, self.quota, self.pubsub)

    @property
    def violations(self) -> list[str]:
        """Where a request or an answer differed from Google's discovery documents; tests assert it is empty."""
        return self.api.violations

    @property
    def forbidden(self) -> list[str]:
        """Requests for what AuraMail must never do."""
        return self.api.forbidden

    @property
    def usage(self) -> Usage:
        return self.quota.usage

    @property
    def consent(self) -> Consent:
        return self.oauth.consent

    @consent.setter
    def consent(self, consent: Consent) -> None:
        self.oauth.consent = consent

    def add_user(self, address: str, name: str = "", refresh_token: str = "") -> str:
        """A person with an empty mailbox; with `refresh_token` they have consented to everything already."""
        with self.api.lock:
            self.api.people[address] = Person(Mailbox(address, self.pubsub), Calendar(address))
            self.oauth.add_person(address, name or address.partition("@")[0].title())
            if refresh_token:
                self.oauth.grant(address, ALL_SCOPES, refresh_token)
        return address

    def grant(self, user: str = "", scopes: Sequence[str] = ALL_SCOPES) -> Tokens:
        """Tokens as if the person had just consented, without a browser."""
        with self.api.lock:
            grant = self.oauth.grant(user or self._first(), scopes)
            return Tokens(self.oauth.issue(grant), grant.refresh_token, grant.scopes)

    def revoke(self, user: str = "") -> None:
        """The person takes their consent back in their Google account."""
        with self.api.lock:
            self.oauth.end_grants(user or self._first())

    def expire_tokens(self) -> None:
        """Access tokens are over an hour old; refresh tokens still work."""
        with self.api.lock:
            self.oauth.expire_tokens()

    def write_client_secret(self, path: Path, url: str, redirect_uris: Sequence[str]) -> None:
        self.oauth.write_client_secret(path, url, redirect_uris)

    def write_service_account(self, path: Path, url: str, email: str = SERVICE_ACCOUNT) -> None:
        """The key file of a service account."""
        with self.api.lock:
            self.oauth.service_accounts[email] = write_key_file(path, email, f"{url}/token")

    def add_subscription(self, name: str, topic: str, reader: str = SERVICE_ACCOUNT) -> Subscription:
        """A topic to which Gmail may publish and a subscription of it from which the service account may pull."""
        with self.api.lock:
            self.pubsub.topics.add(topic)
            return self.pubsub.subscriptions.setdefault(name, Subscription(topic, {reader}))

    def push_token(self, audience: str, email: str = SERVICE_ACCOUNT, flaw: Flaw | None = None) -> str:
        """The token with which Pub/Sub pushes to an endpoint, spoiled as `flaw` says."""
        now = int(self.clock.now().timestamp())
        claims = {"aud": audience, "azp": "104", "email": email, "email_verified": True, "sub": "104"}
        return make_token({**claims, "iss": self.oauth.issuer, "iat": now, "exp": now + 3600}, flaw or Flaw())

    def push_body(self, data: bytes, subscription: str = "projects/p/subscriptions/push") -> bytes:
        """What Pub/Sub posts for a message with this data."""
        with self.api.lock:
            return json.dumps({"message": self.pubsub.message(data), "subscription": subscription}).encode()

    def add_message(
        self,
        raw: bytes,
        labels: Collection[str] = ("INBOX", "UNREAD"),
        date: datetime | None = None,
        thread: str = "",
        user: str = "",
    ) -> str:
        """Deliver a message (received at `date`, default now); unknown label names become labels. Gives its id."""
        with self.api.lock:
            mailbox = self.mailbox(user)
            ids = [self._label_id(mailbox, label) for label in labels]
            received = round((date or self.clock.now()).timestamp() * 1000)
            return mailbox.add(raw, ids, received, thread).id

    def add_messages(self, letters: Iterable[Letter], user: str = "") -> list[str]:
        """Deliver a whole mailbox in a moment; gives the ids, which rise in the order of the letters."""
        with self.api.lock:
            mailbox = self.mailbox(user)
            ids = {label: label for label in mailbox.labels}
            placed = []
            for letter in letters:
                for label in letter.labels - ids.keys():
                    ids[label] = self._label_id(mailbox, label)
                placed.append(replace(letter, labels=frozenset(ids[label] for label in letter.labels)))
            return mailbox.add_all(placed)

    def seed(self, data: Mapping[str, Any]) -> None:
        """People and messages from JSON: `{"users": [{"address", "refresh_token", "messages": [{"raw", …}]}]}`.

        `raw` is the message's text, `labels` and `date` (ISO 8601) are as in `add_message`.
        """
        for user in data.get("users", ()):
            self.add_user(user["address"], user.get("name", ""), user.get("refresh_token", ""))
            for message in user.get("messages", ()):
                date = datetime.fromisoformat(message["date"]) if "date" in message else None
                labels = message.get("labels", ("INBOX", "UNREAD"))
                raw = message["raw"].encode("utf-8", "surrogateescape")
                self.add_message(raw, labels, date, message.get("thread", ""), user["address"])

    def labels_of(self, message_id: str) -> frozenset[str]:
        """The label ids a message has now."""
        with self.api.lock:
            return frozenset(self._find(message_id)[1].labels)

    def label_names_of(self, message_id: str) -> frozenset[str]:
        with self.api.lock:
            mailbox, message = self._find(message_id)
            return frozenset(mailbox.labels[label].name for label in message.labels)

    def snapshot(self, user: str = "") -> dict[str, frozenset[str]]:
        """The label ids of every message of a person, by message id."""
        with self.api.lock:
            messages = self.mailbox(user).messages.values()
            return {message.id: frozenset(message.labels) for message in messages}

    def label_names(self, user: str = "") -> dict[str, str]:
        """The person's own labels: id → name."""
        with self.api.lock:
            return {label.id: label.name for label in self.mailbox(user).labels.values() if label.id not in SYSTEM}

    def drafts(self, user: str = "") -> dict[str, bytes]:
        """Draft id → bytes."""
        with self.api.lock:
            mailbox = self.mailbox(user)
            return {draft: mailbox.messages[message].raw for draft, message in mailbox.drafts.items()}

    def events(self, user: str = "") -> list[dict[str, Any]]:
        """The calendar's events, those deleted left out."""
        with self.api.lock:
            events = self.api.people[user or self._first()].calendar.events.values()
            return [dict(event) for event in events if event["status"] != "cancelled"]

    def archive(self, message_id: str) -> None:
        self.relabel(message_id, remove=("INBOX",))

    def star(self, message_id: str) -> None:
        self.relabel(message_id, add=("STARRED",))

    def mark_read(self, message_id: str) -> None:
        self.relabel(message_id, remove=("UNREAD",))

    def trash(self, message_id: str) -> None:
        self.relabel(message_id, add=("TRASH",))

    def relabel(self, message_id: str, add: Collection[str] = (), remove: Collection[str] = ()) -> None:
        """What the person does by hand; unknown label names become labels."""
        with self.api.lock:
            mailbox, message = self._find(message_id)
            added, removed = ([self._label_id(mailbox, label) for label in labels] for labels in (add, remove))
            mailbox.relabel(message, added, removed)

    def delete(self, message_id: str) -> None:
        """For ever, as only a person or Gmail's 30 days can."""
        with self.api.lock:
            self._find(message_id)[0].delete(message_id)

    def delete_label(self, name: str, user: str = "") -> None:
        with self.api.lock:
            mailbox = self.mailbox(user)
            mailbox.delete_label(self._label_id(mailbox, name))

    def rename_label(self, name: str, new_name: str, user: str = "") -> None:
        with self.api.lock:
            mailbox = self.mailbox(user)
            mailbox.change_label(self._label_id(mailbox, name), {"name": new_name})

    def expire_history(self, user: str = "") -> None:
        """Every history id given out so far answers 404."""
        with self.api.lock:
            self.mailbox(user).expire_history()

    def fault(
        self,
        method: str,
        kind: str,
        *,
        nth: int = 1,
        times: int | None = 1,
        seconds: float = 30.0,
        retry_after: int | None = None,
        message: str = "",
    ) -> Fault:
        """Plan a fault, counted from now on; see `tests.fakes.google.faults` for methods and kinds."""
        with self.api.lock:
            return self.api.plan.add(Fault(method, kind, nth, times, seconds, retry_after, message))

    def before(self, method: str, act: Callable[[], object], *, nth: int = 1) -> None:
        """Have something happen in the world just before the nth call of a method from now on is looked at."""
        with self.api.lock:
            self.api.plan.events.append(Event(method, act, nth))

    def clear_faults(self) -> None:
        with self.api.lock:
            self.api.plan.faults.clear()
            self.api.plan.events.clear()

    def mailbox(self, user: str = "") -> Mailbox:
        """The stored state itself, for what this class has no word for."""
        return self.api.people[user or self._first()].mailbox

    def _first(self) -> str:
        return next(iter(self.api.people))

    def _find(self, message_id: str) -> tuple[Mailbox, StoredMessage]:
        for person in self.api.people.values():
            if message := person.mailbox.messages.get(message_id):
                return person.mailbox, message
        raise KeyError(message_id)

    def _label_id(self, mailbox: Mailbox, label: str) -> str:
        if label in mailbox.labels:
            return label
        return (mailbox.label_named(label) or mailbox.create_label({"name": label})).id
