"""The command line: finds the command, opens nothing that it does not need, and says every problem in one line."""

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType, TracebackType

import click

from auramail import __version__
from auramail.cli.terminal import complain
from auramail.core.errors import AuraMailError
from auramail.core.wording import Wording

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {  # where each lies, and its line in --help: a command's room is entered only when it is called
        "up": ("auramail.cli.up", "Start the product: web, worker, scheduler and Redis in one process tree."),
        "demo": ("auramail.cli.demo", "Sort the sample mailbox, show why, and take it all back."),
        "sort": ("auramail.cli.sort", "Sort a mailbox: the sample, an mbox, a Maildir, or Gmail."),
        "live": ("auramail.cli.live", "Keep new mail of Gmail sorted, or stop; say how it stands."),
        "reconcile": ("auramail.cli.reconcile", "Prove that no message was missed, and sort what was."),
        "ask-later": ("auramail.cli.ask_later", "Ask the language model about what it had no time for."),
        "undo": ("auramail.cli.undo", "Take back a run, a message, or the last run."),
        "history": ("auramail.cli.history", "Show what was done, and why."),
        "classify": ("auramail.cli.classify", "Say what messages in files are; touches nothing."),
        "eval": ("auramail.cli.eval", "Measure decisions on mail you labelled; touches nothing."),
        "search": ("auramail.cli.search", "Turn a request in plain words into a Gmail query."),
        "rules": ("auramail.cli.rules", "List, add and remove your own rules."),
        "policy": ("auramail.cli.policy", "Show or change what happens to each category."),
        "survey": ("auramail.cli.survey", "Show what searches settle unread, and allow it or not."),
        "model": ("auramail.cli.model", "Say how the language model stands, what it costs and sees."),
        "db": ("auramail.cli.db", "Bring the database up to date."),
        "doctor": ("auramail.cli.doctor", "Check the installation and say what to do."),
        "web": ("auramail.cli.web", "Run the web server alone."),
        "worker": ("auramail.cli.worker", "Run one worker."),
        "scheduler": ("auramail.cli.scheduler", "Run the scheduler."),
    }
)


class Commands(click.Group):
    """A group that imports a command's module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(COMMANDS[cmd_name][0]), cmd_name.replace("-", "_"))
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list from the table above, without importing anything."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="auramail")
def cli() -> None:
    """AuraMail sorts your mail, explains every step, and takes it all back when you ask."""


def tell_unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Python calls this before it ends with exit 1: no traceback, whose last line may hold what a mail says."""
    del kind, trace
    importlib.import_module("auramail.cli.unexpected").tell(error)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit 1 for a problem, 2 for a wrong call, 130 when interrupted."""
    sys.excepthook = tell_unexpected
    try:
        result = cli(arguments, prog_name="auramail", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "auramail"
        complain(Wording.of("{what}", what=error.format_message()), Wording.of("See: {where} --help", where=where))
        sys.exit(2)
    except click.ClickException as error:
        complain(Wording.of("{what}", what=error.format_message()))
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except AuraMailError as error:
        complain(error.problem, error.hint)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is flushed at exit
        sys.exit(1)
    sys.exit(result if isinstance(result, int) else 0)
