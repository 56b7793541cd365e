"""Errors, named by who can help: time, a person, or nobody."""

from auramail.core.wording import Wording


class AuraMailError(Exception):
    """A problem said in one line, with what to do about it."""

    def __init__(self, problem: Wording, hint: Wording | None = None) -> None:
        super().__init__(problem.say())
        self.problem = problem
        self.hint = hint


class TryAgainError(AuraMailError):
    """Time helps: the same call may succeed `after` seconds from now."""

    def __init__(self, problem: Wording, hint: Wording | None = None, *, after: float = 1.0) -> None:
        super().__init__(problem, hint)
        self.after = after


class NotYetError(TryAgainError):
    """Nothing is wrong: the mailbox allows only so much a minute, and the work goes on at its pace."""


class SpentError(TryAgainError):
    """Nothing is wrong: what the day or the run may cost is spent, and the local judges go on alone."""


class QuotaSpentError(TryAgainError):
    """A vendor's quota of the day is used up; `after` is the seconds until it is reset, and nothing helps before."""


class MarkExpiredError(AuraMailError):
    """The mailbox no longer knows what happened since that mark: everything must be looked through once."""


class NeedsPersonError(AuraMailError):
    """A person helps: consent, a setting, a file that is missing."""


class SignInNeededError(NeedsPersonError):
    """Google no longer accepts the account's grant (`invalid_grant`, a scope withdrawn): the account is paused."""


class BusyError(NeedsPersonError):
    """The account already has a run; `run_id` names it."""

    def __init__(self, problem: Wording, hint: Wording | None = None, *, run_id: int) -> None:
        super().__init__(problem, hint)
        self.run_id = run_id


class NotFoundError(NeedsPersonError):
    """What was asked for does not exist, or belongs to somebody else: the same answer for both."""


class GiveUpError(AuraMailError):
    """Nobody helps: this one thing failed for good and is recorded as failed with its reason."""
