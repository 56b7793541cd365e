"""What each allowed method of Gmail v1 does to a mailbox and answers."""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.google.errors import invalid, not_found
from tests.fakes.google.gmail_call import Call, found, page_of
from tests.fakes.google.mailbox import Record
from tests.fakes.google.messages import StoredMessage

MOST_IN_BATCH_MODIFY = 1000


def get_profile(call: Call) -> dict[str, Any]:
    return {
        "emailAddress": call.mailbox.address,
        "messagesTotal": len(call.mailbox.messages),
        "threadsTotal": len(call.mailbox.threads),
        "historyId": str(call.mailbox.history_id),
    }


def list_messages(call: Call) -> dict[str, Any]:
    page, following = page_of(call, found(call))
    answer: dict[str, Any] = {"resultSizeEstimate": len(page) + (1 if following else 0)}
    if page:
        answer["messages"] = [message.reference() for message in page]
    return answer | following


def get_message(call: Call) -> dict[str, Any]:
    wanted = frozenset(name.lower() for name in call.query.get("metadataHeaders", ()))
    mask, form = call.parameter("fields"), call.parameter("format", "full").lower()
    with_snippet = not mask or "snippet" in mask or "*" in mask  # to make one the whole message must be parsed
    message = call.message
    if form in {"full", "raw"}:
        call.mailbox.read.add(message.id)
    return message.resource(form, wanted, with_snippet=with_snippet)


def modify_message(call: Call) -> dict[str, Any]:
    add, remove = _change(call)
    message = call.message
    call.mailbox.relabel(message, add, remove)
    return {**message.reference(), "labelIds": sorted(message.labels)}


def batch_modify(call: Call) -> None:
    """Unknown ids are passed over in silence, as Google does."""
    ids = call.body.get("ids", [])
    if not ids:
        raise invalid("No message ids specified")
    if len(ids) > MOST_IN_BATCH_MODIFY:
        raise invalid(f"Too many message ids: {len(ids)}, at most {MOST_IN_BATCH_MODIFY}")
    add, remove = _change(call)
    for message_id in dict.fromkeys(ids):
        if message := call.mailbox.messages.get(message_id):
            call.mailbox.relabel(message, add, remove)


def trash_message(call: Call) -> dict[str, Any]:
    message = call.message
    call.mailbox.relabel(message, ("TRASH",), ())
    return {**message.reference(), "labelIds": sorted(message.labels)}


def untrash_message(call: Call) -> dict[str, Any]:
    """INBOX does not come back by itself."""
    message = call.message
    call.mailbox.relabel(message, (), ("TRASH",))
    return {**message.reference(), "labelIds": sorted(message.labels)}


def list_threads(call: Call) -> dict[str, Any]:
    newest: dict[str, StoredMessage] = {}
    for message in found(call):
        newest.setdefault(message.thread_id, message)
    page, following = page_of(call, list(newest.values()))
    answer: dict[str, Any] = {"resultSizeEstimate": len(page)}
    if page:
        answer["threads"] = [
            {"id": message.thread_id, "snippet": message.snippet, "historyId": str(message.history_id)}
            for message in page
        ]
    return answer | following


def get_thread(call: Call) -> dict[str, Any]:
    inside = call.mailbox.threads.get(call.path["id"], [])
    if not inside:
        raise not_found()
    wanted = frozenset(name.lower() for name in call.query.get("metadataHeaders", ()))
    form = call.parameter("format", "full").lower()
    return {
        "id": call.path["id"],
        "historyId": str(max(message.history_id for message in inside)),
        "messages": [message.resource(form, wanted) for message in sorted(inside, key=lambda one: one.received)],
    }


def list_history(call: Call) -> dict[str, Any]:
    if (token := call.parameter("pageToken")) and not token.isdecimal():
        raise invalid("Invalid pageToken")
    start = token or call.parameter("startHistoryId")
    if not start.isdecimal():
        raise invalid("Missing startHistoryId")
    types = {_RECORDS[name] for name in call.query.get("historyTypes", _RECORDS)}
    label = call.parameter("labelId")
    records = [
        record
        for record in call.mailbox.records_since(int(start))
        if record.kind in types and (not label or label in record.labels | record.changed)
    ]
    page, rest = records[: call.page_size], records[call.page_size :]
    answer: dict[str, Any] = {"historyId": str(call.mailbox.history_id)}
    if page:
        answer["history"] = [_history(record) for record in page]
    if rest:
        answer["nextPageToken"] = str(page[-1].id)
    return answer


def list_labels(call: Call) -> dict[str, Any]:
    return {"labels": [label.resource() for label in call.mailbox.labels.values()]}


