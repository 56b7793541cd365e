"""What a model server's refusals mean, by who can help."""

from http import HTTPStatus
from typing import Final

from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError, TryAgainError
from auramail.core.wording import Wording

WRONG_KEY: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
LATER: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})
DEFAULT_WAIT: Final = 5.0


def refusal(status: int, model: str, after: float | None = None) -> AuraMailError:
    """The error for an HTTP status; never with the server's own words, which may repeat what was sent."""
    if status in WRONG_KEY:
        return NeedsPersonError(
            Wording.of("The language model {model} does not accept the key.", model=model),
            Wording.of("Check GEMINI_API_KEY or OPENAI_API_KEY."),
        )
    if status == HTTPStatus.NOT_FOUND:
        return NeedsPersonError(
            Wording.of("There is no language model {model}.", model=model),
            Wording.of("Check GEMINI_MODEL or OPENAI_MODEL; models are withdrawn about once a year."),
        )
    if status in LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return TryAgainError(
            Wording.of("The language model {model} is busy.", model=model), after=after or DEFAULT_WAIT
        )
    return GiveUpError(
        Wording.of("The language model {model} refuses this message ({status}).", model=model, status=status)
    )


def unreachable(model: str) -> TryAgainError:
    return TryAgainError(Wording.of("The language model {model} does not answer.", model=model), after=DEFAULT_WAIT)
