import os
from dataclasses import replace
from pathlib import Path

import pytest

from auramail.core.accounts import Account, SourceKind
from auramail.core.actions import Change
from auramail.core.errors import NeedsPersonError
from auramail.core.labels import INBOX, STARRED, UNREAD, LabelWish
from auramail.core.queries import MailQuery
from auramail.mail.local import LocalMailbox
from auramail.mail.maildir import MaildirOrigin
from auramail.mail.mbox import MboxOrigin
from auramail.ports.mailboxes import Request
from tests.fakes.clock import FakeClock
from tests.fakes.local_index import MemoryIndex
from tests.mail.letters import letter, mbox_of, write_maildir, write_mbox


@pytest.fixture
def index() -> MemoryIndex:
    return MemoryIndex()


def opened(path: Path, index: MemoryIndex) -> LocalMailbox:
    origin = MaildirOrigin(path) if path.is_dir() else MboxOrigin(path, path.parent / "cache")
    return LocalMailbox(Account(1, 1, origin.kind, "", str(path)), index, origin, FakeClock())


def listed(mailbox: LocalMailbox, **query: object) -> list[str]:
    return [one for page in mailbox.list_ids(replace(MailQuery(), **query)) for one in page.ids]  # type: ignore[arg-type]


def starred(*ids: str) -> list[Request]:
    return [Request(ids, Change(add=frozenset({STARRED})))]


def test_labels_live_in_the_index_and_the_file_stays_as_it_is(tmp_path: Path, index: MemoryIndex) -> None:
    path = write_mbox(tmp_path / "mail.mbox", letter("One"), letter("Two"))
    mailbox = opened(path, index)
    ids = listed(mailbox)

    mailbox.change_labels(starred(*ids))

    assert path.read_bytes() == mbox_of(letter("One"), letter("Two"))
    assert opened(path, index).labels_now(ids) == {identifier: frozenset({INBOX, STARRED}) for identifier in ids}


def test_a_maildir_keeps_its_names_and_flags(tmp_path: Path, index: MemoryIndex) -> None:
    root = write_maildir(tmp_path / "Maildir", new_1=letter("One"))
    mailbox = opened(root, index)

    mailbox.change_labels([Request(tuple(listed(mailbox)), Change(remove=frozenset({UNREAD, INBOX})))])

    assert [path.name for path in root.rglob("*") if path.is_file()] == ["1"]
    assert listed(mailbox) == []


def test_mail_that_arrived_since_is_found_and_labels_given_here_stay(tmp_path: Path, index: MemoryIndex) -> None:
    path = write_mbox(tmp_path / "mail.mbox", letter("One"))
    mailbox = opened(path, index)
    (first,) = listed(mailbox)
    mailbox.change_labels(starred(first))

    write_mbox(path, letter("Zero"), letter("One"), letter("Two"))

    assert len(listed(mailbox)) == 3
    assert mailbox.labels_now([first]) == {first: frozenset({INBOX, STARRED})}
    (answer,) = mailbox.fetch([first])
    assert answer.source is not None
    assert answer.source.raw == letter("One")


def test_a_message_that_left_the_file_is_gone(tmp_path: Path, index: MemoryIndex) -> None:
    path = write_mbox(tmp_path / "mail.mbox", letter("One"), letter("Two"))
    mailbox = opened(path, index)
    ids = listed(mailbox)

    write_mbox(path, letter("Two"))

    assert sorted(answer.gone for answer in mailbox.fetch(ids)) == [False, True]


def test_labels_can_be_changed_back_while_the_file_is_away(tmp_path: Path, index: MemoryIndex) -> None:
    path = write_mbox(tmp_path / "mail.mbox", letter("One"))
    mailbox = opened(path, index)
    ids = listed(mailbox)

    path.unlink()
    mailbox.change_labels(starred(*ids))

    assert mailbox.labels_now(ids) == {ids[0]: frozenset({INBOX, STARRED})}
    with pytest.raises(NeedsPersonError, match="There is no file"):
        listed(mailbox)


def test_the_first_question_makes_the_index(tmp_path: Path, index: MemoryIndex) -> None:
    path = write_mbox(tmp_path / "mail.mbox", letter("One"))
    ids = listed(opened(path, MemoryIndex()))

    assert opened(path, index).labels_now(ids) == {ids[0]: frozenset({INBOX})}


def test_reading_costs_nothing(tmp_path: Path, index: MemoryIndex) -> None:
    mailbox = opened(write_mbox(tmp_path / "mail.mbox", letter("One")), index)

    mailbox.fetch(listed(mailbox))

    assert (mailbox.usage.quota_units, mailbox.usage.http_calls) == (0, 0)


