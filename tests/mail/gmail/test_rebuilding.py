import base64
from email import message_from_bytes
from email.message import Message
from typing import Any

from auramail.mail.gmail.rebuilding import rebuild
from tests.fakes.google.messages import StoredMessage

LETTER = (
    "From: =?utf-8?B?0J7Qu9GP?= <olia@work.example>\r\n"
    "Subject: =?utf-8?B?0KDQsNGF0YPQvdC+0Lo=?=\r\n"
    "X-Odd: one\r\n\ttwo\r\n"
    "MIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="outer"\r\n\r\n'
    "preamble\r\n"
    '--outer\r\nContent-Type: multipart/alternative; boundary="inner"\r\n\r\n'
    "--inner\r\nContent-Type: text/plain; charset=windows-1251\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    f"{base64.b64encode('Добрий день'.encode('windows-1251')).decode()}\r\n"
    "--inner\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "<p>=D0=94=D0=BE=D0=B1=D1=80=D0=B8=D0=B9 =D0=B4=D0=B5=D0=BD=D1=8C</p>\r\n"
    "--inner--\r\n"
    "--outer\r\nContent-Type: message/rfc822\r\n\r\n"
    "Subject: Forwarded\r\nContent-Type: text/plain\r\n\r\nInside.\r\n"
    '--outer\r\nContent-Type: application/zip; name="a.zip"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    f"{base64.b64encode(bytes(300)).decode()}\r\n"
    "--outer--\r\n"
).encode()


def payload(raw: bytes) -> dict[str, Any]:
    part: dict[str, Any] = StoredMessage("18c2", "18c2", raw, 0, set()).resource("full")["payload"]
    return part


def leaves(message: Message) -> list[Message]:
    return [part for part in message.walk() if not part.is_multipart()]


def text(part: Message) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode(str(part.get_content_charset("ascii")))


def test_a_rebuilt_message_has_the_same_parts_and_texts() -> None:
    rebuilt = message_from_bytes(rebuild(payload(LETTER)))

    assert [part.get_content_type() for part in rebuilt.walk()] == [
        part.get_content_type() for part in message_from_bytes(LETTER).walk()
    ]
    plain, html, inside, _ = leaves(rebuilt)
    assert text(plain) == "Добрий день"
    assert text(html).strip() == "<p>Добрий день</p>"
    assert text(inside).strip() == "Inside."


def test_headers_are_kept_in_readable_form() -> None:
    head = rebuild(payload(LETTER)).partition(b"\r\n\r\n")[0].decode()

    assert "From: Оля <olia@work.example>" in head
    assert "Subject: Рахунок" in head
    assert "X-Odd: one two" in head


def test_an_attachment_keeps_its_name_and_tells_its_length() -> None:
    *_, attachment = leaves(message_from_bytes(rebuild(payload(LETTER))))

    assert attachment.get_filename() == "a.zip"
    assert attachment.get_param("size", header="content-disposition") == "300"
    assert attachment.get_payload(decode=True) == b""


def test_text_that_gmail_turned_into_utf8_is_read_as_such() -> None:
    part = {
        "mimeType": "text/plain",
        "headers": [{"name": "Content-Type", "value": 'text/plain; charset="koi8-u"; format=flowed'}],
        "body": {"size": 21, "data": base64.urlsafe_b64encode("Привіт".encode()).decode()},
    }

    rebuilt = message_from_bytes(rebuild(part))

    assert text(rebuilt) == "Привіт"
    assert rebuilt.get_param("format") == "flowed"


def test_a_header_value_cannot_start_another_header() -> None:
    part = {
        "mimeType": "text/plain",
        "headers": [
            {"name": "Subject", "value": "Hello\r\nBcc: eve@evil.example"},
            {"name": "X-Bad: y\r\nBcc", "value": "eve@evil.example"},
        ],
        "body": {"size": 0, "data": ""},
    }

    rebuilt = message_from_bytes(rebuild(part))

    assert rebuilt["Bcc"] is None
    assert rebuilt["Subject"] == "Hello Bcc: eve@evil.example"


def test_broken_base64_and_bottomless_nesting_do_no_harm() -> None:
    part: dict[str, Any] = {"mimeType": "text/plain", "body": {"size": 3, "data": "A"}}
    for _ in range(3000):
        part = {"mimeType": "multipart/mixed", "parts": [part]}

    rebuilt = rebuild(part)

    assert rebuilt.count(b"multipart/mixed") == 51
    assert rebuild({"mimeType": "text/plain", "body": {"data": "A"}}).endswith(b"\r\n\r\n")
