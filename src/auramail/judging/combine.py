"""Combining: how opinions add up to one decision, in this one place.

1. A rule of the person's decides the category, unless the guards are sure of danger (HIGH): what a rule looks at can
   be forged, and a forged sender is exactly what the guards see. A lower verdict stays visible in the decision. A rule
   that names no category leaves that to the others; from MEDIUM on it can then only keep mail in the inbox.
2. Guards: from MEDIUM on the category is DANGER. Nothing else gives DANGER, and no opinion takes it away.
3. Everybody else's opinions are pooled. Before anybody speaks all kinds are equally likely; each opinion moves the
   log-odds of what it names from there to its own confidence, or those of all kinds to the chances it gives them, as
   far as its judge is worth (`WORTH`): a single judge is taken at its word, two who agree are surer than each alone.
   The kinds' chances add up to those of the categories (`PLACE`), and the likeliest category wins. Below `UNSURE`
   nobody knows: REVIEW.
4. An ask addressed to this person turns IMPORTANT mail, and a notice of their own, into ACTION_REQUIRED; so does a bill
   that names what to pay or by when, and a notice that names a date by which something is to be done. A language model
   that is as sure as who heard the ask may say that there is none.
5. What a person may have written to this reader is not put out of sight for its words alone, unless they leave next to
   no chance that it is important (`RISKED`): it goes to REVIEW.
6. A message that talks to language models is no witness in its own cause: what was read from its words (local
   classifier, language model, asks) cannot make it IMPORTANT or ACTION_REQUIRED; it goes to REVIEW.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from auramail.core.accounts import Person
from auramail.core.actions import Action
from auramail.core.decisions import Category, Decision, Entities, Judge, Kind, Opinion
from auramail.core.findings import Danger, Finding
from auramail.core.messages import Message
from auramail.core.rules import Rule
from auramail.core.wording import Wording
from auramail.judging.machines import is_bulk, is_talk_of_others, may_be_a_letter
from auramail.judging.placing import (
    ASKS_ANYWHERE,
    AWAITS_NOBODY,
    CAN_ASK,
    HAS_A_TERM,
    HIDING,
    INSTRUCTS,
    PLACE,
    PLACE_OF_BULK,
    RAISED,
    WRITTEN_TO_SOMEBODY,
)
from auramail.judging.urgency import urgency_of

WORTH: Final[Mapping[Judge, float]] = dict.fromkeys(Judge, 1.0) | {Judge.LOCAL: 0.9, Judge.MODEL: 0.8}
"""Measured (`python -m evals.cascade`): a model errs on the mail that confuses the others too; counted in full, its
word would hide more important mail, and the confidence of what it helped to decide would be further from the truth."""
UNSURE: Final = 0.45
"""Below this chance the likeliest category is a guess."""
STANDS_OUT: Final = 0.1
"""Where no kind is likelier than this, all are about as likely, and the category with the most kinds says nothing."""
SUREST: Final = 0.98
"""No pooled opinion is surer than this."""
BEFORE: Final = 1 / len(Kind)
"""The chance of each kind before anybody speaks."""
NEVER_NONE: Final = 0.002
"""The least chance a judge can leave a kind: no judge rules one out alone."""
RISKED: Final = 0.1
"""The chance of hiding something important that is taken where nothing but words speaks against a message."""
READS_WORDS: Final = frozenset({Judge.LOCAL, Judge.MODEL})


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was found out about one message before it is decided."""

    findings: tuple[Finding, ...] = ()
    danger: Danger = Danger.NONE
    rule: tuple[Rule, Opinion] | None = None
    """The rule that holds, as `ruled.decide` finds it among the person's `own`."""
    own: tuple[Rule, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    asks: Opinion | None = None
    entities: Entities = field(default_factory=Entities)
    asks_below: bool = False
    """Whether what is asked stands in the postscript."""
    expects_reply: bool = False
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided before urgency and entities are added."""

    category: Category
    kind: Kind
    confidence: float
    source: Judge
    reason: Wording
    rule_id: int | None = None


def decide(message: Message, person: Person, evidence: Evidence) -> Decision:
    """The one decision about a message."""
    kinds = kind_chances(evidence.opinions)
    if is_talk_of_others(message, person):
        kinds = _as_read_by_many(kinds)
    pooled = _pooled(message, person, evidence, kinds)
    verdict = _by_guard(evidence) if evidence.danger >= Danger.MEDIUM else pooled
    if evidence.rule is not None and _may_rule(evidence.rule[0], evidence.danger):
        verdict = _by_rule(*evidence.rule, verdict)
    return Decision(
        category=verdict.category,
        kind=verdict.kind,
        urgency=urgency_of(message, verdict.category, verdict.kind, evidence.entities, evidence.now),
        confidence=round(verdict.confidence, 3),
        danger=evidence.danger,
        source=verdict.source,
        reason=verdict.reason,
        findings=evidence.findings,
        opinions=_heard(evidence),
        entities=evidence.entities,
        expects_reply=evidence.expects_reply and verdict.kind not in AWAITS_NOBODY,
        rule_id=verdict.rule_id,
    )


def _heard(evidence: Evidence) -> tuple[Opinion, ...]:
    asked = (evidence.asks,) if evidence.asks is not None else ()
    ruled = (evidence.rule[1],) if evidence.rule is not None else ()
    return (*ruled, *evidence.opinions, *asked)


def _may_rule(rule: Rule, danger: Danger) -> bool:
    """Whether a rule is followed: what the guards suspect only by one that says what it is, or that hides nothing."""
    if danger < Danger.MEDIUM:
        return True
    return danger < Danger.HIGH and (rule.category is not None or rule.action is Action.NO_ACTION)


def _by_rule(rule: Rule, opinion: Opinion, verdict: Verdict) -> Verdict:
    """What a rule says; of what it leaves open, what the others say."""
    if rule.category is None:
        return replace(verdict, source=Judge.RULE, reason=opinion.reason, rule_id=rule.id)
    return Verdict(rule.category, verdict.kind, opinion.confidence, Judge.RULE, opinion.reason, rule.id)


def _by_guard(evidence: Evidence) -> Verdict:
    worst = max(evidence.findings, key=lambda finding: finding.weight, default=None)
    reason = worst.evidence if worst else Wording.of("The guards see danger in it")
    confidence = SUREST if evidence.danger is Danger.HIGH else 0.8
    return Verdict(Category.DANGER, Kind.PHISHING, confidence, Judge.GUARD, reason)


def _as_read_by_many(kinds: Mapping[Kind, float]) -> dict[Kind, float]:
    """What people write of themselves and their work to a public list is, for this person, one more newsletter."""
    read = dict(kinds)
    for kind in WRITTEN_TO_SOMEBODY & read.keys():
        read[Kind.NEWSLETTER] += read.pop(kind)
    return read


def _pooled(message: Message, person: Person, evidence: Evidence, kinds: Mapping[Kind, float]) -> Verdict:
    """What the opinions say together."""
    place = PLACE_OF_BULK if is_bulk(message) else PLACE
    if not kinds:
        return _unsure(Kind.OTHER, 0.0)
    places = _chances_of_places(kinds, place)
    category = max(places, key=lambda each: (places[each], each))
    chance = min(SUREST, places[category])
    kind = max((kind for kind in kinds if place[kind] is category), key=lambda each: kinds[each])
    if chance < UNSURE or kinds[kind] < STANDS_OUT:
        return _with_asks(_unsure(kind, chance), evidence) if kind in CAN_ASK else _unsure(kind, chance)
    speaker = _speaker(evidence.opinions, place, kind, category)
    verdict = Verdict(category, kind, chance, speaker.judge, speaker.reason)
    if category in HIDING and places[Category.IMPORTANT] > RISKED and _may_be_a_letter(message, person, evidence):
        reason = Wording.of("Its words are not enough to put away what a person may have written to you")
        return Verdict(Category.REVIEW, kind, chance, Judge.UNSURE, reason)
    if category is Category.IMPORTANT or kind in ASKS_ANYWHERE:
        verdict = _with_asks(verdict, evidence)
    if verdict.category in RAISED and _talks_to_models(evidence) and speaker.judge in READS_WORDS | {Judge.UNSURE}:
        return Verdict(
            Category.REVIEW,
            kind,
            chance,
            Judge.GUARD,
            Wording.of("It talks to language models, so its own words do not count"),
        )
    return verdict


def _may_be_a_letter(message: Message, person: Person, evidence: Evidence) -> bool:
    """Whether nobody but readers of words said what it is: no header, no folder, no earlier mail of the sender's."""
    only_words = all(opinion.judge in READS_WORDS for opinion in evidence.opinions)
    return only_words and may_be_a_letter(message, person)


def kind_chances(opinions: tuple[Opinion, ...]) -> dict[Kind, float]:
    """The chance of each kind when all opinions are pooled by log-odds; empty if nobody names one."""
    scores = dict.fromkeys(Kind, 0.0)
    for opinion in opinions:
        for kind, lift in _lifts(opinion):
            scores[kind] += WORTH[opinion.judge] * lift
    if not any(scores.values()):
        return {}
    total = sum(math.exp(score) for score in scores.values())
    return {kind: math.exp(score) / total for kind, score in scores.items()}


def _lifts(opinion: Opinion) -> list[tuple[Kind, float]]:
    """How far an opinion moves which kinds."""
    if opinion.shares:
        return [(kind, math.log(max(share, NEVER_NONE) / BEFORE)) for kind, share in opinion.shares]
    kinds = _kinds_of(opinion)
    if not kinds:
        return []
    before = BEFORE * len(kinds)
    sure = min(max(opinion.confidence, 0.01), 0.99)
    lift = math.log(sure / (1 - sure)) - math.log(before / (1 - before))
    return [(kind, lift) for kind in kinds]


def _kinds_of(opinion: Opinion) -> tuple[Kind, ...]:
    """The kinds an opinion speaks for: its own, or all that go into the category it names."""
    if opinion.kind is not None:
        return (opinion.kind,)
    wanted = Category.IMPORTANT if opinion.category is Category.ACTION_REQUIRED else opinion.category
    return tuple(kind for kind, category in PLACE.items() if category is wanted)


def _chances_of_places(kinds: Mapping[Kind, float], place: Mapping[Kind, Category]) -> dict[Category, float]:
    places: dict[Category, float] = {}
    for kind, chance in kinds.items():
        places[place[kind]] = places.get(place[kind], 0.0) + chance
    return places


def _speaker(opinions: tuple[Opinion, ...], place: Mapping[Kind, Category], kind: Kind, category: Category) -> Opinion:
    """Whose reason is given: the surest of those for this kind, else for its category, else that all add up."""

    def fits(opinion: Opinion) -> int:
        if opinion.judge is Judge.SIGNAL and category in HIDING & {place[each] for each in _kinds_of(opinion)}:
            return 3  # A header says why something is put away better than its words do.
        if opinion.kind is kind:
            return 2
        return 1 if any(place[each] is category for each in _kinds_of(opinion)) else 0

    speaker = max(opinions, key=lambda opinion: (fits(opinion), opinion.confidence * WORTH[opinion.judge]))
    if fits(speaker):
        return speaker
    return replace(speaker, reason=Wording.of("Many small signs together speak for it, none alone"))


def _with_asks(verdict: Verdict, evidence: Evidence) -> Verdict:
    """IMPORTANT mail that asks for something is ACTION_REQUIRED."""
    entities = evidence.entities
    if verdict.kind in HAS_A_TERM and entities.due_date is not None:
        due = entities.due_date.isoformat()
        return _acting(verdict, Wording.of("It wants something done by {date}", date=due), verdict.source, 1.0)
    if verdict.kind is Kind.BILL and entities.amount is not None:
        amount = f"{entities.amount.value} {entities.amount.currency}"
        return _acting(verdict, Wording.of("{amount} is to be paid", amount=amount), verdict.source, 1.0)
    model = next((each for each in evidence.opinions if each.category is Category.ACTION_REQUIRED), None)
    if model is not None and verdict.kind is not Kind.RECEIPT:
        return _acting(verdict, model.reason, model.judge, model.confidence)
    if evidence.asks is not None and _may_ask(verdict.kind, evidence) and not _is_denied(verdict.kind, evidence):
        return _acting(verdict, evidence.asks.reason, evidence.asks.judge, evidence.asks.confidence)
    return verdict


def _may_ask(kind: Kind, evidence: Evidence) -> bool:
    """Whether an ask in mail of this kind is one of this reader: of some it must name a day, or stand apart."""
    if kind in INSTRUCTS | {Kind.NEWSLETTER} and evidence.entities.due_date is None:
        return kind is Kind.NEWSLETTER and evidence.asks_below
    return kind in CAN_ASK and not _talks_to_models(evidence)


def _is_denied(kind: Kind, evidence: Evidence) -> bool:
    """Whether a model that reads it the same way, and is as sure as who hears the ask, says that nothing is asked."""
    sure = evidence.asks.confidence if evidence.asks is not None else 0.0
    return any(
        opinion.judge is Judge.MODEL
        and opinion.kind is kind
        and opinion.category not in {None, Category.ACTION_REQUIRED}
        and opinion.confidence >= sure
        for opinion in evidence.opinions
    )


def _acting(verdict: Verdict, reason: Wording, source: Judge, sure: float) -> Verdict:
    confidence = verdict.confidence * (0.5 + 0.5 * sure)
    return Verdict(Category.ACTION_REQUIRED, verdict.kind, confidence, source, reason)


def _talks_to_models(evidence: Evidence) -> bool:
    return any(finding.guard == "injection" and finding.weight > 0 for finding in evidence.findings)


def _unsure(kind: Kind, chance: float) -> Verdict:
    return Verdict(Category.REVIEW, kind, chance, Judge.UNSURE, Wording.of("Nothing tells clearly what this is"))
