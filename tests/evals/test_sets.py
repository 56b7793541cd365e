"""The labelled sets: in form, of the promised size, read as their lines say."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from auramail.core.decisions import Category, Kind, Money
from auramail.reading.message import read_message
from evals.run import drops
from evals.sets import read_sets


def test_the_sets_cover_every_kind_in_both_languages() -> None:
    cases = read_sets()

    sizes = Counter(case.language for case in cases)
    assert sizes["uk"] >= 200
    assert sizes["en"] >= 150
    assert {(case.truth.kind, case.language) for case in cases} == {
        (kind, language) for kind in Kind for language in sizes
    }


def test_a_case_says_what_its_lines_say(tmp_path: Path) -> None:
    (tmp_path / "en-one.txt").write_text(
        "=== bill due=2026-03-20 amount=12.50EUR reply\n"
        "City <a@city.example> | Water\n+ List-Id: <x.example>\nPay us.\n",
        "utf-8",
    )

    (case,) = read_sets(tmp_path)

    message = read_message(case.source)
    assert (message.sender.name, message.sender.address) == ("City", "a@city.example")
    assert (message.subject, message.text) == ("Water", "Pay us.")
    assert message.header("list-id") == "<x.example>"
    assert case.truth.category is Category.ACTION_REQUIRED
    assert case.truth.due_date == date(2026, 3, 20)
    assert case.truth.amount == Money(Decimal("12.50"), "EUR")
    assert case.truth.expects_reply


def test_an_unknown_mark_is_refused(tmp_path: Path) -> None:
    (tmp_path / "en-one.txt").write_text("=== bill urgent\nA <a@b.example> | x\ny\n", "utf-8")

    with pytest.raises(ValueError, match="urgent"):
        read_sets(tmp_path)


def test_a_fall_beyond_the_margin_is_a_drop_and_fewer_sure_opinions_are_none() -> None:
    before = {"uk": {"accuracy": 0.80, "sure": 0.6}}

    assert drops({"uk": {"accuracy": 0.78, "sure": 0.1}}, before) == []
    assert drops({"uk": {"accuracy": 0.70, "sure": 0.6}}, before) == ["uk accuracy: 0.800 → 0.700"]
