"""Google's OAuth 2.0 and OpenID Connect for web clients: consent, codes with PKCE, rotating tokens, revocation."""

import json
import secrets
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from auramail.ports.world import Clock
from tests.fakes.google import identity, service_accounts
from tests.fakes.google.errors import unauthenticated
from tests.fakes.google.identity import Flaw
from tests.fakes.google.service_accounts import ServiceAccount
from tests.fakes.google.wire import Request, Response, answer_json

FULL_NAMES = {
    "email": "https://www.googleapis.com/auth/userinfo.email",
    "profile": "https://www.googleapis.com/auth/userinfo.profile",
}
"""Scopes asked for by a short name and granted under the long one."""

CODE_LIFETIME = timedelta(minutes=10)


@dataclass(slots=True)
class Consent:
    """What the person does on the consent page: who they are ("" the first user), whether they agree, what they untick.

    `unticked` names scopes as asked for or in full; `openid` and `email` cannot be unticked.
    """

    person: str = ""
    denied: bool = False
    unticked: Sequence[str] = ()


@dataclass(slots=True)
class Grant:
    """A person's yes to the client; revoking ends all its tokens."""

    person: str
    scopes: frozenset[str]
    refresh_token: str
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class AccessToken:
    grant: Grant
    scopes: frozenset[str]
    expires: datetime


@dataclass(slots=True)
class Code:
    grant: Grant
    redirect_uri: str
    challenge: str
    nonce: str
    wants_refresh: bool
    expires: datetime
    used: bool = False


