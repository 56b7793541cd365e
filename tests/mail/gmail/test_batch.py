from auramail.core.actions import Change
from auramail.mail.gmail import calls
from auramail.mail.gmail.batch import BatchSize, decode, encode
from auramail.mail.gmail.http import Reply
from tests.fakes.google.batch import read_parts
from tests.fakes.google.wire import Request


def test_a_batch_holds_every_call_as_it_would_go_alone() -> None:
    change = calls.modify("18c2", Change(add=frozenset({"STARRED"})))
    content_type, body = encode([calls.get_message("18c1", "raw"), change])

    parts = read_parts(Request("POST", "/batch/gmail/v1", {"content-type": content_type}, body))

    assert [(part.content_id, part.request.method, part.request.target, part.request.body) for part in parts] == [
        ("<part0>", "GET", "/gmail/v1/users/me/messages/18c1?format=raw", b""),
        ("<part1>", "POST", "/gmail/v1/users/me/messages/18c2/modify", b'{"addLabelIds": ["STARRED"]}'),
    ]


def test_answers_are_matched_by_name_and_nonsense_is_passed_over() -> None:
    body = (
        b"--b\r\nContent-Type: application/http\r\nContent-ID: <response-part1>\r\n\r\n"
        b"HTTP/1.1 404 Not Found\r\nRetry-After: 7\r\n\r\n{}\r\n"
        b"--b\r\nContent-ID: <response-part9>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}\r\n"
        b"--b\r\nContent-ID: <response-part2>\r\n\r\nnot http\r\n"
        b"--b\r\nContent-ID: <response-partX>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}\r\n"
        b"--b--\r\n"
    )

    first, second, third = decode(Reply(200, body, {"content-type": "multipart/mixed; boundary=b"}), 3)

    assert first is None
    assert second is not None
    assert (second.status, second.body, second.headers["retry-after"]) == (404, b"{}", "7")
    assert third is None


def test_an_answer_that_is_no_multipart_answers_nobody() -> None:
    assert decode(Reply(200, b"{}", {"content-type": "application/json"}), 2) == [None, None]


def test_batches_grow_by_ten_and_are_halved_within_bounds() -> None:
    size = BatchSize(25, 40)
    seen = []

    for step in (size.grow, size.grow, size.grow, size.shrink, size.shrink, size.shrink):
        step()
        seen.append(size.now)

    assert seen == [35, 40, 40, 20, 10, 10]


def test_batches_never_exceed_what_google_takes() -> None:
    assert BatchSize(500, 500).now == 100
    assert BatchSize(25, 5).now == 5
