"""The tables of `bench.gmail`, its goals, and the page of the documentation that shows them."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from bench.floor import Floor
from bench.measuring import LATENCY, Cost
from bench.naive import MOST

RESULTS: Final = Path(__file__).with_name("results.json")
PAGE: Final = Path(__file__).parents[1] / "docs" / "reference" / "performance.md"
MOST_UNITS: Final = 1.05
MOST_SECONDS: Final = 1.15
MOST_CALLS: Final = 0.05
MOST_SURVEYED: Final = 0.45
"""Units of a run with a survey, to the floor of reading everything."""
ALL_READ: Final = "all read"
SURVEY: Final = "survey"
NAIVE: Final = "naive"
MOST_MEMORY: Final = 200
"""Megabytes."""

_HEADS: Final = (
    "messages", "way", "read", "units", "× floor", "HTTP calls", "a message", "seconds", "× floor", "naive ×", "MB"
)  # fmt: skip
_PAGE: Final = """\
# Performance: what sorting a Gmail mailbox costs

Written by `python -m bench.gmail --write`; do not edit. Measured on {day} with {machine}.

{table}

*Read* are messages whose text was fetched. *Units* are Gmail's quota units of 2026. *Naive ×* is how many times as long
the naive client takes. *MB* is the peak memory of the worker's process.

Goals for reading everything: units at most {units} × floor, seconds at most {seconds} × floor. For a survey, which
files the siblings of newsletters by search after one of each sender and spot checks were read: units at most
{surveyed} × the floor of reading everything. For both: at most {calls} HTTP calls a message, memory below {memory} MB,
no message of a protected kind left unread.
{missed}

A survey's share depends on the mailbox. Of this one 40 % is no bulk and 2 % is bulk of a protected kind, and all of
that is read; one exemplar of each of the 200 senders is 2 % of 10,000 messages and 0.4 % of 50,000.

## How it was measured

Against the fake Google of the tests, over real HTTP: 80 ms to Google and back, a bucket of 6,000 units a minute, 50
parts at once, Google's prices. The mailbox is invented by a fixed seed: 60 % bulk of 200 senders, the rest from people
and services, over two years, 1–4 kB, in Ukrainian and English. Whom its person writes to is known beforehand: learning
that from the newest hundred sent messages takes 2,000 units, once an account.

**Virtual time.** Waiting for latency and quota is skipped, not slept. The time is the machine's own plus what was
skipped; a skip happens only when the whole process has nothing else to do, and ends at the earliest sleeper. So the
fake's and the worker's own computing count in full, and the seconds above are never less than they would be with real
waiting. Production runs by the same port of the clock. On a busy machine small mailboxes look slower than they are:
their seconds are mostly computing, which differs by a fifth from one run to the next.

**The floor** is the least that any client could spend (`bench/floor.py`): units = 5 for each 500 messages listed, 20
for each read, 50 for each 1,000 that get an equal change (5 each for up to ten); seconds = what is above 6,000 units at
100 a second, or the round trips that must follow each other at {latency} ms, whichever is more. Computing counts as
nothing, so a mailbox of a few hundred messages, which the quota does not slow down, cannot come near it.

**The naive client** (`bench/naive.py`) lists, then reads and changes one message after the other and sleeps when it is
refused. It is measured for up to {naive} messages; beyond, every message costs it the same 25 units, and its time is
reckoned at the pace of the quota (marked ≈).
"""


@dataclass(frozen=True, slots=True)
class Row:
    """`memory` in megabytes; None where it was not measured."""

    way: str
    cost: Cost
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """When and on what was measured."""

    day: str
    machine: str

    @classmethod
    def now(cls) -> Self:
        cores, load = os.cpu_count(), os.getloadavg()[0]
        python = platform.python_version()
        return cls(
            f"{datetime.now(UTC):%Y-%m-%d}",
            f"Python {python} on {cores} cores of {platform.machine()}, under a load of {load:.1f}",
        )


def table(rows: Sequence[Row]) -> str:
    """A Markdown table that reads well in a terminal too."""
    cells = [_HEADS, *(_cells(row, rows) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADS))]
    lines = [" | ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    rule = "|".join("-" * (width + 1) + ":" for width in widths)
    return "\n".join([f"| {lines[0]} |", f"|{rule}|", *(f"| {line} |" for line in lines[1:])])


def goals_missed(rows: Sequence[Row]) -> list[str]:
    """Every goal that a row of AuraMail's misses, in words."""
    missed = []
    for row in rows:
        if row.way == NAIVE:
            continue
        cost = row.cost
        for name, value, most in (
            ("units to the floor", cost.units_to_floor, MOST_SURVEYED if row.way == SURVEY else MOST_UNITS),
            ("seconds to the floor", cost.seconds_to_floor, MOST_SECONDS),
            ("HTTP calls a message", cost.calls_a_message, MOST_CALLS),
            ("MB of memory", row.memory or 0, MOST_MEMORY),
            ("protected messages left unread", cost.unread_protected, 0),
        ):
            if value > most:
                missed.append(f"MISSED, {cost.messages:,} messages, {row.way}: {name} {value:.3g}, at most {most}")
    return missed


def remember(rows: Sequence[Row], kept: Path = RESULTS) -> list[Row]:
    """Keep the newest row of each way and size; gives all that are kept."""
    before = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else []
    held = [
        Row(row["way"], Cost(**row["cost"] | {"floor": Floor(**row["cost"]["floor"])}), row["memory"]) for row in before
    ]
    newest = {(row.way, row.cost.messages): row for row in (*held, *rows)}
    kept.write_text(json.dumps([asdict(row) for row in newest.values()], indent=1) + "\n", encoding="utf-8")
    return list(newest.values())


def write_page(rows: Sequence[Row], surroundings: Surroundings, page: Path = PAGE) -> None:
    rows = sorted(rows, key=lambda row: (row.cost.messages, (ALL_READ, SURVEY, NAIVE).index(row.way)))
    missed = goals_missed(rows)
    told = (
        "\n".join(["Missed:", "", *(f"- {line.removeprefix('MISSED, ')}" for line in missed)]) if missed else "All met."
    )
    text = _PAGE.format(
        day=surroundings.day,
        machine=surroundings.machine,
        table=table(rows),
        units=MOST_UNITS,
        surveyed=MOST_SURVEYED,
        seconds=MOST_SECONDS,
        calls=MOST_CALLS,
        memory=MOST_MEMORY,
        missed=told,
        latency=round(LATENCY * 1000),
        naive=f"{MOST:,}",
    )
    page.write_text(text, encoding="utf-8")


def _cells(row: Row, rows: Sequence[Row]) -> tuple[str, ...]:
    cost, about = row.cost, "≈" if row.cost.is_reckoned else ""
    naive = next((one.cost for one in rows if one.way == NAIVE and one.cost.messages == cost.messages), None)
    return (
        f"{cost.messages:,}",
        row.way,
        f"{cost.read:,}",
        f"{about}{cost.units:,}",
        f"{cost.units_to_floor:.3f}",
        f"{about}{cost.calls:,}",
        f"{cost.calls_a_message:.3f}",
        f"{about}{cost.seconds:,.1f}",
        f"{cost.seconds_to_floor:.3f}",
        f"{naive.seconds / cost.seconds:.2f}" if naive else "",
        "" if row.memory is None else f"{row.memory}",
    )
