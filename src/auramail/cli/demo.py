"""`auramail demo`: the sample mailbox sorted, explained and put back, in a home that is thrown away."""

import tempfile
from collections import defaultdict
from pathlib import Path

import click

from auramail.cli.progress import Terminal
from auramail.cli.terminal import say
from auramail.core.accounts import Account
from auramail.core.errors import GiveUpError
from auramail.core.history import Entry, Selection, State
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, RunKind
from auramail.core.wording import Wording, plain
from auramail.settings import read_settings
from auramail.wiring.house import House, open_house

EXAMPLES = 3
"""Messages shown of each category."""


@click.command()
def demo() -> int:
    """Sort the sample mailbox, show why each message went where it did, and take it all back."""
    with tempfile.TemporaryDirectory(prefix="auramail-demo-") as folder:
        settings = read_settings(auramail_home=Path(folder), database_url="")
        with open_house(settings) as house:
            account = house.account_from("sample")
            before = labels_of(house, account)
            sorting = Terminal(quiet=False).follow(house, account.id, Order())
            show_examples(house, account, sorting.receipt.run)
            Terminal(quiet=False).show_receipt(sorting.receipt)
            undo = Order(kind=RunKind.UNDO, selection={"run_id": sorting.receipt.run})
            Terminal(quiet=False).follow(house, account.id, undo)
            compare(before, labels_of(house, account, list(before)))
    click.echo(say(Wording.of("See it in the browser: auramail up")))
    return 0


def labels_of(house: House, account: Account, ids: list[str] | None = None) -> dict[str, frozenset[str]]:
    """The labels of these messages, or of all that a run would list."""
    with house.mailbox(account) as mailbox:
        listed = ids or [id_ for page in mailbox.list_ids(MailQuery()) for id_ in page.ids]
        return {id_: labels for id_, labels in mailbox.labels_now(listed).items() if labels is not None}


def show_examples(house: House, account: Account, run_id: int) -> None:
    """Some messages of each category, with the reason."""
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in house.ledger.entries(Selection(account.id, run_id=run_id, states=frozenset({State.APPLIED}))):
        if entry.decision is not None:
            groups[entry.decision.category].append(entry)
    for category, entries in groups.items():
        click.echo(click.style(category, bold=True))
        for entry in entries[:EXAMPLES]:
            click.echo(f"  {plain(entry.subject)}")
            if entry.decision is not None:
                click.echo(click.style(f"      {say(entry.decision.reason)}", dim=True))


def compare(before: dict[str, frozenset[str]], after: dict[str, frozenset[str]]) -> None:
    """Say whether every message has its labels of before again; raises GiveUpError if one has not."""
    same = sum(after.get(message) == labels for message, labels in before.items())
    if same != len(before):
        raise GiveUpError(
            Wording.of("Only {same} of {count} messages are as before the demo.", same=same, count=len(before))
        )
    click.echo(say(Wording.of("Taken back: {same} of {count} messages are exactly as before.", same=same, count=same)))
