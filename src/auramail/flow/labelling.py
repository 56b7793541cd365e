"""Labelling: the label id of each category, created when first needed, never by a dry run."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from auramail.core.decisions import Category
from auramail.core.labels import Label, normalise
from auramail.core.policy import Policy
from auramail.ports.mailboxes import Mailbox

NEW = "new:"
"""Stands before a label's name where its id would be, in a proposal for a label that does not exist yet."""


class Labelling:
    """Keeps what was asked of one account's mailbox during one run."""

    def __init__(self, mailbox: Mailbox, policy: Policy, remember: Callable[[Sequence[Label]], None]) -> None:
        self._mailbox = mailbox
        self._remember = remember
        self._policy = policy
        self._ids: dict[Category, str] = {}

    def ids(self, needed: Iterable[Category]) -> Mapping[Category, str]:
        """Label ids of all categories; `needed` ones are created, others may be `new:` and their name."""
        if not self._ids:
            existing = self._mailbox.labels([])
            self._remember(list(existing.values()))
            by_name = {normalise(name): label.id for name, label in existing.items()}
            for category in Category:
                name = self._policy.label(category).name
                self._ids[category] = by_name.get(normalise(name), NEW + name)
        missing = [category for category in sorted(set(needed)) if self._ids[category].startswith(NEW)]
        if missing:
            made = self._mailbox.labels([self._policy.label(category) for category in missing])
            self._remember(list(made.values()))
            self._ids |= {category: made[self._policy.label(category).name].id for category in missing}
        return self._ids
