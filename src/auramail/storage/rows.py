"""Rows to nouns and back: the one place that knows how a noun is written as JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from auramail.core.actions import Action, Change
from auramail.core.costs import Spent
from auramail.core.decisions import Asked, Category, Decision, Entities, Judge, Kind, ModelNote, Money, Opinion, Urgency
from auramail.core.estimates import Estimate
from auramail.core.findings import Danger, Finding
from auramail.core.policy import Autonomy, Policy
from auramail.core.queries import MailQuery
from auramail.core.questions import Tokens
from auramail.core.receipts import Receipt
from auramail.core.rules import Condition
from auramail.core.runs import Order, Progress, RunKind
from auramail.core.wording import Wording
from auramail.storage.tables import ProgressRow


def wording_to_json(wording: Wording | None) -> dict[str, Any] | None:
    # Pairs keep their order and a name that stands twice; Wording.to_json, made for other programs, does not.
    return None if wording is None else {"text": wording.text, "values": [list(pair) for pair in wording.values]}


def wording_from_json(data: Mapping[str, Any] | None) -> Wording | None:
    return None if data is None else _wording(data)


def _wording(data: Mapping[str, Any]) -> Wording:
    return Wording(data["text"], tuple((name, value) for name, value in data["values"]))


def change_to_json(change: Change) -> dict[str, Any]:
    return {"add": sorted(change.add), "remove": sorted(change.remove)}


def change_from_json(data: Mapping[str, Any]) -> Change:
    return Change(frozenset(data["add"]), frozenset(data["remove"]))


def decision_to_json(decision: Decision | None) -> dict[str, Any] | None:
    """What a decision holds; to keep rows small, without what is usual, such as no findings.

    The chances of all kinds, which judges with `Opinion.shares` gave, are not kept: they served to decide, and would
    double the size of the journal.
    """
    if decision is None:
        return None
    data: dict[str, Any] = {
        "category": decision.category.value,
        "kind": decision.kind.value,
        "urgency": decision.urgency.value,
        "confidence": decision.confidence,
        "danger": decision.danger.value,
        "source": decision.source.value,
        "reason": wording_to_json(decision.reason),
    }
    if decision.findings:
        data["findings"] = [[item.guard, item.weight, wording_to_json(item.evidence)] for item in decision.findings]
    if decision.opinions:
        data["opinions"] = [_opinion_to_json(opinion) for opinion in decision.opinions]
    if decision.entities != Entities():
        data["entities"] = _entities_to_json(decision.entities)
    if decision.expects_reply:
        data["expects_reply"] = True
    if decision.model is not None:
        data["model"] = _note_to_json(decision.model)
    if decision.alone is not None:
        data["alone"] = decision.alone.value
    if decision.rule_id is not None:
        data["rule_id"] = decision.rule_id
    return data


def decision_from_json(data: Mapping[str, Any] | None) -> Decision | None:
    if data is None:
        return None
    return Decision(
        category=Category(data["category"]),
        kind=Kind(data["kind"]),
        urgency=Urgency(data["urgency"]),
        confidence=data["confidence"],
        danger=Danger(data["danger"]),
        source=Judge(data["source"]),
        reason=_wording(data["reason"]),
        findings=tuple(
            Finding(guard, weight, _wording(evidence)) for guard, weight, evidence in data.get("findings", ())
        ),
        opinions=tuple(_opinion_from_json(opinion) for opinion in data.get("opinions", ())),
        entities=_entities_from_json(data.get("entities", {})),
        expects_reply=data.get("expects_reply", False),
        rule_id=data.get("rule_id"),
        model=_note_from_json(data["model"]) if "model" in data else None,
        alone=Category(data["alone"]) if "alone" in data else None,
    )


def _note_to_json(note: ModelNote) -> dict[str, Any]:
    """Only what is told: most decisions that wished to ask a model asked it alone and at once."""
    usual = ModelNote(note.asked)
    told = {
        "model": note.model,
        "prompt": note.prompt,
        "together": note.together,
        "micros": note.micros,
        "call_id": note.call_id,
        "is_cached": note.is_cached,
        "detail": note.detail,
    }
    data = {name: value for name, value in told.items() if value != getattr(usual, name)}
    if note.tokens != Tokens():
        data["tokens"] = [note.tokens.sent, note.tokens.answered]
    return {"asked": note.asked.value} | data


def _note_from_json(data: Mapping[str, Any]) -> ModelNote:
    told = dict(data)
    return ModelNote(Asked(told.pop("asked")), tokens=Tokens(*told.pop("tokens", (0, 0))), **told)


def _opinion_to_json(opinion: Opinion) -> dict[str, Any]:
    return {
        "judge": opinion.judge.value,
        "confidence": opinion.confidence,
        "reason": wording_to_json(opinion.reason),
        "kind": opinion.kind and opinion.kind.value,
        "category": opinion.category and opinion.category.value,
    }


def _opinion_from_json(data: Mapping[str, Any]) -> Opinion:
    return Opinion(
        judge=Judge(data["judge"]),
        confidence=data["confidence"],
        reason=_wording(data["reason"]),
        kind=Kind(data["kind"]) if data["kind"] else None,
        category=Category(data["category"]) if data["category"] else None,
    )


def _entities_to_json(entities: Entities) -> dict[str, Any]:
    event = {name: moment.isoformat() for name, moment in _event_of(entities) if moment}
    return event | {
        "due_date": entities.due_date and entities.due_date.isoformat(),
        "amount": entities.amount and [str(entities.amount.value), entities.amount.currency],
        "company_name": entities.company_name,
        "location": entities.location,
        "words": [list(pair) for pair in entities.words],
    }


def _event_of(entities: Entities) -> tuple[tuple[str, datetime | None], ...]:
    return ("starts", entities.starts), ("ends", entities.ends)


def _entities_from_json(data: Mapping[str, Any]) -> Entities:
    due, amount = data.get("due_date"), data.get("amount")
    return Entities(
        due_date=date.fromisoformat(due) if due else None,
        amount=Money(Decimal(amount[0]), amount[1]) if amount else None,
        company_name=data.get("company_name"),
        location=data.get("location"),
        words=tuple((name, words) for name, words in data.get("words", ())),
        starts=datetime.fromisoformat(data["starts"]) if "starts" in data else None,
        ends=datetime.fromisoformat(data["ends"]) if "ends" in data else None,
    )


def order_to_json(order: Order) -> dict[str, Any]:
    return {
        "kind": order.kind.value,
        "query": order.query.to_json(),
        "dry_run": order.dry_run,
        "autonomy": order.autonomy and order.autonomy.value,
        "again": order.again,
        "estimate": order.estimate and order.estimate.to_json(),
        "selection": {name: _listed(value) for name, value in order.selection.items()},
    }


def _listed(value: object) -> object:
    """Sets and tuples as lists, which is all JSON has."""
    if isinstance(value, set | frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def order_from_json(data: Mapping[str, Any]) -> Order:
    return Order(
        kind=RunKind(data["kind"]),
        query=MailQuery.from_json(data["query"]),
        dry_run=data["dry_run"],
        autonomy=Autonomy(data["autonomy"]) if data["autonomy"] else None,
        again=data["again"],
        estimate=Estimate(**data["estimate"]) if data.get("estimate") else None,
        selection=data["selection"],
    )


def progress_to_row(progress: Progress) -> dict[str, Any]:
    return {
        "listed": progress.listed,
        "done": progress.done,
        "by_category": dict(progress.by_category),
        "subject": progress.subject,
        "phase": progress.phase,
        "quota_units": progress.quota_units,
        "http_calls": progress.http_calls,
        "spent": spent_to_json(progress.spent),
        "why": wording_to_json(progress.why),
        "until": progress.until,
        "began": progress.began,
        "mark": progress.mark,
    }


def progress_from_row(row: ProgressRow) -> Progress:
    return Progress(
        listed=row.listed,
        done=row.done,
        by_category=row.by_category,
        subject=row.subject,
        phase=row.phase,
        quota_units=row.quota_units,
        http_calls=row.http_calls,
        spent=spent_from_json(row.spent),
        why=wording_from_json(row.why),
        until=row.until,
        began=row.began,
        mark=row.mark,
    )


def spent_to_json(spent: Spent) -> dict[str, Any] | None:
    if spent == Spent():
        return None
    return {
        "calls": spent.calls,
        "answers": spent.answers,
        "hits": spent.hits,
        "tokens": [spent.tokens.sent, spent.tokens.answered],
        "micros": spent.micros,
    }


def spent_from_json(data: Mapping[str, Any] | None) -> Spent:
    return Spent() if data is None else Spent(**{**data, "tokens": Tokens(*data["tokens"])})


def receipt_from_json(data: Mapping[str, Any]) -> Receipt:
    return Receipt(**data)


def condition_to_json(condition: Condition) -> dict[str, Any]:
    """Only what is given: a new part of a condition needs no migration."""
    parts = {part.name: getattr(condition, part.name) for part in fields(condition)}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in parts.items()
        if value not in ("", None, ())
    }


def condition_from_json(data: Mapping[str, Any]) -> Condition:
    parts: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    parts["kinds"] = tuple(Kind(kind) for kind in parts.get("kinds", ()))
    parts["categories"] = tuple(Category(category) for category in parts.get("categories", ()))
    return Condition(**parts)


def policy_to_json(policy: Policy) -> dict[str, Any]:
    return {
        "actions": {category.value: action.value for category, action in policy.actions.items()},
        "autonomy": policy.autonomy.value,
        "act_above": policy.act_above,
        "may_trash": policy.may_trash,
        "label_prefix": policy.label_prefix,
    }


def policy_from_json(data: Mapping[str, Any]) -> Policy:
    return Policy(
        actions={Category(category): Action(action) for category, action in data["actions"].items()},
        autonomy=Autonomy(data["autonomy"]),
        act_above=data["act_above"],
        may_trash=data["may_trash"],
        label_prefix=data["label_prefix"],
    )


def searchable(parts: Iterable[str]) -> str:
    """What the history search looks in: folded here, because SQLite folds ASCII only."""
    return " ".join(part for part in parts if part).casefold()
