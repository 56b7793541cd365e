"""`auramail sort`: one run, here and now, with a receipt."""

from typing import Any

import click

from auramail.cli.options import Day, query_of
from auramail.cli.plan import show_plan
from auramail.cli.progress import Terminal
from auramail.core.accounts import Account, SourceKind
from auramail.core.policy import Autonomy
from auramail.core.runs import Order
from auramail.settings import Settings, read_settings
from auramail.wiring.house import open_house


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
@click.option(
    "--autonomy", type=click.Choice([far.value for far in Autonomy]), help="How far to go alone; default: your policy."
)
@click.option("--again", is_flag=True, help="Also take messages whose sorting you took back.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and touch nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
def sort(source: str, *, as_json: bool, **wanted: Any) -> int:
    """Sort a mailbox. Sorting again handles nothing twice and reads nothing twice."""
    settings = read_settings()
    with open_house(settings) as house:
        account = house.account_from(source)
        terminal = Terminal(quiet=as_json)
        outcome = terminal.follow(house, account.id, order_of(settings, account, wanted))
        if outcome.receipt.dry_run and not as_json:
            show_plan(house, account, outcome.receipt.run)
        return terminal.tell(outcome)


def order_of(settings: Settings, account: Account, wanted: dict[str, Any]) -> Order:
    """What the options order; reading Gmail costs, so there a limit is in force when none is given."""
    limit = settings.max_messages_to_process if account.kind is SourceKind.GMAIL else None
    return Order(
        query=query_of(settings, wanted, limit=limit),
        dry_run=wanted["dry_run"],
        autonomy=Autonomy(wanted["autonomy"]) if wanted["autonomy"] else None,
        again=wanted["again"],
    )
