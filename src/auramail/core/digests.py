"""Digests: what pages and exports ask of the history, and how it is counted for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.history import Entry, State


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which entries to show: all given conditions hold. `text` is looked for in subject and sender, without case.

    `since` and `until` are days in `zone`, both inclusive. Proposals of dry runs are shown only where
    `run_id` or `state` asks for them.
    """

    text: str = ""
    sender: str = ""
    category: Category | None = None
    action: Action | None = None
    state: State | None = None
    run_id: int | None = None
    since: date | None = None
    until: date | None = None
    zone: str = "Europe/Kyiv"


@dataclass(frozen=True, slots=True)
class Day:
    """How many messages of each category were handled on a day."""

    day: date
    counts: Mapping[Category, int]


@dataclass(frozen=True, slots=True)
class Totals:
    """Messages handled by category and by action, entries by state, and failures by their reason's code."""

    handled: int = 0
    by_category: Mapping[Category, int] = field(default_factory=dict)
    by_action: Mapping[Action, int] = field(default_factory=dict)
    by_state: Mapping[State, int] = field(default_factory=dict)
    errors: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Held entries of a run that would be treated alike."""

    category: Category | None
    action: Action
    entries: tuple[Entry, ...]
