import os
from pathlib import Path

import pytest

from auramail.core.errors import NeedsPersonError
from auramail.core.labels import DRAFT, INBOX, SENT, SPAM, STARRED, TRASH, UNREAD
from auramail.mail.maildir import MaildirOrigin
from tests.mail.letters import letter, write_maildir


def labels(root: Path) -> dict[str, frozenset[str]]:
    return {message.subject: message.labels for message in MaildirOrigin(root).messages()}


def test_flags_and_folders_are_labels(tmp_path: Path) -> None:
    root = write_maildir(
        tmp_path / "Maildir",
        cur_1_S=letter("read"),
        cur_2_FS=letter("starred"),
        cur_3_RS=letter("answered"),
        cur_4_ST=letter("trashed"),
        cur_5_DS=letter("draft"),
        new_6=letter("new"),
    )

    assert labels(root) == {
        "read": {INBOX},
        "starred": {INBOX, STARRED},
        "answered": {INBOX},
        "trashed": {TRASH},
        "draft": {INBOX, DRAFT},
        "new": {INBOX, UNREAD},
    }


@pytest.mark.parametrize(
    ("folder", "label"),
    [
        (".Sent", SENT),
        (".Spam", SPAM),
        (".Junk", SPAM),
        (".Trash", TRASH),
        (".INBOX", INBOX),
        (".INBOX.Taxes", "Taxes"),
        (".Work.Clients", "Work/Clients"),
        (".&BCAEPgQxBD4EQgQw-", "Робота"),
        ("Work/Clients", "Work/Clients"),
        ("INBOX", INBOX),
    ],
)
def test_a_folder_in_a_maildir_is_a_label(tmp_path: Path, folder: str, label: str) -> None:
    root = write_maildir(tmp_path / "Maildir")
    write_maildir(root / folder, cur_1_S=letter("x"))

    assert labels(root) == {"x": {label}}


def test_an_archive_folder_is_out_of_the_inbox_without_a_label(tmp_path: Path) -> None:
    root = write_maildir(tmp_path / "Maildir")
    write_maildir(root / ".Archive", cur_1_S=letter("x"))

    assert labels(root) == {"x": set()}


def test_a_plain_folder_of_maildirs_is_one_mailbox(tmp_path: Path) -> None:
    write_maildir(tmp_path / "INBOX", cur_1_S=letter("in"))
    write_maildir(tmp_path / "Sent", cur_1_S=letter("out"))

    assert labels(tmp_path) == {"in": {INBOX}, "out": {SENT}}


def test_messages_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    root = write_maildir(tmp_path / "Maildir", cur_2_S=letter("second"), cur_1_S=letter("first"))

    assert list(labels(root)) == ["first", "second"]


def test_hidden_files_and_folders_among_the_messages_are_no_messages(tmp_path: Path) -> None:
    root = write_maildir(tmp_path / "Maildir", cur_1_S=letter("one"))
    (root / "cur" / ".lock").write_bytes(b"x")
    (root / "cur" / "folder").mkdir()
    (root / "tmp" / "half").write_bytes(letter("half"))

    assert list(labels(root)) == ["one"]


def test_a_message_is_found_after_its_flags_changed(tmp_path: Path) -> None:
    root = write_maildir(tmp_path / "Maildir", new_1=letter("one"))
    origin = MaildirOrigin(root)
    (message,) = origin.messages()

    (root / "new" / "1").rename(root / "cur" / "1:2,S")

    assert origin.read(message.place) == letter("one")


def test_a_message_that_was_deleted_is_gone(tmp_path: Path) -> None:
    root = write_maildir(tmp_path / "Maildir", cur_1_S=letter("one"))
    origin = MaildirOrigin(root)
    (message,) = origin.messages()

    (root / "cur" / "1:2,S").unlink()

    assert origin.read(message.place) is None


def test_a_file_name_of_any_bytes_is_read_again(tmp_path: Path) -> None:
    root = write_maildir(tmp_path / "Maildir")
    (root / "cur" / os.fsdecode(b"1.caf\xe9 %:2,S")).write_bytes(letter("one"))
    origin = MaildirOrigin(root)
    (message,) = origin.messages()

    assert message.place.isascii()
    assert origin.read(message.place) == letter("one")


def test_the_stamp_changes_when_mail_arrives(tmp_path: Path) -> None:
    root = write_maildir(tmp_path / "Maildir", cur_1_S=letter("one"))
    origin = MaildirOrigin(root)
    before = origin.stamp()

    os.utime(root / "new", ns=(1, 1))

    assert origin.stamp() != before


def test_a_date_that_is_missing_is_that_of_the_file(tmp_path: Path) -> None:
    root = write_maildir(tmp_path / "Maildir", cur_1_S=b"Subject: x\n\nx\n")
    os.utime(root / "cur" / "1:2,S", (86400, 86400))

    (message,) = MaildirOrigin(root).messages()

    assert message.received.isoformat() == "1970-01-02T00:00:00+00:00"


def test_what_is_no_maildir_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NeedsPersonError, match="is no Maildir"):
        MaildirOrigin(tmp_path).stamp()
    with pytest.raises(NeedsPersonError, match="There is no folder"):
        MaildirOrigin(tmp_path / "none").stamp()
