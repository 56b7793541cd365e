"""`auramail rules`: the person's own word on what happens to which mail."""

import sys
from collections.abc import Callable
from typing import Any

import click
import orjson

from auramail.cli.rule_lines import describe, tell_proposal, to_json
from auramail.cli.terminal import print_line, say
from auramail.core.accounts import Account
from auramail.core.actions import Action
from auramail.core.decisions import Category, Kind
from auramail.core.errors import NeedsPersonError
from auramail.core.proposals import Proposal
from auramail.core.rules import Condition, Rule, Wish, rule_problem
from auramail.core.wording import Wording
from auramail.flow.propose_rule import propose
from auramail.settings import read_settings
from auramail.wiring.house import House, open_house
from auramail.wiring.rules import rule_desk

source = click.option("--from", "source", default="", help="sample, mbox:PATH, maildir:PATH, gmail or gmail:ADDRESS.")
MEGABYTE = 1024 * 1024
MAIL = ("sender", "domain", "list_id", "subject", "words", "has_attachment", "senders", "about", "kinds", "categories",
        "older_days", "newer_days")  # fmt: skip


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


def condition_options(command: Callable[..., None]) -> Callable[..., None]:
    """Which mail is meant; all options must hold together, of one given several times any one will do."""
    kinds = [kind.value for kind in Kind if kind is not Kind.PHISHING]
    categories = [category.value for category in Category if category is not Category.DANGER]
    for option in reversed(
        (
            click.option("--sender", default="", help="A whole address."),
            click.option("--domain", default="", help="A domain and all below it."),
            click.option("--list-id", default="", help="The id of a mailing list."),
            click.option("--subject", default="", help="Words in the subject."),
            click.option("--words", default="", help="Words in the subject or the text."),
            click.option("--attachment/--no-attachment", "has_attachment", default=None, help="With one, or without."),
            click.option("--anyone", "senders", multiple=True, help="An address, domain or name; may be repeated."),
            click.option("--about", multiple=True, help="A word, or its beginning with a *; may be repeated."),
            click.option("--kind", "kinds", multiple=True, type=click.Choice(kinds), help="What it is taken for."),
            click.option("--seen-as", "categories", multiple=True, type=click.Choice(categories), help="The same."),
            click.option("--larger", type=float, help="Megabytes."),
            click.option("--smaller", type=float, help="Megabytes."),
            click.option("--older-days", type=int, help="Days since it came."),
            click.option("--newer-days", type=int, help="Days since it came."),
        )
    ):
        command = option(command)
    return command


@rules.command("add")
@source
@condition_options
@click.option("--category", type=click.Choice([c for c in Category if c is not Category.DANGER]))
@click.option("--action", type=click.Choice(list(Action)), help="Default: what the category usually gets.")
@click.option("--label", default="", help="A label of your own, put on besides.")
def add(source: str, category: str | None, action: str | None, label: str, **parts: Any) -> None:
    """Add a rule behind the others; all its conditions must hold together."""
    condition = _condition(parts)
    wish = Wish(Category(category) if category else None, Action(action) if action else None, label)
    if not condition:
        raise click.UsageError("Say which mail is meant: --sender, --domain, --subject, --words or another condition.")
    if problem := rule_problem(condition, wish):
        raise click.UsageError(say(problem))
    with open_house(read_settings()) as house:
        click.echo(describe(_save(house, house.account_from(source), condition, wish, "")))


@rules.command("say")
@source
@click.argument("sentence", nargs=-1, required=True)
@click.option("--model", type=click.Choice(["none", "gemini", "openai"]), help="Who is asked if the words are unclear.")
@click.option("--yes", is_flag=True, help="Save without asking, unless the sentence is not sure to be understood.")
@click.option("--json", "as_json", is_flag=True, help="The rule as one JSON object; saved only with --yes.")
def say_rule(source: str, sentence: tuple[str, ...], model: str | None, yes: bool, as_json: bool) -> None:
    """Make a rule of a SENTENCE in Ukrainian or English: "receipts from Bolt go to Taxes"."""
    with open_house(read_settings()) as house:
        account = house.account_from(source)
        proposal = propose(" ".join(sentence), rule_desk(house, account, model or ""))
        if as_json:
            sys.stdout.buffer.write(orjson.dumps(to_json(proposal)) + b"\n")
        else:
            tell_proposal(proposal)
        if _may_save(proposal, yes=yes, as_json=as_json):
            rule = _save(house, account, proposal.condition, proposal.wish, proposal.sentence)
            click.echo(describe(rule), err=as_json)


@rules.command("on")
@source
@click.argument("rule_id", type=int)
def turn_on(source: str, rule_id: int) -> None:
    """Have a rule asked again."""
    with open_house(read_settings()) as house:
        click.echo(describe(_turn(house, source, rule_id, is_on=True)))


@rules.command("off")
@source
@click.argument("rule_id", type=int)
def turn_off(source: str, rule_id: int) -> None:
    """Have a rule not asked, and keep it."""
    with open_house(read_settings()) as house:
        click.echo(describe(_turn(house, source, rule_id, is_on=False)))


@rules.command("remove")
@source
@click.argument("rule_id", type=int)
def remove(source: str, rule_id: int) -> None:
    """Remove a rule by its number; what it did stays and can be undone."""
    with open_house(read_settings()) as house:
        account = house.account_from(source)
        house.rules.remove(account.id, rule_id)
        house.audit.write("rule_removed", account.user_id, account.id, {"rule": rule_id})
        click.echo(say(Wording.of("Rule {id} is gone.", id=rule_id)))


def _condition(parts: dict[str, Any]) -> Condition:
    sizes = {name: round(parts[name] * MEGABYTE) if parts[name] is not None else None for name in ("larger", "smaller")}
    kinds, categories = map(Kind, parts["kinds"]), map(Category, parts["categories"])
    given = {name: parts[name] for name in MAIL}
    return Condition(**given | sizes | {"kinds": tuple(kinds), "categories": tuple(categories)})


def _may_save(proposal: Proposal, *, yes: bool, as_json: bool) -> bool:
    """Whether a proposal is to be saved; raises NeedsPersonError where that is asked for, and cannot be."""
    if proposal.problem is not None:
        raise NeedsPersonError(proposal.problem, Wording.of("Say it in other words, or use `auramail rules add`."))
    if yes and proposal.unsure:
        problem = Wording.of("It is not sure that this is what you mean, so it is not saved.")
        raise NeedsPersonError(problem, Wording.of("Say it in other words, or without --yes."))
    if yes or as_json:
        return yes
    if not sys.stdin.isatty():
        raise NeedsPersonError(Wording.of("Nobody is there to say yes."), Wording.of("Add --yes to save it."))
    print_line(Wording("Save this rule?"))
    return click.confirm("", prompt_suffix="", default=False)


def _turn(house: House, source: str, rule_id: int, *, is_on: bool) -> Rule:
    account = house.account_from(source)
    rule = house.rules.turn(account.id, rule_id, is_on=is_on)
    house.audit.write("rule_turned_on" if is_on else "rule_turned_off", account.user_id, account.id, {"rule": rule_id})
    return rule


def _save(house: House, account: Account, condition: Condition, wish: Wish, said: str) -> Rule:
    rule = house.rules.add(account.id, condition, wish.category, wish.action, label=wish.label, said=said)
    house.audit.write("rule_added", account.user_id, account.id, {"rule": rule.id})
    return rule
