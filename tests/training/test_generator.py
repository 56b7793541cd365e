"""The generator of training mail: its texts are in form, its mail can be read, the same dice give the same bytes."""

from pathlib import Path
from random import Random

import pytest

from auramail.core.decisions import Kind
from auramail.core.messages import Source
from auramail.reading.message import read_message
from training.compose import compose
from training.drafts import Shared
from training.pools import Family, expand, read_families

FAMILIES = read_families()
SHARED = Shared.of(FAMILIES)
WRITTEN = [family for family in FAMILIES if family.kind != "shared"]


def dice(seed: str) -> Random:
    return Random(seed)  # noqa: S311  # draws of texts, not of secrets


def test_every_kind_is_written_in_both_languages_of_the_product() -> None:
    written = {(family.kind, family.language) for family in WRITTEN}

    assert written >= {(kind.value, language) for kind in Kind for language in ("uk", "en")}


@pytest.mark.parametrize("family", WRITTEN, ids=lambda family: family.name)
def test_a_family_gives_mail_that_reads_as_it_was_written(family: Family) -> None:
    message = read_message(Source("1", "1", compose(family, SHARED, dice(family.name))))

    assert message.sender.address
    assert message.text or message.signature
    assert "{" not in message.subject + message.text
    assert "||" not in message.subject + message.text


def test_equal_dice_give_equal_bytes() -> None:
    family = next(family for family in WRITTEN if family.name == "bill.utilities.uk")

    first, second = (compose(family, SHARED, dice("7")) for _ in range(2))

    assert first == second


def test_choices_are_settled_innermost_first_and_slots_filled() -> None:
    text = expand("[a [b|b]|a b] {name}", {"name": "Ann"}, dice("1"))

    assert text == "a b Ann"


def test_a_line_out_of_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "bill.en.txt").write_text("## bill one en\nno section\n", "utf-8")

    with pytest.raises(ValueError, match=r"bill\.en\.txt:2"):
        read_families(tmp_path)


def test_a_family_named_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bill.en.txt").write_text("## bill one en\nA x\n## bill one en\nA y\n", "utf-8")

    with pytest.raises(ValueError, match=r"bill\.one\.en"):
        read_families(tmp_path)
