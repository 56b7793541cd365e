"""What a model says is told in a sentence of the house's own."""

from auramail.core.decisions import Kind
from auramail.flow.prompts.readings import READS_IT_AS


def test_every_kind_has_a_sentence_that_names_the_model() -> None:
    assert set(READS_IT_AS) == set(Kind)
    assert all("{model}" in wording.text for wording in READS_IT_AS.values())


def test_sentences_tell_the_kinds_apart() -> None:
    assert len({wording.text for wording in READS_IT_AS.values()}) == len(Kind)
