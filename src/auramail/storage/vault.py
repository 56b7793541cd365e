"""Secrets at rest: AES-256-GCM with the key's name in the envelope and the purpose as associated data."""

import base64
import binascii
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from auramail.core.errors import GiveUpError, NeedsPersonError
from auramail.core.wording import Wording

NONCE_BYTES = 12
KEY_BYTES = 32
VERSION = b"\x01"


class AESVault:
    """`ports.Vault`: the first key encrypts, all of them decrypt.

    An envelope is a version byte, the length of the key's id, the id, 12 random bytes and the ciphertext. Everything
    before the ciphertext is authenticated together with the purpose.
    """

    def __init__(self, keys: Sequence[tuple[str, bytes]]) -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys}
        self.key_id = keys[0][0]

    def seal(self, secret: bytes, purpose: str) -> bytes:
        name = self.key_id.encode()
        header = VERSION + bytes([len(name)]) + name
        nonce = secrets.token_bytes(NONCE_BYTES)
        return header + nonce + self._ciphers[self.key_id].encrypt(nonce, secret, header + purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        key_id = key_of(sealed)
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise GiveUpError(
                Wording.of(
                    "A stored secret was encrypted with the key {key}, which is not among AURAMAIL_KEYS.", key=key_id
                )
            )
        start = 2 + len(key_id.encode())
        header, nonce = sealed[:start], sealed[start : start + NONCE_BYTES]
        try:
            return cipher.decrypt(nonce, sealed[start + NONCE_BYTES :], header + purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise _broken() from error


def key_of(sealed: bytes) -> str:
    """The id of the key that sealed it; raises GiveUpError for what is no envelope."""
    if len(sealed) < 2 or sealed[:1] != VERSION or len(sealed) < 2 + sealed[1]:
        raise _broken()
    try:
        return sealed[2 : 2 + sealed[1]].decode()
    except UnicodeDecodeError as error:
        raise _broken() from error


def _broken() -> GiveUpError:
    return GiveUpError(Wording.of("A stored secret was changed or moved and cannot be trusted."))


def parse_keys(text: str) -> list[tuple[str, bytes]]:
    """Read `id:base64,id:base64`; raises NeedsPersonError naming the key that cannot be used."""
    keys: list[tuple[str, bytes]] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        key_id, _, encoded = part.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not 0 < len(key_id.encode()) <= 255 or len(key) != KEY_BYTES or key_id in dict(keys):
            raise NeedsPersonError(
                Wording.of("Key number {number} in AURAMAIL_KEYS cannot be used.", number=len(keys) + 1),
                Wording.of("Write each key as id:base64 of 32 random bytes, separated by commas, each id once."),
            )
        keys.append((key_id, key))
    return keys


class KeyFile:
    """Keys made at first need and kept in a file that only its owner may read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keys(self) -> list[tuple[str, bytes]]:
        """The keys of the file, made if there is none; raises NeedsPersonError if it cannot be read or written."""
        try:
            self._make()
            keys = parse_keys(self._path.read_text(encoding="ascii"))
        except (OSError, UnicodeDecodeError) as error:
            raise self._unusable() from error
        if not keys:
            raise self._unusable()
        return keys

    def _make(self) -> None:
        """Write the file under another name and link it: a second process sees a whole file or none."""
        if self._path.exists():
            return
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._path.with_name(f"{self._path.name}.{secrets.token_hex(8)}")
        key_id = f"k{secrets.token_hex(4)}"
        content = f"{key_id}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}\n"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            self._path.hardlink_to(draft)
        draft.unlink()

    def _unusable(self) -> NeedsPersonError:
        return NeedsPersonError(
            Wording.of("The file of encryption keys {path} cannot be used.", path=self._path),
            Wording.of(
                "Restore it from a backup or set AURAMAIL_KEYS; without it, connected accounts must be connected again."
            ),
        )


def open_vault(given: str, path: Path) -> AESVault:
    """The vault of the keys given (as `parse_keys` reads them), or of those in the file; raises NeedsPersonError."""
    return AESVault(parse_keys(given) if given else KeyFile(path).keys())
