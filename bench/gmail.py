"""What Gmail costs: sorting whole mailboxes against the least it can cost, and against a naive client.

    .venv/bin/python -m bench.gmail [--write] [NUMBER OF MESSAGES …]

Speaks real HTTP to the fake Google, which has Gmail's prices, quota, limit of concurrency and 80 ms of latency. Waits
are skipped by a clock that never makes anything look faster (`tests/fakes/virtual_clock.py`); the product runs by its
own port of the clock and knows nothing of it. `--write` writes docs/reference/performance.md, with what earlier
calls measured for other sizes (bench/results.json).
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from bench.measuring import Cost, measure, measure_naive
from bench.memory import peak_memory
from bench.performance import (
    ALL_READ,
    NAIVE,
    PAGE,
    SURVEY,
    Row,
    Surroundings,
    goals_missed,
    remember,
    table,
    write_page,
)

SIZES = (250, 1_000, 10_000, 50_000)
WARM_UP = 20
"""Messages sorted before anything is measured: a worker loads its programs and weights once, not for each run."""


WAYS: Mapping[str, Callable[[int], Cost]] = {
    ALL_READ: measure,
    SURVEY: partial(measure, survey=True),
    NAIVE: measure_naive,
}


def with_memory(row: Row) -> Row:
    """Only reading everything is measured so: the others hold no more."""
    if row.way != ALL_READ:
        return row
    memory = peak_memory(row.cost.messages)
    print(f"{memory} MB", flush=True)
    return replace(row, memory=memory)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="messages in the mailbox")
    parser.add_argument("--way", action="append", choices=list(WAYS), default=[], help="only so; may be repeated")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args(arguments)
    measure(WARM_UP)
    rows: list[Row] = []
    for size in options.sizes:
        of_size = [Row(way, WAYS[way](size)) for way in WAYS if way in options.way or not options.way]
        print(table(of_size), flush=True)
        rows += [with_memory(row) for row in of_size]
        if options.write:
            write_page(remember(rows), Surroundings.now())
    missed = goals_missed(rows)
    print(*(missed or ["all goals met"]), sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
