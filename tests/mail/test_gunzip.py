import gzip
import os
from pathlib import Path

import pytest

from auramail.core.errors import NeedsPersonError
from auramail.mail.gunzip import is_gzip, unpacked

CONTENT = b"From ben@work.example Mon Nov  2 12:00:00 2026\nSubject: x\n\n" + os.urandom(5000)


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    path = tmp_path / "mail.mbox.gz"
    path.write_bytes(gzip.compress(CONTENT))
    return path


def test_a_packed_file_is_known_by_its_first_bytes(packed: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.gz"
    plain.write_bytes(CONTENT)

    assert is_gzip(packed)
    assert not is_gzip(plain)


def test_a_file_is_unpacked_once(packed: Path, tmp_path: Path) -> None:
    first = unpacked(packed, tmp_path / "cache")
    written = first.stat().st_mtime_ns

    second = unpacked(packed, tmp_path / "cache")

    assert first.read_bytes() == CONTENT
    assert second == first
    assert second.stat().st_mtime_ns == written


def test_a_newer_file_takes_the_place_of_what_was_unpacked(packed: Path, tmp_path: Path) -> None:
    unpacked(packed, tmp_path / "cache")
    packed.write_bytes(gzip.compress(CONTENT + b"more"))

    newer = unpacked(packed, tmp_path / "cache")

    assert newer.read_bytes() == CONTENT + b"more"
    assert list((tmp_path / "cache").iterdir()) == [newer]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[: len(data) // 2], id="cut off"),
        pytest.param(lambda data: data[:-8] + b"\0" * 8, id="wrong checksum"),
        pytest.param(lambda data: data[:40] + b"\xff" * 200 + data[240:], id="garbage inside"),
        pytest.param(lambda data: data[:2], id="only the mark"),
    ],
)
def test_a_damaged_file_gives_one_clear_line_and_leaves_nothing(packed: Path, tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    packed.write_bytes(damage(packed.read_bytes()))

    with pytest.raises(NeedsPersonError, match=r"mail\.mbox\.gz is damaged") as caught:
        unpacked(packed, tmp_path / "cache")

    assert "\n" not in str(caught.value)
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_disk_that_would_be_full_is_said_before_it_is(packed: Path, tmp_path: Path) -> None:
    with pytest.raises(NeedsPersonError, match="not enough free space"):
        unpacked(packed, tmp_path / "cache", spare=10**18)

    assert list((tmp_path / "cache").iterdir()) == []