def get_label(call: Call) -> dict[str, Any]:
    label = call.mailbox.labels.get(call.path["id"])
    if label is None:
        raise not_found()
    columns = call.mailbox.columns
    having = columns.alive & columns.label(label.id)
    unread = having & columns.label("UNREAD")
    return {
        **label.resource(),
        "messagesTotal": int(having.sum()),
        "messagesUnread": int(unread.sum()),
        "threadsTotal": columns.count_threads(having),
        "threadsUnread": columns.count_threads(unread),
    }


def create_label(call: Call) -> dict[str, Any]:
    return call.mailbox.create_label(call.body).resource()


def patch_label(call: Call) -> dict[str, Any]:
    return call.mailbox.change_label(call.path["id"], call.body).resource()


def delete_label(call: Call) -> None:
    call.mailbox.delete_label(call.path["id"])


def create_draft(call: Call) -> dict[str, Any]:
    wish = call.body.get("message", {})
    thread = wish.get("threadId", "")
    if thread and thread not in call.mailbox.threads:
        raise not_found()
    try:
        raw = base64.b64decode(wish.get("raw", "") + "==", altchars=b"-_")
    except binascii.Error as error:
        raise invalid("Invalid value for ByteString") from error
    message = call.mailbox.add(raw, ("DRAFT",), round(call.now.timestamp() * 1000), thread)
    draft_id = f"r{int(message.id, 16)}"
    call.mailbox.drafts[draft_id] = message.id
    return {"id": draft_id, "message": {**message.reference(), "labelIds": ["DRAFT"]}}


def get_draft(call: Call) -> dict[str, Any]:
    message_id = call.mailbox.drafts.get(call.path["id"])
    if message_id is None:
        raise not_found()
    form = call.parameter("format", "full").lower()
    return {"id": call.path["id"], "message": call.mailbox.messages[message_id].resource(form)}


def list_drafts(call: Call) -> dict[str, Any]:
    ids = {message_id: draft_id for draft_id, message_id in call.mailbox.drafts.items()}
    drafts = [message for message in found(call) if message.id in ids]
    page, following = page_of(call, drafts)
    answer: dict[str, Any] = {"resultSizeEstimate": len(page)}
    if page:
        answer["drafts"] = [{"id": ids[message.id], "message": message.reference()} for message in page]
    return answer | following


def delete_draft(call: Call) -> None:
    message_id = call.mailbox.drafts.pop(call.path["id"], None)
    if message_id is None:
        raise not_found()
    call.mailbox.delete(message_id)


def watch(call: Call) -> dict[str, Any]:
    mailbox = call.mailbox
    until = mailbox.pubsub.watch(mailbox.address, call.body.get("topicName", ""), mailbox.history_id)
    return {"historyId": str(mailbox.history_id), "expiration": str(round(until.timestamp() * 1000))}


def stop(call: Call) -> None:
    call.mailbox.pubsub.stop(call.mailbox.address)


def _change(call: Call) -> tuple[list[str], list[str]]:
    add, remove = call.body.get("addLabelIds", []), call.body.get("removeLabelIds", [])
    if not add and not remove:
        raise invalid("No label add or removes specified")
    if set(add) & set(remove):
        raise invalid("Cannot both add and remove the same label")
    call.mailbox.check_labels([*add, *remove])
    return add, remove


def _history(record: Record) -> dict[str, Any]:
    reference = {"id": record.message, "threadId": record.thread}
    item: dict[str, Any] = {"message": {**reference, "labelIds": sorted(record.labels)}}
    if record.changed:
        item["labelIds"] = sorted(record.changed)
    return {"id": str(record.id), "messages": [reference], record.kind: [item]}


_RECORDS = {
    "messageAdded": "messagesAdded",
    "messageDeleted": "messagesDeleted",
    "labelAdded": "labelsAdded",
    "labelRemoved": "labelsRemoved",
}

GMAIL: Mapping[str, Callable[[Call], dict[str, Any] | None]] = {
    "getProfile": get_profile,
    "watch": watch,
    "stop": stop,
    "messages.list": list_messages,
    "messages.get": get_message,
    "messages.modify": modify_message,
    "messages.batchModify": batch_modify,
    "messages.trash": trash_message,
    "messages.untrash": untrash_message,
    "threads.list": list_threads,
    "threads.get": get_thread,
    "history.list": list_history,
    "labels.list": list_labels,
    "labels.get": get_label,
    "labels.create": create_label,
    "labels.patch": patch_label,
    "labels.delete": delete_label,
    "drafts.create": create_draft,
    "drafts.get": get_draft,
    "drafts.list": list_drafts,
    "drafts.delete": delete_draft,
}
