import gzip
from pathlib import Path

import pytest

from auramail.core.errors import NeedsPersonError
from auramail.core.labels import SENT
from auramail.core.messages import Source
from auramail.mail.files import Unreadable, read_messages
from tests.mail.letters import letter, mbox_of, write_maildir, write_mbox


def read(path: Path) -> list[tuple[str, bytes]]:
    found = []
    for place, source in read_messages(path):
        assert isinstance(source, Source)
        found.append((str(Path(place).relative_to(path.parent)), source.raw))
    return found


def test_a_single_message_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(letter("A"))

    assert read(tmp_path / "a.eml") == [("a.eml", letter("A"))]


def test_a_folder_is_read_by_name_and_below(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    (folder / "sub").mkdir(parents=True)
    (folder / "b.eml").write_bytes(letter("B"))
    (folder / "a").write_bytes(letter("A"))
    (folder / "sub" / "c.txt").write_bytes(letter("C"))

    assert read(folder) == [("mail/a", letter("A")), ("mail/b.eml", letter("B")), ("mail/sub/c.txt", letter("C"))]


def test_the_labels_beside_the_mail_of_a_folder_are_no_message(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"Subject: one\r\n\r\nText\r\n")
    (tmp_path / "labels.jsonl").write_text('{"file": "a.eml", "kind": "work"}\n', "utf-8")

    assert [Path(place).name for place, _ in read_messages(tmp_path)] == ["a.eml"]


def test_an_mbox_is_read_message_by_message(tmp_path: Path) -> None:
    path = write_mbox(tmp_path / "m.mbox", b"X-Gmail-Labels: Sent\n" + letter("A"), letter("B"))

    sources = [source for _, source in read_messages(path) if isinstance(source, Source)]

    assert [source.labels for source in sources] == [{SENT}, frozenset()]
    assert len({source.id for source in sources}) == 2
    assert all(source.thread_id and source.received for source in sources)


def test_a_packed_mbox_is_read_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    path = tmp_path / "m.mbox.gz"
    path.write_bytes(gzip.compress(mbox_of(letter("A"), letter("B"))))

    assert [raw for _, raw in read(path)] == [letter("A"), letter("B")]
    assert list(scratch.iterdir()) == []


def test_a_message_saved_with_its_separator_line_is_one_message(tmp_path: Path) -> None:
    raw = letter(body="See below.\n\nFrom the office of Ben\nGreetings")
    (tmp_path / "0001").write_bytes(b"From ben@work.example  Mon Nov  2 12:00:00 2026\n" + raw)

    assert read(tmp_path / "0001") == [("0001", raw)]


def test_a_maildir_is_read_with_its_labels(tmp_path: Path) -> None:
    root = write_maildir(tmp_path / "Maildir")
    write_maildir(root / ".Sent", cur_1_S=letter("A"))

    ((place, source),) = read_messages(root)

    assert place == str(root / ".Sent" / "cur" / "1:2,S")
    assert isinstance(source, Source)
    assert source.labels == {SENT}


def test_a_file_that_cannot_be_read_stands_in_its_place_with_the_reason(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "a.eml").write_bytes(letter("A"))
    (folder / "b.gz").write_bytes(gzip.compress(letter("B"))[:30])
    (folder / "c.eml").symlink_to(folder / "nowhere")
    (folder / "d.eml").write_bytes(letter("D"))

    found = dict(read_messages(folder))

    problems = {Path(place).name: item.problem.say() for place, item in found.items() if isinstance(item, Unreadable)}
    assert list(problems) == ["b.gz", "c.eml"]
    assert "damaged" in problems["b.gz"]
    assert isinstance(found[str(folder / "d.eml")], Source)


def test_an_empty_file_is_an_empty_message(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"")

    assert read(tmp_path / "a.eml") == [("a.eml", b"")]


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NeedsPersonError, match="There is no file or folder"):
        next(read_messages(tmp_path / "none"))
