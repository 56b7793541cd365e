"""`auramail sort`: one run, here and now, with a receipt."""

from typing import Any

import click

from auramail.cli.foretell import foretold, is_wanted, tell_estimate
from auramail.cli.options import Day, check_everything, query_of
from auramail.cli.plan import show_plan
from auramail.cli.progress import Terminal
from auramail.core.accounts import Account
from auramail.core.policy import Autonomy
from auramail.core.runs import Order
from auramail.ops.foresee import foresee
from auramail.settings import Settings, read_settings
from auramail.wiring.house import House, open_house


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
@click.option("--all", "everything", is_flag=True, help="All of the mailbox, however much; goes on after any stop.")
@click.option(
    "--autonomy", type=click.Choice([far.value for far in Autonomy]), help="How far to go alone; default: your policy."
)
@click.option("--again", is_flag=True, help="Also take messages whose sorting you took back.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and touch nothing.")
@click.option("--estimate", "only_estimate", is_flag=True, help="Only say what it would take; nothing starts.")
@click.option("--yes", is_flag=True, help="Start without asking, also for more than 1,000 messages.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipt, or the estimate, as JSON.")
def sort(source: str, *, as_json: bool, only_estimate: bool, yes: bool, **wanted: Any) -> int:
    """Sort a mailbox. Sorting again handles nothing twice and reads nothing twice."""
    check_everything(wanted)
    settings = read_settings()
    with open_house(settings) as house:
        account = house.account_from(source)
        order = order_of(settings, account, wanted)
        if only_estimate:
            tell_estimate(foresee(house, account, order), as_json=as_json)
            return 0
        order = foretold(house, account, order, quiet=as_json)
        return carry_out(house, account, order, as_json=as_json) if is_wanted(order, yes=yes or as_json) else 0


def carry_out(house: House, account: Account, order: Order, *, as_json: bool) -> int:
    terminal = Terminal(quiet=as_json)
    outcome = terminal.follow(house, account.id, order)
    if outcome.receipt.dry_run and not as_json:
        show_plan(house, account, outcome.receipt.run)
    return terminal.tell(outcome, order.estimate)


def order_of(settings: Settings, account: Account, wanted: dict[str, Any]) -> Order:
    """What the options order; reading Gmail costs, so there a limit is in force unless all of it is asked for."""
    is_limited = account.is_metered and not wanted["everything"]
    limit = settings.max_messages_to_process if is_limited else None
    return Order(
        query=query_of(settings, wanted, limit=limit),
        dry_run=wanted["dry_run"],
        autonomy=Autonomy(wanted["autonomy"]) if wanted["autonomy"] else None,
        again=wanted["again"],
    )