@dataclass(slots=True)
class OAuth:
    """Not locked: the server calls it under its own lock. Errors are answers, in RFC 6749's shape."""

    clock: Clock
    client_id: str = "407408718192-fake.apps.googleusercontent.com"
    client_secret: str = "GOCSPX-canary-client-secret"
    issuer: str = "https://accounts.google.com"
    lifetime: timedelta = timedelta(seconds=3599)
    redirect_uris: list[str] = field(default_factory=list)
    """Empty: any address is taken as registered."""
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Address → the claims Google makes about the person."""
    consent: Consent = field(default_factory=Consent)
    flaw: Flaw = field(default_factory=Flaw)
    told: dict[str, Any] = field(default_factory=dict)
    """What userinfo says otherwise than it should, by claim."""
    grants: list[Grant] = field(default_factory=list)
    service_accounts: dict[str, ServiceAccount] = field(default_factory=dict)
    tokens: dict[str, AccessToken] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)

    def add_person(self, address: str, name: str) -> None:
        sub = str(104_000_000_000_000_000_000 + len(self.people) + 1)
        self.people[address] = {"sub": sub, "email": address, "email_verified": True, "name": name}

    def grant(self, person: str, scopes: Sequence[str], refresh_token: str = "") -> Grant:
        """A grant as if the person had consented; `refresh_token` may be chosen by the test."""
        grant = Grant(person, full_scopes(scopes), refresh_token or f"1//{secrets.token_urlsafe(32)}")
        self.grants.append(grant)
        return grant

    def issue(self, grant: Grant) -> str:
        """A new access token; older ones live on until they expire."""
        token = f"ya29.{secrets.token_urlsafe(48)}"
        self.tokens[token] = AccessToken(grant, grant.scopes, self.clock.now() + self.lifetime)
        return token

    def authorize(self, request: Request) -> Response:
        """The consent page, answered at once as `consent` says; an unusable request shows a page, never redirects."""
        asked = {name: values[-1] for name, values in request.query.items()}
        if problem := self._problem(asked):
            return Response(400, f"<h1>Error 400: {problem}</h1>".encode(), {"Content-Type": "text/html"})
        if self.consent.denied:
            return _redirect(asked, {"error": "access_denied"})
        person = self.consent.person or next(iter(self.people))
        asked_scopes = full_scopes(asked["scope"].split())
        granted = asked_scopes - (full_scopes(self.consent.unticked) - {"openid", FULL_NAMES["email"]})
        if asked.get("include_granted_scopes") == "true":
            granted |= self._scopes_of(person)
        known = any(grant.person == person and not grant.revoked for grant in self.grants)
        offline = asked.get("access_type") == "offline" and (not known or "consent" in asked.get("prompt", ""))
        code = f"4/{secrets.token_urlsafe(48)}"
        self.codes[code] = Code(
            grant=self.grant(person, sorted(granted)),
            redirect_uri=asked["redirect_uri"],
            challenge=asked.get("code_challenge", ""),
            nonce=asked.get("nonce", ""),
            wants_refresh=offline,
            expires=self.clock.now() + CODE_LIFETIME,
        )
        return _redirect(asked, {"code": code, "scope": " ".join(sorted(granted)), "authuser": "0"})

    def token(self, request: Request) -> Response:
        """The token endpoint: a code or a refresh token into an access token."""
        form = request.form
        if form.get("grant_type") == service_accounts.JWT_BEARER:
            return self._serve(form.get("assertion", ""))
        if not self._is_client(request, form):
            return oauth_error("invalid_client", "The OAuth client was not found.", 401)
        if form.get("grant_type") == "authorization_code":
            return self._exchange(form)
        if form.get("grant_type") == "refresh_token":
            return self._refresh(form)
        return oauth_error("unsupported_grant_type", "Invalid grant_type")

    def revoke(self, request: Request) -> Response:
        """Ends every grant the token's person gave this client."""
        token = request.form.get("token") or request.query.get("token", [""])[-1]
        found = self.tokens[token].grant if token in self.tokens else self._grant_of(token)
        if found is None or found.revoked:
            return oauth_error("invalid_token", "Token expired or revoked")
        self.end_grants(found.person)
        return answer_json({})

    def end_grants(self, person: str) -> None:
        for grant in self.grants:
            grant.revoked = grant.revoked or grant.person == person

    def expire_tokens(self) -> None:
        """Every access token given out so far is dead from now on; refreshing goes on working."""
        self.tokens.clear()

    def userinfo(self, request: Request) -> Response:
        token = self.bearer(request.headers)
        claims = self.people[token.grant.person] | self.told
        hidden = set() if FULL_NAMES["email"] in token.scopes else {"email", "email_verified"}
        return answer_json({name: value for name, value in claims.items() if name not in hidden})

    def bearer(self, headers: Mapping[str, str]) -> AccessToken:
        """The live token of a request; raises GoogleError 401."""
        scheme, _, text = headers.get("authorization", "").partition(" ")
        token = self.tokens.get(text.strip()) if scheme.lower() == "bearer" else None
        if token is None or token.grant.revoked or token.expires <= self.clock.now():
            raise unauthenticated()
        return token

    def client_config(self, server: str, redirect_uris: Sequence[str]) -> dict[str, Any]:
        """The content of a `client_secret.json` of kind web that points to the fake."""
        return {
            "web": {
                "client_id": self.client_id,
                "project_id": "auramail-fake",
                "auth_uri": f"{server}/o/oauth2/v2/auth",
                "token_uri": f"{server}/token",
                "auth_provider_x509_cert_url": f"{server}/oauth2/v1/certs",
                "client_secret": self.client_secret,
                "redirect_uris": list(redirect_uris),
            }
        }

    def write_client_secret(self, path: Path, server: str, redirect_uris: Sequence[str]) -> None:
        """Write that file and register its redirect addresses."""
        self.redirect_uris = list(redirect_uris)
        path.write_text(json.dumps(self.client_config(server, redirect_uris)), encoding="utf-8")

    def _problem(self, asked: Mapping[str, str]) -> str:
        if asked.get("client_id") != self.client_id:
            return "invalid_client"
        if not asked.get("redirect_uri") or (self.redirect_uris and asked["redirect_uri"] not in self.redirect_uris):
            return "redirect_uri_mismatch"
        if asked.get("response_type") != "code" or not asked.get("scope"):
            return "invalid_request"
        if asked.get("code_challenge") and asked.get("code_challenge_method") != "S256":
            return "invalid_request"
        return ""

    def _is_client(self, request: Request, form: Mapping[str, str]) -> bool:
        given = (form.get("client_id", ""), form.get("client_secret", ""))
        scheme, _, coded = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            name, _, secret = b64decode(coded).decode().partition(":")
            given = (name, secret)
        return given == (self.client_id, self.client_secret)

    def _exchange(self, form: Mapping[str, str]) -> Response:
        code = self.codes.get(form.get("code", ""))
        if code is None or code.used or code.expires <= self.clock.now():
            return oauth_error("invalid_grant", "Malformed auth code.")
        if code.redirect_uri != form.get("redirect_uri"):
            return oauth_error("redirect_uri_mismatch", "Bad Request")
        if code.challenge and identity.challenge(form.get("code_verifier", "")) != code.challenge:
            return oauth_error("invalid_grant", "Invalid code verifier.")
        code.used = True
        answer = self._answer(code.grant)
        if code.wants_refresh:
            answer["refresh_token"] = code.grant.refresh_token
        if "openid" in code.grant.scopes:
            answer["id_token"] = self._id_token(code, answer["access_token"])
        return answer_json(answer)

    def _serve(self, assertion: str) -> Response:
        """An access token for a service account."""
        try:
            email, scopes = service_accounts.read_assertion(self.service_accounts, assertion, self.clock.now())
        except service_accounts.RefusedError as refusal:
            return oauth_error("invalid_grant", str(refusal))
        answer = self._answer(Grant(email, full_scopes(scopes), ""))
        return answer_json({name: answer[name] for name in ("access_token", "expires_in", "token_type")})

    def _refresh(self, form: Mapping[str, str]) -> Response:
        grant = self._grant_of(form.get("refresh_token", ""))
        if grant is None or grant.revoked:
            return oauth_error("invalid_grant", "Token has been expired or revoked.")
        return answer_json(self._answer(grant))

    def _answer(self, grant: Grant) -> dict[str, Any]:
        return {
            "access_token": self.issue(grant),
            "expires_in": int(self.lifetime.total_seconds()),
            "scope": " ".join(sorted(grant.scopes)),
            "token_type": "Bearer",
        }

    def _id_token(self, code: Code, access_token: str) -> str:
        now = int(self.clock.now().timestamp())
        claims = {
            **self.people[code.grant.person],
            "iss": self.issuer,
            "aud": self.client_id,
            "azp": self.client_id,
            "at_hash": identity.half_hash(access_token),
            "iat": now,
            "exp": now + 3600,
        }
        return identity.make_token({**claims, "nonce": code.nonce} if code.nonce else claims, self.flaw)

    def _grant_of(self, refresh_token: str) -> Grant | None:
        return next((grant for grant in self.grants if grant.refresh_token == refresh_token), None)

    def _scopes_of(self, person: str) -> frozenset[str]:
        live = [grant.scopes for grant in self.grants if grant.person == person and not grant.revoked]
        return frozenset[str]().union(*live)


def full_scopes(scopes: Sequence[str]) -> frozenset[str]:
    return frozenset(FULL_NAMES.get(scope, scope) for scope in scopes)


def oauth_error(error: str, description: str, status: int = 400) -> Response:
    return answer_json({"error": error, "error_description": description}, status)


def refuse(error: str) -> Response:
    """The answer a fault of the OAuth endpoints gives."""
    return oauth_error(error, "Token has been expired or revoked.", 401 if error == "invalid_client" else 400)


def _redirect(asked: Mapping[str, str], answer: Mapping[str, str]) -> Response:
    fields = {**({"state": asked["state"]} if "state" in asked else {}), **answer}
    joint = "&" if "?" in asked["redirect_uri"] else "?"
    return Response(302, headers={"Location": f"{asked['redirect_uri']}{joint}{urlencode(fields)}"})
