"""Names of labels, and what a policy says about categories."""

import re

import pytest

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.labels import normalise
from auramail.core.policy import DEFAULT_ACTIONS, LABELS, Policy

PALETTE = set(
    re.findall(
        r"\w{6}",
        """000000 434343 666666 999999 cccccc efefef f3f3f3 ffffff fb4c2f ffad47 fad165 16a766 43d692
        4a86e8 a479e2 f691b3 f6c5be ffe6c7 fef1d1 b9e4d0 c6f3de c9daf8 e4d7f5 fcdee8 efa093 ffd6a2
        fce8b3 89d3b2 a0eac9 a4c2f4 d0bcf1 fbc8d9 e66550 ffbc6b fcda83 44b984 68dfa9 6d9eeb b694e8
        f7a7c0 cc3a21 eaa041 f2c960 149e60 3dc789 3c78d8 8e63ce e07798 ac2b16 cf8933 d5ae49 0b804b
        2a9c68 285bac 653e9b b65775 822111 a46a21 aa8831 076239 1a764d 1c4587 41236d 83334c""",
    )
)
"""The only colours Gmail takes for labels (https://developers.google.com/gmail/api/reference/rest/v1/users.labels)."""


@pytest.mark.parametrize(
    "other", ["AI/Newsletters", "ai-newsletters", "AI newsletters", " ai_NEWSLETTERS ", "AI..newsletters"]
)
def test_names_that_gmail_holds_equal_are_equal(other: str) -> None:
    assert normalise(other) == normalise("AI_Newsletters")


@pytest.mark.parametrize("other", ["AINewsletters", "AI_Newsletter", "AI_Новини"])
def test_names_that_differ_stay_different(other: str) -> None:
    assert normalise(other) != normalise("AI_Newsletters")


def test_every_category_has_a_label_in_gmails_own_colours() -> None:
    wishes = [Policy().label(category) for category in Category]

    assert len({wish.name for wish in wishes}) == len(Category)
    assert {colour.lstrip("#") for wish in wishes for colour in (wish.background, wish.text)} <= PALETTE
    assert set(LABELS) == set(Category)


def test_prefix_stands_before_the_name() -> None:
    assert Policy(label_prefix="AuraMail/").label(Category.SOCIAL).name == "AuraMail/Social"


def test_trash_needs_the_persons_permission() -> None:
    wish = {Category.NEWSLETTER: Action.DELETE}

    assert Policy(actions=wish).action(Category.NEWSLETTER) is Action.ARCHIVE
    assert Policy(actions=wish, may_trash=True).action(Category.NEWSLETTER) is Action.DELETE


def test_nothing_goes_to_the_trash_by_default() -> None:
    assert Action.DELETE not in DEFAULT_ACTIONS.values()
    assert all(Policy(may_trash=True).action(category) is not Action.DELETE for category in Category)
