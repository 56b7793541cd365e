"""The fake's identity tokens: an RS256 key, its public half as JWKS, and tokens spoiled in the ways a thief would."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY_ID = "fake-google-2026"


@dataclass(frozen=True, slots=True)
class Flaw:
    """How identity tokens are wrong: other claims (None removes one), another algorithm, another key id or key.

    `algorithm` is `RS256`, `none`, or `HS256` (signed with the public key as the secret, the classic confusion).
    """

    claims: Mapping[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    key_id: str = KEY_ID
    foreign_key: bool = False
    signer: str = "google"
    """Whose key it is signed with."""


def make_token(claims: Mapping[str, Any], flaw: Flaw) -> str:
    """A JWT (RFC 7519) of the claims."""
    whole = {name: value for name, value in {**claims, **flaw.claims}.items() if value is not None}
    header = {"alg": flaw.algorithm, "kid": flaw.key_id, "typ": "JWT"}
    signed = f"{_encode(json.dumps(header).encode())}.{_encode(json.dumps(whole).encode())}"
    return f"{signed}.{_encode(_sign(signed.encode(), flaw))}"


def key_set() -> dict[str, Any]:
    numbers = key("google").public_key().public_numbers()
    return {
        "keys": [
            {
                "kty": "RSA",
                "use": "sig",
                "alg": "RS256",
                "kid": KEY_ID,
                "n": _encode(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big")),
                "e": _encode(numbers.e.to_bytes(3, "big")),
            }
        ]
    }


def half_hash(text: str) -> str:
    """`at_hash` of OpenID Connect Core 3.1.3.6; with the whole digest it would be PKCE's S256."""
    return _encode(hashlib.sha256(text.encode()).digest()[:16])


def challenge(verifier: str) -> str:
    """The S256 code challenge of RFC 7636."""
    return _encode(hashlib.sha256(verifier.encode()).digest())


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _sign(data: bytes, flaw: Flaw) -> bytes:
    if flaw.algorithm == "none":
        return b""
    if flaw.algorithm == "HS256":
        public = key("google").public_key()
        form = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        return hmac.digest(public.public_bytes(*form), data, "sha256")
    signing = key("foreign" if flaw.foreign_key else flaw.signer)
    return signing.sign(data, padding.PKCS1v15(), hashes.SHA256())


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
