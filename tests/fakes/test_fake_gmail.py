import base64
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from tests.fakes.google_server import GoogleServer
from tests.fakes.letters import letter, letter_with_file

ME = "/gmail/v1/users/me"


def reason(answer: httpx2.Response) -> str:
    error: dict[str, Any] = answer.json()["error"]
    assert error["code"] == answer.status_code
    text: str = error["errors"][0]["reason"]
    return text


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 8, 0, tzinfo=UTC)


def listed(client: httpx2.Client, **query: Any) -> list[str]:
    answer = client.get(f"{ME}/messages", params=query)
    assert answer.status_code == 200, answer.text
    return [message["id"] for message in answer.json().get("messages", [])]


def test_the_profile_names_the_person_and_counts_messages(google: GoogleServer, client: httpx2.Client) -> None:
    first = google.add_message(letter())
    google.add_message(letter(In_Reply_To="<unknown@example.com>"))

    profile = client.get(f"{ME}/profile").json()

    assert profile["emailAddress"] == "olena@example.com"
    assert (profile["messagesTotal"], profile["threadsTotal"]) == (2, 2)
    assert int(profile["historyId"]) > int(client.get(f"{ME}/messages/{first}").json()["historyId"])
    assert google.violations == []


def test_pages_are_newest_first_and_hold_each_message_once(google: GoogleServer, client: httpx2.Client) -> None:
    ids = [google.add_message(letter(), date=day(number)) for number in (3, 1, 2, 5, 4)]
    newest_first = [ids[3], ids[4], ids[0], ids[2], ids[1]]

    first = client.get(f"{ME}/messages", params={"maxResults": 2}).json()
    google.add_message(letter(), date=day(9))  # new mail between two pages shifts nothing
    second = client.get(f"{ME}/messages", params={"maxResults": 2, "pageToken": first["nextPageToken"]}).json()
    third = client.get(f"{ME}/messages", params={"maxResults": 2, "pageToken": second["nextPageToken"]}).json()

    seen = [message["id"] for page in (first, second, third) for message in page["messages"]]
    assert seen == newest_first
    assert "nextPageToken" not in third
    assert reason(client.get(f"{ME}/messages", params={"pageToken": "nonsense"})) == "invalidArgument"
    assert google.violations == []


def test_a_page_never_holds_more_than_500(google: GoogleServer, client: httpx2.Client) -> None:
    for _ in range(501):
        google.add_message(b"Subject: x\r\n\r\n")

    page = client.get(f"{ME}/messages", params={"maxResults": 1000}).json()

    assert len(page["messages"]) == 500
    assert "nextPageToken" in page


def test_spam_and_trash_are_shown_only_on_request(google: GoogleServer, client: httpx2.Client) -> None:
    inbox = google.add_message(letter())
    spam = google.add_message(letter(), labels=("SPAM",))
    trash = google.add_message(letter(), labels=("TRASH",))

    assert listed(client) == [inbox]
    assert listed(client, labelIds="SPAM") == []
    assert set(listed(client, includeSpamTrash="true")) == {inbox, spam, trash}
    assert listed(client, labelIds="TRASH", includeSpamTrash="true") == [trash]


def test_label_ids_narrow_together_and_unknown_ones_are_refused(google: GoogleServer, client: httpx2.Client) -> None:
    google.add_message(letter(), labels=("INBOX",))
    unread = google.add_message(letter(), labels=("INBOX", "UNREAD"))

    assert listed(client, labelIds=["INBOX", "UNREAD"]) == [unread]
    assert reason(client.get(f"{ME}/messages", params={"labelIds": "Label_99"})) == "invalidArgument"


