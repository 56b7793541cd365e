"""Google's token endpoint (RFC 6749): codes for tokens, new access tokens, and taking a grant back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from auramail.core.errors import AuraMailError, NeedsPersonError
from auramail.core.wording import Wording
from auramail.mail.gmail.answers import Answer, Verdict
from auramail.mail.gmail.client_file import OAuthClient
from auramail.mail.gmail.credentials import Credentials, scope_set
from auramail.mail.gmail.errors import sign_in_again, translate
from auramail.mail.gmail.http import Wire
from auramail.mail.gmail.patience import Patience
from auramail.mail.gmail.posting import post
from auramail.ports.world import Clock

FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
EARLY: Final = timedelta(seconds=60)
"""An access token is renewed this long before it ends, so that none ends under way."""


@dataclass(frozen=True, slots=True)
class TokenAnswer:
    """What a code is exchanged for; `id_token` is not verified yet."""

    credentials: Credentials
    id_token: str


class TokenEndpoint:
    """Speaks for one OAuth client; raises core.errors."""

    def __init__(self, wire: Wire, client: OAuthClient, clock: Clock, patience: Patience) -> None:
        self._wire = wire
        self._client = client
        self._clock = clock
        self._patience = patience

    def exchange(self, code: str, verifier: str) -> TokenAnswer:
        """Exchange an authorization code (once: it is used up even if the answer is lost) with its PKCE verifier."""
        client = self._client
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": client.redirect_uri,
        }
        answer = self._post(client.token_uri, form, attempts=1)
        if answer.verdict is not Verdict.DONE:
            raise self._refusal(answer, expired=_start_again())
        credentials = Credentials(client.client_id, client.token_uri, str(answer.data.get("refresh_token") or ""))
        return TokenAnswer(self._renewed(credentials, answer.data), str(answer.data.get("id_token") or ""))

    def refresh(self, credentials: Credentials) -> Credentials:
        """Get a new access token; raises SignInNeededError if the grant has ended."""
        if credentials.client_id != self._client.client_id or not credentials.refresh_token:
            raise sign_in_again()
        form = {"grant_type": "refresh_token", "refresh_token": credentials.refresh_token}
        answer = self._post(credentials.token_uri, form)
        if answer.verdict is not Verdict.DONE:
            raise self._refusal(answer, expired=sign_in_again())
        return self._renewed(credentials, answer.data)

    def _post(self, uri: str, form: Mapping[str, str], attempts: int | None = None) -> Answer:
        secret = {"client_id": self._client.client_id, "client_secret": self._client.client_secret}
        return post(self._wire, self._patience, uri, FORM, urlencode({**form, **secret}).encode(), attempts)

    def _renewed(self, credentials: Credentials, data: Mapping[str, object]) -> Credentials:
        token, seconds, scope = data.get("access_token"), data.get("expires_in"), data.get("scope")
        if not isinstance(token, str):
            raise sign_in_again()
        return replace(
            credentials,
            access_token=token,
            expiry=self._expiry(seconds),
            scopes=scope_set(scope.split()) if isinstance(scope, str) else credentials.scopes,
            refresh_token=str(data.get("refresh_token") or credentials.refresh_token),
        )

    def _expiry(self, seconds: object) -> datetime | None:
        return self._clock.now() + timedelta(seconds=seconds) if isinstance(seconds, int) else None

    @staticmethod
    def _refusal(answer: Answer, *, expired: AuraMailError) -> AuraMailError:
        """OAuth's errors are a word in `error` (RFC 6749, 5.2), unlike those of Google's other interfaces."""
        if answer.verdict in {Verdict.WAIT, Verdict.DOUBTFUL}:
            return translate(answer)
        code = answer.data.get("error")
        if code in {"invalid_grant", "invalid_scope"}:
            return expired
        return NeedsPersonError(
            Wording.of("Google does not accept AuraMail's OAuth client: {code}", code=code or answer.status),
            Wording.of("Download client_secret.json again from the Google console; its secret may have been replaced."),
        )


def revoke(wire: Wire, revoke_url: str, credentials: Credentials) -> bool:
    """End the whole grant at Google; False if Google could not be told. A grant that has ended already is success."""
    token = credentials.refresh_token or credentials.access_token
    answer = Answer.read(wire.send("POST", revoke_url, headers=FORM, content=urlencode({"token": token}).encode()))
    return answer.verdict is Verdict.DONE or answer.data.get("error") == "invalid_token"


def _start_again() -> NeedsPersonError:
    return NeedsPersonError(
        Wording.of("The sign-in took too long or was used already."), Wording.of("Start the sign-in again.")
    )


class TokenKeeper:
    """Hands out a valid access token of one account and has new ones saved."""

    def __init__(
        self,
        endpoint: TokenEndpoint,
        credentials: Credentials,
        clock: Clock,
        on_refresh: Callable[[Credentials], None],
    ) -> None:
        self._endpoint = endpoint
        self._credentials = credentials
        self._clock = clock
        self._on_refresh = on_refresh

    def access_token(self) -> str:
        """A token with a minute to live at least, renewed if need be."""
        held = self._credentials
        if not held.access_token or (held.expiry is not None and held.expiry - EARLY <= self._clock.now()):
            self.renew()
        return self._credentials.access_token

    def renew(self) -> None:
        """Get a new access token in any case; raises SignInNeededError if the grant has ended."""
        self._credentials = self._endpoint.refresh(self._credentials)
        self._on_refresh(self._credentials)
