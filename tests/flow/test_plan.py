"""What should change for a message, and what keeps it where it is (spec 4.1)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from auramail.core.accounts import Person
from auramail.core.actions import Action, Change
from auramail.core.decisions import Category, Decision, Entities, Judge, Kind, Urgency
from auramail.core.findings import Danger
from auramail.core.labels import INBOX, SPAM, STARRED, TRASH, UNREAD
from auramail.core.plans import Step
from auramail.core.policy import DEFAULT_ACTIONS, Autonomy, Policy
from auramail.core.wording import Wording
from auramail.flow.plan import Wishes, plan
from tests.builders import a_message

TODAY = date(2026, 3, 10)
LABELS: Mapping[Category, str] = {category: f"Label_{category}" for category in Category}
IN_THE_INBOX = frozenset({INBOX, UNREAD})
MOVED = [Category.NEWSLETTER, Category.SOCIAL, Category.DELETE, Category.DANGER]
STAYING = [Category.IMPORTANT, Category.ACTION_REQUIRED, Category.REVIEW]


def decision(category: Category, **changes: Any) -> Decision:
    known: dict[str, Any] = {
        "category": category,
        "kind": Kind.OTHER,
        "urgency": Urgency.LOW,
        "confidence": 0.9,
        "danger": Danger.NONE,
        "source": Judge.LOCAL,
        "reason": Wording("Because"),
    }
    return Decision(**(known | changes))


def wishes(policy: Policy | None = None, **changes: Any) -> Wishes:
    wished = Wishes(policy or Policy(), Person(), TODAY, LABELS, Autonomy.FULL, {})
    return replace(wished, **changes)


def planned(
    category: Category, labels: frozenset[str] = IN_THE_INBOX, wished: Wishes | None = None, **changes: Any
) -> Step:
    return plan(a_message(labels=labels), decision(category, **changes), wished or wishes())


def due(days: int) -> Entities:
    return Entities(due_date=TODAY + timedelta(days=days))


@pytest.mark.parametrize("category", MOVED)
def test_what_leaves_the_inbox_gets_its_label_in_the_same_change(category: Category) -> None:
    step = planned(category)

    assert step.change == Change(add=frozenset({LABELS[category]}), remove=frozenset({INBOX}))
    assert (step.held, step.kept) == (None, None)


@pytest.mark.parametrize("category", STAYING)
def test_what_stays_gets_its_label_only(category: Category) -> None:
    step = planned(category)

    assert step.action is Action.NO_ACTION
    assert step.change == Change(add=frozenset({LABELS[category]}))


def test_every_category_has_a_default_action_that_deletes_nothing() -> None:
    assert set(DEFAULT_ACTIONS) == set(Category)
    assert all(TRASH not in planned(category).change.add for category in Category)


def test_unwanted_mail_is_archived_until_the_person_allows_the_trash() -> None:
    policy = Policy(actions={Category.DELETE: Action.DELETE})

    kept_away = planned(Category.DELETE, wished=wishes(policy))
    thrown_away = planned(Category.DELETE, wished=wishes(replace(policy, may_trash=True)))

    assert kept_away.action is Action.ARCHIVE
    assert kept_away.change.add == {LABELS[Category.DELETE]}
    assert thrown_away.action is Action.DELETE
    assert thrown_away.change == Change(frozenset({LABELS[Category.DELETE], TRASH}), frozenset({INBOX}))


def test_trash_of_a_rule_the_person_wrote_is_their_permission() -> None:
    wished = wishes(actions={7: Action.DELETE})

    step = planned(Category.NEWSLETTER, wished=wished, rule_id=7, source=Judge.RULE)

    assert TRASH in step.change.add


def test_what_looks_dangerous_is_never_put_in_the_trash_not_even_by_a_rule() -> None:
    wished = wishes(actions={7: Action.DELETE})

    step = planned(Category.NEWSLETTER, wished=wished, rule_id=7, source=Judge.RULE, danger=Danger.MEDIUM)

    assert step.action is Action.ARCHIVE
    assert TRASH not in step.change.add


def test_rule_without_an_action_does_what_its_category_does() -> None:
    wished = wishes(actions={7: Action.DELETE})

    step = planned(Category.NEWSLETTER, wished=wished, rule_id=8, source=Judge.RULE)

    assert step.action is Action.MOVE


def test_category_follows_the_persons_own_policy() -> None:
    policy = Policy(actions={Category.REVIEW: Action.ARCHIVE})

    assert planned(Category.REVIEW, wished=wishes(policy)).action is Action.ARCHIVE
    assert planned(Category.NEWSLETTER, wished=wishes(policy)).action is Action.MOVE  # unnamed: the default


@pytest.mark.parametrize("category", MOVED)
def test_starred_mail_never_leaves_the_inbox(category: Category) -> None:
    step = planned(category, IN_THE_INBOX | {STARRED})

    assert step.action is Action.NO_ACTION
    assert step.change == Change(add=frozenset({LABELS[category]}))
    assert step.kept is not None
    assert "starred" in step.kept.say()


def test_star_outranks_even_the_persons_own_rule() -> None:
    step = planned(Category.NEWSLETTER, IN_THE_INBOX | {STARRED}, wishes(actions={7: Action.DELETE}), rule_id=7)

    assert step.change.remove == frozenset()
    assert TRASH not in step.change.add


@pytest.mark.parametrize("days", [0, 1, 300])
def test_mail_with_a_date_still_to_come_stays(days: int) -> None:
    step = planned(Category.NEWSLETTER, entities=due(days))

    assert INBOX not in step.change.remove
    assert step.kept is not None
    assert (TODAY + timedelta(days=days)).isoformat() in step.kept.say()


def test_mail_whose_date_has_passed_may_leave() -> None:
    assert INBOX in planned(Category.NEWSLETTER, entities=due(-1)).change.remove


def test_mail_of_somebody_the_person_writes_to_stays() -> None:
    knowing = wishes(person=Person(correspondents={"ivan@example.org": 1}))

    step = planned(Category.SOCIAL, wished=knowing)

    assert INBOX not in step.change.remove
    assert step.kept is not None
    assert "ivan@example.org" in step.kept.say()


def test_danger_leaves_the_inbox_whatever_it_promises_and_whoever_it_claims_to_be() -> None:
    knowing = wishes(person=Person(correspondents={"ivan@example.org": 9}))

    step = planned(Category.DANGER, wished=knowing, entities=due(2), danger=Danger.HIGH)

    assert step.change == Change(frozenset({LABELS[Category.DANGER]}), frozenset({INBOX}))


def test_rule_of_the_person_outranks_dates_acquaintance_and_doubt() -> None:
    knowing = wishes(person=Person(correspondents={"ivan@example.org": 9}))

    step = planned(Category.NEWSLETTER, wished=knowing, entities=due(2), rule_id=7, confidence=0.1)

    assert INBOX in step.change.remove


def test_unsure_decision_labels_and_moves_nothing() -> None:
    unsure, sure = planned(Category.NEWSLETTER, confidence=0.59), planned(Category.NEWSLETTER, confidence=0.6)

    assert unsure.change == Change(add=frozenset({LABELS[Category.NEWSLETTER]}))
    assert unsure.kept is not None
    assert INBOX in sure.change.remove


def test_person_sets_how_sure_is_sure_enough() -> None:
    assert INBOX in planned(Category.SOCIAL, wished=wishes(Policy(act_above=0.2)), confidence=0.3).change.remove
    assert planned(Category.SOCIAL, wished=wishes(Policy(act_above=0.95))).kept is not None


def test_labels_only_means_labels_only() -> None:
    step = planned(Category.NEWSLETTER, wished=wishes(autonomy=Autonomy.LABEL_ONLY))

    assert step.change == Change(add=frozenset({LABELS[Category.NEWSLETTER]}))
    assert step.held is None


def test_labels_only_holds_for_the_persons_rules_too() -> None:
    wished = wishes(autonomy=Autonomy.LABEL_ONLY, actions={7: Action.DELETE})

    assert planned(Category.NEWSLETTER, wished=wished, rule_id=7).change.remove == frozenset()


def test_suggestions_are_held_with_their_whole_change() -> None:
    step = planned(Category.NEWSLETTER, wished=wishes(autonomy=Autonomy.SUGGEST))

    assert step.held is not None
    assert step.change == Change(frozenset({LABELS[Category.NEWSLETTER]}), frozenset({INBOX}))


def test_nothing_is_asked_where_nothing_would_change() -> None:
    labelled = IN_THE_INBOX | {LABELS[Category.IMPORTANT]}

    step = planned(Category.IMPORTANT, labelled, wishes(autonomy=Autonomy.SUGGEST))

    assert not step.change
    assert step.held is None


def test_change_names_only_what_is_not_so_already() -> None:
    archived = planned(Category.NEWSLETTER, frozenset({LABELS[Category.NEWSLETTER]}))
    unlabelled = planned(Category.NEWSLETTER, frozenset({UNREAD}))

    assert archived.change == Change()
    assert unlabelled.change == Change(add=frozenset({LABELS[Category.NEWSLETTER]}))


WANTED = [Category.IMPORTANT, Category.ACTION_REQUIRED]


@pytest.mark.parametrize("category", WANTED)
def test_wanted_mail_in_spam_is_proposed_to_come_back(category: Category) -> None:
    step = planned(category, frozenset({SPAM, UNREAD}))

    assert step.change == Change(frozenset({INBOX, LABELS[category]}), frozenset({SPAM}))
    assert step.held is not None
    assert "spam" in step.held.say()


def test_unread_wanted_mail_in_the_trash_is_proposed_to_come_back() -> None:
    step = planned(Category.IMPORTANT, frozenset({TRASH, UNREAD}))

    assert step.change == Change(frozenset({INBOX, LABELS[Category.IMPORTANT]}), frozenset({TRASH}))
    assert step.held is not None
    assert "trash" in step.held.say()


def test_mail_the_person_read_and_threw_away_stays_thrown_away() -> None:
    step = planned(Category.IMPORTANT, frozenset({TRASH}))

    assert (step.change, step.held) == (Change(), None)


@pytest.mark.parametrize("folder", [SPAM, TRASH])
@pytest.mark.parametrize(
    ("category", "changes"),
    [
        *((category, {}) for category in Category if category not in WANTED),
        (Category.IMPORTANT, {"danger": Danger.LOW}),
        (Category.IMPORTANT, {"confidence": 0.59}),
    ],
)
def test_everything_else_in_spam_and_trash_is_left_alone(
    folder: str, category: Category, changes: dict[str, Any]
) -> None:
    step = planned(category, frozenset({folder, UNREAD}), **changes)

    assert (step.action, step.change, step.held) == (Action.NO_ACTION, Change(), None)


def test_rescue_is_asked_about_even_with_full_autonomy_and_a_rule() -> None:
    wished = wishes(actions={7: Action.MOVE})

    step = planned(Category.IMPORTANT, frozenset({SPAM, UNREAD}), wished, rule_id=7, confidence=1.0)

    assert step.held is not None


def test_the_label_of_a_rule_is_put_on_besides_that_of_the_category() -> None:
    wished = wishes(own_labels={7: "Label_taxes"}, actions={7: Action.MOVE})

    step = planned(Category.REVIEW, wished=wished, rule_id=7, source=Judge.RULE)

    assert step.change == Change(frozenset({LABELS[Category.REVIEW], "Label_taxes"}), frozenset({INBOX}))


def test_a_label_that_is_on_already_is_not_put_on_again() -> None:
    wished = wishes(own_labels={7: "Label_taxes"})

    step = planned(Category.REVIEW, IN_THE_INBOX | {"Label_taxes"}, wished, rule_id=7, source=Judge.RULE)

    assert step.change.add == {LABELS[Category.REVIEW]}


def test_a_rule_that_goes_by_what_mail_is_taken_for_overrides_no_doubt_and_no_protection() -> None:
    wished = wishes(actions={7: Action.ARCHIVE}, doubtable=frozenset({7}))
    knowing = replace(wished, person=Person(correspondents={"ivan@example.org": 1}))

    sure = planned(Category.NEWSLETTER, wished=wished, rule_id=7, source=Judge.RULE)
    doubtful = planned(Category.NEWSLETTER, wished=wished, rule_id=7, source=Judge.RULE, confidence=0.5)
    of_a_friend = planned(Category.NEWSLETTER, wished=knowing, rule_id=7, source=Judge.RULE)

    assert INBOX in sure.change.remove
    assert INBOX not in doubtful.change.remove
    assert INBOX not in of_a_friend.change.remove


def test_nothing_in_spam_gets_the_label_of_a_rule() -> None:
    wished = wishes(own_labels={7: "Label_taxes"})

    step = planned(Category.NEWSLETTER, frozenset({SPAM}), wished, rule_id=7, source=Judge.RULE)

    assert not step.change
