"""`auramail live`: new mail of a Gmail account is kept sorted from now on."""

from datetime import datetime
from zoneinfo import ZoneInfo

import click

from auramail.cli.terminal import print_line
from auramail.core.accounts import Account
from auramail.core.live import Live
from auramail.core.wording import Wording
from auramail.ops.live import check_live, start_live, stop_live
from auramail.settings import read_settings
from auramail.wiring.house import open_house

source = click.option("--from", "source", default="", help="gmail or gmail:ADDRESS; default: the only one there is.")


@click.group()
def live() -> None:
    """Keep new mail sorted as it comes; `auramail up` must be running for it."""


@live.command("on")
@source
@click.option(
    "--folder", multiple=True, help="INBOX, SPAM, TRASH or a label; may be repeated. Default: as last sorted."
)
def turn_on(source: str, folder: tuple[str, ...]) -> None:
    """Sort new mail from now on; older mail, and mail that came while it was off, is for `auramail sort`."""
    with open_house(read_settings()) as house:
        account = house.account_from(source)
        started = start_live(house, account, folder)
        house.audit.write("live_turned_on", account.user_id, account.id)
        tell(account, started, house.clock.now())


@live.command("off")
@source
def turn_off(source: str) -> None:
    """Sort no more new mail; what was sorted stays and can be undone."""
    with open_house(read_settings()) as house:
        account = house.account_from(source)
        stop_live(house, account)
        house.audit.write("live_turned_off", account.user_id, account.id)
        tell(account, house.live.get(account.id), house.clock.now())


@live.command("status")
@source
def status(source: str) -> None:
    """Say whether new mail is kept sorted, since when, and when it was looked for last."""
    with open_house(read_settings()) as house:
        account = house.account_from(source)
        check_live(account)
        tell(account, house.live.get(account.id), house.clock.now())


def tell(account: Account, live: Live | None, now: datetime) -> None:
    """One line each for how it stands, the last look, the last proof, and what stands in the way."""
    if live is None or not live.is_on:
        print_line(Wording.of("New mail of {address} is not kept sorted.", address=account.address))
        return
    since = at(live.since, account)
    print_line(Wording.of("New mail of {address} is kept sorted since {since}.", address=account.address, since=since))
    if live.polled is not None:
        seconds = max(0, round((now - live.polled).total_seconds()))
        print_line(Wording.of("Looked for {seconds} s ago, every {pause} s.", seconds=seconds, pause=round(live.pause)))
    if live.proof is not None:
        print_line(Wording.of("Proven that nothing was missed: {at}.", at=at(live.proof.at, account)))
    for problem in filter(None, (account.paused, live.problem)):
        print_line(problem)


def at(moment: datetime, account: Account) -> str:
    return moment.astimezone(ZoneInfo(account.zone)).strftime("%Y-%m-%d %H:%M")
