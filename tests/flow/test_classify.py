"""The judges are asked in their order, the language model last, seldom, and never about what the guards suspect."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from auramail.core.accounts import Person
from auramail.core.decisions import Asked, Category, Judge, Kind, ModelNote, Opinion
from auramail.core.findings import Danger, Finding
from auramail.core.messages import Message
from auramail.core.rules import Condition, Rule
from auramail.core.wording import Wording
from auramail.flow.classify import Case, Judges, classify, hear, unheard, unusable
from auramail.flow.guard import Guarded
from auramail.flow.prompts.judging import Heard
from tests.builders import a_message

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
ANA = Person(addresses=frozenset({"ana@example.com"}))
NOTE = ModelNote(Asked.ANSWERED, "m-1", "judge-2")
SUSPICION = Finding("links", 3.0, Wording("A link shows one address and leads to another"))


def opinion(judge: Judge, kind: Kind, confidence: float) -> Opinion:
    return Opinion(judge, confidence, Wording("Because"), kind=kind)


def local(kind: Kind, confidence: float) -> Judges:
    return Judges(local=lambda _: opinion(Judge.LOCAL, kind, confidence))


def case(judges: Judges, danger: Danger = Danger.NONE, message: Message | None = None) -> Case:
    findings = (SUSPICION,) if danger else ()
    message = message or a_message()
    words = judges.local(message) if judges.local is not None else None
    return classify(message, Guarded(findings, danger, words), ANA, judges, NOW)


def heard(kind: Kind, category: Category, confidence: float = 0.95, **words: str) -> Heard:
    return Heard(
        Opinion(Judge.MODEL, confidence, Wording("Because"), kind=kind, category=category), tuple(words.items())
    )


def test_model_is_wished_when_nobody_knows() -> None:
    assert case(Judges()).wishes_model


def test_model_is_wished_when_the_local_judge_is_unsure() -> None:
    assert case(local(Kind.PROMOTION, 0.5)).wishes_model


@pytest.mark.parametrize("kind", [Kind.PERSONAL, Kind.NOTIFICATION])
def test_model_is_not_wished_when_the_local_judge_is_sure(kind: Kind) -> None:
    assert not case(local(kind, 0.97)).wishes_model


def test_model_is_not_wished_when_a_rule_of_the_person_decides() -> None:
    found = case(Judges(rules=(Rule(7, 1, 1, Condition(sender="ivan@example.org"), Category.SOCIAL),)))

    assert not found.wishes_model
    assert (found.decision.category, found.decision.source, found.decision.rule_id) == (
        Category.SOCIAL,
        Judge.RULE,
        7,
    )


@pytest.mark.parametrize("danger", [Danger.MEDIUM, Danger.HIGH])
@pytest.mark.parametrize("rules", [(), (Rule(7, 1, 1, Condition(sender="ivan@example.org"), Category.IMPORTANT),)])
def test_model_never_sees_what_the_guards_call_dangerous(danger: Danger, rules: tuple[Rule, ...]) -> None:
    found = case(Judges(rules=rules), danger)

    assert not found.wishes_model
    assert rules or found.decision.category is Category.DANGER


def test_slightly_odd_message_may_be_asked_about() -> None:
    found = case(Judges(), Danger.LOW)

    assert found.wishes_model
    assert found.decision.findings == (SUSPICION,)


def test_what_the_operator_sets_decides_how_unsure_is_unsure() -> None:
    sure = local(Kind.PERSONAL, 0.97)

    assert not case(sure).wishes_model
    assert case(replace(sure, ask_below=1.0)).wishes_model


def test_models_opinion_counts_among_the_others_and_the_decision_without_it_is_kept() -> None:
    decision = hear(case(local(Kind.PROMOTION, 0.5)), heard(Kind.PROMOTION, Category.NEWSLETTER), NOTE)

    assert (decision.category, decision.source, decision.model) == (Category.NEWSLETTER, Judge.MODEL, NOTE)
    assert decision.confidence > case(local(Kind.PROMOTION, 0.5)).decision.confidence
    assert decision.alone is case(local(Kind.PROMOTION, 0.5)).decision.category


def test_model_cannot_call_anything_dangerous() -> None:
    decision = hear(case(Judges()), heard(Kind.PHISHING, Category.REVIEW, 1.0), NOTE)

    assert (decision.category, decision.danger) == (Category.REVIEW, Danger.NONE)


def test_words_the_model_points_at_are_read_by_our_own_grammar() -> None:
    message = a_message(text="Nobody said when. Well: on 20 March 2026, it is 120 EUR or so.")
    found = case(Judges(), message=message)
    alone = found.decision.entities

    decision = hear(found, heard(Kind.BILL, Category.ACTION_REQUIRED, due="on 20 March 2026"), NOTE)

    assert alone.due_date is None
    assert decision.entities.due_date == date(2026, 3, 20)
    assert dict(decision.entities.words)["due_date"] == "on 20 March 2026"


def test_what_was_read_without_the_model_stays_whatever_it_points_at() -> None:
    found = case(Judges(), message=a_message(text="Please pay 120 EUR by 20 March 2026. Not by 21 March 2026."))

    decision = hear(found, heard(Kind.BILL, Category.ACTION_REQUIRED, due="21 March 2026"), NOTE)

    assert found.decision.entities.due_date == date(2026, 3, 20)
    assert decision.entities == found.decision.entities


def test_answer_that_cannot_be_used_leaves_it_to_the_person() -> None:
    decision = unusable(case(local(Kind.PROMOTION, 0.55)), NOTE)

    assert (decision.category, decision.model) == (Category.REVIEW, NOTE)


def test_without_an_answer_the_others_decide() -> None:
    found = case(local(Kind.PROMOTION, 0.55))

    assert replace(unheard(found, NOTE), model=None) == found.decision


def test_judge_without_an_opinion_is_passed_over() -> None:
    decision = case(Judges(local=lambda _: None)).decision

    assert (decision.category, decision.source) == (Category.REVIEW, Judge.UNSURE)
