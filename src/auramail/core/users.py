"""Users: the people who sign in, or the one who sits at this computer."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    MEMBER = "member"


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class User:
    """A person; `google_sub` is who they are to Google, None for the local user, who needs no sign-in.

    `language` is `uk`, `en` or empty for what the browser asks for.
    """

    id: int
    google_sub: str | None
    email: str
    name: str
    role: Role
    language: str = ""
    theme: Theme = Theme.SYSTEM