def test_bytes_that_are_not_those_of_the_index_are_a_problem_not_a_message(tmp_path: Path, index: MemoryIndex) -> None:
    path = write_mbox(tmp_path / "mail.mbox", letter("One"))
    mailbox = opened(path, index)
    (identifier,) = listed(mailbox)
    state = path.stat()

    path.write_bytes(path.read_bytes().replace(b"One", b"Two"))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    (answer,) = mailbox.fetch([identifier])

    assert answer.source is None
    assert not answer.gone
    assert answer.problem is not None
    assert "changed" in answer.problem.say()


def test_a_message_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path, index: MemoryIndex) -> None:
    root = write_maildir(tmp_path / "Maildir", cur_1_S=letter("One"), cur_2_S=letter("Two"))
    mailbox = opened(root, index)
    ids = listed(mailbox)
    state = (root / "cur").stat()

    (root / "cur" / "1:2,S").unlink()
    (root / "cur" / "1:2,S").mkdir()  # opening it is an error even for root
    os.utime(root / "cur", ns=(state.st_atime_ns, state.st_mtime_ns))
    answers = mailbox.fetch(ids)

    assert sorted(answer.problem is not None for answer in answers) == [False, True]


def test_a_message_deleted_behind_the_index_is_gone(tmp_path: Path, index: MemoryIndex) -> None:
    root = write_maildir(tmp_path / "Maildir", cur_1_S=letter("One"))
    mailbox = opened(root, index)
    ids = listed(mailbox)
    state = (root / "cur").stat()

    (root / "cur" / "1:2,S").unlink()
    os.utime(root / "cur", ns=(state.st_atime_ns, state.st_mtime_ns))

    assert [answer.gone for answer in mailbox.fetch(ids)] == [True]


def test_sender_and_subject_narrow_the_list_without_case(tmp_path: Path, index: MemoryIndex) -> None:
    path = write_mbox(tmp_path / "m", letter("Рахунок", sender="Бен <ben@work.example>"), letter("Other"))
    mailbox = opened(path, index)

    assert len(listed(mailbox, subject="рахун")) == 1
    assert len(listed(mailbox, sender="БЕН")) == 1
    assert listed(mailbox, subject="рахун", sender="cleo") == []


def test_folders_are_found_by_name_whatever_the_case(tmp_path: Path, index: MemoryIndex) -> None:
    path = write_mbox(tmp_path / "m", b"X-Gmail-Labels: Work/Clients\n" + letter())
    mailbox = opened(path, index)

    assert len(listed(mailbox, folders=("work/clients",))) == 1
    assert listed(mailbox, folders=("inbox",)) == []


def test_a_folder_that_is_not_there_is_named_with_those_that_are(tmp_path: Path, index: MemoryIndex) -> None:
    mailbox = opened(write_mbox(tmp_path / "m", letter()), index)

    with pytest.raises(NeedsPersonError, match="Pets") as caught:
        listed(mailbox, folders=("Pets",))

    assert caught.value.hint is not None
    assert "INBOX" in caught.value.hint.say()


@pytest.mark.parametrize("name", ["Important", "INBOX", "", "  ", "x" * 226])
def test_a_label_gmail_would_refuse_is_refused_here_too(tmp_path: Path, index: MemoryIndex, name: str) -> None:
    mailbox = opened(write_mbox(tmp_path / "m", letter()), index)

    with pytest.raises(NeedsPersonError):
        mailbox.labels([LabelWish(name, "#000000", "#ffffff")])


def test_a_label_of_the_file_is_found_by_its_normalised_name(tmp_path: Path, index: MemoryIndex) -> None:
    path = write_mbox(tmp_path / "m", b"X-Gmail-Labels: Inbox,AuraMail/To pay\n" + letter())
    mailbox = opened(path, index)

    found = mailbox.labels([LabelWish("auramail-to-pay", "#000000", "#ffffff")])

    assert found["auramail-to-pay"].name == "AuraMail/To pay"


def test_long_lists_come_in_pages(tmp_path: Path, index: MemoryIndex) -> None:
    path = write_mbox(tmp_path / "m", *(letter(str(number)) for number in range(1100)))

    pages = list(opened(path, index).list_ids(MailQuery()))

    assert [len(page.ids) for page in pages] == [500, 500, 100]


def test_the_kind_of_a_source_is_that_of_its_account(tmp_path: Path) -> None:
    assert MboxOrigin(tmp_path / "m", tmp_path).kind is SourceKind.MBOX
    assert MaildirOrigin(tmp_path).kind is SourceKind.MAILDIR
