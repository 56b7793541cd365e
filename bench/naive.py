"""The client one would write first: reads and changes one message after the other, and sleeps when refused."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx2

MOST = 1000
"""Messages measured; beyond them every message costs the same, and the time is that of its quota."""
UNITS_A_MESSAGE = 25
_MESSAGES = "/gmail/v1/users/me/messages"


@dataclass(slots=True)
class NaiveClient:
    """`http` carries the token and the root of the API."""

    http: httpx2.Client
    sleep: Callable[[float], None]
    calls: int = 0

    def sort(self, count: int) -> None:
        """Read the newest `count` messages of the inbox, and give each a label and take it out of the inbox."""
        wish = {"name": "Sorted", "labelListVisibility": "labelShow", "messageListVisibility": "show"}
        label = self._ask("POST", "/gmail/v1/users/me/labels", wish)["id"]
        for message_id in list(self._ids(count)):
            self._ask("GET", f"{_MESSAGES}/{message_id}?format=raw")
            change = {"addLabelIds": [label], "removeLabelIds": ["INBOX"]}
            self._ask("POST", f"{_MESSAGES}/{message_id}/modify", change)

    def _ids(self, count: int) -> Iterator[str]:
        token, listed = "", 0
        while listed < count:
            page = self._ask(
                "GET", f"{_MESSAGES}?labelIds=INBOX&maxResults={min(500, count - listed)}&pageToken={token}"
            )
            for message in page.get("messages", ()):
                listed += 1
                yield message["id"]
            token = page.get("nextPageToken", "")
            if not token:
                return

    def _ask(self, verb: str, path: str, body: object = None) -> Any:
        while True:
            self.calls += 1
            answer = self.http.request(verb, path, content=json.dumps(body) if body else None)
            if answer.status_code == httpx2.codes.TOO_MANY_REQUESTS:
                self.sleep(float(answer.headers.get("Retry-After", 1)))
                continue
            answer.raise_for_status()
            return answer.json() if answer.content else {}
