"""The sets are not what the classifier was trained on."""

from pathlib import Path

from auramail.core.decisions import Kind
from auramail.mail.files import source_of
from auramail.ops.quality.truths import Labelled, Truth
from evals.originality import TRAINING, shared, shingles
from evals.sets import read_sets
from tests.mail.letters import letter


def test_no_message_of_the_sets_shares_eight_words_with_the_training_texts() -> None:
    assert shared(read_sets()) == []


def test_the_training_texts_are_where_they_are_looked_for() -> None:
    assert len(list(TRAINING.glob("*.txt"))) > 20


def test_eight_words_in_a_row_are_found_whatever_numbers_stand_between(tmp_path: Path) -> None:
    (tmp_path / "bill.en.txt").write_text(
        "## bill\nA {company} || Please transfer {money} for the repaired roof until {date} to us.\n", "utf-8"
    )
    body = "Dear all, please transfer 120.00 for the repaired roof until 12.03. to us."

    found = shared([Labelled("en-one:1", source_of(letter(body=body)), Truth(kind=Kind.BILL))], tmp_path)

    assert len(found) == 2  # nine words are the same: two runs of eight
    assert found[0].startswith("en-one:1 and bill.en.txt:2: please transfer for the repaired roof until to")


def test_seven_words_are_met_by_chance() -> None:
    assert list(shingles("one two three four five six seven")) == []
    assert len(list(shingles("one two three four five six seven eight"))) == 1
