import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from tests.fakes.google_server import GoogleServer
from tests.fakes.letters import letter

ME = "/gmail/v1/users/me"


def batch(paths: list[str], boundary: str = "edge") -> dict[str, Any]:
    """The arguments of a post that asks for several paths at once."""
    head = f"--{boundary}\r\nContent-Type: application/http\r\n"
    pieces = [
        f"{head}Content-ID: <part{number}>\r\n\r\nGET {path} HTTP/1.1\r\n\r\n\r\n" for number, path in enumerate(paths)
    ]
    body = "".join(pieces) + f"--{boundary}--\r\n"
    return {"content": body.encode(), "headers": {"Content-Type": f"multipart/mixed; boundary={boundary}"}}


def statuses(answer: httpx2.Response) -> list[tuple[str, int]]:
    """Content-ID and status of each part, in the order of the answer."""
    boundary = answer.headers["content-type"].partition("boundary=")[2]
    found = []
    for piece in answer.text.split(f"--{boundary}")[1:-1]:
        lines = piece.strip().splitlines()
        content_id = next(line.partition(": ")[2] for line in lines if line.startswith("Content-ID"))
        status = next(line.split()[1] for line in lines if line.startswith("HTTP/1.1"))
        found.append((content_id, int(status)))
    return found


@pytest.mark.parametrize("path", ["/batch", "/batch/gmail/v1"])
def test_each_part_is_answered_under_its_own_id(google: GoogleServer, client: httpx2.Client, path: str) -> None:
    message = google.add_message(letter())

    answer = client.post(path, **batch([f"{ME}/messages/{message}?format=raw", f"{ME}/messages/ffff", f"{ME}/labels"]))

    assert statuses(answer) == [("<response-part0>", 200), ("<response-part1>", 404), ("<response-part2>", 200)]
    assert google.usage.http_calls == 1
    assert google.usage.calls == {"batch": 1, "messages.get": 2, "labels.list": 1}
    assert google.usage.units == 20 + 20 + 1
    assert google.violations == []


def test_a_part_may_change_things_and_a_forbidden_one_may_not(google: GoogleServer, client: httpx2.Client) -> None:
    message = google.add_message(letter())
    request = f"POST {ME}/messages/{message}/modify\r\nContent-Type: application/json\r\n\r\n"
    inner = request + '{"addLabelIds": ["STARRED"]}\r\n'
    outer = "--e\r\nContent-Type: application/http\r\n\r\n"
    body = f"{outer}{inner}{outer}DELETE {ME}/messages/{message}\r\n\r\n--e--"

    answer = client.post("/batch", content=body, headers={"Content-Type": "multipart/mixed; boundary=e"})

    assert [line for line in answer.text.splitlines() if line.startswith("HTTP/1.1")] == [
        "HTTP/1.1 200 OK",
        "HTTP/1.1 403 Forbidden",
    ]
    assert google.labels_of(message) == {"INBOX", "UNREAD", "STARRED"}
    assert google.forbidden == [f"DELETE {ME}/messages/{message}"]


def test_a_hundred_parts_at_most(client: httpx2.Client) -> None:
    assert client.post("/batch", **batch([f"{ME}/profile"] * 100)).status_code == 200
    assert client.post("/batch", **batch([f"{ME}/profile"] * 101)).status_code == 400
    assert client.post("/batch", **batch([])).status_code == 400
    assert client.post("/batch", content=b"x", headers={"Content-Type": "text/plain"}).status_code == 400


def test_too_many_parts_at_once_are_refused_one_by_one(google: GoogleServer, client: httpx2.Client) -> None:
    google.api.batch_concurrency = 25

    crowded = client.post("/batch", **batch([f"{ME}/profile"] * 30))
    later = client.post("/batch", **batch([f"{ME}/profile"] * 25))

    assert [status for _, status in statuses(crowded)] == [200] * 25 + [429] * 5
    assert "Too many concurrent requests" in crowded.text
    assert [status for _, status in statuses(later)] == [200] * 25
    assert google.usage.units == 50


def test_batches_of_one_person_share_the_room_there_is(google: GoogleServer, client: httpx2.Client) -> None:
    google.api.batch_concurrency = 25
    google.fault("getProfile", "slow", seconds=0.3)
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(client.post, "/batch", **batch([f"{ME}/profile"] * 20))
        while not google.usage.calls["getProfile"]:
            time.sleep(0.005)
        meanwhile = client.post("/batch", **batch([f"{ME}/labels"] * 10))

    assert [status for _, status in statuses(slow.result())] == [200] * 20
    assert [status for _, status in statuses(meanwhile)] == [200] * 5 + [429] * 5


def test_no_change_is_lost_when_clients_race(google: GoogleServer, client: httpx2.Client) -> None:
    message = google.add_message(letter(), labels=[f"L{number}" for number in range(40)])
    labels = sorted(google.label_names())

    def take_off(label: str) -> int:
        return client.post(f"{ME}/messages/{message}/modify", json={"removeLabelIds": [label]}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(take_off, labels)) == {200}

    records = google.mailbox().history
    assert google.labels_of(message) == frozenset()
    assert {label for record in records for label in record.changed} == set(labels)
    assert len({record.id for record in records}) == len(records) == 1 + len(labels)


def test_a_fault_may_strike_a_single_part(google: GoogleServer, client: httpx2.Client) -> None:
    google.fault("getProfile", "503", nth=2)

    answer = client.post("/batch", **batch([f"{ME}/profile"] * 3))

    assert [status for _, status in statuses(answer)] == [200, 503, 200]


def test_parts_may_go_missing_or_come_in_another_order(google: GoogleServer, client: httpx2.Client) -> None:
    google.fault("batch", "missing_part")
    google.fault("batch", "reordered", nth=2)

    missing = statuses(client.post("/batch", **batch([f"{ME}/profile"] * 3)))
    reordered = statuses(client.post("/batch", **batch([f"{ME}/profile"] * 3)))

    assert [content_id for content_id, _ in missing] == ["<response-part1>", "<response-part2>"]
    assert [content_id for content_id, _ in reordered] == ["<response-part2>", "<response-part1>", "<response-part0>"]


def test_the_whole_batch_may_fail(google: GoogleServer, client: httpx2.Client) -> None:
    google.fault("batch", "503")

    assert client.post("/batch", **batch([f"{ME}/profile"])).status_code == 503
    assert google.usage.calls == {"batch": 1}
