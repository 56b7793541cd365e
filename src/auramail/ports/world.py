"""What the flow asks of the rest of the world: time, secrets, owners and bells."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from auramail.core.accounts import Account, Person
from auramail.core.wording import Wording


class Clock(Protocol):
    def now(self) -> datetime: ...
    def monotonic(self) -> float: ...


class AccountLock(Protocol):
    """One owner per account, held by a connection or an open file, never by a clock."""

    def hold(self, account_id: int) -> AbstractContextManager[Callable[[], bool]]:
        """Own the account; gives a question "do I still own it?". Raises BusyError if somebody else does."""
        ...


class Vault(Protocol):
    """Encrypts secrets for the database. `purpose` binds a ciphertext to its account and use."""

    def seal(self, secret: bytes, purpose: str) -> bytes: ...

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Raises GiveUpError if the ciphertext was changed, moved or made with an unknown key."""
        ...


class JobQueue(Protocol):
    """A doorbell: it carries ids, the database holds the truth."""

    def ring(self, account_id: int, after: float = 0.0) -> None:
        """Have a worker look after the account, `after` seconds from now; ringing twice is ringing once."""
        ...


class Accounts(Protocol):
    """The connected mailboxes and who their person writes to."""

    def get(self, account_id: int) -> Account:
        """Raises NotFoundError."""
        ...

    def pause(self, account_id: int, why: Wording | None) -> None:
        """Pause the account with a reason, or resume it with None."""
        ...

    def person(self, account_id: int) -> Person | None:
        """Whom the account belongs to; None until its sent mail was looked at."""
        ...

    def remember_person(self, account_id: int, person: Person) -> None:
        """Replace what is known of the person: their own addresses and whom they write to."""
        ...
