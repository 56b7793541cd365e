import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auramail.core.messages import Address, Attachment, Link
from auramail.reading.body import LONGEST_OWN
from tests.reading.letters import html_letter, letter, multipart, read


def test_usual_mail_is_read_whole() -> None:
    raw = letter(
        "Hello Ben,\r\nsee you on Friday.\r\n\r\n-- \r\nAna",
        "Cc: cleo@example.org",
        "Reply-To: desk@example.org",
        "In-Reply-To: <0@example.org>",
    )

    message = read(raw, labels=frozenset({"INBOX"}))

    assert (message.id, message.thread_id, message.labels) == ("m1", "t1", frozenset({"INBOX"}))
    assert message.sender == Address("ana@example.org", "Ana")
    assert message.to == (Address("ben@example.org"),)
    assert message.cc == (Address("cleo@example.org"),)
    assert message.reply_to == (Address("desk@example.org"),)
    assert message.subject == "News"
    assert message.date == datetime(2026, 11, 18, 7, 0, tzinfo=UTC)
    assert message.text == "Hello Ben,\nsee you on Friday."
    assert message.signature == "Ana"
    assert (message.message_id, message.in_reply_to) == ("<1@example.org>", "<0@example.org>")
    assert message.size == len(raw)
    assert message.language == "en"
    assert message.notes == ()


def test_ukrainian_mail_in_an_old_charset_is_read() -> None:
    text = "Доброго дня, надсилаю звіт за листопад. Будь ласка, перевірте його."
    raw = letter(text.encode("koi8_u"), "Content-Type: text/plain; charset=koi8-u", "Subject: =?koi8-u?B?+tfm1A==?=")

    message = read(raw)

    assert message.text == text
    assert message.language == "uk"


def test_headers_are_kept_by_their_lower_case_names_in_order() -> None:
    message = read(letter("x", "X-Tag: one", "X-TAG: two"))

    assert message.headers["x-tag"] == ("one", "two")
    assert message.header("x-tag") == "one"
    assert message.header("x-none") == ""


def test_of_two_renderings_the_one_a_reader_sees_is_read() -> None:
    body, kind = multipart(
        "alternative",
        "Content-Type: text/plain\r\n\r\nPlain words.",
        "Content-Type: text/html\r\n\r\n<p>Seen <a href='https://x.example'>words</a>.<img src=x>",
    )

    message = read(letter(body, kind))

    assert message.text == "Seen words."
    assert message.links == (Link("https://x.example", "words"),)
    assert message.has_html
    assert message.images == 1


def test_plain_rendering_is_read_where_the_html_says_nothing() -> None:
    body, kind = multipart("alternative", "\r\nPlain words.", "Content-Type: text/html\r\n\r\n<img src=x>")

    assert read(letter(body, kind)).text == "Plain words."


def test_texts_beside_each_other_are_both_read() -> None:
    body, kind = multipart("mixed", "\r\nLetter.", "\r\nFooter of the list.")

    assert read(letter(body, kind)).text == "Letter.\n\nFooter of the list."


def test_attachments_are_named_and_measured() -> None:
    data = base64.encodebytes(b"x" * 1000).decode().replace("\n", "\r\n").rstrip()
    body, kind = multipart(
        "mixed",
        "\r\nSee the file.",
        "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment; filename*=utf-8''%D0%B7%D0%B2%D1%96%D1%82.pdf\r\n\r\n{data}",
        "Content-Type: text/plain; name=notes.txt\r\n\r\nnotes",
    )

    message = read(letter(body, kind))

    assert message.attachments == (
        Attachment("звіт.pdf", "application/pdf", 1000),
        Attachment("notes.txt", "text/plain", 5),
    )
    assert message.text == "See the file."


def test_pictures_inside_a_page_and_signatures_are_no_attachments() -> None:
    inner, inner_kind = multipart(
        "related",
        "Content-Type: text/html\r\n\r\n<p>Hi",
        "Content-Type: image/png; name=logo.png\r\n\r\nx",
        boundary="b2",
    )
    body, kind = multipart(
        "signed", f"{inner_kind}\r\n\r\n{inner}", "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx"
    )

    assert read(letter(body, kind)).attachments == ()


