"""The figures on the dashboard and the report: counted once per account and kept until its next run ends."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from auramail.core.accounts import Account
from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.history import State
from auramail.web.house import house

DASHBOARD_SECONDS = 300
REPORT_SECONDS = 600
DAYS = 7
SECONDS_A_MESSAGE = 8
"""How long a person is assumed to need to look at a message, decide and file it."""
LEFT_THE_INBOX = (Action.MOVE, Action.ARCHIVE, Action.DELETE)


@dataclass(slots=True)
class Figures:
    """What was handled in the last days: by category and action, and by category for each day."""

    days: dict[date, Counter[str]] = field(default_factory=dict)
    by_category: Counter[str] = field(default_factory=Counter)
    by_action: Counter[str] = field(default_factory=Counter)
    by_state: Counter[str] = field(default_factory=Counter)

    @property
    def handled(self) -> int:
        return self.by_category.total()

    @property
    def left_the_inbox(self) -> int:
        return sum(self.by_action[action] for action in LEFT_THE_INBOX)

    @property
    def held(self) -> int:
        return self.by_state[State.HELD]

    @property
    def seconds_saved(self) -> int:
        return self.handled * SECONDS_A_MESSAGE

    @property
    def categories(self) -> list[str]:
        """Those with any message on any day, in the house's order."""
        return [category for category in Category if any(counts[category] for counts in self.days.values())]


def last_days(accounts: Sequence[Account], today: date, seconds: int = DASHBOARD_SECONDS) -> Figures:
    """The figures of all accounts together for the seven days that end with `today`."""
    figures = Figures()
    for account in accounts:
        one = kept(account.id, f"days:{today}", seconds, lambda account=account: _count(account, today))  # type: ignore[misc]  # mypy cannot infer a default's type
        for day, counts in one["days"].items():
            figures.days.setdefault(date.fromisoformat(day), Counter()).update(counts)
        figures.by_category.update(one["by_category"])
        figures.by_action.update(one["by_action"])
        figures.by_state.update(one["by_state"])
    return figures


def kept(account_id: int, name: str, seconds: int, count: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """An answer from the cache, or counted and put there."""
    held = house().cache.get(account_id, name)
    if held is not None:
        answer: dict[str, Any] = json.loads(held)
        return answer
    answer = count()
    house().cache.put(account_id, name, json.dumps(answer).encode(), seconds)
    return answer


def _count(account: Account, today: date) -> dict[str, Any]:
    reading = house().reading
    days = reading.days([account.id], account.zone, today, DAYS)
    totals = reading.totals([account.id], today - timedelta(days=DAYS - 1), account.zone)
    return {
        "days": {day.day.isoformat(): dict(day.counts) for day in days},
        "by_category": dict(totals.by_category),
        "by_action": dict(totals.by_action),
        "by_state": dict(totals.by_state),
    }
