"""Labelling: the label id of each category, created when first needed, never by a dry run."""

from collections.abc import Iterable, Mapping

from auramail.core.decisions import Category
from auramail.core.labels import normalise
from auramail.core.policy import Policy
from auramail.ports import Accounts, Mailbox

NEW = "new:"
"""Stands before a label's name where its id would be, in a proposal for a label that does not exist yet."""


class Labelling:
    """Keeps what was asked of one account's mailbox during one run."""

    def __init__(self, account_id: int, mailbox: Mailbox, accounts: Accounts, policy: Policy) -> None:
        self._account_id = account_id
        self._mailbox = mailbox
        self._accounts = accounts
        self._policy = policy
        self._ids: dict[Category, str] = {}

    def ids(self, needed: Iterable[Category]) -> Mapping[Category, str]:
        """Label ids of all categories; `needed` ones are created, others may be `new:` and their name."""
        if not self._ids:
            existing = self._mailbox.labels([])
            self._accounts.remember_labels(self._account_id, list(existing.values()))
            by_name = {normalise(name): label.id for name, label in existing.items()}
            for category in Category:
                name = self._policy.label(category).name
                self._ids[category] = by_name.get(normalise(name), NEW + name)
        missing = [category for category in sorted(set(needed)) if self._ids[category].startswith(NEW)]
        if missing:
            made = self._mailbox.labels([self._policy.label(category) for category in missing])
            self._accounts.remember_labels(self._account_id, list(made.values()))
            self._ids |= {category: made[self._policy.label(category).name].id for category in missing}
        return self._ids
