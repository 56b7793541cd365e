"""The messages of the sets as they stand before a model is asked, and what hearing the oracle makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from auramail.core.accounts import Person
from auramail.core.decisions import Asked, Category, Decision, ModelNote, Opinion
from auramail.core.findings import Danger
from auramail.flow.classify import Case, Judges, goes_alone, hear, weigh_up
from auramail.flow.parse import parse
from auramail.flow.prompts.judging import Heard
from auramail.judging.local import LocalClassifier
from auramail.judging.placing import RAISED
from auramail.ops.quality.said import LEAVING
from auramail.ops.quality.truths import Truth
from evals.oracle import sayings
from evals.sets import FOLDER, READER, read_sets

NOTE: Final = ModelNote(Asked.ANSWERED, "oracle")
PERSON: Final = Person(addresses=frozenset({READER}))


@dataclass(frozen=True)
class Weighed:
    """A message of the sets, the truth about it, and what is decided without a model."""

    name: str
    language: str
    truth: Truth
    case: Case

    @property
    def decision(self) -> Decision:
        return self.case.decision

    @cached_property
    def goes_alone(self) -> bool:
        """Whether a model may see it only by itself."""
        return goes_alone(self.case.message, self.case.guarded)

    @property
    def may_be_shown(self) -> bool:
        """Whether any model may see it: what the guards find dangerous is decided by them alone."""
        return self.case.guarded.danger < Danger.MEDIUM


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often (0 to 1, or of many messages the mean) category and kind are right, and important mail is hidden."""

    category: float
    kind: float
    hidden: float


def weigh_all(folder: Path = FOLDER) -> list[Weighed]:
    judges = Judges(local=LocalClassifier.load().opinion)
    found = []
    for labelled in read_sets(folder):
        (message,) = parse([labelled.source])
        case = weigh_up(message, PERSON, judges, message.date)
        found.append(Weighed(labelled.name, labelled.truth.language, labelled.truth, case))
    return found


def unasked(weighed: Weighed) -> Outcome:
    """What becomes of a message without a model."""
    return _outcome(weighed.truth, weighed.decision)


def asked(weighed: Weighed, accuracy: float) -> Outcome:
    """What becomes of it with the oracle's word, over all that it might say."""
    if not weighed.may_be_shown:
        return unasked(weighed)
    told = [(saying.chance, heard_by(weighed, saying.opinion)) for saying in sayings(weighed.truth, accuracy)]
    return _expected([(chance, _outcome(weighed.truth, decision)) for chance, decision in told])


def heard_by(weighed: Weighed, opinion: Opinion) -> Decision:
    return hear(weighed.case, Heard(opinion), NOTE)


def naive(truth: Truth, accuracy: float) -> Outcome:
    """What becomes of a message where the oracle's word is the decision, and it is asked about each."""
    told = []
    for saying in sayings(truth, accuracy):
        category, kind = saying.opinion.category, saying.opinion.kind
        is_right = category is _said_of(truth)
        is_hidden = truth.category in RAISED and category in LEAVING
        told.append((saying.chance, Outcome(float(is_right), float(kind is truth.kind), float(is_hidden))))
    return _expected(told)


def _said_of(truth: Truth) -> Category | None:
    """Danger is granted to it where it says what it can of dangerous mail."""
    return Category.REVIEW if truth.category is Category.DANGER else truth.category


def mean(outcomes: Sequence[Outcome]) -> Outcome:
    return _expected([(1 / len(outcomes), outcome) for outcome in outcomes])


def _expected(weighted: Sequence[tuple[float, Outcome]]) -> Outcome:
    return Outcome(
        sum(chance * outcome.category for chance, outcome in weighted),
        sum(chance * outcome.kind for chance, outcome in weighted),
        sum(chance * outcome.hidden for chance, outcome in weighted),
    )


def _outcome(truth: Truth, decision: Decision) -> Outcome:
    """A model puts nothing out of sight that would be in sight without it (`flow.plan`)."""
    is_hidden = decision.category in LEAVING and (decision.alone is None or decision.alone in LEAVING)
    return Outcome(
        float(decision.category is truth.category),
        float(decision.kind is truth.kind),
        float(truth.category in RAISED and is_hidden),
    )
