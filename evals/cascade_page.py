"""The page of the documentation about when a language model is asked, made of the numbers that were measured."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from auramail.core.decisions import Judge
from auramail.judging.combine import WORTH
from auramail.judging.uncertainty import Measured
from evals.thresholds import TOLERANCE

NAMES: Final = {"uk": "Ukrainian", "en": "English", "all": "all"}
_RIGHTS: Final = (
    "mail", "oracle", "one call each", "ours", "may be shown", "all asked", "no model", "hidden: one call each", "ours"
)  # fmt: skip
PAGE: Final = """\
# When a language model is asked, and what that saves

Written by `python -m evals.cascade --choose` from the labelled messages of `evals/sets`; do not edit.

The language model is asked last, and only where the others are in doubt. Doubt is the chance that the category is
wrong: one minus the confidence of the decision times how often decisions of its sort (category, kind, whether an ask is
heard) prove right. A model is asked above a doubt of **{together}**; above **{alone}** where a message goes alone
because a guard says something about it or its words may be meant for a model: that costs a whole call instead of a
twentieth. What the guards find dangerous (MEDIUM, HIGH) is never asked about. `MODEL_ASK_BELOW` replaces both bounds.

## What it costs

For 1,000 messages that arrive, with the prompt that is really sent, at the prices of {model}. *One call
each* asks about every message, the naive way, and believes the answer. *In a backlog* mail no guard says anything about
goes up to 20 to a call; what is asked again alone, because an answer in company surprises, is not counted.

{costs}

## How often it is right

The model here is an oracle of known accuracy (`evals/oracle.py`): so often it names the true category, else a plausible
wrong one, with calibrated confidence. Shares of categories that are right; *hidden* is important mail out of sight, in
a thousand messages. Thresholds and factors were chosen on four fifths of the messages and measured on the fifth, five
times over.

{rights}

*Ours* is everything, *may be shown* without what the guards decide alone: there half of the mistakes are spam that
they call dangerous, and no model may help. That column is to be compared with *one call each*. *All asked* is the same
with a model asked about everything it may see: with a good one that adds a little, and with a weak one it loses.

The thresholds are the cheapest at which the share of right categories on what may be shown is that of one call each, or
above, for all three oracles (to {tolerance} in a thousand), and no more important mail is hidden.
{verdict}

## What other bounds would give

One bound for all mail, by the same cross-fitted factors; right categories on what may be shown, uk and en together
with the few other languages.

{curve}

## How much its word counts

A model's confidence counts {worth} of what its logarithmic odds say (`WORTH` in `judging/combine.py`), measured on the
messages it is asked about: *error* is the expected calibration error of the decision's confidence, *hidden* how many of
a thousand of them are important and come out in a category that is put out of sight. *Says {claimed}* is a model that
is right in 85 of 100 and claims more.

{worths}

## What this does not tell

- The oracle's mistakes are spread over all mail. If the same mail is hard for both, and a model errs twice as often on
  what AuraMail doubts as on average, the cascade is right less often:
  {harder}.
  How right a model is on mail of one's own is told by `auramail eval`.
- The sets are invented, hard on purpose, and {count} messages; of an everyday mailbox with more newsletters fewer are
  doubted. A share over {count} messages is uncertain by about two points.
- Of real mail of 2001 and 2002, which nobody has labelled with categories, a model would be asked about
  {real}.
- Tokens are estimated: one for four ASCII characters, one for two and a half others. The money is the vendor's list
  price, without taxes; a model on a computer of one's own costs none.
