"""The table of `bench.model`, its goals, and the page of the documentation that shows them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bench.performance import Surroundings

RESULTS: Final = Path(__file__).with_name("model.json")
PAGE: Final = Path(__file__).parents[1] / "docs" / "reference" / "model-bench.md"
OURS: Final = "AuraMail"
NAIVE: Final = "one call each"
EVERYDAY: Final = "everyday"
MOST_CALLS: Final = 1 / 15
MOST_SECONDS: Final = 1 / 10
"""Of the naive way's, for an everyday mailbox."""

_HEADS: Final = (
    "mailbox", "messages", "way", "asked about", "calls", "naive ÷", "tokens sent", "answered", "seconds", "naive ÷"
)  # fmt: skip
_PAGE: Final = """\
# What a language model costs a run

Written by `python -m bench.model --write`; do not edit. Measured on {day} with {machine}.

{table}

*Naive ÷* is how many times as many calls, or seconds, one call for each message takes. Goals for the everyday mailbox:
at most a fifteenth of the calls and a tenth of the seconds. {missed}

A model that takes 700 ms and 30 calls a minute, spoken to over real HTTP by Google's client; tokens as the fake counts
them, one for four characters. AuraMail's seconds are those of a whole run: reading, judging and changing at the fake
Gmail with 80 ms a request and no quota, beside the calls; and the run waits for every answer, while usually it waits no
longer than `MODEL_WAIT_SECONDS` and asks the rest later. The seconds of the naive way are those of its calls alone,
through the same client and the same limits.

The *everyday* mailbox is that of [performance](performance.md): 60 % bulk. The *hard* one is the labelled sets of
`evals/sets`: invented to be hard, every ninth message dangerous, a third of them asked about. Mail that a guard says
anything about, or whose words may be meant for a model, goes alone; that is most of the calls. How the threshold was
chosen is told in [the cascade](cascade.md).

**Virtual time** and its noise are those of [performance](performance.md): waits are skipped, computing counts in full
and differs by a fifth from run to run. Calls and tokens do not differ.
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one way to sort a mailbox of `messages`. Tokens as the fake counts them."""

    mailbox: str
    way: str
    messages: int
    asked: int
    calls: int
    sent: int
    answered: int
    seconds: float


def table(costs: Sequence[Cost]) -> str:
    """A Markdown table that reads well in a terminal too."""
    cells = [_HEADS, *(_cells(cost, _naive(cost, costs)) for cost in costs)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADS))]
    lines = [" | ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    rule = "|".join("-" * (width + 1) + ":" for width in widths)
    return "\n".join([f"| {lines[0]} |", f"|{rule}|", *(f"| {line} |" for line in lines[1:])])


def goals_missed(costs: Sequence[Cost]) -> list[str]:
    """Every goal that AuraMail misses in an everyday mailbox, in words."""
    missed = []
    for cost in costs:
        naive = _naive(cost, costs)
        if cost.way == NAIVE or cost.mailbox != EVERYDAY or naive is None:
            continue
        for name, share, most in (
            ("calls", cost.calls / naive.calls, MOST_CALLS),
            ("seconds", cost.seconds / naive.seconds, MOST_SECONDS),
        ):
            if share > most:
                missed.append(
                    f"MISSED, {cost.messages:,} messages: {share:.3f} of the naive {name}, at most {most:.3f}"
                )
    return missed


def remember(costs: Sequence[Cost], kept: Path = RESULTS) -> list[Cost]:
    """Keep the newest cost of each mailbox, way and size; gives all that are kept."""
    before = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else []
    newest = {(one.mailbox, one.messages, one.way): one for one in (*(Cost(**each) for each in before), *costs)}
    kept.write_text(json.dumps([asdict(one) for one in newest.values()], indent=1) + "\n", encoding="utf-8")
    return list(newest.values())


def write_page(costs: Sequence[Cost], surroundings: Surroundings, page: Path = PAGE) -> None:
    missed = goals_missed(costs)
    text = _PAGE.format(
        day=surroundings.day,
        machine=surroundings.machine,
        table=table(costs),
        missed="\n".join(["Missed:", "", *(f"- {line}" for line in missed)]) if missed else "All met.",
    )
    page.write_text(text, encoding="utf-8")


def _naive(cost: Cost, costs: Sequence[Cost]) -> Cost | None:
    same = (one for one in costs if (one.mailbox, one.messages) == (cost.mailbox, cost.messages))
    return next((one for one in same if one.way == NAIVE), None)


def _cells(cost: Cost, naive: Cost | None) -> tuple[str, ...]:
    return (
        cost.mailbox,
        f"{cost.messages:,}",
        cost.way,
        f"{cost.asked:,}",
        f"{cost.calls:,}",
        f"{naive.calls / cost.calls:.1f}" if naive else "",
        f"{cost.sent:,}",
        f"{cost.answered:,}",
        f"{cost.seconds:,.1f}",
        f"{naive.seconds / cost.seconds:.1f}" if naive else "",
    )
