"""Service accounts: a key file as the Google console gives it, and access tokens for what its key has signed.

https://developers.google.com/identity/protocols/oauth2/service-account#httprest
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.fakes.google import identity

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LONGEST = 3600


class RefusedError(Exception):
    """The assertion proves nothing; the text is Google's `error_description`."""


@dataclass(slots=True)
class ServiceAccount:
    email: str
    key_id: str
    public_key: rsa.RSAPublicKey
    token_uri: str
    deleted: bool = False


def write_key_file(path: Path, email: str, token_uri: str) -> ServiceAccount:
    key = identity.key(email)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    account = ServiceAccount(email, f"key-of-{email.partition('@')[0]}", key.public_key(), token_uri)
    content = {
        "type": "service_account",
        "project_id": "auramail-fake",
        "private_key_id": account.key_id,
        "private_key": key.private_bytes(*form).decode(),
        "client_email": email,
        "client_id": "104",
        "token_uri": token_uri,
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return account


def read_assertion(accounts: dict[str, ServiceAccount], assertion: str, now: datetime) -> tuple[str, list[str]]:
    """Whose assertion it is and the scopes it asks for; raises RefusedError."""
    try:
        head, body, signature = (base64.urlsafe_b64decode(piece + "==") for piece in assertion.split("."))
        header, claims = json.loads(head), json.loads(body)
    except ValueError as error:
        raise RefusedError("Invalid assertion") from error
    account = accounts.get(str(claims.get("iss")))
    if account is None or account.deleted:
        raise RefusedError("Invalid grant: account not found")
    if header.get("alg") != "RS256" or header.get("kid") != account.key_id:
        raise RefusedError("Invalid JWT: no such key")
    try:
        signed = assertion.rpartition(".")[0].encode()
        account.public_key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature as error:
        raise RefusedError("Invalid JWT Signature.") from error
    return account.email, _scopes(account, claims, now.timestamp())


def _scopes(account: ServiceAccount, claims: dict[str, Any], now: float) -> list[str]:
    issued, expires = claims.get("iat", 0), claims.get("exp", 0)
    if claims.get("aud") != account.token_uri:
        raise RefusedError("Invalid JWT: Failed audience check.")
    if issued > now + 60 or expires <= now or expires - issued > LONGEST:
        raise RefusedError("Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.")
    scopes = str(claims.get("scope", "")).split()
    if not scopes:
        raise RefusedError("Invalid OAuth scope or ID token audience provided.")
    return scopes
