"""Signing in with Google: the web-server flow of OAuth 2.0 with PKCE, `state` and nonce."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self
from urllib.parse import urlencode

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.mail.gmail.client_file import OAuthClient
from auramail.mail.gmail.credentials import Credentials, scope_set
from auramail.mail.gmail.errors import GMAIL_SCOPE
from auramail.mail.gmail.http import Wire
from auramail.mail.gmail.identity import Expectation, Identity, UserInfo, verify
from auramail.mail.gmail.jwt import KeySet
from auramail.mail.gmail.patience import Patience
from auramail.mail.gmail.tokens import TokenEndpoint, revoke
from auramail.ports.world import Clock

CALENDAR_SCOPE: Final = "https://www.googleapis.com/auth/calendar.events"
SCOPES: Final = ("openid", "email", GMAIL_SCOPE, CALENDAR_SCOPE)
LONGEST: Final = timedelta(minutes=10)
"""How long a person may take on Google's pages."""
ATTEMPTS: Final = 2
"""A person waits for the page: one retry, then the error."""


@dataclass(frozen=True, slots=True)
class GoogleAddresses:
    """Where Google answers besides the addresses of `client_secret.json`, and how it names itself in tokens."""

    revoke_url: str = "https://oauth2.googleapis.com/revoke"
    jwks_url: str = "https://www.googleapis.com/oauth2/v3/certs"
    userinfo_url: str = "https://openidconnect.googleapis.com/v1/userinfo"
    issuers: tuple[str, ...] = ("https://accounts.google.com", "accounts.google.com")


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in under way, for the person's session on the server; good for one answer within ten minutes."""

    state: str
    nonce: str
    verifier: str
    begun: datetime
    scopes: tuple[str, ...] = SCOPES

    def to_json(self) -> dict[str, object]:
        return {
            "state": self.state,
            "nonce": self.nonce,
            "verifier": self.verifier,
            "begun": self.begun.isoformat(),
            "scopes": list(self.scopes),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Self:
        scopes = data["scopes"]
        return cls(
            state=str(data["state"]),
            nonce=str(data["nonce"]),
            verifier=str(data["verifier"]),
            begun=datetime.fromisoformat(str(data["begun"])),
            scopes=tuple(str(scope) for scope in scopes) if isinstance(scopes, list) else (),
        )


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who it is, what they gave, and the scopes they left unticked (what needs those is off, the rest works)."""

    identity: Identity
    credentials: Credentials
    missing: tuple[str, ...]


class GoogleSignIn:
    """Sends people to Google and takes them back. May be shared between threads."""

    def __init__(
        self,
        client: OAuthClient,
        addresses: GoogleAddresses,
        *,
        clock: Clock,
        sleep: Callable[[float], None],
        timeout: float = 15.0,
    ) -> None:
        self._client = client
        self._addresses = addresses
        self._clock = clock
        self._wire = Wire(timeout)
        self._endpoint = TokenEndpoint(self._wire, client, clock, Patience(ATTEMPTS, sleep, clock.now))
        self._keys = KeySet(self._wire, addresses.jwks_url, clock)

    def begin(self, scopes: Sequence[str] = SCOPES, login_hint: str = "") -> tuple[str, Pending]:
        """The address to send the person to, and what the session must remember until they come back."""
        pending = Pending(
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(64),
            begun=self._clock.now(),
            scopes=tuple(scopes),
        )
        asked = {
            "response_type": "code",
            "client_id": self._client.client_id,
            "redirect_uri": self._client.redirect_uri,
            "scope": " ".join(scopes),
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": challenge(pending.verifier),
            "code_challenge_method": "S256",
            "access_type": "offline",
            "prompt": "consent",
            "include_granted_scopes": "true",
        }
        if login_hint:
            asked["login_hint"] = login_hint
        return f"{self._client.auth_uri}?{urlencode(asked)}", pending

    def finish(self, pending: Pending | None, answer: Mapping[str, str]) -> SignedIn:
        """Take the query parameters with which Google sent the person back.

        `pending` is what the session remembered and has forgotten by now, None if it had nothing. Nothing is asked
        of Google unless the answer belongs to it. Raises NeedsPersonError and TryAgainError.
        """
        given = answer.get("state", "")
        if pending is None or not hmac.compare_digest(given.encode(), pending.state.encode()):
            raise NeedsPersonError(
                Wording.of("This answer does not belong to a sign-in of yours."), Wording.of("Start the sign-in again.")
            )
        if self._clock.now() - pending.begun > LONGEST:
            raise NeedsPersonError(Wording.of("The sign-in took too long."), Wording.of("Start the sign-in again."))
        if "code" not in answer:
            raise _declined(answer.get("error", ""))
        tokens = self._endpoint.exchange(answer["code"], pending.verifier)
        expected = Expectation(self._client.client_id, self._addresses.issuers, pending.nonce)
        info = UserInfo(self._wire, self._addresses.userinfo_url, tokens.credentials.access_token)
        identity = verify(tokens.id_token, self._keys, expected, self._clock.now(), info)
        granted = scope_set(tokens.credentials.scopes)
        return SignedIn(identity, tokens.credentials, tuple(scope for scope in pending.scopes if scope not in granted))

    def revoke(self, credentials: Credentials) -> bool:
        """End the grant at Google; False if Google could not be told. What is stored is to be erased either way."""
        return revoke(self._wire, self._addresses.revoke_url, credentials)

    def close(self) -> None:
        self._wire.close()


def challenge(verifier: str) -> str:
    """The S256 code challenge (RFC 7636, 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _declined(error: str) -> NeedsPersonError:
    if error == "access_denied":
        return NeedsPersonError(
            Wording.of("You did not allow AuraMail to use the account."),
            Wording.of("Nothing was changed. Connect the account when you like, or use a file of mail instead."),
        )
    return NeedsPersonError(
        Wording.of("Google refused the sign-in: {error}", error=error or "—"), Wording.of("Start the sign-in again.")
    )
