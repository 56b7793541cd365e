"""The page about the command line, written from the commands themselves."""

from collections.abc import Iterator
from typing import Final

import click

from auramail.cli.main import cli

INTRODUCTION: Final = """# The command line

<!-- Written by tools/write_docs.py from the commands' own --help; change it there. -->

`make setup` puts the command at `.venv/bin/auramail`; in a Python environment with AuraMail's wheel it is `auramail`.
It exits with 0 when all went well, 1 for a problem (said in one line, with what to do), 2 for a wrong call and 130 when
interrupted. Progress bars and colours appear on a terminal only. `--json` output is for programs and stays as it is.
"""
WIDTH: Final = 100


def cli_page() -> str:
    return INTRODUCTION + "".join(
        _sections(cli, "auramail", click.Context(cli, info_name="auramail", help_option_names=["-h", "--help"]))
    )


def _sections(command: click.Command, path: str, context: click.Context) -> Iterator[str]:
    context.formatter_class = click.HelpFormatter
    context.terminal_width = context.max_content_width = WIDTH
    yield f"\n## {path}\n\n```\n{command.get_help(context).rstrip()}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from _sections(child, f"{path} {name}", click.Context(child, info_name=name, parent=context))