def test_raw_gives_the_exact_bytes(google: GoogleServer, client: httpx2.Client) -> None:
    raw = b"Subject: \xd0\xbf\r\n\r\n\xff\xfe broken"
    message = google.add_message(raw, date=day(2))

    answer = client.get(f"{ME}/messages/{message}", params={"format": "raw"}).json()

    assert base64.urlsafe_b64decode(answer["raw"]) == raw
    assert answer["internalDate"] == str(int(day(2).timestamp()) * 1000)
    assert set(answer["labelIds"]) == {"INBOX", "UNREAD"}
    assert "payload" not in answer
    assert google.violations == []


def test_full_keeps_attachment_bytes_away(google: GoogleServer, client: httpx2.Client) -> None:
    message = google.add_message(letter_with_file("bill.pdf", b"%PDF-1.7 secret"))

    payload = client.get(f"{ME}/messages/{message}").json()["payload"]

    text, file = payload["parts"]
    assert payload["body"] == {"size": 0}
    assert base64.urlsafe_b64decode(text["body"]["data"]) == b"See the file."
    assert (file["filename"], file["partId"], file["body"]["size"]) == ("bill.pdf", "1", 15)
    assert "attachmentId" in file["body"]
    assert "data" not in file["body"]
    assert google.violations == []


def test_metadata_gives_the_asked_headers_decoded(google: GoogleServer, client: httpx2.Client) -> None:
    message = google.add_message(letter(subject="=?utf-8?b?0KDQsNGF0YPQvdC+0Lo=?="))

    answer = client.get(
        f"{ME}/messages/{message}", params={"format": "metadata", "metadataHeaders": ["subject", "List-Id"]}
    ).json()
    minimal = client.get(f"{ME}/messages/{message}", params={"format": "minimal"}).json()

    assert answer["payload"]["headers"] == [{"name": "Subject", "value": "Рахунок"}]
    assert "payload" not in minimal
    assert minimal["snippet"] == "Your parcel is ready."
    assert google.violations == []


def test_fields_narrow_the_answer(google: GoogleServer, client: httpx2.Client) -> None:
    message = google.add_message(letter())

    one = client.get(f"{ME}/messages/{message}", params={"fields": "id,payload(headers/name,mimeType)"}).json()
    page = client.get(f"{ME}/messages", params={"fields": "messages/id,nextPageToken"}).json()

    assert one.keys() == {"id", "payload"}
    assert one["payload"].keys() == {"headers", "mimeType"}
    assert one["payload"]["headers"][0] == {"name": "From"}
    assert page == {"messages": [{"id": message}]}


def test_ids_that_are_none_and_ids_that_are_gone_differ(google: GoogleServer, client: httpx2.Client) -> None:
    message = google.add_message(letter())
    google.delete(message)

    gone, malformed = client.get(f"{ME}/messages/{message}"), client.get(f"{ME}/messages/not-an-id")

    assert (gone.status_code, reason(gone)) == (404, "notFound")
    assert (malformed.status_code, reason(malformed)) == (400, "invalidArgument")


def test_modify_is_a_set_operation(google: GoogleServer, client: httpx2.Client) -> None:
    message = google.add_message(letter())
    change = {"addLabelIds": ["STARRED"], "removeLabelIds": ["INBOX", "SPAM"]}

    first = client.post(f"{ME}/messages/{message}/modify", json=change)
    second = client.post(f"{ME}/messages/{message}/modify", json=change)

    assert first.json() == second.json()
    assert google.labels_of(message) == {"STARRED", "UNREAD"}
    assert google.violations == []


@pytest.mark.parametrize(
    "change",
    [
        {"addLabelIds": ["Label_99"]},
        {"addLabelIds": ["SENT"]},
        {"removeLabelIds": ["DRAFT"]},
        {"addLabelIds": ["STARRED"], "removeLabelIds": ["STARRED"]},
        {},
    ],
)
def test_changes_gmail_refuses_change_nothing(
    google: GoogleServer, client: httpx2.Client, change: dict[str, list[str]]
) -> None:
    message = google.add_message(letter())

    alone = client.post(f"{ME}/messages/{message}/modify", json=change)
    many = client.post(f"{ME}/messages/batchModify", json={"ids": [message], **change})

    assert (alone.status_code, many.status_code) == (400, 400)
    assert google.labels_of(message) == {"INBOX", "UNREAD"}


