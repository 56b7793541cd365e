import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.core.errors import NeedsPersonError
from auramail.core.labels import INBOX, SENT, UNREAD
from auramail.mail.indexing import is_copy_of
from auramail.mail.mbox import MboxOrigin, read_mbox, spans
from auramail.ports.local import LocalMessage
from tests.mail.letters import letter, mbox_of, write_mbox

SEPARATOR = b"From ben@work.example Mon Nov  2 12:00:00 2026\n"


def messages(tmp_path: Path, content: bytes) -> list[bytes]:
    path = tmp_path / "mail.mbox"
    path.write_bytes(content)
    return [raw for _, _, raw in read_mbox(path)]


def index(path: Path) -> list[LocalMessage]:
    return list(MboxOrigin(path, path.parent).messages())


def test_every_message_comes_back_as_it_was(tmp_path: Path) -> None:
    first, second = letter("One"), letter("Two", body="Line.\n\nLast line.")

    assert messages(tmp_path, mbox_of(first, second)) == [first, second]


def test_a_file_with_windows_line_ends_is_read(tmp_path: Path) -> None:
    first, second = letter("One"), letter("Two")
    content = mbox_of(first, second).replace(b"\n", b"\r\n")

    assert messages(tmp_path, content) == [raw.replace(b"\n", b"\r\n") for raw in (first, second)]


@pytest.mark.parametrize(
    ("quoted", "meant"),
    [(b">From here on", b"From here on"), (b">>From there", b">From there"), (b"> From", b"> From")],
)
def test_quoted_from_lines_lose_one_mark(tmp_path: Path, quoted: bytes, meant: bytes) -> None:
    raw = letter(body="Text\n\n")

    (read,) = messages(tmp_path, SEPARATOR + raw + quoted + b"\n")

    assert read == raw + meant + b"\n"


@pytest.mark.parametrize(
    "line",
    [
        "From tomorrow on the office is closed.",
        "From 9:30 to 10:30 in 2026 we meet.",
        "From Monday 09:30, then lunch.\n",
    ],
)
def test_a_sentence_that_begins_with_from_is_no_separator(tmp_path: Path, line: str) -> None:
    raw = letter(body=f"Hello\n\n{line}\nGreetings")

    assert messages(tmp_path, SEPARATOR + raw) == [raw]


def test_a_separator_needs_an_empty_line_before_it(tmp_path: Path) -> None:
    raw = letter(body="He pasted:\n" + SEPARATOR.decode() + "Subject: not a message")

    assert messages(tmp_path, SEPARATOR + raw) == [raw]


@pytest.mark.parametrize(
    "separator",
    [
        b"From 1789@xxx Mon Nov 02 12:00:00 +0000 2026\n",
        b"From - Mon Nov  2 12:00:00 2026\n",
        b"From \n",
        b"From ben@work.example\n",
        b"From MAILER-DAEMON Mon Nov 02 12:00:00 2026 remote from gate\n",
    ],
)
def test_separators_of_many_programs_are_known(tmp_path: Path, separator: bytes) -> None:
    first, second = letter("One"), letter("Two")

    assert messages(tmp_path, separator + first + b"\n" + separator + second) == [first, second]


def test_an_empty_message_is_a_message(tmp_path: Path) -> None:
    raw = letter()

    assert messages(tmp_path, SEPARATOR + b"\n" + SEPARATOR + raw) == [b"", raw]


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_an_empty_file_is_an_empty_mailbox(tmp_path: Path, content: bytes) -> None:
    assert messages(tmp_path, content) == []


def test_a_last_message_without_a_line_end_is_whole(tmp_path: Path) -> None:
    assert messages(tmp_path, SEPARATOR + b"Subject: x\n\nlast") == [b"Subject: x\n\nlast"]


@pytest.mark.parametrize("content", [b"PK\x03\x04 zipped", letter(), b"\x00" * 5000])
def test_what_is_no_mbox_is_refused_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(NeedsPersonError, match=r"mail\.mbox is no mbox file") as caught:
        messages(tmp_path, content)

    assert caught.value.hint is not None


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NeedsPersonError, match="There is no file"):
        MboxOrigin(tmp_path / "none.mbox", tmp_path).stamp()
    with pytest.raises(NeedsPersonError, match="is a folder"):
        MboxOrigin(tmp_path, tmp_path).stamp()


@given(st.lists(st.text("From \n>:ab", max_size=60), min_size=1, max_size=8), st.integers(1, 3000))
def test_any_mail_is_found_whatever_the_size_of_the_blocks(bodies: list[str], block: int) -> None:
    letters = [letter(str(number), body=f"x{body}") for number, body in enumerate(bodies)]
    quoted = [raw.replace(b"\nFrom ", b"\n>From ").replace(b"\n>From :", b"\nFrom :", 1) for raw in letters]
    content = mbox_of(*quoted)

    found = [content[start : start + length] for start, length in spans(io.BytesIO(content), Path("x"), block)]

    assert found == quoted


def test_a_takeout_names_labels_and_threads(tmp_path: Path) -> None:
    raw = b"X-GM-THRID: 1789\nX-Gmail-Labels: Sent,Unread,Taxes\n" + letter()

    (message,) = index(write_mbox(tmp_path / "takeout.mbox", raw))

    assert message.thread_id == "6fd"  # 6·256 + 15·16 + 13, as Gmail itself writes it
    assert message.labels == {SENT, UNREAD, "Taxes"}


def test_an_archived_message_of_a_takeout_is_not_in_the_inbox(tmp_path: Path) -> None:
    raw = b"X-Gmail-Labels: Archived,Opened\n" + letter()

    (message,) = index(write_mbox(tmp_path / "takeout.mbox", raw))

    assert message.labels == frozenset()


