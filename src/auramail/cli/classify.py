"""`auramail classify`: what messages in files are; touches no database and, with the local judge, no network."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import orjson

from auramail.cli.options import model_option
from auramail.cli.terminal import translate
from auramail.core.accounts import Person
from auramail.core.decisions import Decision
from auramail.core.messages import Message, Source
from auramail.flow.advice import Adviser
from auramail.flow.classify import Judges
from auramail.flow.consider import consider
from auramail.flow.parse import parse
from auramail.mail.files import Unreadable, read_messages
from auramail.settings import read_settings
from auramail.translations import translator
from auramail.wiring.judges import open_judges
from auramail.wiring.named import adviser_named


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object per message, in order.")
@model_option
@click.option("--language", type=click.Choice(["uk", "en"]), help="Language of the reasons; default from LANG.")
def classify(paths: tuple[Path, ...], as_json: bool, model: str, language: str | None) -> None:
    """Say what the messages in PATHS are: .eml files, folders of them, mbox files, Maildirs."""
    settings = read_settings()
    say = translator(language) if language else translate()
    with adviser_named(settings, model) as adviser:
        panel = Panel(Person(zone=settings.timezone), open_judges(model), adviser)
        for found in look_at_all(paths, panel, say):
            sys.stdout.buffer.write(orjson.dumps(found) + b"\n" if as_json else _line(found))
        if adviser is not None and adviser.problem is not None:
            raise adviser.problem


@dataclass(frozen=True, slots=True)
class Panel:
    """Who looks at a message, and for whom."""

    person: Person
    judges: Judges
    adviser: Adviser | None


def look_at_all(paths: Iterable[Path], panel: Panel, say: Callable[[str], str]) -> Iterator[dict[str, Any]]:
    """What each message is, with the milliseconds that took."""
    for path in paths:
        for place, source in read_messages(path):
            started = time.perf_counter()
            found = look_at(place, source, panel, say)
            yield found | {"ms": round((time.perf_counter() - started) * 1000, 3)}


def look_at(place: str, source: Source | Unreadable, panel: Panel, say: Callable[[str], str]) -> dict[str, Any]:
    """What one message is, as if it had just come; one that cannot be read says so in `error`."""
    if isinstance(source, Unreadable):
        return {**UNREAD, "path": place, "error": source.problem.say(say)}
    message = parse([source])[0]
    decision = consider(message, panel.person, panel.judges, message.date, panel.adviser)
    return describe(place, message, decision, decision.reason.say(say))


UNREAD: dict[str, Any] = json.loads(
    """{"path": "", "id": "", "category": "REVIEW", "kind": "other", "urgency": "LOW", "confidence": 0.0,
        "danger": "NONE", "findings": [], "expects_reply": false,
        "entities": {"due_date": null, "amount": null, "company_name": null, "location": null,
                     "event_start": null, "event_end": null, "words": {}},
        "source": "unsure", "reason": "", "model_calls": 0}"""
)


def describe(place: str, message: Message, decision: Decision, reason: str) -> dict[str, Any]:
    """One message as the fixed interface of `classify --json` gives it."""
    entities = decision.entities
    amount = entities.amount
    return {
        "path": place,
        "id": message.message_id or message.id,
        "category": decision.category.value,
        "kind": decision.kind.value,
        "urgency": decision.urgency.value,
        "confidence": round(decision.confidence, 4),
        "danger": decision.danger.name,
        "findings": [{"guard": seen.guard, "evidence": seen.evidence.say()} for seen in decision.findings],
        "expects_reply": decision.expects_reply,
        "entities": {
            "due_date": entities.due_date.isoformat() if entities.due_date else None,
            "amount": {"value": f"{amount.value:.2f}", "currency": amount.currency} if amount else None,
            "company_name": entities.company_name,
            "location": entities.location,
            "event_start": entities.starts.isoformat() if entities.starts else None,
            "event_end": entities.ends.isoformat() if entities.ends else None,
            "words": dict(entities.words),
        },
        "source": decision.source.value,
        "reason": reason,
        "model_calls": decision.model_calls,
    }


def _line(found: dict[str, Any]) -> bytes:
    sure = f"{found['confidence']:.0%}"
    text = (
        f"{found['category']:<16}{found['kind']:<15}{sure:>5}  {found['path']}: {found.get('error') or found['reason']}"
    )
    return text.encode() + b"\n"