def test_batch_modify_passes_over_unknown_ids_in_silence(google: GoogleServer, client: httpx2.Client) -> None:
    message = google.add_message(letter())

    answer = client.post(
        f"{ME}/messages/batchModify", json={"ids": ["ffffffffffffffff", message], "removeLabelIds": ["INBOX"]}
    )

    assert (answer.status_code, answer.content) == (204, b"")
    assert google.labels_of(message) == {"UNREAD"}
    assert google.violations == []


def test_batch_modify_takes_a_thousand_ids_and_no_more(client: httpx2.Client) -> None:
    change = {"addLabelIds": ["STARRED"]}

    most = client.post(f"{ME}/messages/batchModify", json={"ids": [f"{n:x}" for n in range(1000)], **change})
    too_many = client.post(f"{ME}/messages/batchModify", json={"ids": [f"{n:x}" for n in range(1001)], **change})

    assert (most.status_code, too_many.status_code) == (204, 400)


def test_untrash_does_not_bring_the_inbox_back(google: GoogleServer, client: httpx2.Client) -> None:
    message = google.add_message(letter())

    client.post(f"{ME}/messages/{message}/trash")
    in_trash = google.labels_of(message)
    client.post(f"{ME}/messages/{message}/untrash")

    assert in_trash == {"TRASH", "UNREAD"}
    assert google.labels_of(message) == {"UNREAD"}
    assert google.violations == []


def test_replies_join_the_thread_they_refer_to(google: GoogleServer, client: httpx2.Client) -> None:
    asked = google.add_message(letter(Message_ID="<ask@example.com>"), date=day(1))
    other = google.add_message(letter(), date=day(2))
    reply = google.add_message(letter(text="Yes", References="<x@y> <ask@example.com>"), date=day(3))

    thread = client.get(f"{ME}/threads/{asked}", params={"format": "minimal"}).json()
    threads = client.get(f"{ME}/threads").json()["threads"]

    assert [message["id"] for message in thread["messages"]] == [asked, reply]
    assert [(one["id"], one["snippet"]) for one in threads] == [(asked, "Yes"), (other, "Your parcel is ready.")]
    assert client.get(f"{ME}/threads/ffff").status_code == 404
    assert google.violations == []


def test_a_draft_lives_in_its_thread_until_it_is_deleted(google: GoogleServer, client: httpx2.Client) -> None:
    asked = google.add_message(letter())
    raw = base64.urlsafe_b64encode(letter(text="A reminder")).decode().rstrip("=")

    draft = client.post(f"{ME}/drafts", json={"message": {"raw": raw, "threadId": asked}}).json()
    read = client.get(f"{ME}/drafts/{draft['id']}", params={"format": "minimal"}).json()
    drafts = client.get(f"{ME}/drafts").json()["drafts"]
    gone = client.delete(f"{ME}/drafts/{draft['id']}")

    assert read["message"]["threadId"] == asked
    assert read["message"]["labelIds"] == ["DRAFT"]
    assert [one["id"] for one in drafts] == [draft["id"]]
    assert (gone.status_code, google.drafts()) == (204, {})
    assert client.get(f"{ME}/drafts/{draft['id']}").status_code == 404
    assert client.post(f"{ME}/drafts", json={"message": {"raw": raw, "threadId": "ffff"}}).status_code == 404
    assert google.violations == []


def test_two_people_see_only_their_own_mail(google: GoogleServer, client: httpx2.Client) -> None:
    google.add_user("ben@example.com")
    bens = google.add_message(letter(), user="ben@example.com")

    assert listed(client) == []
    assert client.get(f"{ME}/messages/{bens}").status_code == 404
    assert client.get("/gmail/v1/users/ben@example.com/messages").status_code == 403