def test_mail_without_any_word_on_labels_lies_in_the_inbox(tmp_path: Path) -> None:
    (message,) = index(write_mbox(tmp_path / "plain.mbox", letter()))

    assert message.labels == {INBOX}


def test_a_line_of_the_index_has_what_lists_show(tmp_path: Path) -> None:
    raw = letter(
        "=?UTF-8?B?0JLRltGC0LDRjg==?=",
        sender="=?UTF-8?B?0JHQtdC9?= <ben@work.example>",
        to="Ana <ana@home.example>",
        headers=("Cc: cleo@far.example",),
    )

    (message,) = index(write_mbox(tmp_path / "plain.mbox", raw))

    assert message.subject == "Вітаю"
    assert message.sender == "Бен <ben@work.example>"
    assert message.recipients == "Ana <ana@home.example>, cleo@far.example"
    assert message.size == len(raw)
    assert not message.has_attachment


def test_the_time_of_arrival_counts_more_than_the_date_the_sender_wrote(tmp_path: Path) -> None:
    raw = letter(headers=("Received: by mx.example; Tue, 03 Nov 2026 10:00:00 +0200",))

    (message,) = index(write_mbox(tmp_path / "plain.mbox", raw))

    assert message.received.isoformat() == "2026-11-03T08:00:00+00:00"


@pytest.mark.parametrize("date", [b"yesterday", b"Mon, 99 Nov 2026 99:00:00 +0000", b"31 Dec 9999 23:59:00 -2300", b""])
def test_an_impossible_date_is_the_epoch(tmp_path: Path, date: bytes) -> None:
    (message,) = index(write_mbox(tmp_path / "plain.mbox", b"Date: " + date + b"\nSubject: x\n\nx\n"))

    assert message.received.isoformat() == "1970-01-01T00:00:00+00:00"


def test_answers_are_in_the_thread_of_their_question_wherever_they_lie(tmp_path: Path) -> None:
    question = letter("Q", message_id="q@x")
    answer = letter("A", message_id="a@x", headers=("In-Reply-To: <q@x>",))
    second = letter("B", message_id="b@x", headers=("In-Reply-To: <a@x>",))
    third = letter("C", message_id="c@x", headers=("In-Reply-To: <b@x>", "References: <q@x> <a@x> <b@x>"))
    other = letter("O", message_id="o@x")

    found = index(write_mbox(tmp_path / "plain.mbox", answer, second, question, third, other))

    threads = {message.subject: message.thread_id for message in found}
    assert threads["Q"] == threads["A"] == threads["B"] == threads["C"]
    assert threads["O"] != threads["Q"]


def test_a_message_without_an_id_is_a_thread_of_its_own(tmp_path: Path) -> None:
    first, second = index(write_mbox(tmp_path / "plain.mbox", letter("One"), letter("Two")))

    assert first.thread_id != second.thread_id


def test_identical_copies_are_numbered(tmp_path: Path) -> None:
    found = index(write_mbox(tmp_path / "plain.mbox", letter(), letter(), letter()))

    first = found[0].id
    assert [message.id for message in found] == [first, f"{first}-2", f"{first}-3"]
    assert is_copy_of(f"{first}-2", letter())


def test_ids_stay_when_a_new_takeout_has_other_labels(tmp_path: Path) -> None:
    before = b"X-GM-THRID: 1\nX-Gmail-Labels: Inbox,Unread\n" + letter()
    after = b"X-GM-THRID: 1\nX-Gmail-Labels: Inbox,Opened,\n Taxes\n" + letter()

    (old,) = index(write_mbox(tmp_path / "old.mbox", before))
    (new,) = index(write_mbox(tmp_path / "new.mbox", after))

    assert old.id == new.id


def test_a_message_is_read_from_its_place(tmp_path: Path) -> None:
    first, second = letter("One"), letter("Two")
    origin = MboxOrigin(write_mbox(tmp_path / "plain.mbox", first, second), tmp_path)

    assert [origin.read(message.place) for message in origin.messages()] == [first, second]


def test_nothing_is_read_beyond_the_end_of_a_file_that_shrank(tmp_path: Path) -> None:
    origin = MboxOrigin(write_mbox(tmp_path / "plain.mbox", letter("One"), letter("Two")), tmp_path)
    *_, last = origin.messages()

    write_mbox(origin.file, letter("One"))

    assert origin.read(last.place) is None


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("Content-Disposition: attachment; filename=a.pdf", True),
        ("content-disposition:\n attachment", True),
        ("Content-Disposition: inline; filename=logo.png", False),
        ("X-Note: none", False),
    ],
)
def test_attachments_are_seen_and_pictures_in_the_text_are_none(tmp_path: Path, part: str, expected: bool) -> None:
    raw = f"Content-Type: multipart/mixed; boundary=b\n\n--b\n{part}\n\nx\n--b--\n".encode()

    (message,) = index(write_mbox(tmp_path / "plain.mbox", raw))

    assert message.has_attachment is expected


def test_a_message_that_is_an_attachment_itself_has_one(tmp_path: Path) -> None:
    raw = b"Content-Type: application/pdf\nContent-Disposition: attachment\n\nx\n"

    (message,) = index(write_mbox(tmp_path / "plain.mbox", raw))

    assert message.has_attachment


def test_the_stamp_changes_with_the_file(tmp_path: Path) -> None:
    origin = MboxOrigin(write_mbox(tmp_path / "plain.mbox", letter("One")), tmp_path)
    before = origin.stamp()

    assert origin.stamp() == before
    write_mbox(origin.file, letter("One"), letter("Two"))
    assert origin.stamp() != before
