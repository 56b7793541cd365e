from pathlib import Path

import pytest

from auramail.core.messages import Source
from auramail.reading.message import read_message
from tests.fuzz.seeds import FOUND_BEFORE, LARGEST, SMALL, write_seeds
from tests.fuzz.target import ENVELOPES, mail_of, take
from tests.reading.promises import check


@pytest.mark.parametrize("path", sorted(FOUND_BEFORE.glob("*.eml")), ids=lambda path: path.stem)
def test_what_once_broke_a_promise_keeps_it_now(path: Path) -> None:
    take(path.read_bytes())


@pytest.mark.parametrize("data", SMALL, ids=range(len(SMALL)))
def test_every_envelope_makes_a_mail_with_something_to_read(data: bytes) -> None:
    raw = mail_of(data)
    take(raw)
    message = read_message(Source("1", "1", raw))

    assert message.text or message.invitations or message.sender.address == "ana@b.example"


def test_fuzzing_starts_from_hundreds_of_mails(tmp_path: Path) -> None:
    count = write_seeds(tmp_path)
    seeds = list(tmp_path.iterdir())

    assert count == len(seeds) > 150
    assert all(seed.stat().st_size <= LARGEST + 1 for seed in seeds)


def test_no_bytes_are_a_mail_too() -> None:
    assert mail_of(b"") == b""
    assert len(ENVELOPES) > len(SMALL)
    take(b"")


def test_broken_promise_is_told() -> None:
    message = read_message(Source("1", "1", b"Subject: x\n\nHello."))
    object.__setattr__(message, "text", "Hel\u202elo.")

    with pytest.raises(AssertionError, match="text holds a character nobody sees"):
        check(message)
