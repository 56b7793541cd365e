"""A service account of the person's Google project: its key file, and access tokens for what the key has signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import orjson
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.mail.gmail.answers import Verdict
from auramail.mail.gmail.errors import translate
from auramail.mail.gmail.http import Wire
from auramail.mail.gmail.jwt import sign
from auramail.mail.gmail.patience import Patience
from auramail.mail.gmail.posting import post
from auramail.mail.gmail.tokens import EARLY, FORM
from auramail.ports.world import Clock

NEEDED: Final = ("client_email", "private_key_id", "private_key", "token_uri")
LIFETIME: Final = timedelta(hours=1)
"""The longest Google takes; https://developers.google.com/identity/protocols/oauth2/service-account"""
JWT_BEARER: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@dataclass(frozen=True, slots=True)
class ServiceAccountKey:
    email: str
    key_id: str
    private_key: RSAPrivateKey = field(repr=False)
    token_uri: str


def read_key_file(path: Path) -> ServiceAccountKey:
    """Read and check the file the Google console gave; raises NeedsPersonError saying what to do."""
    data = _read_object(path)
    if data.get("type") != "service_account":
        raise NeedsPersonError(Wording.of("{path} is not the key of a service account.", path=path), _download_again())
    missing = [name for name in NEEDED if not isinstance(data.get(name), str) or not data[name]]
    if missing:
        raise NeedsPersonError(
            Wording.of("{path} lacks {fields}.", path=path, fields=", ".join(missing)), _download_again()
        )
    email, key_id, pem, token_uri = (str(data[name]) for name in NEEDED)
    if not token_uri.startswith(("https://", "http://")):
        raise NeedsPersonError(
            Wording.of("{name} in {path} is not a URL.", name="token_uri", path=path), _download_again()
        )
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _no_key(path) from error
    if not isinstance(key, RSAPrivateKey):
        raise _no_key(path)
    return ServiceAccountKey(email, key_id, key, token_uri)


class ServiceTokens:
    """Hands out valid access tokens for one scope. Not shared between threads."""

    def __init__(self, wire: Wire, key: ServiceAccountKey, scope: str, clock: Clock, patience: Patience) -> None:
        self._wire = wire
        self._key = key
        self._scope = scope
        self._clock = clock
        self._patience = patience
        self._access = ""
        self._until: datetime | None = None

    def access_token(self) -> str:
        """A token with a minute to live at least. Raises NeedsPersonError and TryAgainError."""
        if self._until is None or self._until - EARLY <= self._clock.now():
            self.renew()
        return self._access

    def renew(self) -> None:
        """Get a new token in any case (RFC 7523, 2.1)."""
        now = self._clock.now()
        issued = int(now.timestamp())
        claims = {
            "iss": self._key.email,
            "scope": self._scope,
            "aud": self._key.token_uri,
            "iat": issued,
            "exp": issued + int(LIFETIME.total_seconds()),
        }
        assertion = sign(claims, self._key.private_key, self._key.key_id)
        content = urlencode({"grant_type": JWT_BEARER, "assertion": assertion}).encode()
        answer = post(self._wire, self._patience, self._key.token_uri, FORM, content)
        if answer.verdict in {Verdict.WAIT, Verdict.DOUBTFUL}:
            raise translate(answer)
        token, seconds = answer.data.get("access_token"), answer.data.get("expires_in")
        if answer.verdict is not Verdict.DONE or not isinstance(token, str) or not isinstance(seconds, int):
            raise self._refusal(answer.data.get("error_description"), answer.status)
        self._access, self._until = token, now + timedelta(seconds=seconds)

    def _refusal(self, said: object, status: int) -> NeedsPersonError:
        return NeedsPersonError(
            Wording.of(
                "Google does not accept the key of the service account {email}: {why}",
                email=self._key.email,
                why=said or status,
            ),
            Wording.of("Create a new key for it in the Google console, and check this computer's clock."),
        )


def _read_object(path: Path) -> Mapping[str, object]:
    try:
        data = orjson.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise NeedsPersonError(
            Wording.of("There is no key of a service account at {path}.", path=path), _download_again()
        ) from error
    except OSError as error:
        raise NeedsPersonError(
            Wording.of("{path} cannot be read: {why}", path=path, why=error.strerror),
            Wording.of("Check the path and who may read it."),
        ) from error
    except orjson.JSONDecodeError as error:
        raise NeedsPersonError(Wording.of("{path} is not JSON.", path=path), _download_again()) from error
    return data if isinstance(data, dict) else {}


def _no_key(path: Path) -> NeedsPersonError:
    return NeedsPersonError(Wording.of("The private key in {path} cannot be used.", path=path), _download_again())


def _download_again() -> Wording:
    return Wording.of("Create a key of the type JSON for the service account in the Google console and download it.")
