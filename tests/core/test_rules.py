"""Rules: which there can be, and how they are told."""

from typing import Any

import pytest

from auramail.core.actions import Action
from auramail.core.decisions import Category, Kind
from auramail.core.rule_words import DONE, KINDS, SEEN, TAKEN_FOR, condition_in_words, wish_in_words
from auramail.core.rules import (
    LONGEST_LABEL,
    LONGEST_TEXT,
    MOST_ALTERNATIVES,
    Condition,
    Wish,
    label_problem,
    rule_problem,
)

ANNA = Condition(senders=("Anna",))
KEEP = Wish(action=Action.NO_ACTION)


@pytest.mark.parametrize(
    ("condition", "wish"),
    [
        (ANNA, KEEP),
        (Condition(has_attachment=False), Wish(label="Papers")),
        (Condition(larger=1), Wish(Category.DELETE, Action.DELETE)),
        (Condition(older_days=30, newer_days=60), Wish(label="Податки/2026")),
    ],
)
def test_a_rule_says_which_mail_is_meant_and_what_is_to_happen(condition: Condition, wish: Wish) -> None:
    assert rule_problem(condition, wish) is None


@pytest.mark.parametrize(
    ("condition", "wish"),
    [
        (Condition(), KEEP),
        (ANNA, Wish()),
        (ANNA, Wish(Category.DANGER)),
        (Condition(categories=(Category.DANGER,)), KEEP),
        (Condition(kinds=(Kind.PHISHING,)), Wish(action=Action.DELETE)),
        (Condition(subject="x" * (LONGEST_TEXT + 1)), KEEP),
        (Condition(senders=("Anna",) * (MOST_ALTERNATIVES + 1)), KEEP),
        (Condition(senders=("*",)), KEEP),
        (Condition(about=(" ",)), KEEP),
        (Condition(words="a\x00b"), KEEP),
        (Condition(older_days=0), KEEP),
        (Condition(older_days=10**6), KEEP),
        (Condition(larger=2, smaller=2), KEEP),
        (Condition(older_days=7, newer_days=7), KEEP),
        (ANNA, Wish(label="Inbox")),
    ],
)
def test_what_can_be_no_rule_is_said(condition: Condition, wish: Wish) -> None:
    problem = rule_problem(condition, wish)

    assert problem is not None
    assert "\n" not in problem.say()


@pytest.mark.parametrize("name", ["Taxes", "Податки", "Finance/Receipts 2026", "a" * LONGEST_LABEL])
def test_gmail_would_make_such_a_label(name: str) -> None:
    assert label_problem(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "inbox",
        "SPAM",
        "Sent",
        "starred",
        "CATEGORY_SOCIAL",
        "Trash/Old",
        "/a",
        "a/",
        "a//b",
        " a",
        "a\n",
        "",
        "a" * 226,
    ],
)
def test_gmail_would_not_make_such_a_label(name: str) -> None:
    assert label_problem(name) is not None


def test_every_kind_category_and_action_has_its_words() -> None:
    assert set(KINDS) == set(Kind)
    assert set(SEEN) == set(TAKEN_FOR) == set(Category)
    assert set(DONE) == set(Action)


def test_every_part_of_a_condition_is_told() -> None:
    given: dict[str, Any] = {
        "sender": "a@x.example",
        "domain": "x.example",
        "list_id": "news.x",
        "subject": "звіт",
        "words": "two words",
        "has_attachment": True,
        "senders": ("Anna", "Bob"),
        "about": ("відпустк*",),
        "kinds": (Kind.BILL, Kind.RECEIPT),
        "categories": (Category.IMPORTANT,),
        "larger": 2048,
        "smaller": 5 * 1024 * 1024,
        "older_days": 7,
        "newer_days": 30,
    }
    assert set(given) == set(Condition.__slots__)

    told = [[one.say() for one in part] for part in condition_in_words(Condition(**given))]

    flat = " ".join(word for part in told for word in part)
    wanted = "a@x.example|x.example|news.x|звіт|two words|an attachment|Anna|Bob|відпустк…|a bill|a receipt|important"
    assert [words for words in [*wanted.split("|"), "2 KB", "5 MB", "7 d", "30 d"] if words not in flat] == []
    assert ["it is a bill", "it is a receipt"] in told


def test_every_part_of_a_wish_is_told() -> None:
    told = [one.say() for one in wish_in_words(Wish(Category.IMPORTANT, Action.MOVE, "Taxes"))]

    assert told == ["put the label “Taxes” on it", "take it for important", "move it out of the inbox"]
