"""What the API takes and gives, as JSON."""

from datetime import date, datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.digests import HistoryFilter
from auramail.core.estimates import Estimate
from auramail.core.history import Entry, State
from auramail.core.policy import Autonomy
from auramail.core.queries import MailQuery
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, Run
from auramail.web.i18n import say
from auramail.web.watching import look_at


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RunIn(Shape):
    """What a sort should take and how far it may go."""

    account: int
    folders: list[str] = Field(default=["INBOX", "SPAM", "TRASH"], min_length=1, max_length=20)
    query: str = Field("", max_length=500, description="In Gmail's search language.")
    sender: str = Field("", max_length=500)
    subject: str = Field("", max_length=500)
    after: date | None = Field(None, description="First day, inclusive.")
    before: date | None = Field(None, description="Day to stop before.")
    unread: bool = False
    limit: int | None = Field(
        None,
        ge=1,
        le=1_000_000,
        description="Most messages; without it all of a file, MAX_MESSAGES_TO_PROCESS of Gmail.",
    )
    everything: bool = Field(False, description="All of Gmail too; not together with `limit`.")
    dry_run: bool = False
    again: bool = Field(False, description="Also take what was sorted before and undone.")
    autonomy: Autonomy | None = None

    @model_validator(mode="after")
    def choose_one(self) -> Self:
        if self.everything and self.limit is not None:
            raise ValueError("say one of `everything` and `limit`")
        return self

    def order(self) -> Order:
        query = MailQuery(
            folders=tuple(self.folders),
            text=self.query,
            sender=self.sender,
            subject=self.subject,
            after=self.after,
            before=self.before,
            unread=self.unread,
            limit=self.limit,
        )
        return Order(query=query, dry_run=self.dry_run, autonomy=self.autonomy, again=self.again)


class EstimateOut(Shape):
    """What a sort will take."""

    messages: int = Field(description="To be read.")
    known: int = Field(description="Listed as well, but handled before.")
    is_exact: bool = Field(description="Whether they were counted; if not, all figures are upper bounds.")
    quota_units: int
    seconds: float
    model_calls: int
    tokens: int
    money: float = Field(description="US dollars.")

    @classmethod
    def of(cls, told: Estimate) -> "EstimateOut":
        return cls(**told.to_json())  # type: ignore[arg-type]  # the fields are the same by name


class ProgressOut(Shape):
    run: int
    state: str
    phase: str
    listed: int
    total: int = Field(description="How many it will come to, as far as that can be said.")
    done: int
    quota_units: int
    waits_because: str | None
    waits_until: datetime | None
    by_category: dict[str, int]
    rate: int | None = Field(description="Messages a minute, once that can be said.")
    seconds_left: float | None
    cancel_asked: bool

    @classmethod
    def of(cls, run: Run, now: datetime) -> "ProgressOut":
        view, progress = look_at(run, now), run.progress
        return cls(
            run=run.id,
            state=run.state,
            phase=progress.phase,
            listed=progress.listed,
            total=view.total,
            done=progress.done,
            quota_units=progress.quota_units,
            waits_because=say(progress.why) if progress.why else None,
            waits_until=progress.until,
            by_category=dict(progress.by_category),
            rate=view.rate,
            seconds_left=view.left,
            cancel_asked=run.cancel_asked,
        )


class RunOut(Shape):
    id: int
    account: int
    kind: str
    state: str
    dry_run: bool
    created: datetime
    started: datetime | None
    finished: datetime | None
    problem: str | None
    progress: ProgressOut
    estimate: EstimateOut | None = Field(description="What was said beforehand that it would take.")
    receipt: dict[str, Any] | None = Field(
        description="Once it is over: `listed` = `handled` + all `skipped` + all `failed`."
    )

    @classmethod
    def of(cls, run: Run, receipt: Receipt | None, now: datetime) -> "RunOut":
        return cls(
            id=run.id,
            account=run.account_id,
            kind=run.order.kind,
            state=run.state,
            dry_run=run.order.dry_run,
            created=run.created,
            started=run.started,
            finished=run.finished,
            problem=say(run.problem) if run.problem else None,
            progress=ProgressOut.of(run, now),
            estimate=EstimateOut.of(run.order.estimate) if run.order.estimate else None,
            receipt=receipt.to_json() if receipt else None,
        )


class RunsOut(Shape):
    runs: list[RunOut]


class ChoiceIn(Shape):
    """Which proposals of a run are meant; none named: all of them."""

    entries: list[int] = Field(default=[], max_length=10_000)


class DeclinedOut(Shape):
    declined: int


class HistoryIn(Shape):
    account: int | None = None
    text: str = Field("", max_length=500)
    sender: str = Field("", max_length=500)
    category: Category | None = None
    action: Action | None = None
    state: State | None = None
    run: int | None = None
    since: date | None = None
    until: date | None = None
    before: int | None = Field(None, description="The last id of the page before.")
    limit: int = Field(50, ge=1, le=500)

    def filter(self, zone: str) -> HistoryFilter:
        return HistoryFilter(
            text=self.text,
            sender=self.sender,
            category=self.category,
            action=self.action,
            state=self.state,
            run_id=self.run,
            since=self.since,
            until=self.until,
            zone=zone,
        )


class EntryOut(Shape):
    id: int
    account: int
    run: int
    message: str
    at: datetime | None
    received: datetime | None
    sender: str
    subject: str
    state: str
    action: str
    category: str | None
    kind: str | None
    urgency: str | None
    confidence: float | None
    source: str | None
    reason: str | None
    findings: list[dict[str, str]]
    added: list[str]
    removed: list[str]
    outcome: str | None
    undo_of: int | None

    @classmethod
    def of(cls, entry: Entry) -> "EntryOut":
        decision = entry.decision
        findings = decision.findings if decision else ()
        return cls(
            id=entry.id,
            account=entry.account_id,
            run=entry.run_id,
            message=entry.message_id,
            at=entry.at,
            received=entry.received,
            sender=entry.sender,
            subject=entry.subject,
            state=entry.state,
            action=entry.action,
            category=decision.category if decision else None,
            kind=decision.kind if decision else None,
            urgency=decision.urgency if decision else None,
            confidence=decision.confidence if decision else None,
            source=decision.source if decision else None,
            reason=say(decision.reason) if decision else None,
            findings=[{"guard": finding.guard, "evidence": say(finding.evidence)} for finding in findings],
            added=sorted(entry.change.add),
            removed=sorted(entry.change.remove),
            outcome=say(entry.outcome) if entry.outcome else None,
            undo_of=entry.undo_of,
        )


class EntriesOut(Shape):
    entries: list[EntryOut]
    next_before: int | None = Field(description="Pass as `before` for the next page; absent at the end.")


class FiguresOut(Shape):
    """The last seven days."""

    handled: int
    left_the_inbox: int
    held: int
    seconds_saved: int
    seconds_a_message: int = Field(description="What the time saved assumes.")
    by_category: dict[str, int]
    by_action: dict[str, int]


class DayOut(Shape):
    day: date
    by_category: dict[str, int]


class DaysOut(Shape):
    days: list[DayOut]
