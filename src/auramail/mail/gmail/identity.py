"""Who signed in: Google's identity token (OpenID Connect), believed only after every check of its specification."""

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.mail.gmail.answers import Answer, Verdict
from auramail.mail.gmail.errors import translate
from auramail.mail.gmail.http import Wire
from auramail.mail.gmail.jwt import Claim, KeySet, UnprovenError, check_issuer_and_times, signed_claims


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


class UserInfo:
    """Google's word on the person behind an access token (OpenID Connect Core, 5.3)."""

    def __init__(self, wire: Wire, url: str, access_token: str) -> None:
        self._wire = wire
        self._url = url
        self._access_token = access_token

    def claims_of(self, subject: str) -> Mapping[str, object]:
        """What Google says of the subject; raises UnprovenError if it speaks of another (5.3.2), TryAgainError."""
        answer = Answer.read(
            self._wire.send("GET", self._url, headers={"Authorization": f"Bearer {self._access_token}"})
        )
        if answer.verdict is not Verdict.DONE:
            raise translate(answer)
        if answer.data.get("sub") != subject:
            raise UnprovenError(Claim.SUBJECT)
        return answer.data


def verify(id_token: str, keys: KeySet, expected: Expectation, now: datetime, info: UserInfo) -> Identity:
    """The identity a token proves, `info` giving an address it leaves out; raises NeedsPersonError if it proves none.

    https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
    """
    try:
        return _verified(id_token, keys, expected, now, info)
    except UnprovenError as error:
        raise NeedsPersonError(
            Wording.of("Google's proof of who you are does not hold ({claim}).", claim=error.claim.value),
            Wording.of("Start the sign-in again; if it fails again, check this computer's clock."),
        ) from error


def _verified(id_token: str, keys: KeySet, expected: Expectation, now: datetime, info: UserInfo) -> Identity:
    claims = signed_claims(id_token, keys)
    check_issuer_and_times(claims, expected.issuers, now.timestamp())
    _check_audience(claims, expected.client_id)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise UnprovenError(Claim.NONCE)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject:
        raise UnprovenError(Claim.SUBJECT)
    told = claims if "email" in claims else info.claims_of(subject)
    email = told.get("email")
    if not isinstance(email, str) or told.get("email_verified") is not True:
        raise UnprovenError(Claim.VERIFIED)
    return Identity(subject, email.lower())


def _check_audience(claims: Mapping[str, object], client_id: str) -> None:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if client_id not in audiences:
        raise UnprovenError(Claim.AUDIENCE)
    if claims.get("azp", None if len(audiences) > 1 else client_id) != client_id:
        raise UnprovenError(Claim.PARTY)
