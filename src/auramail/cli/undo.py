"""`auramail undo`: take back a run, a message, or the last run, with a receipt of its own."""

import click

from auramail.cli.progress import Terminal
from auramail.core.runs import Order, RunKind
from auramail.ops.work import what_to_undo
from auramail.settings import read_settings
from auramail.wiring import open_house


@click.command()
@click.option("--run", "run_id", type=int, help="The run to take back; the undo of an undo makes it again.")
@click.option("--message", help="The message to take back, by the id that history shows.")
@click.option("--last", is_flag=True, help="The last run that changed something.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
def undo(*, run_id: int | None, message: str | None, last: bool, as_json: bool) -> int:
    """Take back what AuraMail did, sparing what you changed since."""
    if sum((run_id is not None, message is not None, last)) != 1:
        raise click.UsageError("Say what to take back: one of --run ID, --message ID, --last.")
    with open_house(read_settings()) as house:
        account_id, selection = what_to_undo(house, run_id, message)
        terminal = Terminal(quiet=as_json)
        return terminal.tell(terminal.follow(house, account_id, Order(kind=RunKind.UNDO, selection=selection)))
