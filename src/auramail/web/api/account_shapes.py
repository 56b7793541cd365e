"""What the API gives of accounts and of their live sorting, as JSON."""

from datetime import datetime
from typing import Any

from pydantic import Field

from auramail.core.accounts import Account
from auramail.core.live import Proof
from auramail.web.api.shapes import Shape
from auramail.web.i18n import say
from auramail.web.live import LiveView


class AccountOut(Shape):
    id: int
    kind: str = Field(description="`gmail`, `mbox`, `maildir` or `sample`.")
    address: str
    paused: str | None = Field(description="Why nothing is read at present, if so.")
    zone: str

    @classmethod
    def of(cls, account: Account) -> "AccountOut":
        paused = say(account.paused) if account.paused else None
        return cls(id=account.id, kind=account.kind, address=account.address, paused=paused, zone=account.zone)


class AccountsOut(Shape):
    accounts: list[AccountOut]


class LiveIn(Shape):
    is_on: bool


class ProofOut(Shape):
    """Where every message of the chosen folders stands: `listed` = `handled` + all `skipped` + `queued`."""

    at: datetime
    listed: int
    handled: int
    skipped: dict[str, int]
    queued: int
    missed: int = Field(description="How many of the queued were found by this very look.")
    is_whole: bool

    @classmethod
    def of(cls, proof: Proof) -> "ProofOut":
        return cls(
            at=proof.at,
            listed=proof.listed,
            handled=proof.handled,
            skipped=dict(proof.skipped),
            queued=proof.queued,
            missed=proof.missed,
            is_whole=proof.is_whole,
        )


class LiveOut(Shape):
    """How new mail of an account is kept sorted."""

    account: int
    is_on: bool
    since: datetime | None = Field(description="Mail from then on is sorted by itself.")
    last_look: datetime | None
    next_look: datetime | None
    problem: str | None
    proof: ProofOut | None = Field(description="The last one.")
    run: int | None = Field(description="The run that holds the new mail of today.")
    receipt: dict[str, Any] | None = Field(description="Of that run.")

    @classmethod
    def of(cls, view: LiveView) -> "LiveOut":
        live = view.live
        return cls(
            account=view.account.id,
            is_on=view.is_on,
            since=live.since if live else None,
            last_look=live.polled if live else None,
            next_look=live.due if live and live.is_on else None,
            problem=say(live.problem) if live and live.problem else None,
            proof=ProofOut.of(live.proof) if live and live.proof else None,
            run=view.run.id if view.run else None,
            receipt=view.receipt.to_json() if view.receipt else None,
        )
