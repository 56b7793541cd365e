"""Who signed in: Google's identity token (OpenID Connect), believed only after every check of its specification."""

import base64
import hmac
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.mail.gmail.answers import Answer, Verdict
from auramail.mail.gmail.errors import translate
from auramail.mail.gmail.http import Wire
from auramail.ports import Clock

SKEW: Final = 60
"""Seconds by which two clocks may differ."""
USUAL_AGE: Final = 3600.0
ASK_AGAIN_AFTER: Final = 300.0
"""Seconds between two looks for a key that is not there, so that made-up key ids cost Google nothing."""
LONGEST_TOKEN: Final = 16_384


@dataclass(frozen=True, slots=True)
class Identity:
    """A person at Google. `subject` never changes and is never given to another; `email` may be both."""

    subject: str
    email: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a token must say: for us, from Google, for this very sign-in."""

    client_id: str
    issuers: Collection[str]
    nonce: str


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


class UserInfo:
    """Google's word on the person behind an access token (OpenID Connect Core, 5.3)."""

    def __init__(self, wire: Wire, url: str, access_token: str) -> None:
        self._wire = wire
        self._url = url
        self._access_token = access_token

    def claims_of(self, subject: str) -> Mapping[str, object]:
        """What Google says of the subject; raises NeedsPersonError if it speaks of another (5.3.2), TryAgainError."""
        answer = Answer.read(
            self._wire.send("GET", self._url, headers={"Authorization": f"Bearer {self._access_token}"})
        )
        if answer.verdict is not Verdict.DONE:
            raise translate(answer)
        if answer.data.get("sub") != subject:
            raise _unproven("sub")
        return answer.data


def verify(id_token: str, keys: KeySet, expected: Expectation, now: datetime, info: UserInfo) -> Identity:
    """The identity a token proves, `info` giving an address it leaves out; raises NeedsPersonError if it proves none.

    https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
    """
    claims = _signed_claims(id_token, keys)
    if claims.get("iss") not in expected.issuers:
        raise _unproven("iss")
    _check_audience(claims, expected.client_id)
    _check_times(claims, now.timestamp())
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise _unproven("nonce")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject:
        raise _unproven("sub")
    told = claims if "email" in claims else info.claims_of(subject)
    email = told.get("email")
    if not isinstance(email, str) or told.get("email_verified") is not True:
        raise _unproven("email_verified")
    return Identity(subject, email.lower())


def _signed_claims(id_token: str, keys: KeySet) -> Mapping[str, object]:
    pieces = id_token.split(".")
    if len(pieces) != 3 or len(id_token) > LONGEST_TOKEN:
        raise _unproven("form")
    header = _object(pieces[0])
    # The algorithm is ours to choose, not the token's: neither "none" nor HS256 with the public key as its secret.
    if header.get("alg") != "RS256":
        raise _unproven("alg")
    if "crit" in header:
        raise _unproven("crit")
    key = keys.find(str(header.get("kid")))
    if key is None:
        raise _unproven("kid")
    try:
        key.verify(_bytes(pieces[2]), f"{pieces[0]}.{pieces[1]}".encode(), PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError) as error:
        raise _unproven("signature") from error
    return _object(pieces[1])


def _check_audience(claims: Mapping[str, object], client_id: str) -> None:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if client_id not in audiences:
        raise _unproven("aud")
    if claims.get("azp", None if len(audiences) > 1 else client_id) != client_id:
        raise _unproven("azp")


def _check_times(claims: Mapping[str, object], now: float) -> None:
    expires, issued = claims.get("exp"), claims.get("iat")
    if not isinstance(expires, int) or expires + SKEW < now:
        raise _unproven("exp")
    if not isinstance(issued, int) or issued - SKEW > now:
        raise _unproven("iat")


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
        raise _unproven("form") from error
    if not isinstance(data, dict):
        raise _unproven("form")
    return data


def _bytes(piece: str) -> bytes:
    """Base64url without padding (RFC 7515, 2); raises ValueError."""
    return base64.b64decode(piece + "=" * (-len(piece) % 4), altchars=b"-_", validate=True)


def _unproven(claim: str) -> NeedsPersonError:
    return NeedsPersonError(
        Wording.of("Google's proof of who you are does not hold ({claim}).", claim=claim),
        Wording.of("Start the sign-in again; if it fails again, check this computer's clock."),
    )
