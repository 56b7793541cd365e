"""Labelling: label ids of categories and of rules' own labels, created when first needed, never by a dry run."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from auramail.core.decisions import Category
from auramail.core.labels import Label, LabelWish, normalise
from auramail.core.policy import Policy
from auramail.ports.mailboxes import Mailbox

NEW = "new:"
"""Stands before a label's name where its id would be, in a proposal for a label that does not exist yet."""
NEW_OWN = "new-own:"
"""The same before the name of a label that a rule of the person's names."""
GREY = ("#efefef", "#000000")
"""What a label that a rule names looks like when it is made, from Gmail's palette; the person may change it."""


def name_of_new(label_id: str) -> str:
    """The name that stands for the id of a label that does not exist yet; any other id as it is."""
    return label_id.removeprefix(NEW_OWN).removeprefix(NEW)


class Labelling:
    """Keeps what was asked of one account's mailbox during one run."""

    def __init__(self, mailbox: Mailbox, policy: Policy, remember: Callable[[Sequence[Label]], None]) -> None:
        self._mailbox = mailbox
        self._remember = remember
        self._policy = policy
        self._ids: dict[Category, str] = {}
        self._by_name: dict[str, str] | None = None

    def ids(self, needed: Iterable[Category]) -> Mapping[Category, str]:
        """Label ids of all categories; `needed` ones are created, others may be `new:` and their name."""
        if not self._ids:
            for category in Category:
                name = self._policy.label(category).name
                self._ids[category] = self._existing().get(normalise(name), NEW + name)
        missing = [category for category in sorted(set(needed)) if self._ids[category].startswith(NEW)]
        if missing:
            made = self._mailbox.labels([self._policy.label(category) for category in missing])
            self._remember(list(made.values()))
            self._ids |= {category: made[self._policy.label(category).name].id for category in missing}
        return self._ids

    def own(self, names: Iterable[str], *, make: bool) -> Mapping[str, str]:
        """Label ids of labels of the person's own, by name; those there are not yet are made, or `new-own:` and name.

        A label that exists keeps its looks.
        """
        wanted = sorted(set(names))
        known = self._existing() if wanted else {}
        missing = [name for name in wanted if normalise(name) not in known]
        if missing and make:
            made = self._mailbox.labels([LabelWish(name, *GREY) for name in missing])
            self._remember(list(made.values()))
            known |= {normalise(name): made[name].id for name in missing}
        return {name: known.get(normalise(name), NEW_OWN + name) for name in wanted}

    def _existing(self) -> dict[str, str]:
        """Ids of the mailbox's labels by their names in the form in which Gmail compares them; asked for once."""
        if self._by_name is None:
            existing = self._mailbox.labels([])
            self._remember(list(existing.values()))
            self._by_name = {normalise(name): label.id for name, label in existing.items()}
        return self._by_name
