"""Makes `judging/weights/kinds.npz` and the model card: `python -m training.train [--data FOLDER]`."""

import argparse
import random
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from auramail.core.decisions import Kind
from auramail.core.messages import Source
from auramail.judging.local import KINDS, features
from auramail.reading.message import read_message
from evals.sets import read_sets
from training.archives import Labelled, read_archives
from training.card import Corpus, Trial, write_card
from training.compose import compose
from training.drafts import Shared
from training.learn import Examples, Model, calibration_error, fit, sparse_rows, temperature
from training.pools import Family, read_families

SEED: Final = 20260101
WEIGHTS: Final = Path("src/auramail/judging/weights/kinds.npz")
CARD: Final = Path("docs/reference/model-card.md")
WANTED: Final = {"uk": 1000, "en": 1000}
WANTED_OF_OTHERS: Final = 120
"""Messages of one kind in a language that is not one of the product's two."""
RARER: Final = {Kind.OTHER: 0.8}
PASSES: Final = 10
TRIAL_PASSES: Final = 6
FOLDS: Final = 4


def generate(families: list[Family], share: float, seed: int) -> list[Labelled]:
    """Invented mail of every family; each kind gets the same number of messages in a language.

    A family's part of them grows with how much is written in it: more words are worth more messages.
    """
    shared = Shared.of(families)
    written = [family for family in families if family.kind != "shared"]
    totals: dict[tuple[str, str], float] = defaultdict(float)
    for family in written:
        totals[family.kind, family.language] += worth(family)
    parts = [worth(family) / totals[family.kind, family.language] for family in written]
    wanted = [WANTED.get(family.language, WANTED_OF_OTHERS) * share for family in written]
    counts = [max(1, round(part * all_of_them)) for part, all_of_them in zip(parts, wanted, strict=True)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        dealt = pool.map(make, written, repeat(shared), counts, repeat(seed), chunksize=8)
        return [labelled for family in dealt for labelled in family]


def worth(family: Family) -> float:
    """How many messages a family is worth beside others: less than twice as many for twice as many letters."""
    letters = sum(len(line) for lines in family.lines.values() for line in lines)
    return float(letters**0.7)


def make(family: Family, shared: Shared, count: int, seed: int) -> list[Labelled]:
    """Messages of one family; the same whoever makes them, as each family has dice of its own."""
    dice = random.Random(f"{seed} {family.name}")
    names = [f"{family.name}.{number}" for number in range(count)]
    messages = [read_message(Source(name, name, compose(family, shared, dice))) for name in names]
    return [Labelled(message, Kind(family.kind), family.name, family.language) for message in messages]


def evened(labelled: list[Labelled]) -> npt.NDArray[np.float32]:
    """How much each message counts, such that each kind counts the same in all."""
    totals: Counter[Kind] = Counter()
    for item in labelled:
        totals[item.kind] += item.counts  # type: ignore[assignment]  # a Counter adds up shares as well
    usual = sum(totals.values()) / len(totals)
    return np.array(
        [item.counts * RARER.get(item.kind, 1.0) * usual / totals[item.kind] for item in labelled], np.float32
    )


def examples_of(labelled: list[Labelled]) -> Examples:
    read = [features(item.message) for item in labelled]
    return Examples(
        rows=sparse_rows(read),
        trust=np.array([item.trust for item in read], dtype=np.float32),
        kinds=np.array([KINDS.index(item.kind) for item in labelled]),
        families=np.array([item.family for item in labelled]),
        counts=evened(labelled),
    )


@dataclass(frozen=True, slots=True)
class Held:
    """Scores of messages that the model scoring them had not seen."""

    scores: npt.NDArray[np.float32]
    kinds: npt.NDArray[np.int64]
    languages: npt.NDArray[np.str_]


def hold_out(examples: Examples, languages: npt.NDArray[np.str_], folds: npt.NDArray[np.int64], tried: range) -> Held:
    """Train without each fold in turn and score it."""
    scores, kinds, spoken = [], [], []
    for fold in tried:
        inside = folds == fold
        model = fit(examples.only(~inside), TRIAL_PASSES, SEED)
        scores.append(model.scores(examples.only(inside)))
        kinds.append(examples.kinds[inside])
        spoken.append(languages[inside])
    return Held(np.concatenate(scores), np.concatenate(kinds), np.concatenate(spoken))


def family_folds(labelled: list[Labelled]) -> npt.NDArray[np.int64]:
    """A fold for each message: whole families together, the families of a kind and language spread over the folds.

    Languages with one family to a kind are in no fold (-1): without it they would be unknown altogether.
    """
    places: dict[str, int] = {}
    turns: Counter[tuple[Kind, str]] = Counter()
    for item in labelled:
        if item.family not in places:
            places[item.family] = turns[item.kind, item.language] % FOLDS if item.language in WANTED else -1
            turns[item.kind, item.language] += 1
    return np.array([places[item.family] for item in labelled])


def score_evals(model: Model) -> Held:
    """Score the labelled sets, which no training sees."""
    labelled = [
        Labelled(read_message(case.source), case.truth.kind, case.name, case.truth.language)
        for case in read_sets()
        if case.truth.kind is not None
    ]
    examples = examples_of(labelled)
    return Held(model.scores(examples), examples.kinds, np.array([item.language for item in labelled]))


def f1_by_kind(held: Held, language: str) -> dict[Kind, float]:
    """F1 of each kind among the messages of one language."""
    chosen = held.languages == language
    said, true = held.scores[chosen].argmax(axis=1), held.kinds[chosen]
    return {
        kind: float(
            2 * ((said == place) & (true == place)).sum() / max((said == place).sum() + (true == place).sum(), 1)
        )
        for place, kind in enumerate(KINDS)
    }


def trial(name: str, held: Held, by: float) -> Trial:
    right = held.scores.argmax(axis=1) == held.kinds
    scaled = held.scores / np.float32(by)
    shares = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    sure = shares.max(axis=1) >= 0.8
    return Trial(
        name=name,
        messages=len(right),
        accuracy=float(right.mean()),
        by_language={
            language: float(right[held.languages == language].mean())
            for language in sorted(set(held.languages.tolist()))
        },
        by_kind={
            kind: float(right[held.kinds == place].mean())
            for place, kind in enumerate(KINDS)
            if (held.kinds == place).any()
        },
        calibration_error=calibration_error(shares, held.kinds),
        sure=float(sure.mean()),
        right_when_sure=float(right[sure].mean()) if sure.any() else 0.0,
    )


def save(model: Model, by: float, path: Path) -> None:
    rounded = model.rounded(by)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, weights=rounded.weights, scale=rounded.scale, bias=rounded.bias, temperature=np.float32(by))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--data", type=Path, default=Path("../shared/data"), help="folder of third-party mail, optional"
    )
    options.add_argument("--share", type=float, default=1.0, help="share of the usual number of invented messages")
    chosen = options.parse_args()

    invented = generate(read_families(), chosen.share, SEED)
    archived = list(read_archives(chosen.data, random.Random(SEED)))
    labelled = invented + archived
    print(f"{len(invented)} invented and {len(archived)} archived messages")
    examples = examples_of(labelled)
    languages = np.array([item.language for item in labelled])
    print(f"{examples.rows.nnz} rows read")

    chance = np.random.default_rng(SEED).integers(0, 8, len(labelled))
    unseen = hold_out(examples, languages, family_folds(labelled), range(FOLDS))
    seen = hold_out(examples, languages, chance, range(1))
    # Real mail is neither as strange as a family never seen nor as familiar as one seen: the middle of both.
    by = (temperature(unseen.scores, unseen.kinds) * temperature(seen.scores, seen.kinds)) ** 0.5
    model = fit(examples, PASSES, SEED)
    save(model, by, WEIGHTS)
    evaluated = score_evals(model)
    trials = [
        trial("whole families held out", unseen, by),
        trial("random messages held out", seen, by),
        trial("evals", evaluated, by),
    ]
    for item in trials:
        print(item)
    corpus = Corpus(
        kinds=Counter(item.kind for item in labelled),
        languages=Counter(item.language for item in labelled),
        families=len({item.family for item in invented}),
        invented=len(invented),
        archived=len(archived),
        other_counts=RARER[Kind.OTHER],
    )
    tables = [f1_by_kind(evaluated, language) for language in WANTED]
    write_card(CARD, trials, corpus, by, {kind: [table[kind] for table in tables] for kind in Kind})


if __name__ == "__main__":
    main()