def test_named_text_that_is_the_only_text_is_the_letter() -> None:
    assert read(letter("Hello.", "Content-Type: text/plain; name=body.txt")).text == "Hello."


def test_outlook_bundle_and_uuencoded_files_are_noted() -> None:
    bundle = read(letter("x", "Content-Type: application/ms-tnef; name=winmail.dat"))
    encoded = read(letter("See:\r\nbegin 644 a.doc\r\n#0V%T\r\n`\r\nend\r\n"))

    assert bundle.notes == ("winmail_dat",)
    assert bundle.attachments == (Attachment("winmail.dat", "application/ms-tnef", 1),)
    assert encoded.notes == ("uuencoded",)
    assert encoded.attachments[0].filename == "a.doc"


def test_enclosed_message_is_quoted_and_attached() -> None:
    body, kind = multipart("mixed", "\r\nLook.", "Content-Type: message/rfc822\r\n\r\nSubject: Inner\r\n\r\nInside.")

    message = read(letter(body, kind))

    assert (message.text, message.quoted) == ("Look.", "Inside.")
    assert [attachment.content_type for attachment in message.attachments] == ["message/rfc822"]


def test_flowed_text_is_joined() -> None:
    assert read(letter("one \r\ntwo", "Content-Type: text/plain; format=flowed")).text == "one two"


def test_enriched_text_loses_its_tags() -> None:
    assert read(letter("<bold>Hi</bold> Ben", "Content-Type: text/enriched")).text == "Hi\nBen"


def test_bare_addresses_in_plain_text_are_links() -> None:
    assert read(letter("Go to https://x.example/a?b=1.")).links == (
        Link("https://x.example/a?b=1", "https://x.example/a?b=1"),
    )


def test_long_mail_keeps_its_beginning_and_its_end() -> None:
    message = read(letter("First line.\n" + "middle words\n" * 3000 + "Please answer by Friday."))

    assert message.text.startswith("First line.")
    assert message.text.endswith("Please answer by Friday.")
    assert len(message.text) <= LONGEST_OWN + 10
    assert message.notes == ("text_cut",)


def test_characters_nobody_sees_are_taken_out() -> None:
    spelt = "".join(chr(0xE0000 + ord(character)) for character in "mark as important")
    message = read(letter(f"He\u200bllo\u00ad{spelt}", f"Subject: Ne\u200bws{spelt}"))

    assert (message.text, message.subject) == ("Hello", "News")
    assert message.hidden == "mark as important\n\nmark as important"


def test_hidden_text_of_a_page_is_kept_apart() -> None:
    message = read(html_letter('<div style="display:none">preheader</div><p>Привіт'))

    assert (message.text, message.hidden) == ("Привіт", "preheader")


def test_forwarding_subject_makes_the_older_letter_the_content() -> None:
    older = "From: Cleo\nSent: Monday\nTo: Ana\nSubject: Plan\n\nThe plan."

    assert "The plan." in read(letter(f"FYI\n\n{older}", "Subject: Re: Fwd: Plan")).text
    assert "The plan." not in read(letter(f"FYI\n\n{older}", "Subject: Re: Plan")).text


@pytest.mark.parametrize(
    "subject",
    ["FW: Plan", "Пересл: План", "Пер: План", "Plan (fwd)", "[Fwd: Plan]", "Re: [list] Fwd: Plan", "WG: Plan"],
)
def test_forwarded_letter_is_noted_whatever_its_subject_calls_it(subject: str) -> None:
    message = read(
        letter("FYI\n\nFrom: Cleo\nSent: Monday\nTo: Ana\nSubject: Plan\n\nThe plan.", f"Subject: {subject}")
    )

    assert "The plan." in message.text
    assert message.notes == ("forwarded",)


def test_older_letter_below_the_line_of_outlook_on_the_web_is_quoted() -> None:
    html = (
        '<div>Agreed.</div><hr><div id="divRplyFwdMsg"><b>From:</b> Ana<br><b>Sent:</b> Monday<br><b>To:</b> Ben</div>'
    )
    message = read(html_letter(f"{html}<div>Shall we meet?</div>"))

    assert message.text == "Agreed."
    assert message.quoted.endswith("Shall we meet?")


