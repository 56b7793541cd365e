"""Takes one message of the sample mailbox along the whole path and says what each step gave."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from auramail.core.accounts import Account
from auramail.core.decisions import Category, Decision
from auramail.core.history import Entry, Selection
from auramail.core.messages import Message, Source
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, Run, RunKind
from auramail.flow.acquaint import acquaint
from auramail.flow.classify import classify
from auramail.flow.guard import guard
from auramail.flow.parse import parse
from auramail.flow.plan import Wishes, plan
from auramail.ops.work import finish_run, owned
from auramail.settings import read_settings
from auramail.wiring.house import House, open_house

SUBJECT: Final = "oak.and.ink commented: “that light!”"
"""A notice of a social network in the sample mailbox."""
WHEN: Final = datetime(2026, 3, 14, 12, tzinfo=UTC)


class StandingClock:
    """The clock of this walk stands still, so that two walks tell the same."""

    def now(self) -> datetime:
        return WHEN

    def monotonic(self) -> float:
        return 0.0


def walk() -> dict[str, str]:
    """The name of each step and what it gave, as text."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(auramail_home=Path(folder), database_url="", _env_file=None)
        with open_house(settings, StandingClock()) as house:
            account = house.account_from("sample")
            return {name: text.strip() for name, text in _steps(house, account)}


def _steps(house: House, account: Account) -> Iterator[tuple[str, str]]:
    with house.mailbox(account) as mailbox:
        ids = [id_ for page in mailbox.list_ids(MailQuery()) for id_ in page.ids]
        person = acquaint(account, mailbox, house.accounts)
        source, message = _find(ids, mailbox.fetch)
    yield "survey", f"{len(ids)} ids listed, 0 of them known to the journal\n{message.id}  <- the one we follow"
    yield "fetch", _bytes(source)
    yield "parse", _as_json(_parsed(message))
    with house.mailbox(account) as mailbox:
        desk = house.desk(account, mailbox, lambda: True)
    words = desk.judges.local(message) if desk.judges.local is not None else None
    seen = guard(message, person, words)
    said = {"findings": [finding.evidence.say() for finding in seen.findings], "danger": seen.danger.name}
    yield "guard", _as_json(said)
    decision = classify(message, seen, person, desk.judges, WHEN).decision
    yield "classify", _as_json(_decided(decision))
    labels = {category: desk.policy.label(category).name for category in Category}
    step = plan(message, decision, Wishes(desk.policy, person, desk.today(), labels, desk.policy.autonomy, {}))
    yield (
        "plan",
        _as_json({"action": step.action, "add": sorted(step.change.add), "remove": sorted(step.change.remove)}),
    )
    run = _follow(house, account, Order())
    yield "record", _as_json(_recorded(_entry(house, run, message.id)))
    yield "apply", _labels(house, account, message.id)
    undone = _follow(house, account, Order(kind=RunKind.UNDO, selection={"message_id": message.id}))
    yield "undo", _as_json(_recorded(_entry(house, undone, message.id)))
    yield "after", _labels(house, account, message.id)


def _find(ids: list[str], fetch: Any) -> tuple[Source, Message]:
    for start in range(0, len(ids), 100):
        sources = [answer.source for answer in fetch(ids[start : start + 100]) if answer.source]
        for source, message in zip(sources, parse(sources), strict=True):
            if message.subject == SUBJECT:
                return source, message
    raise LookupError(SUBJECT)


def _follow(house: House, account: Account, order: Order) -> Run:
    with owned(house, account.id) as is_owner:
        run = house.runs.start(account.id, order)
        finish_run(house, run, is_owner)
    return run


def _entry(house: House, run: Run, message_id: str) -> Entry:
    return next(house.ledger.entries(Selection(run.account_id, run_id=run.id, message_id=message_id)))


def _labels(house: House, account: Account, message_id: str) -> str:
    with house.mailbox(account) as mailbox:
        return f"labels now: {', '.join(sorted(mailbox.labels_now([message_id])[message_id] or ()))}"


def _bytes(source: Source) -> str:
    text = source.raw.decode("utf-8", "replace").replace("\r\n", "\n")
    head, _, _ = text.partition("\n\n")
    return f"{head}\n…\n({len(source.raw)} bytes in all)"


def _parsed(message: Message) -> Mapping[str, Any]:
    return {
        "sender": f"{message.sender.name} <{message.sender.address}>",
        "subject": message.subject,
        "date": message.date.isoformat(),
        "language": message.language,
        "labels": sorted(message.labels),
        "text": f"{message.text[:160]}…",
        "links": len(message.links),
    }


def _decided(decision: Decision) -> Mapping[str, Any]:
    return {
        "category": decision.category,
        "kind": decision.kind,
        "urgency": decision.urgency,
        "sure": f"{decision.confidence:.0%}",
        "source": decision.source,
        "reason": decision.reason.say(),
        "heard": [opinion.judge for opinion in decision.opinions],
    }


def _recorded(entry: Entry) -> Mapping[str, Any]:
    return {
        "run": entry.run_id,
        "message": entry.message_id,
        "state": entry.state,
        "before": sorted(entry.before),
        "added": sorted(entry.change.add),
        "removed": sorted(entry.change.remove),
        "undo_of": entry.undo_of,
    }


def _as_json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
