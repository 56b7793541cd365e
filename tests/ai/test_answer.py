"""What a model says is told in a sentence of the house's own."""

import pytest

from auramail.ai.answer import LONGEST_ANSWER, READS_IT_AS, read_answer
from auramail.core.decisions import Kind


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_sentence_that_names_the_model(kind: Kind) -> None:
    opinion = read_answer(f'{{"category": "REVIEW", "kind": "{kind}", "confidence": 5}}', "m-1")

    assert opinion is not None
    assert opinion.kind is kind
    assert "m-1" in opinion.reason.say()


def test_sentences_tell_the_kinds_apart() -> None:
    assert len({wording.text for wording in READS_IT_AS.values()}) == len(Kind)


def test_answer_of_any_reasonable_length_is_read_and_no_longer_one() -> None:
    answer = '{"category": "REVIEW", "kind": "other", "confidence": 5}'

    assert read_answer(answer.ljust(LONGEST_ANSWER), "m") is not None
    assert read_answer(answer.ljust(LONGEST_ANSWER + 1), "m") is None
