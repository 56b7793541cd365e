"""Credentials: what Google gave for one account, in the form the vault keeps."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

import orjson

# Google names these scopes otherwise in its answers than OpenID Connect does in requests.
LONG_NAMES = {
    "https://www.googleapis.com/auth/userinfo.email": "email",
    "https://www.googleapis.com/auth/userinfo.profile": "profile",
}


def scope_set(scopes: Iterable[str]) -> frozenset[str]:
    """Scopes as one compares them: `email` and `profile` by their short names."""
    return frozenset(LONG_NAMES.get(scope, scope) for scope in scopes)


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account's grant: how to get access tokens, and the one in use (`expiry` aware). Secrets are in no repr."""

    client_id: str
    token_uri: str
    refresh_token: str = field(repr=False)
    access_token: str = field(default="", repr=False)
    expiry: datetime | None = None
    scopes: frozenset[str] = frozenset()

    def to_bytes(self) -> bytes:
        """As JSON, for sealing in the vault."""
        return orjson.dumps(
            {
                "client_id": self.client_id,
                "token_uri": self.token_uri,
                "refresh_token": self.refresh_token,
                "access_token": self.access_token,
                "expiry": self.expiry.isoformat() if self.expiry else None,
                "scopes": sorted(self.scopes),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The inverse of `to_bytes`; raises ValueError or KeyError for anything else."""
        values = orjson.loads(data)
        expiry = values["expiry"]
        return cls(
            client_id=values["client_id"],
            token_uri=values["token_uri"],
            refresh_token=values["refresh_token"],
            access_token=values["access_token"],
            expiry=datetime.fromisoformat(expiry) if expiry else None,
            scopes=frozenset(values["scopes"]),
        )
