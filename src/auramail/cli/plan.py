"""A plan on the terminal: what would change, grouped by change, and why."""

from collections import defaultdict

import click

from auramail.cli.terminal import say
from auramail.core.accounts import Account
from auramail.core.history import Entry, Selection, State
from auramail.core.wording import plain
from auramail.flow.labelling import name_of_new
from auramail.wiring.house import House


def show_plan(house: House, account: Account, run_id: int) -> None:
    """Print the held entries of a run as a diff: `+` labels that would be added, `-` labels that would go."""
    held = house.ledger.entries(Selection(account.id, run_id=run_id, states=frozenset({State.HELD})))
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in held:
        added = [f"+{name_of_new(label)}" for label in sorted(entry.change.add)]
        removed = [f"-{label}" for label in sorted(entry.change.remove)]
        groups[" ".join(added + removed) or "="].append(entry)
    names = house.labels.names(account.id)
    for change, entries in sorted(groups.items(), key=lambda group: -len(group[1])):
        shown = " ".join(part[0] + names.get(part[1:], part[1:]) for part in change.split(" "))
        click.echo(f"{click.style(shown, bold=True)}  ({len(entries)})")
        for entry in entries:
            click.echo(f"  {plain(entry.sender)}  {plain(entry.subject)}")
            if entry.decision is not None:
                click.echo(click.style(f"      {say(entry.decision.reason)}", dim=True))
