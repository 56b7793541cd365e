"""Writes the model card from what the trainer measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from auramail.core.decisions import Kind
from training.learn import WITHOUT_SENDER, WITHOUT_TRAITS


@dataclass(frozen=True, slots=True)
class Trial:
    """What a held-out measurement found; shares are 0 to 1. `sure` is the share stated with 0.8 or more."""

    name: str
    messages: int
    accuracy: float
    by_language: Mapping[str, float]
    by_kind: Mapping[Kind, float]
    calibration_error: float
    sure: float
    right_when_sure: float


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the classifier was trained on."""

    kinds: Mapping[Kind, int]
    languages: Mapping[str, int]
    families: int
    invented: int
    archived: int
    other_counts: float
    """How much a message of the kind *other* counts beside those of the rest."""


_INTRODUCTION: Final = """\
# Model card: the local classifier

Written by `make weights`; do not edit.

**What it is.** A linear model over hashed words, pairs of words and groups of three and five letters of the subject
and the text, words of the sender's name, and about a hundred traits of form (links, layout, headers, attachments).
It names one of the {kinds} kinds of `core.decisions.Kind` with a calibrated probability. It needs numpy only, sends
nothing anywhere, and gives the same answer for the same message every time.

**What it is for.** The step between the signals of headers and a language model: it decides plain cases and says how
sure it is. It is not a guard: its view of fraud weighs with what `auramail.guards` see, and is never enough alone
(`judging/fraud.py`).

**What it was trained on.** {invented} invented messages from {families} families of hand-written texts in
`training/texts`{archived}.

Languages: {languages}.

Years, hosts, addresses, message ids and trace headers are no features. Three in ten invented messages have no header
but From, To, Subject and Date; training hides every trait of a message in {hidden_traits:.0%} of its passes and the
sender in {hidden_sender:.0%}, so that none decides alone. Each kind counts the same, *other* {other:.0%} of that.
"""

_ARCHIVED: Final = (
    "\nand {count} messages of third parties that were read and are not shipped: SpamAssassin's public corpus (its"
    "\nmirror declares ODC PDDL) with kinds guessed from lists and senders, and sentences of business mail (Apache-2.0)"
)

_MEANING: Final = """\
## What was measured

*Whole families held out*: a family and everything generated from it is unseen (Ukrainian and English, where kinds have
several families). Most kinds have few, so this asks for words that no training text holds: the pessimistic number.
*Random messages held out*: other messages of the same families are seen; the optimistic number, which says only that
training works. The temperature ({by:.2f}) lies between those that fit the two.
*Evals*: {evaluated} messages of `evals/sets`, written by hand apart from the training texts and never trained on. They
come nearest to mail nobody has seen, but the optimiser's steps were chosen with a look at all three, and texts were
widened after a look at which kinds the evals confused. What the whole product makes of them, with headers and guards,
is in `evals/scores.json` (`make evals`).

| | messages | accuracy | said with 0.8 or more | right then | calibration error |
|---|---|---|---|---|---|
{rows}

### By language

| language | {names} |
|---|{bars}
{languages}

### By kind: how many were found

| kind | trained on | {names} |
|---|---|{bars}
{kinds}

### Evals by kind and language: F1

| kind | uk | en |
|---|---|---|
{f1}

## Limits

- Ukrainian and English are covered best; Russian, German and Polish next; French, Spanish, Portuguese, Italian, Dutch,
  Turkish, Romanian and Czech thinly. Other languages get low confidence and go to review.
- A very short message says little: with few words the probabilities are drawn together.
- *other*, *notification* and *newsletter* are broad and meet their neighbours; *work* and *personal* differ by topic.
- Well-copied phishing reads like the alert it copies. Only the guards look at authentication.
"""


def write_card(
    path: Path, trials: Sequence[Trial], corpus: Corpus, by: float, f1: Mapping[Kind, Sequence[float]]
) -> None:
    """Write the card; `by` is the temperature, `f1` that of each kind on the Ukrainian and the English evals."""
    archived = _ARCHIVED.format(count=corpus.archived) if corpus.archived else ""
    head = _INTRODUCTION.format(
        kinds=len(Kind),
        invented=corpus.invented,
        families=corpus.families,
        archived=archived,
        hidden_traits=WITHOUT_TRAITS,
        hidden_sender=WITHOUT_SENDER,
        other=corpus.other_counts,
        languages=", ".join(f"{language} {count}" for language, count in corpus.languages.items()),
    )
    languages = [language for language in corpus.languages if any(language in item.by_language for item in trials)]
    body = _MEANING.format(
        by=by,
        evaluated=trials[-1].messages,
        f1="\n".join(_line(kind, f1[kind]) for kind in Kind),
        rows="\n".join(
            f"| {item.name} | {item.messages} | {item.accuracy:.3f} | {item.sure:.2f} | {item.right_when_sure:.3f} |"
            f" {item.calibration_error:.3f} |"
            for item in trials
        ),
        names=" | ".join(item.name for item in trials),
        bars="---|" * len(trials),
        languages="\n".join(
            _line(language, [item.by_language.get(language) for item in trials]) for language in languages
        ),
        kinds="\n".join(
            _line(f"{kind} | {corpus.kinds.get(kind, 0)}", [item.by_kind.get(kind) for item in trials]) for kind in Kind
        ),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}\n{body}", "utf-8")


def _line(name: str, values: Sequence[float | None]) -> str:
    return f"| {name} | {' | '.join('–' if value is None else f'{value:.2f}' for value in values)} |"
