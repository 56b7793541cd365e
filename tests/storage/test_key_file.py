import base64
from pathlib import Path

import pytest

from auramail.core.errors import NeedsPersonError
from auramail.storage.vault import KeyFile, parse_keys
from tests.storage.racing import at_once

KEY = base64.b64encode(bytes(32)).decode()


def test_keys_are_made_once_and_kept_to_their_owner(home: Path) -> None:
    path = home / "inner" / "keys"

    made = KeyFile(path).keys()

    assert KeyFile(path).keys() == made
    assert [len(key) for _, key in made] == [32]
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["keys"]


def test_two_installations_have_different_keys(home: Path) -> None:
    assert KeyFile(home / "a").keys() != KeyFile(home / "b").keys()


def test_processes_that_start_at_the_same_moment_use_the_same_keys(home: Path) -> None:
    keys = at_once(8, lambda _: tuple(KeyFile(home / "keys").keys()))

    assert len(set(keys)) == 1


@pytest.mark.parametrize("content", ["", "\n", "k1", f"k1:{KEY[:-4]}", "k1:not base64!", f":{KEY}", "ключ:ключ"])
def test_a_damaged_file_is_never_replaced_by_new_keys(home: Path, content: str) -> None:
    path = home / "keys"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(NeedsPersonError):
        KeyFile(path).keys()

    assert path.read_text(encoding="utf-8") == content


def test_a_folder_in_its_place_needs_a_person(home: Path) -> None:
    with pytest.raises(NeedsPersonError, match="cannot be used"):
        KeyFile(home).keys()


def test_a_list_of_keys_is_read_in_its_order() -> None:
    assert parse_keys(f" new:{KEY} ,\nold:{KEY},") == [("new", bytes(32)), ("old", bytes(32))]


@pytest.mark.parametrize("second", ["k2", "k2:", f"k2:{KEY}A", f"k1:{KEY}", f"{'k' * 256}:{KEY}"])
def test_a_key_that_cannot_be_used_is_named_by_its_place_but_not_shown(second: str) -> None:
    with pytest.raises(NeedsPersonError, match="number 2") as caught:
        parse_keys(f"k1:{KEY},{second}")

    assert KEY not in str(caught.value)
