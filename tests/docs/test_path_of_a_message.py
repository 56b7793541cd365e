"""The page that follows one message shows what the program really does."""

import pytest

from tools.walk import walk
from tools.write_docs import OUTPUT, PATH, with_output


@pytest.fixture(scope="module")
def steps() -> dict[str, str]:
    return walk()


def test_page_shows_real_output(steps: dict[str, str]) -> None:
    page = PATH.read_text(encoding="utf-8")

    assert page == with_output(page, steps), "run: make docs"


def test_every_step_is_shown_in_the_order_of_the_path(steps: dict[str, str]) -> None:
    shown = [found[2] for found in OUTPUT.finditer(PATH.read_text(encoding="utf-8"))]

    assert shown == list(steps)


def test_the_way_back_ends_where_the_way_began(steps: dict[str, str]) -> None:
    assert steps["apply"] == "labels now: AI_Social, CATEGORY_SOCIAL"
    assert steps["after"] == "labels now: CATEGORY_SOCIAL, INBOX"
