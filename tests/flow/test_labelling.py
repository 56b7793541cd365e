"""Labels are found, or created when first needed, and never by a dry run."""

from collections.abc import Sequence

from auramail.core.decisions import Category
from auramail.core.labels import Label
from auramail.core.policy import LABELS, Policy
from auramail.flow.labelling import NEW, NEW_OWN, Labelling, name_of_new
from tests.house import GmailHome, note


class Memory:
    """Keeps what it is asked to remember."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def remember(self, labels: Sequence[Label]) -> None:
        self.names |= {label.id: label.name for label in labels}


def test_label_that_is_not_needed_is_named_but_not_made(ana: GmailHome) -> None:
    with ana.house.mailbox(ana.account) as mailbox:
        ids = Labelling(mailbox, Policy(), Memory().remember).ids([])

    assert ids == {category: f"{NEW}AI_{LABELS[category][0]}" for category in Category}
    assert ana.google.label_names() == {}


def test_only_needed_labels_are_made(ana: GmailHome) -> None:
    memory = Memory()
    with ana.house.mailbox(ana.account) as mailbox:
        ids = Labelling(mailbox, Policy(), memory.remember).ids([Category.SOCIAL])

    assert ana.google.label_names() == {ids[Category.SOCIAL]: "AI_Social"}
    assert memory.names[ids[Category.SOCIAL]] == "AI_Social"
    assert ids[Category.REVIEW] == f"{NEW}AI_Review"


def test_what_was_made_is_not_asked_for_again(ana: GmailHome) -> None:
    with ana.house.mailbox(ana.account) as mailbox:
        labelling = Labelling(mailbox, Policy(), Memory().remember)
        first = dict(labelling.ids([Category.SOCIAL]))
        ana.google.reset_usage()

        again = labelling.ids([Category.SOCIAL])

    assert again == first
    assert ana.google.usage.calls.get("labels.create", 0) == 0
    assert ana.google.usage.calls.get("labels.list", 0) == 0


def test_prefix_may_nest_labels(ana: GmailHome) -> None:
    memory = Memory()
    with ana.house.mailbox(ana.account) as mailbox:
        ids = Labelling(mailbox, Policy(label_prefix="AuraMail/"), memory.remember).ids([Category.NEWSLETTER])

    assert memory.names[ids[Category.NEWSLETTER]] == "AuraMail/Newsletters"


def test_a_label_of_a_rule_is_made_once_and_keeps_its_looks_where_there_is_one(ana: GmailHome) -> None:
    memory = Memory()
    ana.google.relabel(ana.deliver(note(1)), add=("Taxes",))
    with ana.house.mailbox(ana.account) as mailbox:
        labelling = Labelling(mailbox, Policy(), memory.remember)
        planned = labelling.own(["taxes", "School"], make=False)
        made = labelling.own(["taxes", "School"], make=True)
        ana.google.reset_usage()
        again = labelling.own(["taxes", "School"], make=True)

    assert planned == {"taxes": made["taxes"], "School": f"{NEW_OWN}School"}
    assert memory.names[made["taxes"]] == "Taxes"
    assert sorted(ana.google.label_names().values()) == ["School", "Taxes"]
    assert again == made
    assert not ana.google.usage.calls.get("labels.create", 0) + ana.google.usage.calls.get("labels.list", 0)


def test_a_new_label_is_told_by_its_name() -> None:
    assert [name_of_new(one) for one in (f"{NEW}AI_Review", f"{NEW_OWN}Taxes", "Label_1")] == [
        "AI_Review",
        "Taxes",
        "Label_1",
    ]
