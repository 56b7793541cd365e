"""`auramail model`: the language model, what it costs, what it may see, and what it saw."""

from collections.abc import Callable
from typing import Any

import click

from auramail.cli.model_page import (
    costs_to_json,
    sent_to_json,
    status_to_json,
    tell_costs,
    tell_sent,
    tell_status,
    write_json,
)
from auramail.cli.terminal import print_line, say
from auramail.core.errors import AuraMailError, NotFoundError
from auramail.core.privacy import Tier
from auramail.core.wording import Wording
from auramail.ops import privacy
from auramail.ops.model.checks import check_model
from auramail.ops.model.places import is_free, place_of
from auramail.ops.model.standing import DAYS, costs_of, status_of
from auramail.settings import Settings, read_settings
from auramail.wiring.house import open_house

source = click.option("--from", "source", default="", help="sample, mbox:PATH, maildir:PATH, gmail or gmail:ADDRESS.")
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")


@click.group(invoke_without_command=True)
@source
@as_json_option
@click.pass_context
def model(context: click.Context, source: str, *, as_json: bool) -> None:
    """Say how the language model stands, what it costs, and what it may see."""
    if context.invoked_subcommand is None:
        tell_of(source, as_json=as_json)


@model.command("status")
@source
@as_json_option
def status(source: str, *, as_json: bool) -> None:
    """Say which model there is, where, and whether it may be asked about a mailbox; asks nobody."""
    tell_of(source, as_json=as_json)


@model.command("check")
def check() -> None:
    """Ask its server whether it would answer; exit 1 if not. Only the key and the model's name are sent."""
    with open_house(read_settings()) as house:
        checked = check_model(house)
        if checked is None:
            print_line(Wording.of("No language model is asked: everything is decided on this computer."))
        elif checked.problem is not None:
            raise AuraMailError(checked.problem, checked.hint)
        else:
            print_line(Wording.of("{model} answers.", model=house.settings.model_name))


@model.command("allow")
@source
@click.option(
    "--tier",
    type=click.Choice([tier.value for tier in Tier]),
    help="Only if the key is so: `free`, whose vendor's people may read what is sent, or `paid`. Default: GEMINI_TIER.",
)
@click.option("--yes", is_flag=True, help="Ask nothing; also says that you are not in the EEA, the UK or Switzerland.")
def allow(source: str, tier: str | None, *, yes: bool) -> None:
    """Allow the model in the cloud for a mailbox, from the next run on."""
    with open_house(read_settings()) as house:
        account, meant = house.account_from(source), Tier(tier or house.settings.gemini_tier)
        if not yes:
            ask_for_consent(house.settings, meant)
        privacy.allow(house, account, account.user_id, tier=meant, is_elsewhere=True)
        print_line(Wording("Allowed. To withdraw it: auramail model withdraw"))
        if not house.preferences.cloud(account.id).covers(Tier(house.settings.gemini_tier), house.settings.vendor):
            print_line(Wording("That holds once the key is paid for (GEMINI_TIER=paid)."))


@model.command("withdraw")
@source
def withdraw(source: str) -> None:
    """Withdraw that: nothing is sent any more."""
    with open_house(read_settings()) as house:
        account = house.account_from(source)
        privacy.withdraw(house, account, account.user_id)
        print_line(Wording.of("Withdrawn: nothing is sent any more."))


@model.command("on")
@source
def turn_on(source: str) -> None:
    """Turn the cloud on again for a mailbox, with the consent there was."""
    switch(source, is_on=True)


@model.command("off")
@source
def turn_off(source: str) -> None:
    """Turn the cloud off for a mailbox; the consent is kept for later."""
    switch(source, is_on=False)


@model.command("never")
@source
@click.argument("what", metavar="SENDER|@DOMAIN|LABEL")
@click.option("--remove", is_flag=True, help="No longer keep it from the cloud.")
def never(source: str, what: str, *, remove: bool) -> None:
    """Keep mail of a sender or domain, or with a label, from every model in the cloud."""
    with open_house(read_settings()) as house:
        account = house.account_from(source)
        privacy.never(house, account, account.user_id, what, wanted=not remove)
        kept, let_go = Wording("Kept from the cloud: {what}"), Wording("No longer kept from the cloud: {what}")
        print_line(Wording.of((let_go if remove else kept).text, what=what))


@model.command("costs")
@source
@click.option("--days", type=click.IntRange(1, 366), default=DAYS, show_default=True, help="How many, up to today.")
@as_json_option
def costs(source: str, days: int, *, as_json: bool) -> None:
    """Say what models cost by day, all mailboxes together, and what they had to do with one."""
    with open_house(read_settings()) as house:
        found = costs_of(house, house.account_from(source), days)
    write(lambda: tell_costs(found), costs_to_json(found), as_json=as_json)


@model.command("sent")
@source
@click.argument("message_id")
@as_json_option
def sent(source: str, message_id: str, *, as_json: bool) -> None:
    """Show word for word what a model was shown of a message; `auramail history` says its id."""
    with open_house(read_settings()) as house:
        ids = [house.account_from(source).id] if source else [account.id for account in house.accounts.all()]
        found = [one for account_id in ids for one in house.model_reading.sent(account_id, message_id)]
        if not found and not any(house.reading.latest_entry_of(account_id, message_id) for account_id in ids):
            raise NotFoundError(Wording.of("AuraMail knows no such message."))
    write(lambda: tell_sent(found), sent_to_json(found), as_json=as_json)


def tell_of(source: str, *, as_json: bool) -> None:
    with open_house(read_settings()) as house:
        account = house.account_from(source)
        found, names = status_of(house, account), house.labels.names(account.id)
    write(lambda: tell_status(found, names), status_to_json(found), as_json=as_json)


def switch(source: str, *, is_on: bool) -> None:
    with open_house(read_settings()) as house:
        account = house.account_from(source)
        privacy.switch(house, account, account.user_id, on=is_on)
        print_line(Wording("The cloud is on.") if is_on else Wording("The cloud is off: nothing is sent."))


def ask_for_consent(settings: Settings, tier: Tier) -> None:
    """Say what is sent, and ask for a yes; no answer ends the command (exit 130)."""
    print_line(
        Wording(
            "Of a message that is unsure these are sent: the sender's name and address, the subject, the date, and at "
            "most 6,000 characters of its visible text, recognised secrets taken out. Never attachments, other "
            "recipients, quoted or hidden text, or mail that looks suspicious."
        )
    )
    if is_free(settings.default_model, place_of(settings), tier):
        print_line(Wording("The key is free of charge: people at Google may read it and train models with it."))
        place = Wording("Are you outside the European Economic Area, the United Kingdom and Switzerland?")
        click.confirm(say(place), abort=True, err=True)
    click.confirm(say(Wording.of("May it be sent to {model}?", model=settings.model_name)), abort=True, err=True)


def write(tell: Callable[[], None], told: Any, *, as_json: bool) -> None:
    if as_json:
        write_json(told)
    else:
        tell()
