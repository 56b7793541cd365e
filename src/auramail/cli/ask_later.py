"""`auramail ask-later`: ask the language model now about what it had no time for."""

import click

from auramail.cli.progress import Terminal
from auramail.cli.terminal import print_line
from auramail.core.runs import Order, RunKind
from auramail.core.wording import Wording
from auramail.ops.second_look import check_model
from auramail.settings import read_settings
from auramail.wiring.house import open_house


@click.command()
@click.option("--from", "source", default="", help="The mailbox, as in sort; default: the only one there is.")
@click.option("--count", "is_count", is_flag=True, help="Only say how many messages wait for an answer.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
def ask_later(source: str, *, is_count: bool, as_json: bool) -> int:
    """Ask about messages that had no answer in time; one look takes up to a hundred, and can be taken back."""
    with open_house(read_settings()) as house:
        account = house.account_from(source)
        if is_count:
            waiting = house.unanswered.count(account.id)
            print_line(Wording.of("Messages that wait for the language model's answer: {count}", count=waiting))
            return 0
        check_model(house, account)
        house.unanswered.hasten(account.id)
        terminal = Terminal(quiet=as_json)
        return terminal.tell(terminal.follow(house, account.id, Order(kind=RunKind.SECOND_LOOK)))
