"""The unexpected: what only a programmer can explain is logged under a reference, and the reference is what is said."""

import secrets
from types import TracebackType

from auramail.core.errors import AuraMailError, GiveUpError
from auramail.core.wording import Wording
from auramail.ops.logs import configure_logs, log
from auramail.ops.work import abandon_live
from auramail.settings import Settings
from auramail.wiring.house import House


def unexpected(reference: str) -> GiveUpError:
    return GiveUpError(
        Wording.of("Something unexpected happened; nothing is lost. Reference: {reference}", reference=reference),
        Wording.of("Start the run again; if it happens again, look for the reference in the log and report it."),
    )


def log_unexpected(settings: Settings, error: BaseException) -> GiveUpError:
    """Log an error of the command line, by type and places only; gives what to say of it."""
    configure_logs(settings, "cli", terminal=False)
    reference = secrets.token_hex(4)
    log.error("command_failed", reference=reference, exc_info=error)
    return unexpected(reference)


class ClosingWhatBreaks:
    """Around a run at the command line: closes it if it breaks, which no later start could mend, and says so."""

    def __init__(self, house: House, account_id: int) -> None:
        self._house = house
        self._account_id = account_id

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, AuraMailError):
            problem = log_unexpected(self._house.settings, error)
            abandon_live(self._house, self._account_id, problem)
            raise problem from error
