"""`auramail undo`: take back a run, a message, a sender, a rule or a day, with a receipt of its own."""

from typing import Any

import click

from auramail.cli.options import Day
from auramail.cli.progress import Terminal
from auramail.core.runs import Order, RunKind
from auramail.ops.work import what_to_undo
from auramail.settings import read_settings
from auramail.wiring.house import open_house


@click.command()
@click.option("--run", "run_id", type=int, help="The run to take back; the undo of an undo makes it again.")
@click.option("--message", help="The message to take back, by the id that history shows.")
@click.option("--last", is_flag=True, help="The last run that changed something.")
@click.option("--sender", help="All mail of this address.")
@click.option("--rule", "rule_id", type=int, help="All that this rule of yours decided.")
@click.option("--day", type=Day(), help="All that was done on this day.")
@click.option("--from", "source", default="", help="The mailbox meant by --sender, --rule and --day, as in sort.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
def undo(*, run_id: int | None, message: str | None, last: bool, source: str, as_json: bool, **wide: Any) -> int:
    """Take back what AuraMail did, sparing what you changed since."""
    many = {name: str(value) if name == "day" else value for name, value in wide.items() if value is not None}
    if sum((run_id is not None, message is not None, last, *(True for _ in many))) != 1:
        raise click.UsageError("Say what to take back: one of --run, --message, --last, --sender, --rule, --day.")
    with open_house(read_settings()) as house:
        if many:
            account_id, selection = house.account_from(source).id, many
        else:
            account_id, selection = what_to_undo(house, run_id, message)
        terminal = Terminal(quiet=as_json)
        return terminal.tell(terminal.follow(house, account_id, Order(kind=RunKind.UNDO, selection=selection)))
