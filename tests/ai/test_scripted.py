"""The scripted model says what it is told to."""

import pytest

from auramail.ai.scripted import ScriptedModel
from auramail.core.errors import TryAgainError
from auramail.core.questions import Answer, Finish, Tokens
from auramail.core.wording import Wording
from tests.contracts.model_cases import a_question


def test_text_becomes_an_answer() -> None:
    model = ScriptedModel(lambda question: question.content.upper(), name="oracle")

    assert model.ask(a_question("hello")) == Answer("HELLO", "oracle")


def test_answer_is_given_as_it_is() -> None:
    given = Answer("x", "other", Finish.CUT, Tokens(1, 2))

    assert ScriptedModel(lambda _: given).ask(a_question()) is given


def test_error_is_raised() -> None:
    model = ScriptedModel(lambda _: TryAgainError(Wording("The sea is rough."), after=3))

    with pytest.raises(TryAgainError, match="rough"):
        model.ask(a_question())


def test_no_text_is_an_empty_answer_and_nothing_leaves_this_computer() -> None:
    model = ScriptedModel(lambda _: "")

    assert model.ask(a_question()).finish is Finish.EMPTY
    assert not model.is_cloud
