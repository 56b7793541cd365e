"""`auramail history`: what was done, and why."""

import sys
from collections.abc import Sequence
from typing import Any

import click
import orjson

from auramail.cli.terminal import print_line, say, translate
from auramail.core.costs import MILLION
from auramail.core.decisions import Category, ModelNote
from auramail.core.digests import HistoryFilter
from auramail.core.history import Entry, State
from auramail.core.wording import Wording, plain
from auramail.settings import read_settings
from auramail.wiring.house import open_house


@click.command()
@click.option("--from", "source", default="", help="Only this mailbox: sample, mbox:PATH, maildir:PATH, gmail:ADDRESS.")
@click.option("--run", "run_id", type=int, help="Only this run.")
@click.option("--search", default="", help="Only with these words in sender or subject.")
@click.option("--category", type=click.Choice(list(Category)), help="Only this category.")
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only this state.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many, newest first."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def history(*, source: str, limit: int, as_json: bool, **wanted: Any) -> None:
    """Show what AuraMail did to which message, and why."""
    with open_house(read_settings()) as house:
        accounts = [house.account_from(source).id] if source else [account.id for account in house.accounts.all()]
        narrowed = HistoryFilter(
            text=wanted["search"],
            category=Category(wanted["category"]) if wanted["category"] else None,
            state=State(wanted["state"]) if wanted["state"] else None,
            run_id=wanted["run_id"],
        )
        entries = house.reading.history(accounts, narrowed, None, limit)
        names = {account: house.labels.names(account) for account in accounts}
        if as_json:
            for entry in entries:
                sys.stdout.buffer.write(orjson.dumps(describe(entry, names[entry.account_id])) + b"\n")
        else:
            show(entries)


def describe(entry: Entry, names: dict[str, str]) -> dict[str, Any]:
    """One line of the journal as JSON; labels by name."""
    decision = entry.decision
    return {
        "id": entry.id,
        "run": entry.run_id,
        "message": entry.message_id,
        "thread": entry.thread_id,
        "at": entry.at.isoformat() if entry.at else None,
        "received": entry.received.isoformat() if entry.received else None,
        "sender": entry.sender,
        "subject": entry.subject,
        "state": entry.state,
        "action": entry.action,
        "category": decision.category if decision else None,
        "kind": decision.kind if decision else None,
        "confidence": round(decision.confidence, 4) if decision else None,
        "source": decision.source if decision else None,
        "model": note_to_json(decision.model) if decision and decision.model else None,
        "reason": decision.reason.say(translate()) if decision else None,
        "before": sorted(names.get(label, label) for label in entry.before),
        "added": sorted(names.get(label, label) for label in entry.change.add),
        "removed": sorted(names.get(label, label) for label in entry.change.remove),
        "outcome": entry.outcome.say(translate()) if entry.outcome else None,
        "undo_of": entry.undo_of,
    }


def note_to_json(note: ModelNote) -> dict[str, Any]:
    """How a language model had to do with it."""
    return {
        "asked": note.asked,
        "detail": note.detail,
        "model": note.model,
        "prompt": note.prompt,
        "known": note.is_cached,
        "dollars": note.micros / MILLION,
    }


def show(entries: Sequence[Entry]) -> None:
    """A line for what was done to which message, and one for why."""
    if not entries:
        print_line(Wording.of("Nothing was done so far that fits."))
    for entry in entries:
        decision = entry.decision
        category = decision.category.value if decision else entry.code
        when = entry.at.astimezone().strftime("%Y-%m-%d %H:%M") if entry.at else ""
        head = f"{when}  {entry.message_id:<18} {category:<16} {entry.action:<10} {entry.state:<9}"
        click.echo(f"{head} {click.style(plain(entry.subject), bold=True)}  {plain(entry.sender)}")
        reasons = (decision.reason if decision else None, entry.outcome)
        for reason in filter(None, reasons):
            click.echo(click.style(f"    {say(reason)}", dim=True))
