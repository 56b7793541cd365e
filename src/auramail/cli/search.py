"""`auramail search --explain`: what a request, typed or recorded, becomes as a Gmail query; searches nothing."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import orjson

from auramail.cli.terminal import print_line, say, translate
from auramail.core.clock import SystemClock
from auramail.core.searches import ReadBy, Search
from auramail.core.wording import Wording
from auramail.flow.listen import listen
from auramail.flow.understand import Asker, understand
from auramail.reading.recordings import LONGEST_BYTES
from auramail.reading.searching.operators import FIRST_YEAR, LAST_YEAR, with_seconds
from auramail.settings import Settings, read_settings
from auramail.wiring.named import model_named

MODELS = ("none", "gemini", "openai")


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
@click.argument("text", nargs=-1, type=click.UNPROCESSED)
@click.option("--explain", is_flag=True, help="Say which query the words become, and search nothing.")
@click.option("--voice", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A recording, for TEXT.")
@click.option("--json", "as_json", is_flag=True, help="The query as one JSON object.")
@click.option("--model", type=click.Choice(MODELS), help="Who listens, and is asked if unsure; for TEXT: none.")
@click.option("--now", type=Moment(), help="The time that “today” is counted from; default now.")
def search(
    text: tuple[str, ...], explain: bool, voice: Path | None, as_json: bool, model: str | None, now: datetime | None
) -> None:
    """Turn TEXT, in Ukrainian or English, into a Gmail query: "листи від Олени за останній тиждень"."""
    if not explain:
        raise click.UsageError("Say --explain: it shows the query, which you can paste into Gmail's search.")
    if bool(text) == bool(voice):
        raise click.UsageError("Say what you look for: TEXT, or --voice FILE.")
    settings = read_settings()
    asker = Asker(_moment(now, settings.timezone), settings.timezone, settings.label_prefix)
    found = _heard(voice, asker, settings, model) if voice else _read(" ".join(text), asker, settings, model)
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(found.to_json(translate())) + b"\n")
    else:
        tell(found, settings.timezone)


def _moment(now: datetime | None, zone: str) -> datetime:
    moment = now or SystemClock().now()
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _read(text: str, asker: Asker, settings: Settings, model: str | None) -> Search:
    """By the grammar; the model is not even opened unless that is unsure."""
    found = understand(text, asker)
    if not found.unsure:
        return found
    with model_named(settings, model or "none") as opened:
        return understand(text, asker, opened)


def _heard(recording: Path, asker: Asker, settings: Settings, model: str | None) -> Search:
    """One byte more than may be is enough to see that a recording is too large."""
    with recording.open("rb") as file:
        data = file.read(LONGEST_BYTES + 1)
    with model_named(settings, model or settings.default_model) as opened:
        return listen(data, asker, opened)


def tell(found: Search, zone: str) -> None:
    """Print a search for a person: the query, what each word became, and what is in doubt."""
    if found.heard:
        print_line(Wording.of("Heard: {words}", words=found.heard))
    width = max((len(one.words) for one in found.understood), default=0)
    print_line(Wording.of("Query: {query}", query=found.query) if found.query else Wording("Nothing to search for."))
    for one in found.understood:
        click.echo(f"  {one.words:<{width}}  →  {one.operator}")
    if found.ignored:
        click.echo(say(Wording.of("Left out: {words}", words=", ".join(found.ignored))))
    if found.problem:
        print_line(found.problem)
    if found.by is ReadBy.MODEL:
        print_line(Wording("A language model read the words, and each of them stands in the request."))
    if found.unsure:
        print_line(Wording("This may not be what you mean; look at the query before you use it."))
    if found.query and with_seconds(found.query, zone) != found.query:
        print_line(Wording.of("Days begin at midnight in {zone}.", zone=zone))
