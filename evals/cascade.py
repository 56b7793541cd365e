"""Measures and chooses when a language model is asked: `python -m evals.cascade [--choose | --check]`.

`--choose` writes what was chosen (src/auramail/judging/weights/cascade.json), what was measured (evals/cascade.json)
and the page about it. `--check` fails where something materially different would be chosen, or the decisions have
become worse than is told.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from auramail.judging import uncertainty
from auramail.judging.uncertainty import Measured, read_measured
from evals.cascade_page import page_of
from evals.cascade_real import real_shares
from evals.cascade_report import report
from evals.cases import weigh_all
from evals.sets import FOLDER
from evals.thresholds import ORACLES, Tried, cost_by, measure, right_by

ROOT: Final = Path(__file__).parents[1]
CHOSEN: Final = ROOT / "src/auramail/judging" / uncertainty.WEIGHTS
NUMBERS: Final = Path(__file__).with_suffix(".json")
PAGE: Final = ROOT / "docs/reference/cascade.md"
DEARER: Final = 1.25
"""How many times as dear as what would be chosen now asking may be, before it is to be chosen anew."""
RIGHT: Final = 0.005
HIDDEN: Final = 0.001
"""By how much categories may be right less often, and important mail hidden more often, than is told."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--choose", action="store_true", help="write what is chosen and measured")
    options.add_argument("--check", action="store_true", help="fail if that is no longer what is written")
    options.add_argument("--data", type=Path, help="a folder with real mail (spamassassin.zip), to be told of too")
    options.add_argument("--sets", type=Path, default=FOLDER, help="a folder of sets; default: those of the repository")
    chosen = options.parse_args(arguments)

    tried = [Tried(weighed) for weighed in weigh_all(chosen.sets)]
    measured = measure(tried)
    numbers = report(tried)
    told = json.loads(NUMBERS.read_text("utf-8"))
    numbers["real"] = real_shares(chosen.data, measured) if chosen.data else told["real"]
    if chosen.choose:
        CHOSEN.write_text(written(measured, len(tried)), "utf-8")
        NUMBERS.write_text(json.dumps(numbers, indent=1) + "\n", "utf-8")
        PAGE.write_text(page_of(numbers, measured), "utf-8")
    else:
        print(page_of(numbers, measured))
    shipped = read_chosen()
    wrong = [*worse(numbers, told), *other_choice(tried, measured, shipped)]
    print(*(wrong or ["the cascade is as it is told"]), sep="\n")
    return 1 if chosen.check and wrong else 0


def read_chosen() -> Measured:
    return read_measured(CHOSEN.read_text("utf-8"))


def written(measured: Measured, messages: int) -> str:
    """The file that ships."""
    factors = [
        json.dumps({"category": category, "kind": kind, "hears_ask": hears_ask, "factor": factor})
        for (category, kind, hears_ask), factor in measured.reliable.items()
    ]
    told = f"Written by `python -m evals.cascade --choose` from the {messages} labelled messages of evals/sets."
    bounds = json.dumps({"together": measured.together, "alone": measured.alone})
    lines = ",\n    ".join(factors)
    return f'{{\n  "about": "{told}",\n  "ask_above": {bounds},\n  "reliable": [\n    {lines}\n  ]\n}}\n'


def other_choice(tried: Sequence[Tried], measured: Measured, shipped: Measured) -> Iterator[str]:
    """That what ships is much dearer than what would be chosen now, or right less often, if so."""
    if cost_by(tried, shipped) > DEARER * cost_by(tried, measured):
        yield "it can be had for much less: python -m evals.cascade --choose"
    for oracle in ORACLES:
        before, after = right_by(tried, measured, oracle), right_by(tried, shipped, oracle)
        if before - after > RIGHT:
            yield f"oracle {oracle}: {after:.4f} right, {before:.4f} chosen anew: python -m evals.cascade --choose"


def worse(now: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[str]:
    """What is worse than is told, a line each."""
    for name, group in told["groups"].items():
        for oracle, rows in group["oracles"].items():
            before, after = rows["ours_shown"], now["groups"][name]["oracles"][oracle]["ours_shown"]
            if before["category"] - after["category"] > RIGHT:
                yield f"worse: {name}, oracle {oracle}: {before['category']:.4f} → {after['category']:.4f}"
            if after["hidden"] - before["hidden"] > HIDDEN:
                yield f"more hidden: {name}, oracle {oracle}: {before['hidden']:.4f} → {after['hidden']:.4f}"


if __name__ == "__main__":
    sys.exit(main())
