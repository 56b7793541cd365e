"""Labels that the person's own rules name: made when first needed, put on besides, taken back exactly."""

import pytest

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.history import State
from auramail.core.rules import Condition
from tests.house import GmailHome, newsletter, note

GARDEN = Condition(domain="garden.example")


def rule(ana: GmailHome, condition: Condition = GARDEN, action: Action | None = None, label: str = "Garden") -> None:
    ana.house.rules.add(ana.account.id, condition, None, action, label=label)


def test_mail_of_a_rule_gets_its_label_besides_that_of_its_category(ana: GmailHome) -> None:
    rule(ana)
    message, other = ana.deliver(newsletter(1)), ana.deliver(note(1))

    ana.sort()

    assert ana.names(message) == {"UNREAD", "AI_Newsletters", "Garden"}
    assert "Garden" not in ana.names(other)


def test_a_label_that_no_mail_needs_is_not_made(ana: GmailHome) -> None:
    rule(ana)
    ana.deliver(note(1))

    ana.sort()

    assert "Garden" not in ana.google.label_names().values()


@pytest.mark.parametrize("action", [None, *Action])
def test_undo_gives_back_exactly_what_was_there(ana: GmailHome, action: Action | None) -> None:
    rule(ana, action=action)
    ana.google.relabel(ana.deliver(newsletter(1)), add=("Garden",))
    ana.deliver(newsletter(2))
    before = ana.labels()
    run = ana.sort().receipt.run
    assert ana.labels() != before

    ana.undo(run_id=run)

    assert ana.labels() == before


def test_a_dry_run_makes_no_label_and_approving_it_does(ana: GmailHome) -> None:
    rule(ana, action=Action.NO_ACTION)
    message = ana.deliver(newsletter(1))
    plan = ana.sort(dry_run=True).receipt.run
    assert ana.google.label_names() == {}
    (held,) = ana.entries(State.HELD)
    assert held.change.add == {"new:AI_Newsletters", "new-own:Garden"}

    ana.approve(run_id=plan)

    assert ana.names(message) == {"INBOX", "UNREAD", "AI_Newsletters", "Garden"}


def test_a_rule_by_kind_waits_for_what_the_judges_say(ana: GmailHome) -> None:
    kinds = Condition(categories=(Category.NEWSLETTER,))
    rule(ana, kinds, Action.NO_ACTION, "Reading")
    bulk, letter = ana.deliver(newsletter(1)), ana.deliver(note(1))

    ana.sort()

    assert ana.names(bulk) == {"INBOX", "UNREAD", "AI_Newsletters", "Reading"}
    assert "Reading" not in ana.names(letter)


def test_age_counts_from_the_moment_of_sorting(ana: GmailHome) -> None:
    old = Condition(domain="garden.example", older_days=30)
    rule(ana, old, label="Old")
    message = ana.deliver(newsletter(1, ana.clock.now()))
    ana.sort()
    assert "Old" not in ana.names(message)

    run = ana.entries()[0].run_id
    ana.undo(run_id=run)
    ana.clock.advance(days=31)
    ana.sort(again=True)

    assert "Old" in ana.names(message)
