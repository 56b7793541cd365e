"""What was said of a message, by the judges now or as it was recorded, beside the truth about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from zoneinfo import ZoneInfo

from auramail.core.accounts import Person
from auramail.core.decisions import Category, Decision, Judge, Kind
from auramail.core.findings import Danger
from auramail.core.labels import INBOX, SPAM, TRASH
from auramail.core.messages import Message
from auramail.core.policy import Policy
from auramail.core.wording import Wording
from auramail.flow.advice import Adviser
from auramail.flow.classify import Judges
from auramail.flow.consider import consider
from auramail.flow.parse import parse
from auramail.flow.plan import Wishes, plan
from auramail.ops.quality.truths import ENTITIES, Labelled, Named, Truth

UNDETERMINED: Final = "und"
"""ISO 639-2 for a language that nobody knows."""
LEAVING: Final = frozenset({Category.NEWSLETTER, Category.SOCIAL, Category.DELETE, Category.DANGER})
"""What leaves the inbox by the policy everybody begins with."""
LABELS: Final = {category: category.value for category in Category}
"""Labels only stand for themselves here: nothing is labelled."""


@dataclass(frozen=True, slots=True)
class Said:
    """A decision, as far as it is measured.

    `left_inbox` is None where that is not known, or where the message is not addressed to the person. `local` is what
    the local classifier thought, and how surely.
    """

    kind: Kind
    category: Category
    confidence: float
    danger: Danger
    expects_reply: bool
    judge: Judge
    reason: Wording
    entities: Mapping[str, Named] = field(default_factory=dict)
    model_calls: int = 0
    left_inbox: bool | None = None
    local: tuple[Kind, float] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A message, what a person says about it, and what was said. `language` is ISO 639, `und` if nobody knows."""

    name: str
    truth: Truth
    said: Said
    language: str

    @property
    def is_hidden(self) -> bool | None:
        """Whether a personal or work message to the person left their inbox; None for all other mail.

        What a person themselves would have leave the inbox (a work newsletter, say) is other mail.
        """
        is_letter = self.truth.kind in {Kind.PERSONAL, Kind.WORK}
        return self.said.left_inbox if is_letter and self.truth.category not in LEAVING else None


def judge(labelled: Labelled, person: Person, judges: Judges, adviser: Adviser | None = None) -> Judged:
    """Read and judge a message as `auramail classify` does, at its own date."""
    message = parse([labelled.source])[0]
    decision = consider(message, person, judges, message.date, adviser)
    language = labelled.truth.language or message.language or UNDETERMINED
    return Judged(labelled.name, labelled.truth, said_of(message, decision, person), language)


def said_of(message: Message, decision: Decision, person: Person) -> Said:
    entities = {name: getattr(decision.entities, name) for name in ENTITIES}
    heard = next((opinion for opinion in decision.opinions if opinion.judge is Judge.LOCAL), None)
    return Said(
        kind=decision.kind,
        category=decision.category,
        confidence=decision.confidence,
        danger=decision.danger,
        expects_reply=decision.expects_reply,
        judge=decision.source,
        entities=entities,
        reason=decision.reason,
        model_calls=decision.model_calls,
        left_inbox=leaves_inbox(message, decision, person) if is_addressed(message, person) else None,
        local=(heard.kind, heard.confidence) if heard is not None and heard.kind is not None else None,
    )


def is_addressed(message: Message, person: Person) -> bool:
    """Whether it came to the person and not through a list; where no address of theirs is known, whether to anybody."""
    if "list-id" in message.headers:
        return False
    return not person.addresses or any(to.address in person.addresses for to in (*message.to, *message.cc))


def leaves_inbox(message: Message, decision: Decision, person: Person) -> bool:
    """Whether it would leave the inbox, did it lie there, with the policy everybody begins with and full autonomy."""
    policy = Policy()
    today = message.date.astimezone(ZoneInfo(person.zone)).date()
    there = replace(message, labels=(message.labels - {SPAM, TRASH}) | {INBOX})
    step = plan(there, decision, Wishes(policy, person, today, LABELS, policy.autonomy, {}))
    return INBOX in step.change.remove
