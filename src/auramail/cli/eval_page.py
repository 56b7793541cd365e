"""An evaluation on the terminal, no wider than 100 columns."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from auramail.cli.terminal import say
from auramail.core.wording import Wording, plain
from auramail.ops.quality.mistakes import mistakes
from auramail.ops.quality.said import Judged

WIDTH: Final = 100
NAME: Final = 32
TOGETHER: Final = "\N{NO-BREAK SPACE}"
Numbers = Mapping[str, Any]


def report_lines(report: Numbers) -> Iterator[str]:
    yield from summary(report)
    yield from choices(Wording("kind"), report["kinds"])
    yield from choices(Wording("category"), report["categories"])
    yield from groups(Wording("language"), report["by_language"])
    yield from groups(Wording("source"), report["by_source"])


def mistake_lines(judged: Iterable[Judged]) -> Iterator[str]:
    yield ""
    for wrong in (each for item in judged for each in mistakes(item)):
        change = f"{wrong.what}: {plain(wrong.truth)} → {plain(wrong.said)}"
        yield f"{plain(wrong.name)}  {change}  {wrong.confidence:.2f}  {say(wrong.reason)}"


def summary(report: Numbers) -> Iterator[str]:
    """What matters most, a line each."""
    kinds, categories, guard, local = report["kinds"], report["categories"], report["guard"], report["local"]
    yield named(Wording("Messages"), counts(report))
    yield named(Wording("Kind right"), f"{share(kinds['right'])}, macro-F1 {ratio(kinds['macro_f1'])}")
    yield named(Wording("Category right"), f"{share(categories['right'])}, macro-F1 {ratio(categories['macro_f1'])}")
    errors = {name: ratio(table["error"], places=3) for name, table in report["calibration"].items()}
    yield named(Wording("Calibration error"), say(Wording.of("kind {kind}, category {category}", **errors)))
    yield named(Wording("Phishing found"), share(guard["found"]))
    for level, alarms in guard["false_alarms"].items():
        yield named(Wording.of("False alarms, {level} or more", level=level), share(alarms))
    for kind, alarms in guard["false_alarms_by_kind"].items():
        if alarms["LOW"]["count"]:
            told = ", ".join(f"{level} {each['count']}" for level, each in alarms.items())
            yield named(Wording.of("  among them {kind}", kind=kind), f"{told} (/ {alarms['LOW']['of']})")
    yield named(Wording("Codes and alerts HIGH"), share(guard["codes_and_alerts_high"]))
    yield named(Wording("Action required"), found(report["action_required"]))
    yield named(Wording("Answer expected"), found(report["expects_reply"]))
    for name, heading in ENTITIES.items():
        entity = report["entities"][name]
        yield named(heading, share(entity["exact"]))
        yield named(Wording("  right where one is said"), share(entity["precision"]))
    yield named(Wording("Hidden letters to you"), share(report["hidden"]))
    yield from (" " * NAME + plain(name) for name in report["hidden"]["names"])
    yield named(Wording("Local classifier alone"), f"{share(local['right'])}, macro-F1 {ratio(local['macro_f1'])}")
    for judge, right in report["judges"].items():
        yield named(Wording.of("Category by {judge}", judge=judge), share(right))
    yield named(Wording("Messages a second"), ratio(report["speed"]["per_second"], places=0))
    yield named(Wording("Model calls"), str(report["cost"]["model_calls"]))


ENTITIES: Final = {
    "due_date": Wording("Due date exact"),
    "amount": Wording("Amount exact"),
    "company_name": Wording("Company exact"),
    "location": Wording("Place exact"),
}


COLUMNS: Final = (
    (Wording("mails"), 8),
    (Wording("kind"), 8),
    (Wording("F1"), 8),
    (Wording("category"), 10),
    (Wording("action"), 8),
    (Wording("due"), 8),
    (Wording("amount"), 8),
    (Wording("phishing"), 10),
    (Wording("alarms"), 8),
    (Wording("hidden"), 8),
)


def counts(report: Numbers) -> str:
    languages = ", ".join(f"{plain(name)} {table['messages']}" for name, table in report["by_language"].items())
    told = f"{report['messages']} ({languages})"
    if not report["unlabelled"]:
        return told
    return say(Wording.of("{messages}; {files} files have no label", messages=told, files=report["unlabelled"]))


def choices(heading: Wording, table: Numbers) -> Iterator[str]:
    """Kinds or categories: how well each is found, and what it was taken for; only confused cells are named."""
    if not table["each"]:
        return
    yield ""
    titles = [Wording("there"), Wording("said"), Wording("precision"), Wording("recall"), Wording("F1")]
    yield row(say(heading), [say(title) for title in titles], say(Wording("taken for")))
    for name, each in table["each"].items():
        others = {answer: count for answer, count in table["confusion"].get(name, {}).items() if answer != name}
        cells = [str(each["there"]), str(each["said"]), *(ratio(each[part]) for part in ("precision", "recall", "f1"))]
        yield row(name, cells, ", ".join(f"{answer}{TOGETHER}{count}" for answer, count in others.items()))


def groups(heading: Wording, tables: Mapping[str, Numbers]) -> Iterator[str]:
    """Languages or sources side by side."""
    if not tables:
        return
    yield ""
    yield f"{say(heading):<14}" + "".join(f"{say(title):>{width}}" for title, width in COLUMNS)
    for name, table in tables.items():
        cells = [
            str(table["messages"]),
            percent(table["kinds"]["right"]),
            ratio(table["kinds"]["macro_f1"]),
            percent(table["categories"]["right"]),
            ratio(table["action_required"]["f1"]),
            percent(table["entities"]["due_date"]["exact"]),
            percent(table["entities"]["amount"]["exact"]),
            percent(table["guard"]["found"]),
            percent(table["guard"]["false_alarms"]["MEDIUM"]),
            percent(table["hidden"]),
        ]
        shown = "".join(f"{cell:>{width}}" for cell, (_, width) in zip(cells, COLUMNS, strict=True))
        yield f"{plain(name)[:13]:<14}{shown}"


def named(name: Wording, value: str) -> str:
    return textwrap.fill(f"{say(name):<{NAME}}{value}", WIDTH, subsequent_indent=" " * NAME)


def row(name: str, cells: Sequence[str], rest: str) -> str:
    line = f"{name:<16}" + "".join(f"{cell:>10}" for cell in cells) + f"  {rest}"
    folded = textwrap.fill(line.rstrip(), WIDTH, subsequent_indent=" " * (16 + 10 * len(cells) + 2))
    return folded.replace(TOGETHER, " ")


def share(numbers: Numbers) -> str:
    """`87.5 % (35 of 40; 74–95 %)`: the share, of how many, and where the true one lies."""
    if not numbers["of"]:
        return "–"
    interval = f"{numbers['low']:.1%}–{numbers['high']:.1%}"
    return say(
        Wording.of(
            "{share} ({count} of {of}; 95%: {interval})",
            share=percent(numbers),
            count=numbers["count"],
            of=numbers["of"],
            interval=interval,
        )
    )


def found(numbers: Numbers) -> str:
    if not numbers["there"] and not numbers["said"]:
        return "–"
    told = {name: ratio(numbers[name]) for name in ("precision", "recall", "f1")}
    counted = {name: numbers[name] for name in ("there", "said")}
    return say(
        Wording.of("F1 {f1}, precision {precision}, recall {recall} ({there} there, {said} said)", **told, **counted)
    )


def percent(numbers: Numbers) -> str:
    return "–" if numbers["share"] is None else f"{numbers['share']:.1%}"


def ratio(value: float | None, places: int = 2) -> str:
    return "–" if value is None else f"{value:.{places}f}"
