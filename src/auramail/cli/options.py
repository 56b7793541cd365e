"""What a person types, as the values the house wants."""

from datetime import date
from typing import Any

import click

from auramail.core.labels import SYSTEM
from auramail.core.queries import MailQuery
from auramail.settings import Settings

model_option = click.option(
    "--model",
    type=click.Choice(["none", "local", "gemini", "decisions", "openai"]),
    default="local",
    show_default=True,
    help="Who is asked after rules, guards and headers; `none` asks nobody.",
)
with_parent_option = click.option("--with-parent", is_flag=True, hidden=True, help="End when standard input ends.")


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-01-31.", param, ctx)


def folder_id(name: str) -> str:
    """Gmail's own folders are known in any case; other names are labels, as they are written."""
    return name.upper() if name.upper() in SYSTEM else name


def check_everything(options: dict[str, Any]) -> None:
    """All of a mailbox, or so many of its messages: not both."""
    if options["everything"] and options["limit"] is not None:
        raise click.UsageError("Say one of --all and --limit.")


def query_of(settings: Settings, options: dict[str, Any], *, limit: int | None) -> MailQuery:
    """The query of `sort`'s options; `limit` is the one in force when none is given."""
    folders = options["folder"] or settings.folders
    return MailQuery(
        folders=tuple(folder_id(name) for name in folders),
        text=options["query"] or "",
        sender=options["sender"] or "",
        subject=options["subject"] or "",
        after=options["after"],
        before=options["before"],
        unread=options["unread"],
        limit=options["limit"] if options["limit"] is not None else limit,
    )
