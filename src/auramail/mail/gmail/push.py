"""Who knocks at the push endpoint: Pub/Sub proves itself by a token of Google's, and by nothing in the address.

https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
"""

import hmac
from collections.abc import Collection, Sequence
from typing import Final

import orjson

from auramail.core.errors import GiveUpError
from auramail.core.wording import Wording
from auramail.mail.gmail.announcements import Announcement, read_announcement
from auramail.mail.gmail.jwt import Claim, KeySet, UnprovenError, check_issuer_and_times, signed_claims
from auramail.ports.world import Clock

LONGEST_BODY: Final = 64 * 1024
"""Bytes; an announcement has about 300."""


class PushRefusedError(GiveUpError):
    """A push without Google's proof; `claim` is the check that failed and may stand in a log."""

    def __init__(self, claim: Claim) -> None:
        super().__init__(Wording.of("Nothing proves that this push comes from Google ({claim}).", claim=claim.value))
        self.claim = claim


class PushVerifier:
    """Checks pushes to one endpoint. May be shared between threads."""

    def __init__(
        self, keys: KeySet, clock: Clock, *, audience: str, sender_email: str, issuers: Collection[str]
    ) -> None:
        """`audience` and `sender_email` (a service account's) are those set at the push subscription."""
        self._keys = keys
        self._clock = clock
        self._audience = audience
        self._sender = sender_email
        self._issuers = issuers

    def verify(self, authorization_headers: Sequence[str], body: bytes) -> Announcement | None:
        """The announcement of a proven push; None if it is none of Gmail's, which Pub/Sub must not send again.

        Raises PushRefusedError, and TryAgainError while Google does not give the keys to check with.
        """
        try:
            self._check(_bearer(authorization_headers))
        except UnprovenError as error:
            raise PushRefusedError(error.claim) from error
        return _announced(body)

    def _check(self, token: str) -> None:
        claims = signed_claims(token, self._keys)
        check_issuer_and_times(claims, self._issuers, self._clock.now().timestamp())
        if not _equal(claims.get("aud"), self._audience):
            raise UnprovenError(Claim.AUDIENCE)
        if not _equal(claims.get("email"), self._sender):
            raise UnprovenError(Claim.EMAIL)
        if claims.get("email_verified") is not True:
            raise UnprovenError(Claim.VERIFIED)


def _bearer(headers: Sequence[str]) -> str:
    """The token of the only Authorization header: of two, a proxy in front may have checked the other one."""
    scheme, _, token = headers[0].partition(" ") if len(headers) == 1 else ("", "", "")
    if scheme.lower() != "bearer" or not token.strip():
        raise UnprovenError(Claim.AUTHORIZATION)
    return token.strip()


def _equal(said: object, expected: str) -> bool:
    """An expectation that is empty is met by nothing."""
    return isinstance(said, str) and bool(expected) and hmac.compare_digest(said.encode(), expected.encode())


def _announced(body: bytes) -> Announcement | None:
    if len(body) > LONGEST_BODY:
        return None
    try:
        envelope = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return read_announcement(envelope.get("message")) if isinstance(envelope, dict) else None