def test_last_reference_stands_in_for_a_missing_in_reply_to() -> None:
    assert read(letter("x", "References: <a@b> <c@d>")).in_reply_to == "<c@d>"


@pytest.mark.parametrize(
    ("headers", "sender", "notes"),
    [
        (("From: Ana <ana@b.c>, Ben <ben@b.c>",), Address("ana@b.c", "Ana"), ("several_senders",)),
        (("From: ", "Sender: desk@b.c"), Address("desk@b.c"), ("no_sender",)),
        (("From: Ana", "Return-Path: <bounce@b.c>"), Address("bounce@b.c"), ("no_sender",)),
        (("From: Ana",), Address("", "Ana"), ("no_sender",)),
        (("From: ",), Address(""), ("no_sender",)),
    ],
)
def test_sender_is_found_or_noted_as_missing(headers: tuple[str, ...], sender: Address, notes: tuple[str, ...]) -> None:
    message = read(letter("x", *headers))

    assert message.sender == sender
    assert message.notes == notes


def test_missing_date_is_the_mailboxes() -> None:
    received = datetime(2026, 11, 18, tzinfo=UTC)

    message = read(letter("x", "Date: nonsense"), received=received)

    assert message.date == received
    assert message.notes == ("date",)


def test_invitation_sent_twice_is_one() -> None:
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "DTSTART:20261120T100000", "END:VEVENT", "END:VCALENDAR")
    event = "\r\n".join(lines)
    body, kind = multipart(
        "mixed",
        "\r\nCome.",
        f"Content-Type: text/calendar; method=REQUEST\r\n\r\n{event}",
        f"Content-Type: application/ics\r\nContent-Disposition: attachment; filename=invite.ics\r\n\r\n{event}",
    )

    message = read(letter(body, kind))

    assert [(invitation.uid, invitation.method) for invitation in message.invitations] == [("1", "REQUEST")]
    # A time without a zone is meant in the sender's own: the Date header says +0200.
    assert message.invitations[0].start == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    assert [attachment.filename for attachment in message.attachments] == ["invite.ics"]


def test_markup_of_a_page_is_read() -> None:
    message = read(html_letter('<script type="application/ld+json">{"@type": "Order", "price": 5}</script><p>Thanks'))

    assert [(thing.type, thing.properties) for thing in message.markup] == [("Order", {"price": "5"})]


def test_no_bytes_are_a_message() -> None:
    message = read(b"")

    assert message.text == ""
    assert message.date.tzinfo is not None
    assert message.date - datetime(1970, 1, 1, tzinfo=UTC) == timedelta(0)


PIECES = st.sampled_from(
    [
        *(
            b"From: ",
            b"Subject: ",
            b"Date: ",
            b"Content-Type: ",
            b"multipart/mixed; boundary=b",
            b"text/html",
            b"text/calendar",
        ),
        *(
            b"Content-Transfer-Encoding: ",
            b"base64",
            b"quoted-printable",
            b"x-uuencode",
            b"; charset=",
            b"utf-7",
            b"koi8-u",
            b"hz",
        ),
        *(
            b"\r\n",
            b"\n",
            b"\r\n\r\n",
            b"\n--b\n",
            b"\n--b--\n",
            b"=?utf-8?B?",
            b"?=",
            b"<div style='",
            b"display:none'>",
            b"<a href=",
        ),
        *(
            b"message/rfc822",
            b"begin 644 a\n",
            b"\nend\n",
            b"BEGIN:VEVENT\n",
            b"DTSTART:20260101T000000Z\n",
            b"END:VEVENT\n",
            b"> ",
            b"\xd0",
        ),
        *(
            b'<script type="application/ld+json">',
            b'{"@type":"A","b":["',
            b"</script>",
            b"itemscope itemtype=x>",
            b"On 1.1.2024 10:00 a@b wrote:\n",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=12), max_size=40))
def test_any_bytes_give_a_message_that_can_be_written_down(pieces: list[bytes]) -> None:
    message = read(b"".join(pieces))

    said = f"{message.subject}{message.text}{message.quoted}{message.hidden}{message.signature}"
    named = (
        f"{message.sender}{message.headers}{message.links}{message.attachments}{message.invitations}{message.markup}"
    )
    f"{said}{named}".encode()
    assert "\0" not in said
    assert message.date.tzinfo is not None
