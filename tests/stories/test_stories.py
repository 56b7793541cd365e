"""Hand-written messages and what becomes of each, reviewed by a person; `--rewrite-stories` tells them anew."""

import pytest

from auramail.core.decisions import Category
from auramail.core.labels import INBOX
from tests.stories.story import ROOT, names, read, tell, write


@pytest.mark.parametrize("name", names())
def test_story_goes_as_it_is_told(name: str, request: pytest.FixtureRequest) -> None:
    told = tell(name)
    answer, plan = ROOT / name / "answer.json", ROOT / name / "plan.json"
    if request.config.getoption("--rewrite-stories"):
        write(answer, told.answer)
        write(plan, told.plan)

    assert read(answer) == told.answer
    assert read(plan) == told.plan


def test_stories_cover_every_category_and_both_languages() -> None:
    categories = {read(ROOT / name / "answer.json")["category"] for name in names()}

    assert categories == set(Category)
    assert sum(name.endswith("-uk") for name in names()) >= 10
    assert sum(name.endswith("-en") for name in names()) >= 10


def test_only_danger_leaves_the_inbox_among_what_asks_for_something() -> None:
    for name in names():
        answer, plan = read(ROOT / name / "answer.json"), read(ROOT / name / "plan.json")
        if answer["category"] in {Category.IMPORTANT, Category.ACTION_REQUIRED, Category.REVIEW}:
            assert INBOX not in plan["remove"], name


def test_telling_a_story_twice_tells_the_same() -> None:
    assert tell("bill-heating-uk") == tell("bill-heating-uk")
