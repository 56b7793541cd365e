"""Whatever a server does, its answer is short."""

import gzip

import httpx2
import pytest

from auramail.ai.wire import MOST_BYTES, sendable, unpacked


@pytest.mark.parametrize("encoding", ["", "identity", "IDENTITY"])
def test_plain_body_stays_as_it_is(encoding: str) -> None:
    assert unpacked(b"{}", encoding) == b"{}"


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
def test_packed_body_is_unpacked(encoding: str) -> None:
    assert unpacked(gzip.compress(b"{}"), encoding) == b"{}"


def test_packed_body_is_unpacked_no_further_than_allowed() -> None:
    assert len(unpacked(gzip.compress(b"x" * (MOST_BYTES + 1)), "gzip")) == MOST_BYTES


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip"])
def test_body_packed_otherwise_is_refused(encoding: str) -> None:
    with pytest.raises(httpx2.DecodingError):
        unpacked(b"{}", encoding)


def test_nothing_needs_no_unpacking() -> None:
    assert unpacked(b"", "gzip") == b""


@pytest.mark.parametrize(("text", "sent"), [("\ud83d x", "? x"), ("Київ 🙂", "Київ 🙂")])
def test_halves_of_characters_are_replaced(text: str, sent: str) -> None:
    assert sendable(text) == sent
