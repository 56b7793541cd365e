"""What the API takes and gives about the language model."""

from datetime import date, datetime
from typing import Self

from pydantic import Field

from auramail.core.accounts import Account
from auramail.core.costs import MILLION, Spent
from auramail.core.privacy import CloudTerms
from auramail.core.sent import Sent
from auramail.ops.model.checks import Checked
from auramail.ops.model.standing import DAYS, Costs, Status
from auramail.web.api.shapes import Shape
from auramail.web.i18n import say


class AccountIn(Shape):
    account: int


class CostsIn(Shape):
    account: int
    days: int = Field(DAYS, ge=1, le=366, description="How many days, today being the last.")


class SpentOut(Shape):
    calls: int
    answers: int = Field(description="Usable ones, those that were known already among them.")
    known: int = Field(description="Answers that were known from earlier and cost nothing.")
    tokens_sent: int
    tokens_answered: int
    dollars: float

    @classmethod
    def of(cls, spent: Spent) -> Self:
        return cls(
            calls=spent.calls,
            answers=spent.answers,
            known=spent.hits,
            tokens_sent=spent.tokens.sent,
            tokens_answered=spent.tokens.answered,
            dollars=spent.micros / MILLION,
        )


class CheckOut(Shape):
    """What its server last said to whether it would answer."""

    at: datetime
    answers: bool
    problem: str | None
    hint: str | None

    @classmethod
    def of(cls, checked: Checked) -> Self:
        problem, hint = say(checked.problem) or None, say(checked.hint) or None
        return cls(at=checked.at, answers=problem is None, problem=problem, hint=hint)


class ModelOut(Shape):
    account: int
    provider: str = Field(description="`gemini`, `decisions`, `openai` or `local` (none).")
    model: str
    host: str = Field(description="Empty at the vendor's own address.")
    place: str = Field(description="`nowhere`, `this_computer`, `own_network` or `cloud`.")
    standing: str = Field(
        description="`none`, `cloud_off`, `switched_off`, `no_consent`, `problem`, `closed`, `spent` or `ready`."
    )
    is_free: bool = Field(description="Whether the vendor's people may read what is sent: a free key of Google's.")
    check: CheckOut | None
    today: SpentOut = Field(description="All accounts together.")
    calls_a_day: int | None = Field(description="The cap; so the next three.")
    dollars_a_day: float | None
    calls_a_run: int | None
    dollars_a_run: float | None
    day_ends: datetime
    closed_until: datetime | None = Field(description="Until when the vendor's quota is used up, if it is.")

    @classmethod
    def of(cls, account: Account, status: Status) -> Self:
        return cls(
            account=account.id,
            provider=status.provider,
            model=status.model,
            host=status.host,
            place=status.place,
            standing=status.standing,
            is_free=status.is_free,
            check=CheckOut.of(status.checked) if status.checked else None,
            today=SpentOut.of(status.today),
            calls_a_day=status.cap_a_day.calls,
            dollars_a_day=_dollars(status.cap_a_day.micros),
            calls_a_run=status.cap_a_run.calls,
            dollars_a_run=_dollars(status.cap_a_run.micros),
            day_ends=status.day_ends,
            closed_until=status.closed_until,
        )


class ModelDayOut(SpentOut):
    day: date
    model: str


class CostsOut(Shape):
    since: date
    days: list[ModelDayOut] = Field(description="All accounts together, the newest day first.")
    together: SpentOut
    own: SpentOut = Field(description="The account's answered calls.")
    messages: int = Field(description="Messages of the account that were sorted; so the next three.")
    asked_share: float | None
    known_share: float | None
    unasked: dict[str, int] = Field(description="Messages the model had nothing usable to say about, by reason.")

    @classmethod
    def of(cls, costs: Costs) -> Self:
        days = [ModelDayOut(day=one.day, model=one.model, **SpentOut.of(one.spent).model_dump()) for one in costs.days]
        return cls(
            since=costs.since,
            days=days,
            together=SpentOut.of(costs.whole),
            own=SpentOut.of(costs.own),
            messages=costs.use.messages,
            asked_share=costs.use.asked_share,
            known_share=costs.use.hit_share,
            unasked=dict(costs.use.unasked),
        )


class TermsIn(Shape):
    """What is not named stays as it is; lists are the whole of what is wanted."""

    account: int
    is_on: bool | None = None
    is_allowed: bool | None = Field(None, description="Your consent to the model that is set up now, or its end.")
    is_elsewhere: bool = Field(
        False, description="That you are not in the EEA, the United Kingdom or Switzerland; a free key asks for it."
    )
    senders: list[str] | None = Field(None, max_length=1000, description="`name@example.org` or `@example.org`.")
    labels: list[str] | None = Field(None, max_length=1000, description="By id or name.")


class TermsOut(Shape):
    account: int
    is_on: bool
    is_allowed: bool = Field(description="Whether your consent covers the model that is set up now.")
    allowed_at: datetime | None
    allowed_model: str | None
    allowed_tier: str | None
    senders: list[str] = Field(description="Never to the cloud: addresses, and `@domains` with all below them.")
    labels: list[str] = Field(description="Never to the cloud: ids of labels.")

    @classmethod
    def of(cls, account: Account, terms: CloudTerms, *, is_allowed: bool) -> Self:
        consent = terms.consent
        return cls(
            account=account.id,
            is_on=terms.is_on,
            is_allowed=is_allowed,
            allowed_at=consent.at if consent else None,
            allowed_model=consent.model if consent else None,
            allowed_tier=consent.tier if consent else None,
            senders=sorted(terms.senders),
            labels=sorted(terms.labels),
        )


class SentOut(Shape):
    """One call's part of one message, as it left this computer."""

    at: datetime
    model: str
    prompt: str = Field(description="Its version.")
    purpose: str
    text: str | None = Field(description="Absent where no copy was to be kept, and once it was erased for its age.")
    rules: str | None
    masked: dict[str, int] = Field(description="How many secrets were taken out, by kind.")
    tokens_sent: int = Field(description="Of the whole call; so the next two.")
    tokens_answered: int
    dollars: float
    together: int = Field(description="How many messages the call held.")

    @classmethod
    def of(cls, sent: Sent) -> Self:
        return cls(
            at=sent.at,
            model=sent.model,
            prompt=sent.prompt,
            purpose=sent.purpose,
            text=sent.text,
            rules=sent.rules,
            masked=dict(sent.masked),
            tokens_sent=sent.tokens.sent,
            tokens_answered=sent.tokens.answered,
            dollars=sent.micros / MILLION,
            together=sent.together,
        )


class AllSentOut(Shape):
    message: str
    calls: list[SentOut] = Field(description="The newest first.")


def _dollars(micros: int | None) -> float | None:
    return None if micros is None else micros / MILLION
