"""Google's refusals in the words of the house: who can help, and how."""

import math
from typing import Final

from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError, SignInNeededError, TryAgainError
from auramail.core.wording import Wording
from auramail.mail.gmail.answers import Answer, Limit, Verdict

GMAIL_SCOPE: Final = "https://www.googleapis.com/auth/gmail.modify"
SCOPE_REASONS: Final = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"})
A_DAY_LATER: Final = 3600.0
"""Seconds after which a used-up day quota is tried again; when Google's day ends is not in its answer."""
A_MINUTE: Final = 60.0
"""The least to stay away when the account's bandwidth is used up: that passes in minutes to hours."""
A_WHILE: Final = 16.0
"""Seconds to stay away when Google asks to wait and names no time; the retries before it took half as long."""


def sign_in_again() -> SignInNeededError:
    """Google takes neither the access token nor a new one."""
    return SignInNeededError(
        Wording.of("Google no longer accepts AuraMail's permission for this account."),
        Wording.of(
            "Connect the account again. A permission ends when you take it back, change the password or leave it "
            "unused for six months, and after seven days while the consent screen of the Google project is in testing."
        ),
    )


def permission_missing(scope: str) -> SignInNeededError:
    return SignInNeededError(
        Wording.of("Google did not give AuraMail the permission {scope}.", scope=scope.rpartition("/")[2]),
        Wording.of("Connect the account again and leave every box on Google's page ticked."),
    )


def translate(answer: Answer) -> AuraMailError:
    """The error for an answer that is not a success, after all retries."""
    verdict = answer.verdict
    if answer.why is not None:
        return answer.why
    if verdict is Verdict.UNAUTHORISED:
        return sign_in_again()
    if verdict in {Verdict.WAIT, Verdict.DOUBTFUL} or answer.is_page_lost or answer.limit is Limit.DAY:
        return _wait(answer)
    if answer.status == 403:
        return _forbidden(answer)
    return GiveUpError(
        Wording.of("Gmail refused: {message} ({status})", message=answer.message or "—", status=answer.status)
    )


def _wait(answer: Answer) -> TryAgainError:
    if answer.is_page_lost:
        return TryAgainError(Wording.of("Gmail has lost the place in its list."))
    after = max(answer.after or 0.0, A_WHILE)
    if answer.status == 0:
        return TryAgainError(
            Wording.of("Google cannot be reached."), Wording.of("Check the network connection."), after=after
        )
    if answer.status >= 500:
        return TryAgainError(
            Wording.of("Gmail has a problem at present ({status}).", status=answer.status), after=after
        )
    if answer.limit is Limit.DAY:
        return TryAgainError(
            Wording.of("Today's Gmail quota of your Google project is used up."),
            Wording.of("Sorting goes on by itself when Google's day is over."),
            after=A_DAY_LATER,
        )
    if answer.limit is Limit.BANDWIDTH:
        after = max(after, A_MINUTE)
        return TryAgainError(
            Wording.of("Gmail gives out no more of this account's mail at present: too much was downloaded."),
            Wording.of("It goes on by itself in about {minutes} min.", minutes=math.ceil(after / 60)),
            after=after,
        )
    return TryAgainError(Wording.of("Gmail asks to wait: too many requests."), after=after)


def _forbidden(answer: Answer) -> AuraMailError:
    reasons = answer.reasons
    if reasons & SCOPE_REASONS:
        return permission_missing(GMAIL_SCOPE)
    if "domainPolicy" in reasons:
        return NeedsPersonError(
            Wording.of("The administrator of your Google domain does not allow AuraMail to use Gmail."),
            Wording.of("Ask them to allow the Google project's client id."),
        )
    if reasons & {"accessNotConfigured", "SERVICE_DISABLED"}:
        return NeedsPersonError(
            Wording.of("The Gmail API is switched off in your Google project."),
            Wording.of("Switch it on in the Google Cloud console under APIs & Services."),
        )
    return NeedsPersonError(
        Wording.of("Gmail refused: {message} ({status})", message=answer.message or "—", status=answer.status)
    )
