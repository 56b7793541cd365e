"""`auramail survey`: what would be filed without being read, and whether the person wants that."""

import json

import click

from auramail.cli.terminal import say
from auramail.core.accounts import Account
from auramail.core.groups import Outlook
from auramail.core.wording import Wording, plain
from auramail.flow.foresee import foresee
from auramail.settings import read_settings
from auramail.wiring.house import House, open_house


@click.command()
@click.option("--from", "source", default="", help="gmail or gmail:ADDRESS.")
@click.option("--yes/--no", "wanted", default=None, help="Allow or refuse it from the next run on.")
@click.option("--json", "as_json", is_flag=True, help="Print what would happen as JSON.")
def survey(source: str, wanted: bool | None, *, as_json: bool) -> None:
    """Show what searches would settle unread in a mailbox; with --yes or --no, say whether they may."""
    with open_house(read_settings()) as house:
        account = house.account_from(source)
        if wanted is not None:
            house.preferences.allow_survey(account.id, wanted=wanted)
            house.audit.write("survey_allowed" if wanted else "survey_refused", account.user_id, account.id)
        is_on = house.preferences.may_survey(account.id)
        outlook = look_ahead(house, account) if wanted is None else Outlook()
        if as_json:
            click.echo(json.dumps({"account": account.id, "on": is_on} | outlook.to_json(), ensure_ascii=False))
        else:
            tell(account, outlook, is_on=is_on, has_looked=wanted is None)


def look_ahead(house: House, account: Account) -> Outlook:
    with house.mailbox(account) as mailbox:
        return foresee(account, house.survey_desk(account, mailbox))


def tell(account: Account, outlook: Outlook, *, is_on: bool, has_looked: bool) -> None:
    if not account.is_metered:
        click.echo(say(Wording("Reading this mailbox costs nothing: all of it is read.")))
        return
    for group in outlook.groups:
        click.echo(f"{group.found:>7}  {group.category:<12} {plain(group.name)}  {plain(group.subject)}")
        click.echo(f"         {group.query}")
    for place, count in outlook.places.items():
        click.echo(f"{count:>7}  category:{place}")
    if has_looked and not outlook.groups:
        click.echo(say(Wording("No sender is known yet: the first of each is read, then its like is filed unread.")))
    if outlook.found:
        minutes = round(outlook.seconds / 60)
        saved = Wording.of(
            "Not reading them spares {units} units, {minutes} minutes.", units=outlook.units, minutes=minutes
        )
        click.echo(say(saved))
    on, off = Wording("Surveys are on: --no turns them off."), Wording("Surveys are off: --yes turns them on.")
    click.echo(say(on if is_on else off))
