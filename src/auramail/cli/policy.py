"""`auramail policy`: what happens to each category of a mailbox."""

from dataclasses import replace
from typing import Any

import click

from auramail.cli.terminal import say
from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.policy import Autonomy, Policy, actions_for, differences, prefix_problem
from auramail.settings import read_settings
from auramail.wiring.house import open_house

source = click.option("--from", "source", default="", help="sample, mbox:PATH, maildir:PATH, gmail or gmail:ADDRESS.")


@click.group(invoke_without_command=True)
@source
@click.pass_context
def policy(context: click.Context, source: str) -> None:
    """Show or change what happens to each category."""
    if context.invoked_subcommand is None:
        with open_house(read_settings()) as house:
            account = house.account_from(source)
            tell(house.preferences.policy(account.id, house.settings.label_prefix))


@policy.command("set")
@source
@click.option("--category", type=click.Choice(list(Category)), help="Which category --action is for.")
@click.option("--action", type=click.Choice(list(Action)), help="What happens to it from now on.")
@click.option("--autonomy", type=click.Choice([far.value for far in Autonomy]), help="How far a run goes alone.")
@click.option("--act-above", type=click.FloatRange(0, 1), help="Confidence below which nothing leaves the inbox.")
@click.option("--may-trash/--no-may-trash", default=None, help="Whether anything may be put in the trash.")
@click.option("--prefix", "label_prefix", help="What labels begin with; a / nests them.")
def change(source: str, category: Category | None, action: Action | None, **wanted: Any) -> None:
    """Change it from the next run on; what is not named stays as it is."""
    if (category is None) != (action is None):
        raise click.UsageError("--category and --action belong together.")
    with open_house(read_settings()) as house:
        account = house.account_from(source)
        before = house.preferences.policy(account.id, house.settings.label_prefix)
        after = changed(before, {name: value for name, value in wanted.items() if value is not None})
        if category and action:
            after = with_action(after, category, action)
        house.preferences.save_policy(account.id, after)
        house.audit.write("policy_changed", account.user_id, account.id, differences(before, after))
        tell(after)


def changed(before: Policy, wanted: dict[str, Any]) -> Policy:
    """The policy with other settings; raises click.UsageError for a prefix that Gmail would refuse."""
    problem = prefix_problem(wanted["label_prefix"]) if "label_prefix" in wanted else None
    if problem:
        raise click.UsageError(f"--prefix: {say(problem)}")
    if "autonomy" in wanted:
        wanted["autonomy"] = Autonomy(wanted["autonomy"])
    return replace(before, **wanted)


def with_action(before: Policy, category: Category, action: Action) -> Policy:
    """The policy with another action for a category; raises click.UsageError for one that it may not have."""
    if action not in actions_for(category):
        raise click.UsageError(f"{category} is never put in the trash.")
    if action is Action.DELETE and not before.may_trash:
        raise click.UsageError("Allow the trash first: --may-trash.")
    return replace(before, actions={**before.actions, category: action})


def tell(told: Policy) -> None:
    for category in Category:
        click.echo(f"{category:<16} {told.action(category):<10} {told.label(category).name}")
    click.echo(
        f"autonomy {told.autonomy}, act above {told.act_above:g}, may trash: {'yes' if told.may_trash else 'no'}"
    )
