"""`auramail rules`: the person's own word on what happens to which mail."""

from typing import Any

import click

from auramail.cli.terminal import say
from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.rules import Condition, Rule
from auramail.core.wording import Wording
from auramail.settings import read_settings
from auramail.wiring.house import open_house

source = click.option("--from", "source", default="", help="sample, mbox:PATH, maildir:PATH, gmail or gmail:ADDRESS.")


@click.group()
def rules() -> None:
    """List, add and remove your own rules; they are asked before anything else."""


@rules.command("list")
@source
def list_rules(source: str) -> None:
    """Show the rules of a mailbox in the order they are asked."""
    with open_house(read_settings()) as house:
        for rule in house.rules.of_account(house.account_from(source).id):
            click.echo(describe(rule))


@rules.command("add")
@source
@click.option("--sender", default="", help="A whole address.")
@click.option("--domain", default="", help="A domain and all below it.")
@click.option("--list-id", default="", help="The id of a mailing list.")
@click.option("--subject", default="", help="Words in the subject.")
@click.option("--words", default="", help="Words in the subject or the text.")
@click.option("--category", required=True, type=click.Choice([c for c in Category if c is not Category.DANGER]))
@click.option("--action", type=click.Choice(list(Action)), help="Default: what the category usually gets.")
def add(source: str, category: str, action: str | None, **parts: Any) -> None:
    """Add a rule behind the others; all its conditions must hold together."""
    if not any(parts.values()):
        raise click.UsageError("Say which mail is meant: --sender, --domain, --list-id, --subject or --words.")
    with open_house(read_settings()) as house:
        account = house.account_from(source)
        rule = house.rules.add(account.id, Condition(**parts), Category(category), Action(action) if action else None)
        click.echo(describe(rule))


@rules.command("remove")
@source
@click.argument("rule_id", type=int)
def remove(source: str, rule_id: int) -> None:
    """Remove a rule by its number; what it did stays and can be undone."""
    with open_house(read_settings()) as house:
        house.rules.remove(house.account_from(source).id, rule_id)
        click.echo(say(Wording.of("Rule {id} is gone.", id=rule_id)))


def describe(rule: Rule) -> str:
    parts = ((name, getattr(rule.condition, name)) for name in ("sender", "domain", "list_id", "subject", "words"))
    when = " & ".join(f"{name}={value}" for name, value in parts if value)
    return f"{rule.id:>4}  {when}  →  {rule.category}{f' ({rule.action})' if rule.action else ''}"
