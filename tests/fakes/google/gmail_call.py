"""One call of a Gmail method: what was sent, and the lists of messages that list methods answer from."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.fakes.google.columns import place_of
from tests.fakes.google.errors import invalid
from tests.fakes.google.mailbox import Mailbox
from tests.fakes.google.messages import StoredMessage
from tests.fakes.google.search import compile_query


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method: whose mailbox, when, and what was sent."""

    mailbox: Mailbox
    now: datetime
    path: Mapping[str, str]
    query: Mapping[str, Sequence[str]]
    body: dict[str, Any]

    def parameter(self, name: str, default: str = "") -> str:
        return self.query.get(name, [default])[-1]

    @property
    def page_size(self) -> int:
        return max(1, min(int(self.parameter("maxResults", "100")), self.mailbox.longest_page))

    @property
    def message(self) -> StoredMessage:
        return self.mailbox.get(self.path["id"])


def found(call: Call) -> Sequence[StoredMessage]:
    """Messages the list parameters ask for, newest first; spam and trash only with `includeSpamTrash`."""
    columns = call.mailbox.columns
    query = compile_query(call.parameter("q"), call.mailbox, call.now)
    wanted = set(call.query.get("labelIds", ()))
    if unknown := wanted - call.mailbox.labels.keys():
        raise invalid(f"Invalid label: {min(unknown)}")
    among = columns.alive.copy()
    for label in wanted:
        among &= columns.label(label)
    for label in () if call.parameter("includeSpamTrash") == "true" else ("SPAM", "TRASH"):
        among &= ~columns.label(label)
    return columns.newest_first(query.among(among))


def page_of(call: Call, messages: Sequence[StoredMessage]) -> tuple[list[StoredMessage], dict[str, str]]:
    """A page and the token of the next; the token names a place in time, so that new mail shifts nothing."""
    start = 0
    if token := call.parameter("pageToken"):
        place = re.fullmatch(r"(\d+)z([0-9a-f]{16})", token, re.ASCII)
        if not place:
            raise invalid("Invalid pageToken")
        start = bisect_right(messages, (-int(place[1]), -int(place[2], 16)), key=place_of)
    page = list(messages[start : start + call.page_size])
    is_last = start + len(page) == len(messages)
    return page, {} if is_last else {"nextPageToken": f"{page[-1].received}z{page[-1].id}"}
