"""Announcements pulled from a Pub/Sub subscription: for who has no address that Google could push to."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import orjson

from auramail.core.errors import AuraMailError, NeedsPersonError
from auramail.core.wording import Wording
from auramail.mail.gmail.announcements import Announcement, read_announcement
from auramail.mail.gmail.answers import Answer, Verdict
from auramail.mail.gmail.errors import translate
from auramail.mail.gmail.http import Wire
from auramail.mail.gmail.key_file import ServiceTokens, read_key_file
from auramail.mail.gmail.patience import Patience
from auramail.mail.gmail.posting import post
from auramail.ports.world import Clock

ENDPOINT: Final = "https://pubsub.googleapis.com"
SCOPE: Final = "https://www.googleapis.com/auth/pubsub"
NAME: Final = re.compile(r"projects/[\w.:~+%-]+/subscriptions/[\w.~+%-]+", re.ASCII)


class PubSub:
    """One subscription, read with a service account's key. Not shared between threads.

    `malformed` counts messages that were none of Gmail's; they are acknowledged, or they would come for ever.
    """

    def __init__(
        self, wire: Wire, key_file: Path, subscription: str, clock: Clock, patience: Patience, endpoint: str = ENDPOINT
    ) -> None:
        """`subscription` is `projects/…/subscriptions/…`; raises NeedsPersonError for it or the file."""
        if not NAME.fullmatch(subscription):
            raise NeedsPersonError(
                Wording.of("{name} is not the name of a Pub/Sub subscription.", name=subscription),
                Wording.of("It looks like projects/my-project/subscriptions/auramail."),
            )
        key = read_key_file(key_file)
        self._wire = wire
        self._email = key.email
        self._tokens = ServiceTokens(wire, key, SCOPE, clock, patience)
        self._subscription = subscription
        self._patience = patience
        self._root = f"{endpoint.rstrip('/')}/v1/{subscription}"
        self.malformed = 0

    def pull(self, most: int) -> list[Announcement]:
        """What waits, at most so many; it comes again until acknowledged. Raises core.errors."""
        # Google advises against returnImmediately, because asking often is slow. We ask every few seconds in between
        # other work, which an open request would hold up for a minute and a half.
        data = self._ask("pull", {"maxMessages": most, "returnImmediately": True})
        received = data.get("receivedMessages")
        announcements, poison = [], []
        for entry in received if isinstance(received, list) else []:
            ack_id = str(entry.get("ackId") or "") if isinstance(entry, dict) else ""
            announcement = read_announcement(entry.get("message"), ack_id) if ack_id else None
            if announcement:
                announcements.append(announcement)
            elif ack_id:
                poison.append(ack_id)
        if poison:
            self.malformed += len(poison)
            self.acknowledge(poison)
        return announcements

    def acknowledge(self, ack_ids: Sequence[str]) -> None:
        """Have these not delivered again. Safe to repeat; raises core.errors."""
        if ack_ids:
            self._ask("acknowledge", {"ackIds": list(ack_ids)})

    def _ask(self, method: str, body: dict[str, object]) -> dict[str, object]:
        answer = self._post(method, body)
        if answer.verdict is Verdict.UNAUTHORISED:
            self._tokens.renew()
            answer = self._post(method, body)
        if answer.verdict is not Verdict.DONE:
            raise self._refusal(answer)
        return answer.data

    def _post(self, method: str, body: dict[str, object]) -> Answer:
        headers = {"Authorization": f"Bearer {self._tokens.access_token()}", "Content-Type": "application/json"}
        return post(self._wire, self._patience, f"{self._root}:{method}", headers, orjson.dumps(body))

    def _refusal(self, answer: Answer) -> AuraMailError:
        if answer.verdict in {Verdict.WAIT, Verdict.DOUBTFUL}:
            return translate(answer)
        if answer.status == 404:
            return NeedsPersonError(
                Wording.of("There is no Pub/Sub subscription {name}.", name=self._subscription),
                Wording.of("Create it in the Google console, of the delivery type pull."),
            )
        if "SERVICE_DISABLED" in answer.reasons:
            return NeedsPersonError(
                Wording.of("The Pub/Sub API is switched off in your Google project."),
                Wording.of("Switch it on in the Google Cloud console under APIs & Services."),
            )
        if answer.status in {401, 403}:
            return NeedsPersonError(
                Wording.of(
                    "The service account {email} may not read {name}.", email=self._email, name=self._subscription
                ),
                Wording.of("Give it the role Pub/Sub Subscriber at this subscription in the Google console."),
            )
        return NeedsPersonError(
            Wording.of("Pub/Sub refused: {message} ({status})", message=answer.message or "—", status=answer.status)
        )
