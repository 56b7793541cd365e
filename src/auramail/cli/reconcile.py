"""`auramail reconcile`: every message of the folders is handled, skipped with a reason, or queued."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TypeVar

import click
import orjson

from auramail.cli.terminal import complain, print_line, say
from auramail.core.accounts import Account
from auramail.core.errors import NotYetError
from auramail.core.live import Proof
from auramail.core.wording import Wording
from auramail.ops.live import live_or_off, look_for_new_mail, prove
from auramail.ops.work import held
from auramail.settings import read_settings
from auramail.web.vocabulary import REASONS, name_of
from auramail.wiring.house import House, open_house

Done = TypeVar("Done")


@click.command()
@click.option("--from", "source", default="", help="gmail or gmail:ADDRESS; default: the only one there is.")
@click.option("--json", "as_json", is_flag=True, help="Print the proof as JSON.")
def reconcile(source: str, *, as_json: bool) -> int:
    """Prove that no message was missed; what was is queued and sorted now. Exit 1 if the sums disagree."""
    with open_house(read_settings()) as house:
        proof = prove_and_sort(house, house.account_from(source))
        if as_json:
            sys.stdout.buffer.write(orjson.dumps({**asdict(proof), "is_whole": proof.is_whole}) + b"\n")
        else:
            tell(proof)
        if not proof.is_whole:
            complain(Wording.of("The sums disagree: what the mailbox lists is not what AuraMail knows."))
        return 0 if proof.is_whole else 1


def prove_and_sort(house: House, account: Account) -> Proof:
    """The proof, and then whatever it queued is sorted; waits where the mailbox asks to."""
    live = live_or_off(house, account)
    with held(house, account.id) as is_owner:
        proof = patiently(house, lambda: prove(house, account, live))
        if proof.queued:
            patiently(house, lambda: look_for_new_mail(house, account.id, is_owner))
    return proof


def patiently(house: House, do: Callable[[], Done]) -> Done:
    """Wait where the mailbox asks for it and nothing else is wrong."""
    while True:
        try:
            return do()
        except NotYetError as error:
            house.sleep(error.after)


def tell(proof: Proof) -> None:
    print_line(
        Wording.of(
            "{listed} in the mailbox = {handled} handled + {skipped} skipped + {queued} queued",
            listed=proof.listed,
            handled=proof.handled,
            skipped=sum(proof.skipped.values()),
            queued=proof.queued,
        )
    )
    for reason, count in proof.skipped.items():
        click.echo(f"{count:>7}  {say(name_of(REASONS, reason))}")
    if proof.missed:
        print_line(Wording.of("Missed until now, queued and sorted: {count}", count=proof.missed))
