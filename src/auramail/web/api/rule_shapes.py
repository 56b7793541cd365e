"""What the API takes and gives about rules."""

from dataclasses import asdict
from typing import Any

from pydantic import Field

from auramail.core.actions import Action
from auramail.core.decisions import Category, Kind
from auramail.core.proposals import Proposal
from auramail.core.rules import LONGEST_LABEL, LONGEST_TEXT, MOST_ALTERNATIVES, Condition, Rule, Wish
from auramail.web.api.shapes import Shape
from auramail.web.i18n import say
from auramail.web.ruling import LONGEST_SENTENCE, conditions_said, wishes_said


class RulesOfIn(Shape):
    account: int


class SentenceIn(Shape):
    account: int
    sentence: str = Field(min_length=1, max_length=LONGEST_SENTENCE, description="In Ukrainian or English.")


class ConditionShape(Shape):
    """Which mail is meant: all that is given must hold; of a list any one will do."""

    sender: str = Field("", max_length=LONGEST_TEXT, description="A whole address.")
    domain: str = Field("", max_length=LONGEST_TEXT, description="A domain and all below it.")
    list_id: str = Field("", max_length=LONGEST_TEXT)
    subject: str = Field("", max_length=LONGEST_TEXT, description="Stands in the subject.")
    words: str = Field("", max_length=LONGEST_TEXT, description="Stands in the subject or the text.")
    has_attachment: bool | None = None
    senders: list[str] = Field([], max_length=MOST_ALTERNATIVES, description="Addresses, domains or names.")
    about: list[str] = Field([], max_length=MOST_ALTERNATIVES, description="Words, or beginnings with a `*`.")
    kinds: list[Kind] = Field([], max_length=MOST_ALTERNATIVES, description="What AuraMail takes it for.")
    categories: list[Category] = Field([], max_length=MOST_ALTERNATIVES, description="What AuraMail takes it for.")
    larger: int | None = Field(None, ge=1, le=10**12, description="Bytes.")
    smaller: int | None = Field(None, ge=1, le=10**12, description="Bytes.")
    older_days: int | None = Field(None, ge=1)
    newer_days: int | None = Field(None, ge=1)

    @classmethod
    def of(cls, condition: Condition) -> "ConditionShape":
        return cls.model_validate(
            {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(condition).items()}
        )

    def condition(self) -> Condition:
        given: dict[str, Any] = self.model_dump()
        several: dict[str, Any] = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
        return Condition(**(given | several))


class RuleShape(Shape):
    """A condition and what is wished."""

    condition: ConditionShape
    category: Category | None = Field(None, description="null: what AuraMail itself takes it for.")
    action: Action | None = Field(None, description="null: what the category usually gets.")
    label: str = Field("", max_length=LONGEST_LABEL, description="A label of your own, put on besides.")

    @classmethod
    def of_proposal(cls, proposal: Proposal) -> "RuleShape":
        wish, condition = proposal.wish, ConditionShape.of(proposal.condition)
        return cls(condition=condition, category=wish.category, action=wish.action, label=wish.label)

    def wish(self) -> Wish:
        return Wish(self.category, self.action, self.label)


class RuleIn(RuleShape):
    account: int
    said: str = Field("", max_length=LONGEST_SENTENCE, description="The sentence it was made from.")


class RuleOut(RuleShape):
    id: int
    account: int
    position: int
    enabled: bool
    said: str
    when: list[str] = Field(description="The condition in your language.")
    then: list[str] = Field(description="The wish in your language.")

    @classmethod
    def of(cls, rule: Rule) -> "RuleOut":
        return cls(
            id=rule.id,
            account=rule.account_id,
            position=rule.position,
            enabled=rule.enabled,
            said=rule.said,
            condition=ConditionShape.of(rule.condition),
            category=rule.category,
            action=rule.action,
            label=rule.label,
            when=conditions_said(rule.condition),
            then=wishes_said(rule.wish),
        )


class RulesOut(Shape):
    rules: list[RuleOut]


class SwitchIn(Shape):
    account: int
    on: bool


class HeardOut(Shape):
    words: str
    part: str


class RuleProposalOut(Shape):
    """What a sentence would be as a rule; nothing is saved."""

    rule: RuleShape
    when: list[str] = Field(description="The condition in your language.")
    then: list[str] = Field(description="The wish in your language.")
    heard: list[HeardOut]
    ignored: list[str] = Field(description="Words that found no place in it.")
    unsure: bool
    by: str = Field(description="`grammar` or `model`.")
    problem: str | None = Field(description="Why it cannot be saved as it is.")
    notes: list[str]
    matching: int | None = Field(description="Messages of the last 90 days' journal that it fits, if that can be told.")

    @classmethod
    def of(cls, proposal: Proposal) -> "RuleProposalOut":
        return cls(
            rule=RuleShape.of_proposal(proposal),
            when=conditions_said(proposal.condition),
            then=wishes_said(proposal.wish),
            heard=[HeardOut(words=one.words, part=one.part) for one in proposal.heard],
            ignored=list(proposal.ignored),
            unsure=proposal.unsure,
            by=proposal.by,
            problem=say(proposal.problem) if proposal.problem else None,
            notes=[say(note) for note in proposal.notes],
            matching=proposal.matching,
        )
