"""`auramail eval`: how good decisions are on mail that a person has labelled; touches nothing, and logs none of it."""

from pathlib import Path

import click
import orjson

from auramail.cli.eval_page import mistake_lines, report_lines
from auramail.cli.options import model_option
from auramail.cli.terminal import say
from auramail.core.accounts import Person
from auramail.ops.quality.evaluate import Evaluation, evaluate
from auramail.ops.quality.mistakes import mistakes
from auramail.settings import read_settings
from auramail.wiring.judges import open_judges
from auramail.wiring.named import adviser_named


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object with all numbers.")
@model_option
@click.option("--wrong", is_flag=True, help="List every mistake too: truth, what was said, how surely, and why.")
@click.option("--me", "own", multiple=True, metavar="ADDRESS", help="Your own address in this mail; may be repeated.")
def eval(path: Path, as_json: bool, model: str, wrong: bool, own: tuple[str, ...]) -> None:  # noqa: A001 -- its name
    """Measure decisions on labelled mail.

    PATH is a folder of .eml files with their labels.jsonl, or a file of such lines.
    """
    settings = read_settings()
    person = Person(addresses=frozenset(address.strip().lower() for address in own), zone=settings.timezone)
    with adviser_named(settings, model) as adviser:
        evaluation = evaluate(path, person, open_judges(model), adviser)
    if as_json:
        click.echo(orjson.dumps(as_object(evaluation, path, model, with_mistakes=wrong)))
        return
    shown = [*report_lines(evaluation.report), *(mistake_lines(evaluation.judged) if wrong else ())]
    click.echo("\n".join(shown))


def as_object(evaluation: Evaluation, path: Path, model: str, *, with_mistakes: bool) -> dict[str, object]:
    """The fixed interface of `eval --json`; `wrong` is there where it was asked for."""
    told = {"path": str(path), "model": model} | evaluation.report
    if not with_mistakes:
        return told
    return told | {
        "wrong": [
            {
                "file": wrong.name,
                "what": wrong.what,
                "truth": wrong.truth,
                "said": wrong.said,
                "confidence": wrong.confidence,
                "reason": say(wrong.reason),
            }
            for item in evaluation.judged
            for wrong in mistakes(item)
        ]
    }
