"""What a vault promises (`ports.Vault`)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.core.errors import GiveUpError
from auramail.ports.world import Vault
from auramail.storage.vault import AESVault, key_of

OLD, NEW = ("2025", bytes(range(32))), ("2026-ключ", bytes(range(32, 64)))
SECRET = b'{"refresh_token": "1//canary"}'


@pytest.fixture
def vault() -> Vault:
    return AESVault([NEW, OLD])


@given(st.binary(), st.text())
def test_what_was_sealed_can_be_opened_for_the_same_purpose(secret: bytes, purpose: str) -> None:
    vault = AESVault([NEW])

    assert vault.open(vault.seal(secret, purpose), purpose) == secret


def test_a_sealed_secret_shows_nothing_and_never_looks_the_same(vault: Vault) -> None:
    first, second = vault.seal(SECRET, "google|1"), vault.seal(SECRET, "google|1")

    assert first != second
    assert b"canary" not in first + second


@pytest.mark.parametrize("purpose", ["google|2", "google", "totp|1", ""])
def test_a_secret_moved_to_another_purpose_is_refused(vault: Vault, purpose: str) -> None:
    sealed = vault.seal(SECRET, "google|1")

    with pytest.raises(GiveUpError):
        vault.open(sealed, purpose)


def test_any_flipped_bit_is_refused(vault: Vault) -> None:
    sealed = vault.seal(SECRET, "google|1")

    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(GiveUpError):
            vault.open(bytes(changed), "google|1")


def test_a_shortened_secret_and_plain_text_are_refused(vault: Vault) -> None:
    sealed = vault.seal(SECRET, "google|1")

    for broken in (*(sealed[:length] for length in range(len(sealed))), SECRET):
        with pytest.raises(GiveUpError):
            vault.open(broken, "google|1")


class TestRotation:
    def test_the_first_key_seals_and_all_of_them_open(self) -> None:
        sealed = AESVault([OLD]).seal(SECRET, "google|1")
        rotated = AESVault([NEW, OLD])

        assert rotated.open(sealed, "google|1") == SECRET
        assert (key_of(sealed), key_of(rotated.seal(SECRET, "google|1"))) == ("2025", "2026-ключ")

    def test_a_key_that_is_gone_is_named(self) -> None:
        sealed = AESVault([OLD]).seal(SECRET, "google|1")

        with pytest.raises(GiveUpError, match="2025"):
            AESVault([NEW]).open(sealed, "google|1")

    def test_another_key_under_the_same_name_is_refused(self) -> None:
        sealed = AESVault([OLD]).seal(SECRET, "google|1")

        with pytest.raises(GiveUpError):
            AESVault([("2025", NEW[1])]).open(sealed, "google|1")
