from typing import Any

import httpx2
import pytest

from tests.fakes.google_server import GoogleServer
from tests.fakes.letters import letter

ME = "/gmail/v1/users/me"


def wish(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "labelListVisibility": "labelShow", "messageListVisibility": "show", **more}


def reason(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["errors"][0]["reason"]


def test_a_label_is_created_listed_counted_renamed_and_deleted(google: GoogleServer, client: httpx2.Client) -> None:
    colour = {"backgroundColor": "#16a766", "textColor": "#ffffff"}

    made = client.post(f"{ME}/labels", json=wish("AuraMail/Bills", color=colour)).json()
    message = google.add_message(letter(), labels=("UNREAD", made["id"]))
    counted = client.get(f"{ME}/labels/{made['id']}").json()
    renamed = client.patch(f"{ME}/labels/{made['id']}", json={"name": "Рахунки"}).json()
    listed = client.get(f"{ME}/labels").json()["labels"]
    gone = client.delete(f"{ME}/labels/{made['id']}")

    assert (made["type"], made["color"]) == ("user", colour)
    assert (counted["messagesTotal"], counted["messagesUnread"], counted["threadsTotal"]) == (1, 1, 1)
    assert renamed["id"] == made["id"]
    assert {"INBOX", "TRASH", "CATEGORY_SOCIAL", "Рахунки"} <= {label["name"] for label in listed}
    assert gone.status_code == 204
    assert google.labels_of(message) == {"UNREAD"}
    assert client.get(f"{ME}/labels/{made['id']}").status_code == 404
    assert google.violations == []


@pytest.mark.parametrize(
    "name", ["AI_Action required", "ai_action_REQUIRED", "AI/Action-required", "AI.action required"]
)
def test_names_that_differ_in_case_and_separators_are_the_same(client: httpx2.Client, name: str) -> None:
    client.post(f"{ME}/labels", json=wish("AI_Action required"))

    answer = client.post(f"{ME}/labels", json=wish(name))

    assert reason(answer) == (409, "aborted")
    assert answer.json()["error"]["status"] == "ABORTED"


def test_renaming_onto_another_label_conflicts(client: httpx2.Client) -> None:
    client.post(f"{ME}/labels", json=wish("Bills"))
    other = client.post(f"{ME}/labels", json=wish("Taxes")).json()["id"]

    assert reason(client.patch(f"{ME}/labels/{other}", json={"name": "bills"})) == (409, "aborted")
    assert client.patch(f"{ME}/labels/{other}", json={"name": "TAXES"}).status_code == 200


@pytest.mark.parametrize("name", ["Inbox", "spam", "Starred", "", " ", "a//b", "x" * 226])
def test_reserved_and_impossible_names_are_refused(client: httpx2.Client, name: str) -> None:
    answer = client.post(f"{ME}/labels", json=wish(name))

    assert reason(answer) == (400, "invalidArgument")
    assert answer.json()["error"]["message"] == "Invalid label name"


@pytest.mark.parametrize(
    "colour",
    [
        {"backgroundColor": "#123456", "textColor": "#ffffff"},
        {"backgroundColor": "#16a766", "textColor": "white"},
        {"backgroundColor": "#16a766"},
    ],
)
def test_colours_must_be_two_of_the_palette(client: httpx2.Client, colour: dict[str, str]) -> None:
    assert reason(client.post(f"{ME}/labels", json=wish("Bills", color=colour))) == (400, "invalidArgument")


def test_system_labels_cannot_be_changed(client: httpx2.Client) -> None:
    assert client.delete(f"{ME}/labels/INBOX").status_code == 400
    assert client.patch(f"{ME}/labels/INBOX", json={"name": "Mine"}).status_code == 400


def history(client: httpx2.Client, start: str, **query: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"{ME}/history", params={"startHistoryId": start, **query}).json()
    return answer


def test_history_tells_every_change_in_order(google: GoogleServer, client: httpx2.Client) -> None:
    start = client.get(f"{ME}/profile").json()["historyId"]
    message = google.add_message(letter())
    google.star(message)
    client.post(f"{ME}/messages/batchModify", json={"ids": [message], "removeLabelIds": ["INBOX", "SPAM"]})
    google.delete(message)

    told = history(client, start)

    kinds = [next(kind for kind in record if kind not in {"id", "messages"}) for record in told["history"]]
    assert kinds == ["messagesAdded", "labelsAdded", "labelsRemoved", "messagesDeleted"]
    assert told["history"][2]["labelsRemoved"][0]["labelIds"] == ["INBOX"]
    assert [int(record["id"]) for record in told["history"]] == sorted(int(one["id"]) for one in told["history"])
    assert told["historyId"] == told["history"][-1]["id"]
    assert history(client, told["historyId"]).keys() == {"historyId"}
    assert google.violations == []


def test_history_is_narrowed_and_paged(google: GoogleServer, client: httpx2.Client) -> None:
    start = client.get(f"{ME}/profile").json()["historyId"]
    ids = [google.add_message(letter()) for _ in range(3)]
    google.star(ids[1])

    starred = history(client, start, historyTypes="labelAdded", labelId="STARRED")
    first = history(client, start, maxResults=2, historyTypes=["messageAdded", "messageDeleted"])
    second = history(client, start, maxResults=2, pageToken=first["nextPageToken"], historyTypes="messageAdded")

    assert [record["messages"][0]["id"] for record in starred["history"]] == [ids[1]]
    assert [record["messages"][0]["id"] for page in (first, second) for record in page["history"]] == ids
    assert "nextPageToken" not in second
    assert google.violations == []


def test_an_expired_history_id_is_not_found(google: GoogleServer, client: httpx2.Client) -> None:
    start = client.get(f"{ME}/profile").json()["historyId"]
    google.add_message(letter())
    google.expire_history()

    old = client.get(f"{ME}/history", params={"startHistoryId": start})
    new = client.get(f"{ME}/history", params={"startHistoryId": client.get(f"{ME}/profile").json()["historyId"]})

    assert reason(old) == (404, "notFound")
    assert new.status_code == 200
