"""What a model costs is counted to the last token, and nobody is asked on terms that hold no longer."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Lock
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auramail.core.costs import Cap
from auramail.core.decisions import Asked, Decision
from auramail.core.errors import GiveUpError, NotYetError, QuotaSpentError, SpentError, TryAgainError
from auramail.core.privacy import CloudTerms
from auramail.core.questions import Answer, Finish, Question, Tokens
from auramail.core.wording import Wording
from auramail.flow.advice import Adviser, settle_now
from auramail.flow.classify import Case
from auramail.flow.consult import Consultation
from tests.fakes.clock import FakeClock
from tests.fakes.judging_model import GOOD, JudgingModel
from tests.flow.test_consult import CONSENT, by_id, some, states, unsure


class FickleModel(JudgingModel):
    """Does one deed after the other, then answers well; counts what it was paid for."""

    def __init__(self, deeds: list[str], **options: Any) -> None:
        super().__init__(**options)
        self._deeds: Iterator[str] = iter(deeds)
        self._turn = Lock()
        self.calls = 0
        self.tokens, self.micros = Tokens(), 0

    def ask(self, question: Question) -> Answer:
        with self._turn:
            deed = next(self._deeds, "good")
            unasked = {
                "not yet": NotYetError(Wording("full"), after=1),
                "spent": SpentError(Wording("spent")),
                "quota": QuotaSpentError(Wording("quota"), after=3600),
            }
            if deed in unasked:
                raise unasked[deed]
            self.calls += 1
            if deed == "busy":
                raise TryAgainError(Wording("busy"), after=1)
            if deed == "refused":
                raise GiveUpError(Wording("refused"))
            if deed == "odd":
                raise OverflowError("int too large")
            answer = super().ask(question)
            if deed == "bad":
                answer = replace(answer, text="{}")
            if deed == "blocked":
                answer = replace(answer, text="", finish=Finish.BLOCKED)
            if deed == "one is missing":
                answer = replace(answer, text=answer.text.replace('"kind"', '"sort"', 1))
            self.tokens += answer.tokens
            self.micros += answer.micros
            return answer


DEEDS = ["good", "bad", "blocked", "one is missing", "not yet", "spent", "quota", "busy", "refused", "odd"]


def ask(model: JudgingModel, cases: list[Case], **terms: Any) -> tuple[Adviser, dict[str, Decision]]:
    clock = FakeClock()
    adviser = Adviser(model, sleep=lambda seconds: clock.advance(seconds=seconds), **terms)
    consultation = Consultation(adviser, clock, is_backlog=lambda: True)
    return adviser, by_id(consultation.put(cases) + consultation.close())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(DEEDS), max_size=12), st.integers(1, 45))
def test_notes_of_messages_add_up_to_what_the_run_and_the_server_count(deeds: list[str], count: int) -> None:
    model = FickleModel(deeds)

    adviser, decided = ask(model, some(count))

    notes = [decision.model for decision in decided.values() if decision.model is not None]
    assert len(decided) == len(notes) == count
    assert adviser.spent.calls == model.calls
    assert adviser.spent.tokens == model.tokens == sum((note.tokens for note in notes), Tokens())
    assert adviser.spent.micros == model.micros == sum(note.micros for note in notes)
    assert adviser.spent.answers == sum(note.asked is Asked.ANSWERED for note in notes)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(DEEDS), max_size=20), st.integers(0, 5))
def test_no_run_makes_more_calls_than_it_may(deeds: list[str], most: int) -> None:
    model = FickleModel(deeds)

    _, decided = ask(model, some(30), cap=Cap(calls=most))

    assert model.calls <= most
    assert len(decided) == 30


def test_mistake_of_ours_ends_the_asking_and_not_the_run() -> None:
    adviser, decided = ask(FickleModel(["odd"]), some(30))

    assert {decision.model.asked for decision in decided.values() if decision.model} <= {
        Asked.PROBLEM,
        Asked.ANSWERED,
    }
    assert adviser.problem is not None
    assert "OverflowError" in adviser.problem.problem.say()
    assert "too large" not in adviser.problem.problem.say()


def test_who_takes_their_word_back_is_heard_at_once(clock: FakeClock) -> None:
    said = [CloudTerms(consent=CONSENT)]
    model = JudgingModel(is_cloud=True)
    consultation = Consultation(Adviser(model, terms=lambda: said[-1]), clock, is_backlog=lambda: True)

    waiting = consultation.put(some(19))
    said.append(CloudTerms())
    decided = waiting + consultation.close()

    assert model.questions == []
    assert states(decided) == {Asked.WITHHELD}
    assert len(decided) == 19


@pytest.mark.parametrize("wait", [0.0, 0.01])
def test_run_that_waits_for_nothing_at_its_end_gives_the_model_time_all_the_same(wait: float) -> None:
    model = JudgingModel()

    settle_now(unsure(), Adviser(model, wait=wait))

    (question,) = model.questions
    assert question.seconds >= 10


def test_end_of_the_wait_is_the_end_however_quickly_answers_come(clock: FakeClock) -> None:
    model = JudgingModel()

    def tell(_: Any) -> dict[str, Any]:
        clock.advance(seconds=6)
        return GOOD

    model.tells = tell
    consultation = Consultation(Adviser(model, wait=20, side_by_side=1), clock)

    decided = consultation.put(some(30)) + consultation.close()

    assert len(decided) == 30
    assert len(model.questions) <= 5
    assert Asked.LATER in states(decided)
