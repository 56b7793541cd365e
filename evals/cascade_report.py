"""The numbers of the cascade, as they are kept in evals/cascade.json."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from auramail.core.decisions import Judge
from auramail.judging.combine import WORTH
from evals.asking_cost import MODEL, Cost
from evals.cases import Outcome, asked, mean
from evals.thresholds import ORACLES, Fared, Tried, doubts_across, fare
from evals.worth import WORTHS, try_worth

LANGUAGES: Final = ("uk", "en")
ALL: Final = "all"
"""Every message, those in other languages too."""
CURVE: Final = (1.0, 0.5, 0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.06, 0.04, 0.02, -1.0)
"""Doubts; the first asks about nothing, the last about everything a model may see."""
CLAIMED: Final = 0.95
"""What a model that is too sure of itself says of every answer."""
HARDER: Final = 2.0
"""How many times as often a model errs on what AuraMail doubts, if the same mail is hard for both."""


def report(tried: Sequence[Tried]) -> dict[str, Any]:
    """All that the page tells."""
    fared = fare(tried)
    groups = {name: [one for one in fared if one.tried.weighed.language == name] for name in LANGUAGES}
    return {
        "model": MODEL,
        "groups": {name: _group(group) for name, group in (groups | {ALL: fared}).items()},
        "curve": _curve(tried),
        "worth": _worths([one.tried for one in fared if one.is_asked]),
        "harder": _harder(fared),
    }


def _group(fared: Sequence[Fared]) -> dict[str, Any]:
    shown = [one for one in fared if one.tried.weighed.may_be_shown]
    wanted = [one.tried for one in fared if one.is_asked]
    count = len(fared)
    return {
        "messages": count,
        "shown": len(shown),
        "asked": round(len(wanted) / count, 4),
        "cost": {
            "naive": _cost([one.tried.alone for one in fared], count),
            "alone": _cost([one.alone for one in wanted], count),
            "backlog": _cost([one.in_backlog for one in wanted], count),
        },
        "no_model": _outcome([one.tried.unasked for one in fared]),
        "no_model_shown": _outcome([one.tried.unasked for one in shown]),
        "oracles": {
            f"{oracle:.2f}": {
                "naive": _outcome([one.tried.naive[oracle] for one in fared]),
                "ours": _outcome([one.outcome(oracle) for one in fared]),
                "ours_shown": _outcome([one.outcome(oracle) for one in shown]),
                "all_asked_shown": _outcome([one.tried.asked[oracle] for one in shown]),
            }
            for oracle in ORACLES
        },
    }


def _outcome(outcomes: Sequence[Outcome]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(mean(outcomes)).items()}


def _cost(costs: Sequence[Cost], arrived: int) -> dict[str, float]:
    """For each 1,000 that arrived."""
    whole = sum(costs, Cost())
    return {
        "calls": round(whole.calls * 1000 / arrived, 1),
        "sent": round(whole.tokens.sent * 1000 / arrived),
        "answered": round(whole.tokens.answered * 1000 / arrived),
        "dollars": round(whole.dollars * 1000 / arrived, 4),
    }


def _curve(tried: Sequence[Tried]) -> list[dict[str, Any]]:
    """What one bound of doubt for all mail would give, with factors that no message had a part in."""
    shown = [(one, unsure) for one, unsure in zip(tried, doubts_across(tried), strict=True) if one.weighed.may_be_shown]
    lines = []
    for above in CURVE:
        wanted = [one for one, unsure in shown if unsure > above]
        lines.append(
            {
                "above": above,
                "asked": round(len(wanted) / len(tried), 4),
                "backlog": _cost([one.in_backlog for one in wanted], len(tried)),
                "right": {
                    f"{oracle:.2f}": _outcome(
                        [one.asked[oracle] if unsure > above else one.unasked for one, unsure in shown]
                    )["category"]
                    for oracle in ORACLES
                },
            }
        )
    return lines


def _worths(wanted: Sequence[Tried]) -> list[dict[str, Any]]:
    weighed = [one.weighed for one in wanted]
    minds = [(oracle, None) for oracle in ORACLES] + [(min(ORACLES), CLAIMED)]
    return [
        {"worth": worth, "oracle": oracle, "claimed": claimed, "is_ours": worth == WORTH[Judge.MODEL]}
        | {name: round(value, 4) for name, value in asdict(try_worth(weighed, worth, oracle, claimed)).items()}
        for oracle, claimed in minds
        for worth in WORTHS
    ]


def _harder(fared: Sequence[Fared]) -> list[dict[str, float]]:
    """The same oracles, as often right in all, if they err twice as often on what AuraMail doubts."""
    shown = [one for one in fared if one.tried.weighed.may_be_shown]
    found = []
    for oracle in ORACLES:
        there = 1 - HARDER * (1 - oracle)
        outcomes = [asked(one.tried.weighed, there) if one.is_asked else one.tried.unasked for one in shown]
        found.append({"oracle": oracle, "there": round(there, 2), "right": _outcome(outcomes)["category"]})
    return found
