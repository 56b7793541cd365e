"""`auramail doctor`: check the installation and say what to do."""

import sys

import click
import orjson

from auramail.cli.terminal import say
from auramail.ops.doctor import Check, State, examine
from auramail.settings import read_settings

MARKS = {State.GOOD: ("✓", "green"), State.NOTE: ("·", "yellow"), State.BAD: ("✗", "red")}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the checks as JSON.")
def doctor(*, as_json: bool) -> int:
    """Check settings, secrets, database, Redis and the Google client file; exit 1 if something is broken."""
    checks = examine(read_settings())
    (print_json if as_json else print_lines)(checks)
    return 1 if any(check.state is State.BAD for check in checks) else 0


def print_json(checks: list[Check]) -> None:
    found = [
        {"check": check.name, "state": check.state, "says": say(check.says), "do": say(check.do) if check.do else ""}
        for check in checks
    ]
    sys.stdout.buffer.write(orjson.dumps(found) + b"\n")


def print_lines(checks: list[Check]) -> None:
    for check in checks:
        mark, colour = MARKS[check.state]
        click.echo(f"{click.style(mark, fg=colour)} {check.name:<14} {say(check.says)}")
        if check.do is not None:
            click.echo(f"  {'':<14} → {say(check.do)}")
