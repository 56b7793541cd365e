"""Wishing: what the plans of a portion are made by, with the labels that its decisions need."""

from collections.abc import Collection, Iterable, Sequence

from auramail.core.accounts import Person
from auramail.core.decisions import Category
from auramail.core.labels import SPAM, TRASH
from auramail.core.policy import Autonomy
from auramail.flow.consult import Decided
from auramail.flow.desk import Desk
from auramail.flow.labelling import Labelling
from auramail.flow.plan import Wishes


class Wishing:
    """Makes labels as they are needed, unless the run is dry."""

    def __init__(self, desk: Desk, labelling: Labelling, autonomy: Autonomy | None, *, is_dry: bool = False) -> None:
        self._desk = desk
        self._labelling = labelling
        self._autonomy = autonomy or desk.policy.autonomy
        self._is_dry = is_dry

    def for_decided(self, decided: Sequence[Decided], person: Person) -> Wishes:
        """For these decisions; in spam and trash nothing is labelled."""
        to_label = [decision for case, decision in decided if not case.message.labels & {SPAM, TRASH}]
        categories = {decision.category for decision in to_label}
        deciding = {decision.rule_id for decision in to_label if decision.rule_id is not None}
        return self.of(person, categories, deciding)

    def of(self, person: Person, categories: Iterable[Category], deciding: Collection[int] = ()) -> Wishes:
        """For these categories and rules."""
        rules = self._desk.judges.rules
        named = {rule.id: rule.label for rule in rules if rule.label and rule.id in deciding}
        own = self._labelling.own(named.values(), make=not self._is_dry)
        return Wishes(
            policy=self._desk.policy,
            person=person,
            today=self._desk.today(),
            labels=self._labelling.ids(() if self._is_dry else categories),
            autonomy=self._autonomy,
            actions={rule.id: rule.action for rule in rules if rule.action is not None},
            own_labels={rule_id: own[label] for rule_id, label in named.items()},
            doubtable=frozenset(rule.id for rule in rules if rule.condition.needs_judgement),
        )
