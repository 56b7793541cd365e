"""Groups: mail that one search finds and that is filed alike, without reading all of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from auramail.core.decisions import Category, Kind

BULK = frozenset({Category.NEWSLETTER, Category.SOCIAL, Category.DELETE})
"""What is the same for everybody who gets it: only this is ever filed unread."""


class GroupState(StrEnum):
    OPEN = "open"
    """Its spot checks are still to be read."""
    FILED = "filed"
    RELEASED = "released"
    """A spot check was of another kind: all of it is read."""
    SPARED = "spared"
    """No group of mail: the mark that what must be read in any case was told apart."""


@dataclass(frozen=True, slots=True)
class SurveyTerms:
    """What a survey goes by; see the settings of the same names. No promotions are surveyed at 0 days."""

    least_read: int = 3
    spot_checks: float = 0.02
    smaller: str = "1M"
    older_than_days: int = 14
    promotions_days: int = 365


@dataclass(frozen=True, slots=True)
class Group:
    """Mail of a run that is filed alike.

    `key` names it within its run. `query` is what finds it, before it is narrowed to the run's own scope. `exemplar`
    is the message that was read for it, `sender` whose mail it is, `rule_id` whose rule decides it; each may be none.
    """

    key: str
    query: str
    category: Category
    kind: Kind
    confidence: float
    exemplar: str = ""
    sender: str = ""
    rule_id: int | None = None
    state: GroupState = GroupState.OPEN
    found: int = 0
    """How many messages it speaks for, its spot checks included."""
    filed: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a group's spot checks stand; `unread` ones could not be read.

    `confidence` is the least of those that agreed, 1 if none did yet.
    """

    group: Group
    waiting: int = 0
    agreed: int = 0
    differed: int = 0
    unread: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Mail that would be filed unread now: what is known of it, the search in full, and how many it finds.

    `subject` is of a message of it that was read, if any was; `rule_id` is the rule that decides, if one does.
    """

    name: str
    category: Category
    query: str
    found: int
    subject: str = ""
    rule_id: int | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a survey would find in a mailbox now.

    `places` counts old inbox mail by Gmail's own category, at most `MOST_COUNTED` of each, where no sender is known
    yet. `units` and `seconds` are what not reading all that would spare.
    """

    groups: tuple[Foreseen, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    units: int = 0
    seconds: float = 0.0

    @property
    def found(self) -> int:
        return sum(group.found for group in self.groups)

    def to_json(self) -> dict[str, object]:
        return {
            "groups": [asdict(group) for group in self.groups],
            "places": dict(self.places),
            "found": self.found,
            "units": self.units,
            "seconds": round(self.seconds, 1),
        }


MOST_COUNTED = 5000


@dataclass(frozen=True, slots=True)
class SenderRecord:
    """What the journal knows of a sender's mail that was read and judged by nobody's rule.

    `places` are the labels of Gmail's own categories that all of it has; `is_refused` says that a person took back or
    declined something of it; `subject` is of the newest.
    """

    sender: str
    read: int
    categories: frozenset[Category]
    kind: Kind
    confidence: float
    places: frozenset[str] = frozenset()
    is_refused: bool = False
    subject: str = ""

    @property
    def category(self) -> Category | None:
        """The one bulk category that all of it is of, if nobody ever objected."""
        (first, *others) = self.categories
        return first if not others and first in BULK and not self.is_refused else None
