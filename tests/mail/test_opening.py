from datetime import date
from pathlib import Path

import pytest

from auramail.core.accounts import Account, SourceKind
from auramail.core.errors import NeedsPersonError
from auramail.mail.opening import open_origin, origin_of
from tests.mail.letters import letter, write_maildir, write_mbox

TODAY = date(2026, 11, 21)


def test_a_source_is_opened_by_its_kind_or_by_its_path_alone(tmp_path: Path) -> None:
    mbox = write_mbox(tmp_path / "mail.mbox", letter())
    maildir = write_maildir(tmp_path / "Maildir")

    for spec, kind, path in [
        (f"mbox:{mbox}", SourceKind.MBOX, mbox),
        (str(mbox), SourceKind.MBOX, mbox),
        (f"maildir:{maildir}", SourceKind.MAILDIR, maildir),
        (str(maildir), SourceKind.MAILDIR, maildir),
    ]:
        origin = open_origin(spec, tmp_path, TODAY)
        assert (origin.kind, origin.path) == (kind, str(path))


def test_a_relative_path_is_remembered_as_an_absolute_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_mbox(tmp_path / "mail.mbox", letter())
    monkeypatch.chdir(tmp_path)

    assert open_origin("mbox:mail.mbox", tmp_path, TODAY).path == str(tmp_path / "mail.mbox")


def test_the_sample_remembers_the_day_it_was_opened_first(tmp_path: Path) -> None:
    first = open_origin("sample", tmp_path, TODAY)
    later = open_origin(f"sample:{first.path}", tmp_path, date(2027, 1, 5))

    assert first.path == "2026-11-21"
    assert later.stamp() == first.stamp()


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NeedsPersonError, match="is no day"):
        open_origin("sample:yesterday", tmp_path, TODAY)


@pytest.mark.parametrize("spec", ["mbox:/none/mail.mbox", "maildir:/none/Maildir", "/none/at/all", "mbox:", ""])
def test_a_source_that_is_not_there_is_refused_at_once(tmp_path: Path, spec: str) -> None:
    with pytest.raises(NeedsPersonError):
        open_origin(spec, tmp_path, TODAY)


def test_an_account_opens_its_source_also_while_the_file_is_away(tmp_path: Path) -> None:
    for kind, path in [
        (SourceKind.MBOX, "/none/mail.mbox"),
        (SourceKind.MAILDIR, "/none/Maildir"),
        (SourceKind.SAMPLE, "2026-11-21"),
    ]:
        origin = origin_of(Account(1, 1, kind, "", path), tmp_path)
        assert (origin.kind, origin.path) == (kind, path)
