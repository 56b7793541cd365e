"""`auramail search --explain`: what a request in plain words becomes as a Gmail query; searches nothing."""

import sys
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
import orjson

from auramail.cli.terminal import print_line, say
from auramail.core.clock import SystemClock
from auramail.core.searches import Search
from auramail.core.wording import Wording
from auramail.reading.searching.operators import FIRST_YEAR, LAST_YEAR, with_seconds
from auramail.reading.searching.requests import read_request
from auramail.settings import read_settings


class Moment(click.ParamType[datetime]):
    """A time as ISO 8601 has it, with a zone or without."""

    name = "ISO-8601"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or not FIRST_YEAR < moment.year < LAST_YEAR:
            self.fail(f"{value!r} is not a time such as 2026-11-28T12:00 or 2026-11-28T12:00+02:00.", param, ctx)
        return moment


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("text", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--explain", is_flag=True, help="Say which query the words become, and search nothing.")
@click.option("--json", "as_json", is_flag=True, help="The query as one JSON object.")
@click.option("--model", type=click.Choice(["none"]), default="none", show_default=True, help="Who is asked if unsure.")
@click.option("--now", type=Moment(), help="The time that “today” is counted from; default now.")
def search(text: tuple[str, ...], explain: bool, as_json: bool, model: str, now: datetime | None) -> None:
    """Turn TEXT, in Ukrainian or English, into a Gmail query: "листи від Олени за останній тиждень"."""
    del model
    if not explain:
        raise click.UsageError("Say --explain: it shows the query, which you can paste into Gmail's search.")
    settings = read_settings()
    zone = ZoneInfo(settings.timezone)
    moment = now or SystemClock().now()
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    found = read_request(" ".join(text), now=moment, zone=settings.timezone, label_prefix=settings.label_prefix)
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(found.to_json()) + b"\n")
    else:
        tell(found, settings.timezone)


def tell(found: Search, zone: str) -> None:
    """Print a search for a person: the query, what each word became, and what is in doubt."""
    width = max((len(one.words) for one in found.understood), default=0)
    print_line(Wording.of("Query: {query}", query=found.query) if found.query else Wording("Nothing to search for."))
    for one in found.understood:
        click.echo(f"  {one.words:<{width}}  →  {one.operator}")
    if found.ignored:
        click.echo(say(Wording.of("Left out: {words}", words=", ".join(found.ignored))))
    if found.unsure:
        print_line(Wording("This may not be what you mean; look at the query before you use it."))
    if found.query and with_seconds(found.query, zone) != found.query:
        print_line(Wording.of("Days begin at midnight in {zone}.", zone=zone))
