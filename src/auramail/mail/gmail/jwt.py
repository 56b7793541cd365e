"""Signed tokens (JWT, RFC 7519): Google's, believed only after every check, and those a key of ours has to sign."""

import base64
import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from auramail.mail.gmail.answers import Answer, Verdict
from auramail.mail.gmail.errors import translate
from auramail.mail.gmail.http import Wire
from auramail.ports.world import Clock

SKEW: Final = 60
"""Seconds by which two clocks may differ."""
USUAL_AGE: Final = 3600.0
ASK_AGAIN_AFTER: Final = 300.0
"""Seconds between two looks for a key that is not there, so that made-up key ids cost Google nothing."""
LONGEST_TOKEN: Final = 16_384


class Claim(StrEnum):
    """What a token fails at; a closed set, so that it may stand in a log."""

    AUTHORIZATION = "authorization"
    FORM = "form"
    ALGORITHM = "alg"
    EXTENSION = "crit"
    KEY = "kid"
    SIGNATURE = "signature"
    ISSUER = "iss"
    AUDIENCE = "aud"
    PARTY = "azp"
    EXPIRY = "exp"
    ISSUED = "iat"
    NONCE = "nonce"
    SUBJECT = "sub"
    EMAIL = "email"
    VERIFIED = "email_verified"


class UnprovenError(Exception):
    """A token proves nothing; each use of tokens translates it."""

    def __init__(self, claim: Claim) -> None:
        super().__init__(claim.value)
        self.claim = claim


class KeySet:
    """Google's public keys (RFC 7517), kept as long as the answer's Cache-Control allows."""

    def __init__(self, wire: Wire, url: str, clock: Clock) -> None:
        self._wire = wire
        self._url = url
        self._clock = clock
        self._keys: Mapping[str, RSAPublicKey] = {}
        self._fetched = float("-inf")
        self._age = 0.0

    def find(self, key_id: str) -> RSAPublicKey | None:
        """The key of that id; raises TryAgainError if Google does not give its keys."""
        held = self._clock.monotonic() - self._fetched
        if held > self._age or (key_id not in self._keys and held > ASK_AGAIN_AFTER):
            self._fetch()
        return self._keys.get(key_id)

    def _fetch(self) -> None:
        reply = self._wire.send("GET", self._url)
        answer = Answer.read(reply)
        if answer.verdict is not Verdict.DONE:
            raise translate(answer)
        max_age = re.search(r"max-age=(\d{1,9})", reply.headers.get("cache-control", ""))
        entries = answer.data.get("keys")
        self._keys = dict(pair for entry in (entries if isinstance(entries, list) else []) if (pair := _key(entry)))
        self._fetched = self._clock.monotonic()
        self._age = float(max_age[1]) if max_age else USUAL_AGE


def signed_claims(token: str, keys: KeySet) -> Mapping[str, object]:
    """What a token says that one of the keys has signed; raises UnprovenError, and TryAgainError without keys."""
    pieces = token.split(".")
    if len(pieces) != 3 or len(token) > LONGEST_TOKEN:
        raise UnprovenError(Claim.FORM)
    header = _object(pieces[0])
    # The algorithm is ours to choose, not the token's: neither "none" nor HS256 with the public key as its secret.
    if header.get("alg") != "RS256":
        raise UnprovenError(Claim.ALGORITHM)
    if "crit" in header:
        raise UnprovenError(Claim.EXTENSION)
    key = keys.find(str(header.get("kid")))
    if key is None:
        raise UnprovenError(Claim.KEY)
    try:
        key.verify(_bytes(pieces[2]), f"{pieces[0]}.{pieces[1]}".encode(), PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError) as error:
        raise UnprovenError(Claim.SIGNATURE) from error
    return _object(pieces[1])


def check_issuer_and_times(claims: Mapping[str, object], issuers: Collection[str], now: float) -> None:
    """`now` in epoch seconds; raises UnprovenError."""
    if claims.get("iss") not in issuers:
        raise UnprovenError(Claim.ISSUER)
    expires, issued = claims.get("exp"), claims.get("iat")
    if not isinstance(expires, int) or expires + SKEW < now:
        raise UnprovenError(Claim.EXPIRY)
    if not isinstance(issued, int) or issued - SKEW > now:
        raise UnprovenError(Claim.ISSUED)


def sign(claims: Mapping[str, object], key: RSAPrivateKey, key_id: str) -> str:
    """A token of ours (RS256)."""
    header = {"alg": "RS256", "typ": "JWT", "kid": key_id}
    signed = f"{_text(orjson.dumps(header))}.{_text(orjson.dumps(claims))}"
    return f"{signed}.{_text(key.sign(signed.encode(), PKCS1v15(), SHA256()))}"


def _key(entry: object) -> tuple[str, RSAPublicKey] | None:
    if not isinstance(entry, dict) or entry.get("kty") != "RSA" or entry.get("alg", "RS256") != "RS256":
        return None
    try:
        exponent, modulus = (int.from_bytes(_bytes(str(entry[name])), "big") for name in ("e", "n"))
        return str(entry["kid"]), RSAPublicNumbers(exponent, modulus).public_key()
    except (KeyError, ValueError):
        return None


def _object(piece: str) -> Mapping[str, object]:
    try:
        data = orjson.loads(_bytes(piece))
    except ValueError as error:
        raise UnprovenError(Claim.FORM) from error
    if not isinstance(data, dict):
        raise UnprovenError(Claim.FORM)
    return data


def _bytes(piece: str) -> bytes:
    """Base64url without padding (RFC 7515, 2); raises ValueError."""
    return base64.b64decode(piece + "=" * (-len(piece) % 4), altchars=b"-_", validate=True)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
