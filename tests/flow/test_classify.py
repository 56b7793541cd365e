"""The judges are asked in their order, the language model last, seldom, and never about what the guards suspect."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from auramail.core.accounts import Person
from auramail.core.decisions import Category, Decision, Judge, Kind, Opinion
from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError, TryAgainError
from auramail.core.findings import Danger, Finding
from auramail.core.messages import Message
from auramail.core.rules import Condition, Rule
from auramail.core.wording import Wording
from auramail.flow.classify import Judges, classify
from auramail.flow.guard import Guarded
from tests.builders import a_message
from tests.contracts.model_cases import CASES, answer
from tests.fakes.model_server import ModelServer

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
ANA = Person(addresses=frozenset({"ana@example.com"}))
SUSPICION = Finding("links", 3.0, Wording("A link shows one address and leads to another"))


class CountingModel:
    """A language model that gives one answer and counts how often it was asked."""

    name = "counting"

    def __init__(self, says: Opinion | AuraMailError | None) -> None:
        self.says = says
        self.asked = 0

    def judge(self, message: Message, person: Person) -> Opinion | None:
        del message, person
        self.asked += 1
        if isinstance(self.says, AuraMailError):
            raise self.says
        return self.says


def opinion(judge: Judge, kind: Kind, confidence: float) -> Opinion:
    return Opinion(judge, confidence, Wording("Because"), kind=kind)


def local(kind: Kind, confidence: float) -> Judges:
    return Judges(local=lambda _: opinion(Judge.LOCAL, kind, confidence))


def decide(judges: Judges, danger: Danger = Danger.NONE, message: Message | None = None) -> Decision:
    findings = (SUSPICION,) if danger else ()
    message = message or a_message()
    words = judges.local(message) if judges.local is not None else None
    return classify(message, Guarded(findings, danger, words), ANA, judges, NOW)


SURE_MODEL = opinion(Judge.MODEL, Kind.PROMOTION, 0.95)


def test_model_is_asked_when_nobody_knows() -> None:
    model = CountingModel(SURE_MODEL)

    decision = decide(Judges(model=model))

    assert (decision.category, decision.source) == (Category.NEWSLETTER, Judge.MODEL)
    assert (model.asked, decision.model_calls) == (1, 1)


def test_model_is_asked_when_the_local_judge_is_unsure() -> None:
    model = CountingModel(SURE_MODEL)
    judges = local(Kind.PROMOTION, 0.5)
    judges.model = model

    decision = decide(judges)

    assert model.asked == 1
    assert decision.confidence > 0.5


def test_model_is_not_asked_when_the_local_judge_is_sure() -> None:
    model = CountingModel(SURE_MODEL)
    judges = local(Kind.PERSONAL, 0.97)
    judges.model = model

    decision = decide(judges)

    assert (model.asked, decision.model_calls) == (0, 0)
    assert (decision.category, decision.source) == (Category.IMPORTANT, Judge.LOCAL)


def test_model_is_not_asked_about_what_is_surely_a_notice_to_look_at() -> None:
    model = CountingModel(SURE_MODEL)
    judges = local(Kind.NOTIFICATION, 0.97)
    judges.model = model

    decision = decide(judges)

    assert model.asked == 0
    assert (decision.category, decision.source) == (Category.REVIEW, Judge.LOCAL)


def test_model_is_not_asked_when_a_rule_of_the_person_decides() -> None:
    model = CountingModel(SURE_MODEL)
    rule = Rule(7, 1, 1, Condition(sender="ivan@example.org"), Category.SOCIAL)

    decision = decide(Judges(rules=(rule,), model=model))

    assert model.asked == 0
    assert (decision.category, decision.source, decision.rule_id) == (Category.SOCIAL, Judge.RULE, 7)


@pytest.mark.parametrize("danger", [Danger.MEDIUM, Danger.HIGH])
def test_model_never_sees_what_the_guards_call_dangerous(danger: Danger) -> None:
    model = CountingModel(opinion(Judge.MODEL, Kind.PERSONAL, 1.0))

    decision = decide(Judges(model=model), danger)

    assert model.asked == 0
    assert (decision.category, decision.source) == (Category.DANGER, Judge.GUARD)


def test_dangerous_message_that_a_rule_matches_is_not_shown_to_the_model_either() -> None:
    model = CountingModel(SURE_MODEL)
    rule = Rule(7, 1, 1, Condition(sender="ivan@example.org"), Category.IMPORTANT)

    decision = decide(Judges(rules=(rule,), model=model), Danger.HIGH)

    assert (model.asked, decision.category) == (0, Category.DANGER)


def test_slightly_odd_message_may_be_asked_about() -> None:
    model = CountingModel(SURE_MODEL)

    decision = decide(Judges(model=model), Danger.LOW)

    assert model.asked == 1
    assert decision.danger is Danger.LOW
    assert decision.findings == (SUSPICION,)


def test_model_cannot_call_anything_dangerous() -> None:
    decision = decide(Judges(model=CountingModel(opinion(Judge.MODEL, Kind.PHISHING, 1.0))))

    assert decision.category is Category.REVIEW


@pytest.mark.parametrize(
    "says", [None, TryAgainError(Wording("busy"), after=60), GiveUpError(Wording("refused"))], ids=repr
)
def test_silence_of_the_model_costs_nothing_but_quality(says: AuraMailError | None) -> None:
    alone = decide(local(Kind.PROMOTION, 0.5))
    judges = local(Kind.PROMOTION, 0.5)
    judges.model = CountingModel(says)

    decision = decide(judges)

    assert (decision.category, decision.confidence, decision.reason) == (
        alone.category,
        alone.confidence,
        alone.reason,
    )
    assert judges.problem is None


def test_call_without_a_usable_answer_is_counted() -> None:
    assert decide(Judges(model=CountingModel(None))).model_calls == 1


def test_model_that_needs_its_operator_is_asked_once_in_a_run() -> None:
    problem = NeedsPersonError(Wording("wrong key"))
    model = CountingModel(problem)
    judges = Judges(model=model)

    decisions = [decide(judges) for _ in range(3)]

    assert model.asked == 1
    assert judges.problem is problem
    assert {decision.category for decision in decisions} == {Category.REVIEW}


def test_judge_without_an_opinion_is_passed_over() -> None:
    decision = decide(Judges(local=lambda _: None))

    assert (decision.category, decision.source) == (Category.REVIEW, Judge.UNSURE)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(lambda _: answer(category="SOCIAL", kind="social", confidence=95)) as started:
        yield started


@pytest.mark.parametrize("name", ["gemini", "openai"])
def test_real_models_decide_what_nobody_else_could(server: ModelServer, name: str) -> None:
    with CASES[name].opened(server) as model:
        decision = decide(Judges(model=model))

    assert (decision.category, decision.kind, decision.source) == (Category.SOCIAL, Kind.SOCIAL, Judge.MODEL)
    assert model.name in decision.reason.say()


def test_wrong_key_is_told_at_the_end_and_not_tried_again(server: ModelServer) -> None:
    with CASES["gemini"].opened(server, key="wrong") as model:
        judges = Judges(model=model)

        decide(judges)
        decide(judges)

    assert server.http_calls == 1
    assert judges.problem is not None
    assert judges.problem.hint is not None
    assert "GEMINI_API_KEY" in judges.problem.hint.say()
