"""Audit: who did what that matters, for the person to look back at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act (`sign_in`, `account_connected`, `credentials_erased`, …); `detail` holds no secret and no mail."""

    id: int
    at: datetime
    act: str
    user_id: int | None
    account_id: int | None
    detail: Mapping[str, object]
