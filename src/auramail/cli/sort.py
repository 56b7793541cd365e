"""`auramail sort`: one run, here and now, with a receipt."""

import sys
from typing import Any

import click
import orjson

from auramail.cli.options import Day, query_of
from auramail.cli.plan import show_plan
from auramail.cli.progress import Terminal
from auramail.cli.terminal import say
from auramail.core.accounts import SourceKind
from auramail.core.policy import Autonomy
from auramail.core.runs import Order
from auramail.core.wording import Wording
from auramail.settings import read_settings
from auramail.wiring import open_house


@click.command()
@click.option("--from", "source", default="", help="sample, mbox:PATH, maildir:PATH, gmail or gmail:ADDRESS.")
@click.option("--folder", multiple=True, help="INBOX, SPAM, TRASH or a label; may be repeated.")
@click.option("--query", help="Narrow by Gmail's search language, e.g. 'from:bolt older_than:7d'.")
@click.option("--sender", help="Only from this sender.")
@click.option("--subject", help="Only with these words in the subject.")
@click.option("--after", type=Day(), help="Only from this day on.")
@click.option("--before", type=Day(), help="Only before this day.")
@click.option("--unread", is_flag=True, help="Only unread messages.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many messages, newest first.")
@click.option("--autonomy", type=click.Choice(list(Autonomy)), help="How far to go alone; default: your policy.")
@click.option("--again", is_flag=True, help="Also take messages whose sorting you took back.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and touch nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
def sort(source: str, *, autonomy: str | None, again: bool, dry_run: bool, as_json: bool, **narrowing: Any) -> int:
    """Sort a mailbox. Sorting again handles nothing twice and reads nothing twice."""
    settings = read_settings()
    with open_house(settings) as house:
        account = house.account_from(source)
        limit = settings.max_messages_to_process if account.kind is SourceKind.GMAIL else None
        order = Order(
            query=query_of(settings, narrowing, limit=limit),
            dry_run=dry_run,
            autonomy=Autonomy(autonomy) if autonomy else None,
            again=again,
        )
        terminal = Terminal(quiet=as_json)
        outcome = terminal.follow(house, account.id, order)
        if as_json:
            sys.stdout.buffer.write(orjson.dumps(outcome.receipt.to_json()) + b"\n")
        else:
            if dry_run:
                show_plan(house, account, outcome.receipt.run)
            terminal.show_receipt(outcome.receipt)
            if outcome.receipt.handled and not dry_run:
                click.echo(say(Wording.of("To take it all back: auramail undo --run {run}", run=outcome.receipt.run)))
    if outcome.problem is not None:
        raise outcome.problem
    return 0
