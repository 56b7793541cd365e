"""What a model server's refusals mean, by who can help."""

import re
from http import HTTPStatus
from typing import Final

from auramail.ai.access import Access
from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError, TryAgainError
from auramail.core.wording import Wording

WRONG_KEY: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
LATER: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})
DEFAULT_WAIT: Final = 5.0
LONGEST_WAIT: Final = 86_400.0
"""Seconds; a day's quota is back by then, and a server's number may be anything."""
SECONDS: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)s?", re.ASCII)


def refusal(status: int, access: Access, after: float | None = None) -> AuraMailError:
    """The error for an HTTP status; never with the server's own words, which may repeat what was sent."""
    if status in WRONG_KEY:
        return wrong_key(access)
    if status == HTTPStatus.NOT_FOUND:
        return NeedsPersonError(
            Wording.of("There is no language model {model}.", model=access.model),
            Wording.of("Check {setting}; models are withdrawn about once a year.", setting=access.model_setting),
        )
    if status in LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        wait = min(after, LONGEST_WAIT) if after else DEFAULT_WAIT
        return TryAgainError(Wording.of("The language model {model} is busy.", model=access.model), after=wait)
    return GiveUpError(
        Wording.of("The language model {model} refuses this message ({status}).", model=access.model, status=status)
    )


def wrong_key(access: Access) -> NeedsPersonError:
    return NeedsPersonError(
        Wording.of("The language model {model} does not accept the key.", model=access.model),
        Wording.of("Check {setting}.", setting=access.key_setting),
    )


def unreachable(access: Access) -> TryAgainError:
    return TryAgainError(
        Wording.of("The language model {model} does not answer.", model=access.model), after=DEFAULT_WAIT
    )


def read_seconds(value: str) -> float | None:
    """Seconds as `Retry-After: 7` and `"retryDelay": "7.5s"` give them; None for anything else."""
    matched = SECONDS.fullmatch(value.strip())
    return float(matched[1]) if matched else None
