"""Policy: what the person wants done with each category, and how far AuraMail may go alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.labels import SYSTEM, LabelWish, normalise
from auramail.core.wording import Wording

LONGEST_PREFIX = 100
RESERVED = frozenset(
    normalise(name) for name in SYSTEM | {"All mail", "Bin", "Chats", "Drafts", "Muted", "Scheduled", "Snoozed"}
)
"""Names that Gmail keeps for itself, in the form in which it compares them."""


class Autonomy(StrEnum):
    SUGGEST = "suggest"
    LABEL_ONLY = "label_only"
    FULL = "full"


DEFAULT_ACTIONS: Mapping[Category, Action] = MappingProxyType(
    {
        Category.IMPORTANT: Action.NO_ACTION,
        Category.ACTION_REQUIRED: Action.NO_ACTION,
        Category.NEWSLETTER: Action.MOVE,
        Category.SOCIAL: Action.MOVE,
        Category.REVIEW: Action.NO_ACTION,
        Category.DELETE: Action.ARCHIVE,
        Category.DANGER: Action.MOVE,
    }
)

LABELS: Mapping[Category, tuple[str, str, str]] = MappingProxyType(
    {  # name without prefix, background and text from Gmail's palette
        Category.IMPORTANT: ("Important", "#fad165", "#000000"),
        Category.ACTION_REQUIRED: ("Action required", "#fb4c2f", "#ffffff"),
        Category.NEWSLETTER: ("Newsletters", "#4a86e8", "#ffffff"),
        Category.SOCIAL: ("Social", "#a479e2", "#ffffff"),
        Category.REVIEW: ("Review", "#cccccc", "#000000"),
        Category.DELETE: ("To delete", "#666666", "#ffffff"),
        Category.DANGER: ("Danger", "#822111", "#ffffff"),
    }
)


@dataclass(frozen=True, slots=True)
class Policy:
    """An account's wishes. Below `act_above` (confidence 0 to 1) a message is labelled but never leaves the inbox."""

    actions: Mapping[Category, Action] = field(default_factory=lambda: DEFAULT_ACTIONS)
    autonomy: Autonomy = Autonomy.FULL
    act_above: float = 0.6
    may_trash: bool = False
    label_prefix: str = "AI_"

    def label(self, category: Category) -> LabelWish:
        name, background, text = LABELS[category]
        return LabelWish(self.label_prefix + name, background, text)

    def action(self, category: Category) -> Action:
        """What to do with a category; the trash only where the person allowed it."""
        action = self.actions.get(category, DEFAULT_ACTIONS[category])
        return Action.ARCHIVE if action is Action.DELETE and not self.may_trash else action


def actions_for(category: Category) -> tuple[Action, ...]:
    """What a person may choose: never the trash for what looks dangerous, for guards may be wrong."""
    return tuple(action for action in Action if action is not Action.DELETE or category is not Category.DANGER)


def prefix_problem(prefix: str) -> Wording | None:
    """Why Gmail would not make labels that begin so; None if it would."""
    if len(prefix) > LONGEST_PREFIX:
        return Wording.of("At most {count} characters.", count=LONGEST_PREFIX)
    if not prefix.isprintable() or prefix.startswith("/") or "//" in prefix:
        return Wording.of("Gmail makes no labels that begin so.")
    names = [prefix + name for name, _, _ in LABELS.values()]
    taken = next((name for name in names if {normalise(name), normalise(name.partition("/")[0])} & RESERVED), None)
    return Wording.of("Gmail keeps the name {name} for itself.", name=taken) if taken else None


def differences(before: Policy, after: Policy) -> dict[str, object]:
    """What a new policy changes, for the record."""
    names = ("autonomy", "act_above", "may_trash", "label_prefix")
    changed = {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}
    actions = {
        category.value: after.action(category).value
        for category in Category
        if after.action(category) is not before.action(category)
    }
    return changed | ({"actions": actions} if actions else {})
