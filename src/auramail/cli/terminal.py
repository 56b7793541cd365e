"""The terminal: its language, its colours, and how a problem is said there."""

import sys
from collections.abc import Callable
from functools import cache

import click

from auramail.core.wording import Wording
from auramail.settings import reader_language
from auramail.translations import translator


@cache
def translate() -> Callable[[str], str]:
    """The translation into the terminal's language."""
    return translator(reader_language())


def say(wording: Wording) -> str:
    return wording.say(translate())


def print_line(wording: Wording) -> None:
    click.echo(say(wording))


def complain(problem: Wording, hint: Wording | None = None) -> None:
    """Write a problem to stderr in one line, with what to do."""
    line = f"auramail: {say(problem)}" + (f" — {say(hint)}" if hint else "")
    is_terminal = sys.stderr.isatty()
    sys.stderr.write(f"\x1b[31m{line}\x1b[0m\n" if is_terminal else f"{line}\n")
