"""Google's Gemini API through google-genai: how it is opened, what its refusals mean, which models it has.

Imported only where it is asked for, because google-genai takes a second.
"""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import httpx2
from google import genai
from google.genai import errors, types

from auramail.ai.access import Access
from auramail.ai.errors import (
    no_credit,
    no_such_model,
    read_retry_after,
    read_seconds,
    refusal,
    unreachable,
    wrong_key,
)
from auramail.ai.wire import ModelClient
from auramail.core.errors import AuraMailError, NeedsPersonError, QuotaSpentError
from auramail.core.wording import Wording
from auramail.ports.world import Clock

GOOGLE: Final = "https://generativelanguage.googleapis.com/"
"""Said aloud: the client would take another address from its own environment variables."""
LEAST_DEADLINE: Final = 10
"""Seconds; the API refuses a smaller X-Server-Timeout, which the client would send with every shorter timeout."""
PACIFIC: Final = ZoneInfo("America/Los_Angeles")
NO_QUOTA: Final = re.compile(r"limit: 0\b")
UNREADABLE: Final = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What google-genai lets through of its JSON reader and its validators."""


class GoogleAPI:
    """One client, whose connections threads share, with what is the same for every question."""

    def __init__(self, access: Access, version: str, clock: Clock) -> None:
        """Raises NeedsPersonError without a usable key. `version` empty: the client's own."""
        if not access.key:
            raise NeedsPersonError(
                Wording.of("Gemini needs a key."), Wording.of("Set GEMINI_API_KEY, or use --model local.")
            )
        access.check()
        self.access = access
        self._clock = clock
        self._http = ModelClient(clock)
        options = types.HttpOptions(
            base_url=access.address or GOOGLE,
            api_version=version or None,
            httpx_client=self._http,
            retry_options=types.HttpRetryOptions(attempts=1),  # the Decisions client would ask five times by itself
        )
        self.client = genai.Client(api_key=access.key, vertexai=False, http_options=options)

    def close(self) -> None:
        """End the connections."""
        self.client.close()
        self._http.close()

    def check(self, method: str) -> None:
        """Look the model up; raises NeedsPersonError with the models that know `method`, if there is none."""
        problem = self._look_up(method)
        if problem:
            raise problem

    def _look_up(self, method: str) -> AuraMailError | None:
        try:
            self.client.models.get(
                model=self.access.model, config=types.GetModelConfig(http_options=in_time(LEAST_DEADLINE))
            )
        except errors.APIError as error:
            if error.code == httpx2.codes.NOT_FOUND:
                return no_such_model(self.access, self._names(method))
            return self.refused(error.code, error.details, headers_of(error))
        except (httpx2.HTTPError, httpx2.InvalidURL):
            return unreachable(self.access)
        except UNREADABLE:
            return unreachable(self.access)
        return None

    def _names(self, method: str) -> list[str]:
        """Models that can be asked that way, as far as the server tells."""
        wishes = types.ListModelsConfig(page_size=100, http_options=in_time(LEAST_DEADLINE))
        try:
            listed = list(self.client.models.list(config=wishes).page)
        except (errors.APIError, httpx2.HTTPError, httpx2.InvalidURL, *UNREADABLE):
            return []
        able = [model for model in listed if method in (model.supported_actions or ())]
        return [(model.name or "").removeprefix("models/") for model in able]

    def refused(self, status: int, details: Any, headers: Mapping[str, str]) -> AuraMailError:
        """What a refusal means; a wrong key comes as 400 with the reason API_KEY_INVALID (google.rpc.ErrorInfo)."""
        error = details.get("error") if isinstance(details, dict) else None
        said = error if isinstance(error, dict) else {}
        listed = list(error_details(details))
        if any(detail.get("reason") == "API_KEY_INVALID" for detail in listed):
            return wrong_key(self.access)
        if status == httpx2.codes.BAD_REQUEST and said.get("status") == "FAILED_PRECONDITION":
            return NeedsPersonError(
                Wording.of("Gemini is not free of charge in this country."),
                Wording.of("Enable billing for the project of {setting}.", setting=self.access.key_setting),
            )
        if status == httpx2.codes.TOO_MANY_REQUESTS:
            if NO_QUOTA.search(str(said.get("message"))):
                return no_credit(self.access)
            if any("PerDay" in quota for quota in spent_quotas(listed)):
                return QuotaSpentError(
                    Wording.of("The day's quota of the language model {model} is used up.", model=self.access.model),
                    after=until_the_day_ends(self._clock.now()),
                )
        return refusal(status, self.access, retry_delay(listed) or read_retry_after(headers, self._clock.now()))


def in_time(seconds: float) -> types.HttpOptions:
    """Options of one call that ends after so many seconds."""
    deadline = str(max(LEAST_DEADLINE, math.ceil(seconds)))
    return types.HttpOptions(timeout=max(1, round(seconds * 1000)), headers={"X-Server-Timeout": deadline})


def headers_of(error: errors.APIError) -> Mapping[str, str]:
    return error.response.headers if isinstance(error.response, httpx2.Response) else {}


def error_details(details: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in `error.details` of an answer, whatever else it holds (https://cloud.google.com/apis/design/errors)."""
    error = details.get("error") if isinstance(details, dict) else None
    listed = error.get("details") if isinstance(error, dict) else None
    yield from (detail for detail in listed if isinstance(detail, dict)) if isinstance(listed, list) else ()


def retry_delay(details: list[Mapping[str, Any]]) -> float | None:
    """Seconds in a google.rpc.RetryInfo, `"retryDelay": "17s"`."""
    delays = (detail.get("retryDelay") for detail in details)
    return next((read_seconds(delay) for delay in delays if isinstance(delay, str)), None)


def spent_quotas(details: list[Mapping[str, Any]]) -> Iterator[str]:
    """The ids in a google.rpc.QuotaFailure, such as GenerateRequestsPerDayPerProjectPerModel-FreeTier."""
    for detail in details:
        violations = detail.get("violations")
        for violation in violations if isinstance(violations, list) else ():
            if isinstance(violation, dict):
                yield str(violation.get("quotaId"))


def until_the_day_ends(now: datetime) -> float:
    """Seconds until midnight in California, where Google's days begin (https://ai.google.dev/gemini-api/docs/rate-limits)."""
    tomorrow = now.astimezone(PACIFIC).date() + timedelta(days=1)
    return (datetime.combine(tomorrow, time(), PACIFIC).astimezone(UTC) - now).total_seconds()
