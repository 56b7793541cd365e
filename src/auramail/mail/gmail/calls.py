"""Everything AuraMail can ask of Gmail, as a closed set: no value here can send a message or delete one for good."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, urlencode

from auramail.core.actions import Change
from auramail.core.labels import LabelWish
from auramail.core.mail_events import EventKind

MOST_IDS_A_CHANGE = 1000
"""What one batchModify takes."""
PAGE = 500
"""The longest page of messages.list and history.list."""


HISTORY_TYPES: Final[Mapping[EventKind, str]] = MappingProxyType(
    {
        EventKind.ADDED: "messageAdded",
        EventKind.DELETED: "messageDeleted",
        EventKind.LABELLED: "labelAdded",
        EventKind.UNLABELLED: "labelRemoved",
    }
)


class Method(Enum):
    """A method of the Gmail API: its name in Google's discovery document, HTTP verb and path below `users/me`.

    Putting a message into the trash and taking it back are changes of the label TRASH: `messages.trash` costs four
    times as much and cannot be grouped.
    """

    GET_PROFILE = ("getProfile", "GET", "profile")
    LIST_MESSAGES = ("messages.list", "GET", "messages")
    GET_MESSAGE = ("messages.get", "GET", "messages/{id}")
    MODIFY = ("messages.modify", "POST", "messages/{id}/modify")
    BATCH_MODIFY = ("messages.batchModify", "POST", "messages/batchModify")
    LIST_LABELS = ("labels.list", "GET", "labels")
    GET_LABEL = ("labels.get", "GET", "labels/{id}")
    CREATE_LABEL = ("labels.create", "POST", "labels")
    LIST_HISTORY = ("history.list", "GET", "history")
    WATCH = ("watch", "POST", "watch")
    STOP = ("stop", "POST", "stop")

    def __init__(self, google_name: str, verb: str, path: str) -> None:
        self.google_name = google_name
        self.verb = verb
        self.path = path


@dataclass(frozen=True, slots=True)
class Call:
    """One request, which can go alone or as a part of a batch."""

    method: Method
    id: str = ""
    params: tuple[tuple[str, str], ...] = ()
    body: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_change(self) -> bool:
        return self.method.verb == "POST"

    @property
    def answers_nothing(self) -> bool:
        return self.method in {Method.BATCH_MODIFY, Method.STOP}

    @property
    def target(self) -> str:
        """Path and query below the API's root."""
        path = f"/gmail/v1/users/me/{self.method.path.format(id=quote(self.id, safe=''))}"
        return f"{path}?{urlencode(self.params)}" if self.params else path

    @property
    def content(self) -> bytes:
        return json.dumps(self.body).encode() if self.body else b""


def get_profile() -> Call:
    return Call(Method.GET_PROFILE)


def list_messages(
    query: str, folders: Sequence[str], *, spam_and_trash: bool, at_most: int = PAGE, page: str = ""
) -> Call:
    """One page of ids, newest first; `folders` are label ids that all must be there."""
    params = [("maxResults", str(min(at_most, PAGE)))]
    params += [("labelIds", folder) for folder in folders]
    params += [("q", query)] if query else []
    params += [("includeSpamTrash", "true")] if spam_and_trash else []
    params += [("pageToken", page)] if page else []
    return Call(Method.LIST_MESSAGES, params=tuple(params))


def get_message(message_id: str, form: str) -> Call:
    """`form` is Gmail's `format`: `raw`, `full` or `minimal`."""
    return Call(Method.GET_MESSAGE, message_id, (("format", form),))


def modify(message_id: str, change: Change) -> Call:
    return Call(Method.MODIFY, message_id, body=_label_ids(change))


def batch_modify(message_ids: Sequence[str], change: Change) -> Call:
    return Call(Method.BATCH_MODIFY, body={"ids": list(message_ids), **_label_ids(change)})


def list_labels() -> Call:
    return Call(Method.LIST_LABELS)


def get_label(label_id: str) -> Call:
    """One label with its counts, which the list leaves out."""
    return Call(Method.GET_LABEL, label_id)


def create_label(wish: LabelWish) -> Call:
    return Call(
        Method.CREATE_LABEL,
        body={
            "name": wish.name,
            "color": {"backgroundColor": wish.background, "textColor": wish.text},
            "labelListVisibility": "labelShow",
            "messageListVisibility": "show",
        },
    )


def list_history(start: str, kinds: Collection[EventKind], page: str = "") -> Call:
    """What happened after the history id `start`."""
    params = [("startHistoryId", start), ("maxResults", str(PAGE))]
    params += [("historyTypes", name) for kind, name in HISTORY_TYPES.items() if kind in kinds]
    params += [("pageToken", page)] if page else []
    return Call(Method.LIST_HISTORY, params=tuple(params))


def watch(topic: str) -> Call:
    """Announcements of changes with any label."""
    return Call(Method.WATCH, body={"topicName": topic})


def stop() -> Call:
    return Call(Method.STOP)


def _label_ids(change: Change) -> dict[str, object]:
    named = {"addLabelIds": sorted(change.add), "removeLabelIds": sorted(change.remove)}
    return {name: ids for name, ids in named.items() if ids}
