"""Measures what was said against the truth: one object of numbers, whose keys stay as they are."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Final

from auramail.core.decisions import Category, Kind
from auramail.core.findings import Danger
from auramail.ops.quality.said import Judged
from auramail.ops.quality.shares import calibration, confusion, found, mean, rounded, share
from auramail.ops.quality.truths import ENTITIES, Named

SURE: Final = 0.8
ALARMS: Final = (Danger.LOW, Danger.MEDIUM, Danger.HIGH)
CODES: Final = frozenset({Kind.SECURITY_CODE, Kind.SECURITY_ALERT})
NO_SOURCE: Final = "-"


def measure(judged: Sequence[Judged]) -> dict[str, Any]:
    """All of it, then the same for each language and, where lines name one, each source."""
    by_source = _groups(judged, lambda item: item.truth.source or NO_SOURCE)
    by_language = _groups(judged, lambda item: item.language)
    return _measure(judged) | {
        "by_language": {name: _measure(group) for name, group in by_language.items()},
        "by_source": {name: _measure(group) for name, group in by_source.items()}
        if set(by_source) - {NO_SOURCE}
        else {},
    }


def _groups(judged: Sequence[Judged], name_of: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for item in judged:
        groups[name_of(item)].append(item)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))


def _measure(judged: Sequence[Judged]) -> dict[str, Any]:
    kinds = [(one.truth.kind, one.said.kind) for one in judged if one.truth.kind is not None]
    categories = [(one.truth.category, one.said.category) for one in judged if one.truth.category is not None]
    acting = [(truth is Category.ACTION_REQUIRED, said is Category.ACTION_REQUIRED) for truth, said in categories]
    replies = [
        (one.truth.expects_reply, one.said.expects_reply) for one in judged if one.truth.expects_reply is not None
    ]
    return {
        "messages": len(judged),
        "kinds": _choices(Kind, kinds),
        "categories": _choices(Category, categories),
        "calibration": _calibration(judged),
        "guard": _guard(judged),
        "action_required": found(acting).to_json(),
        "expects_reply": found(replies).to_json(),
        "entities": {name: _entity(name, judged) for name in ENTITIES},
        "hidden": _hidden(judged),
        "judges": _judges(judged),
        "local": _local(judged),
    }


def _choices(options: type[StrEnum], pairs: Sequence[tuple[StrEnum, StrEnum]]) -> dict[str, Any]:
    """How well kinds or categories are told apart; means are over those there are, each counting the same."""
    there = [option for option in options if any(truth is option for truth, _ in pairs)]
    tables = {option.value: found((truth is option, said is option) for truth, said in pairs) for option in options}
    real = [tables[option.value] for option in there]
    return {
        "right": share(truth is said for truth, said in pairs).to_json(),
        "macro_precision": rounded(mean([table.precision for table in real])),
        "macro_recall": rounded(mean([table.recall for table in real])),
        "macro_f1": rounded(mean([table.f1 for table in real])),
        "each": {name: table.to_json() for name, table in tables.items() if table.there or table.said},
        "confusion": confusion((truth.value, said.value) for truth, said in pairs),
    }


def _calibration(judged: Sequence[Judged]) -> dict[str, Any]:
    """Of the confidence of the decision, once for its kind and once for its category being right."""
    kinds = [(one.said.confidence, one.said.kind is one.truth.kind) for one in judged if one.truth.kind]
    categories = [
        (one.said.confidence, one.said.category is one.truth.category) for one in judged if one.truth.category
    ]
    return {"kind": calibration(kinds), "category": calibration(categories)}


def _guard(judged: Sequence[Judged]) -> dict[str, Any]:
    """What guards find from MEDIUM on, and what they say of genuine mail: shares at or above each level."""
    dangerous = [one for one in judged if one.truth.is_dangerous]
    genuine = [one for one in judged if one.truth.is_genuine]
    by_kind = {kind: [one for one in genuine if one.truth.kind is kind] for kind in Kind}
    return {
        "found": share(one.said.danger >= Danger.MEDIUM for one in dangerous).to_json(),
        "false_alarms": _alarms(genuine),
        "false_alarms_by_kind": {kind.value: _alarms(group) for kind, group in by_kind.items() if group},
        "codes_and_alerts_high": share(
            one.said.danger is Danger.HIGH for one in genuine if one.truth.kind in CODES
        ).to_json(),
    }


def _alarms(genuine: Sequence[Judged]) -> dict[str, Any]:
    return {level.name: share(one.said.danger >= level for one in genuine).to_json() for level in ALARMS}


def _entity(name: str, judged: Sequence[Judged]) -> dict[str, Any]:
    """`exact` is the share found of those there are, `precision` the share right of those said."""
    pairs = [(one.truth.entities[name], one.said.entities[name]) for one in judged if name in one.truth.entities]
    return {
        "exact": share(is_same(truth, said) for truth, said in pairs if truth is not None).to_json(),
        "precision": share(is_same(truth, said) for truth, said in pairs if said is not None).to_json(),
    }


def is_same(truth: Named, said: Named) -> bool:
    """Whether both name the same; texts without regard to case and blanks."""
    if isinstance(truth, str) and isinstance(said, str):
        return " ".join(truth.casefold().split()) == " ".join(said.casefold().split())
    return truth == said


def _hidden(judged: Sequence[Judged]) -> dict[str, Any]:
    letters = [one for one in judged if one.is_hidden is not None]
    names = [one.name for one in letters if one.is_hidden]
    return share(one.is_hidden is True for one in letters).to_json() | {"names": names}


def _judges(judged: Sequence[Judged]) -> dict[str, Any]:
    """For each judge that had the last word, how often its category was right."""
    known = [one for one in judged if one.truth.category is not None]
    counted = Counter(one.said.judge for one in known)
    return {
        judge.value: share(
            one.said.category is one.truth.category for one in known if one.said.judge is judge
        ).to_json()
        for judge, _ in counted.most_common()
    }


def _local(judged: Sequence[Judged]) -> dict[str, Any]:
    """The local classifier alone, before guards and signals; `sure` is its share of answers with 0.8 or more."""
    pairs = [
        (one.truth.kind, one.said.local) for one in judged if one.truth.kind is not None and one.said.local is not None
    ]
    answers = [(sure, kind is truth) for truth, (kind, sure) in pairs]
    table = _choices(Kind, [(truth, kind) for truth, (kind, _) in pairs])
    return {
        "right": table["right"],
        "macro_f1": table["macro_f1"],
        "sure": share(sure >= SURE for sure, _ in answers).to_json(),
        "right_when_sure": share(right for sure, right in answers if sure >= SURE).to_json(),
        "calibration_error": calibration(answers)["error"],
    }