"""


def page_of(numbers: Mapping[str, Any], measured: Measured) -> str:
    groups, oracles = numbers["groups"], list(numbers["groups"]["all"]["oracles"])
    return PAGE.format(
        together=measured.together,
        alone=measured.alone,
        model=numbers["model"],
        costs=_table(("mail", "asked about", "way", "calls", "tokens sent", "answered", "US dollars"), _costs(groups)),
        rights=_table(_RIGHTS, _rights(groups)),
        tolerance=f"{1000 * TOLERANCE:.0f}",
        verdict=_verdict(groups),
        curve=_table(("doubt above", "asked about", "calls", "US dollars", *oracles), _curve(numbers["curve"])),
        worth=WORTH[Judge.MODEL],
        claimed=next(row["claimed"] for row in numbers["worth"] if row["claimed"] is not None),
        worths=_table(("oracle", "counts", "right", "error", "hidden"), _worths(numbers["worth"])),
        harder=", ".join(f"{each['right']:.3f} with the oracle of {each['oracle']:.2f}" for each in numbers["harder"]),
        real=", ".join(
            f"{each['asked']:.0%} of {each['mail']} ({each['messages']} messages)".replace("%", " %")
            for each in numbers["real"]
        ),
        count=f"{groups['all']['messages']:,}",
    )


def _costs(groups: Mapping[str, Any]) -> list[Sequence[str]]:
    ways = {"naive": "one call each", "alone": "asked alone", "backlog": "in a backlog"}
    return [
        (
            NAMES[name],
            "100 %" if way == "naive" else f"{group['asked']:.1%}".replace("%", " %"),
            ways[way],
            f"{cost['calls']:,.0f}",
            f"{cost['sent']:,}",
            f"{cost['answered']:,}",
            f"{cost['dollars']:.3f}",
        )
        for name, group in groups.items()
        for way, cost in group["cost"].items()
    ]


def _rights(groups: Mapping[str, Any]) -> list[Sequence[str]]:
    return [
        (
            NAMES[name],
            oracle,
            f"{rows['naive']['category']:.3f}",
            f"{rows['ours']['category']:.3f}",
            f"{rows['ours_shown']['category']:.3f}",
            f"{rows['all_asked_shown']['category']:.3f}",
            f"{group['no_model_shown']['category']:.3f}",
            f"{1000 * rows['naive']['hidden']:.1f}",
            f"{1000 * rows['ours']['hidden']:.1f}",
        )
        for name, group in groups.items()
        for oracle, rows in group["oracles"].items()
    ]


def _verdict(groups: Mapping[str, Any]) -> str:
    """Whether that holds on messages they were not chosen by."""
    short = [
        f"{NAMES[name]} mail with the oracle of {oracle} by {rows['naive']['category'] - right:.3f}"
        for name, group in groups.items()
        for oracle, rows in group["oracles"].items()
        if (right := rows["ours_shown"]["category"]) < rows["naive"]["category"]
    ]
    missed = f"On mail they were not chosen by one call each is better only for\n{', '.join(short)}."
    return missed if short else "On mail they were not chosen by that holds too."


def _curve(lines: Sequence[Mapping[str, Any]]) -> list[Sequence[str]]:
    names = {1.0: "(nothing)", -1.0: "(everything)"}
    return [
        (
            names.get(line["above"], f"{line['above']}"),
            f"{line['asked']:.1%}".replace("%", " %"),
            f"{line['backlog']['calls']:,.0f}",
            f"{line['backlog']['dollars']:.3f}",
            *(f"{right:.3f}" for right in line["right"].values()),
        )
        for line in lines
    ]


def _worths(rows: Sequence[Mapping[str, Any]]) -> list[Sequence[str]]:
    return [
        (
            f"{row['oracle']:.2f}" + (f", says {row['claimed']}" if row["claimed"] is not None else ""),
            f"**{row['worth']}**" if row["is_ours"] else f"{row['worth']}",
            f"{row['right']:.3f}",
            f"{row['calibration_error']:.3f}",
            f"{1000 * row['hidden']:.1f}",
        )
        for row in rows
    ]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    told = [" | ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    rule = "|".join("-" * (width + 1) + ":" for width in widths)
    return "\n".join([f"| {told[0]} |", f"|{rule}|", *(f"| {line} |" for line in told[1:])])
