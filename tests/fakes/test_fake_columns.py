"""The fake answers searches from columns and indexes; these tests change the mailbox under them."""

from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from tests.fakes.google.mailbox import Letter
from tests.fakes.google.messages import StoredMessage, parsed
from tests.fakes.google_server import GoogleServer
from tests.fakes.letters import letter, letter_with_file

MESSAGES = "/gmail/v1/users/me/messages"
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
STRANGE = b"Content-Type: text/plain\r\nContent-Disposition: =?utf-8?q?attachment;_filename=3Da.pdf?=\r\n\r\nx"


def page(client: httpx2.Client, q: str = "", token: str = "", size: int = 2) -> tuple[list[str], str]:
    """The ids of a page and the token of the next."""
    parameters = {"q": q, "maxResults": str(size)} | ({"pageToken": token} if token else {})
    answer = client.get(MESSAGES, params=parameters).json()
    return [message["id"] for message in answer.get("messages", ())], answer.get("nextPageToken", "")


def whole(client: httpx2.Client, q: str) -> list[str]:
    return page(client, q, size=500)[0]


def deliver(google: GoogleServer, count: int) -> list[str]:
    """Mails of successive days, the newest first in the answer."""
    days = [MONDAY - timedelta(days=age) for age in range(count)]
    return [google.add_message(letter(subject=f"Day {age}"), date=day) for age, day in enumerate(days)]


def test_mail_that_comes_between_two_pages_shifts_nothing(google: GoogleServer, client: httpx2.Client) -> None:
    first, second, third, fourth = deliver(google, 4)
    ids, token = page(client, "in:inbox")

    new = google.add_message(letter(), date=MONDAY + timedelta(days=1))

    assert ids == [first, second]
    assert page(client, "in:inbox", token) == ([third, fourth], "")
    assert page(client, "in:inbox")[0] == [new, first]


def test_a_message_relabelled_between_two_pages_leaves_the_rest(google: GoogleServer, client: httpx2.Client) -> None:
    first, second, third, fourth = deliver(google, 4)
    _, token = page(client, "in:inbox")

    google.archive(third)
    google.archive(first)

    assert page(client, "in:inbox", token) == ([fourth], "")
    assert whole(client, "in:inbox") == [second, fourth]
    assert whole(client, "-in:inbox") == [first, third]


def test_a_message_deleted_between_two_pages_is_found_no_more(google: GoogleServer, client: httpx2.Client) -> None:
    first, second, third, fourth = deliver(google, 4)
    _, token = page(client)

    google.delete(second)
    google.delete(third)

    assert page(client, token=token) == ([fourth], "")
    assert whole(client, "subject:day") == [first, fourth]
    assert whole(client, "parcel") == [first, fourth]


@pytest.mark.parametrize(
    "query",
    ["from:ivan", "subject:order", 'list:"weekly.shop.example"', "parcel", "in:inbox", "has:attachment OR parcel"],
)
def test_what_was_searched_before_is_found_in_new_mail_too(
    google: GoogleServer, client: httpx2.Client, query: str
) -> None:
    old = google.add_message(letter(List_Id="<weekly.shop.example>"), date=MONDAY)
    assert whole(client, query) == [old]

    new = google.add_message(letter(List_Id="<weekly.shop.example>"), date=MONDAY + timedelta(days=1))
    google.add_message(b"From: Ben <ben@work.example>\r\n\r\nLunch?", ("SENT",))

    assert whole(client, query) == [new, old]


def test_old_mail_that_arrives_late_takes_its_place_in_time(google: GoogleServer, client: httpx2.Client) -> None:
    first, second = deliver(google, 2)
    assert whole(client, "") == [first, second]

    between = google.add_message(letter(), date=MONDAY - timedelta(hours=1))
    oldest = google.add_messages([Letter(letter(), frozenset({"INBOX"}), MONDAY - timedelta(days=9))] * 200)

    assert whole(client, "") == [first, between, second, *reversed(oldest)]


def test_a_deleted_label_is_found_on_no_message(google: GoogleServer, client: httpx2.Client) -> None:
    kept = google.add_message(letter(), ("INBOX", "Bills"))
    assert whole(client, "label:bills has:userlabels") == [kept]

    google.delete_label("Bills")

    assert whole(client, "label:bills") == []
    assert whole(client, "has:nouserlabels") == [kept]


def test_a_whole_mailbox_is_delivered_with_rising_ids(google: GoogleServer, client: httpx2.Client) -> None:
    letters = [
        Letter(letter(subject=f"Number {number}"), frozenset({"INBOX", "Bills"}), MONDAY + timedelta(minutes=number))
        for number in range(300)
    ]

    ids = google.add_messages(letters)

    assert ids == sorted(set(ids))
    assert whole(client, "label:bills") == ids[::-1]
    assert google.label_names_of(ids[0]) == {"INBOX", "Bills"}
    assert client.get(f"{MESSAGES}/{ids[7]}").json()["snippet"] == "Your parcel is ready."


@pytest.mark.parametrize(
    "raw",
    [
        letter(subject="=?utf-8?b?0KDQsNGF0YPQvdC+0Lo=?=", cc="a@x.example,\r\n\tb@x.example", CC="c@x.example"),
        letter(subject="Рахунок за листопад"),
        letter_with_file("рахунок.pdf"),
        letter().replace(b"\r\n", b"\n"),
        letter().replace(b"Subject:", b"subject :"),
        letter().replace(b"To:", b"no field at all\r\nTo:"),
        letter().replace(b"Order 17", b"Order\r17"),
        letter(List_Id="  <a.example>  \r\n  \r\n  folded"),
        b"Subject: a head without an end",
        b"From ben Mon Nov 16 09:00:00 2026\nSubject: out of an mbox\n\nx",
        b"",
        STRANGE,
    ],
)
def test_headers_and_files_read_quickly_are_those_the_parser_reads(raw: bytes) -> None:
    message, told = StoredMessage("18c2", "18c2", raw, 0, set()), parsed(raw)

    for name in ("from", "to", "cc", "subject", "list-id", "message-id"):
        assert message.header(name) == "\n".join(value for key, value in told.headers if key.lower() == name)
    assert message.file_names == told.file_names


def test_the_fake_knows_which_messages_were_read(google: GoogleServer, client: httpx2.Client) -> None:
    ids = deliver(google, 4)

    for one, form in zip(ids, ("raw", "full", "metadata", "minimal"), strict=True):
        client.get(f"{MESSAGES}/{one}", params={"format": form})

    assert google.mailbox().read == set(ids[:2])
