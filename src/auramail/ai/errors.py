"""What a model server's refusals mean, by who can help; never in its own words, which may repeat what was sent."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

from auramail.ai.access import Access
from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError, NotYetError, TryAgainError
from auramail.core.wording import Wording

WRONG_KEY: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
LATER: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS})
DEFAULT_WAIT: Final = 5.0
LONGEST_WAIT: Final = 86_400.0
"""Seconds; a day's quota is back by then, and a server's number may be anything."""
SECONDS: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)s?", re.ASCII)
MOST_NAMES: Final = 5


def refusal(status: int, access: Access, after: float | None = None) -> AuraMailError:
    """The error for an HTTP status that is no answer; `after` is the server's own wish in seconds."""
    if status in WRONG_KEY:
        return wrong_key(access)
    if status == HTTPStatus.NOT_FOUND:
        return no_such_model(access)
    if status == HTTPStatus.PAYMENT_REQUIRED:
        return no_credit(access)
    if status in LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        wait = min(after, LONGEST_WAIT) if after else DEFAULT_WAIT
        return TryAgainError(Wording.of("The language model {model} is busy.", model=access.model), after=wait)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return NeedsPersonError(
            Wording.of("The address of the language model {model} sends elsewhere.", model=access.model),
            Wording.of("Check {setting}.", setting=access.address_setting),
        )
    return GiveUpError(
        Wording.of("The language model {model} refuses this message ({status}).", model=access.model, status=status)
    )


def wrong_key(access: Access) -> NeedsPersonError:
    return NeedsPersonError(
        Wording.of("The language model {model} does not accept the key.", model=access.model),
        Wording.of("Check {setting}.", setting=access.key_setting),
    )


def no_such_model(access: Access, others: Sequence[str] = ()) -> NeedsPersonError:
    """`others` are models that the server does have; the first few are named."""
    problem = Wording.of("There is no language model {model}.", model=access.model)
    if others:
        return NeedsPersonError(
            problem,
            Wording.of(
                "Check {setting}; models are withdrawn about once a year. There are: {models}.",
                setting=access.model_setting,
                models=", ".join(others[:MOST_NAMES]),
            ),
        )
    return NeedsPersonError(
        problem,
        Wording.of(
            "Check {setting} and {address}; models are withdrawn about once a year.",
            setting=access.model_setting,
            address=access.address_setting,
        ),
    )


def no_credit(access: Access) -> NeedsPersonError:
    return NeedsPersonError(
        Wording.of("The key of the language model {model} has no quota for it.", model=access.model),
        Wording.of(
            "Enable billing for {setting}, or choose another {model}.",
            setting=access.key_setting,
            model=access.model_setting,
        ),
    )


def unreachable(access: Access) -> TryAgainError:
    return TryAgainError(
        Wording.of("The language model {model} does not answer.", model=access.model), after=DEFAULT_WAIT
    )


def unreached(access: Access) -> NotYetError:
    """Nobody was there, so nothing was sent."""
    return NotYetError(
        Wording.of("The language model {model} does not answer.", model=access.model), after=DEFAULT_WAIT
    )


def read_seconds(value: str) -> float | None:
    """Seconds as `Retry-After: 7` and `"retryDelay": "7.5s"` give them; None for anything else."""
    matched = SECONDS.fullmatch(value.strip())
    return float(matched[1]) if matched else None


def read_retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds of a Retry-After header in either of its forms (RFC 9110 section 10.2.3); None without a readable one."""
    value = headers.get("retry-after", "")
    seconds = read_seconds(value)
    if seconds is not None or not value:
        return seconds
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return max(0.0, ((then if then.tzinfo else then.replace(tzinfo=UTC)) - now).total_seconds())
