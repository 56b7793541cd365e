"""Combining: one decision out of all that was found out."""

from datetime import date
from decimal import Decimal

import pytest

from auramail.core.accounts import Person
from auramail.core.decisions import Category, Decision, Entities, Judge, Kind, Money, Opinion
from auramail.core.findings import Danger, Finding
from auramail.core.messages import Message
from auramail.core.rules import Condition, Rule
from auramail.core.wording import Wording
from auramail.judging.combine import SUREST, Evidence, decide, kind_chances
from auramail.judging.placing import PLACE
from tests.builders import WHEN, a_message

ANA = Person()
BULK = {"list-unsubscribe": "<https://x>"}
MACHINE = a_message(sender="no-reply@firm.example")
INJECTED = (Finding("injection", 3.0, Wording.of("It gives orders")),)


def thinks(
    kind: Kind | None, confidence: float = 0.9, judge: Judge = Judge.LOCAL, category: Category | None = None
) -> Opinion:
    return Opinion(judge, confidence, Wording.of("{judge} says so", judge=judge), kind=kind, category=category)


def asking(confidence: float = 0.9) -> Opinion:
    return Opinion(Judge.SIGNAL, confidence, Wording.of("It asks"), category=Category.ACTION_REQUIRED)


def decided(*opinions: Opinion, message: Message | None = None, **evidence: object) -> Decision:
    everything = Evidence(opinions=opinions, now=WHEN, **evidence)  # type: ignore[arg-type]  # tests name the fields
    return decide(message or a_message(), ANA, everything)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_place_and_only_guards_give_danger(kind: Kind) -> None:
    assert decided(thinks(kind, 0.95), message=MACHINE).category is PLACE[kind]
    assert PLACE[kind] is not Category.DANGER


def test_a_single_judge_is_taken_at_its_word() -> None:
    chances = kind_chances((thinks(Kind.SOCIAL, 0.7, Judge.SIGNAL),))

    assert chances[Kind.SOCIAL] == pytest.approx(0.7)
    assert sum(chances.values()) == pytest.approx(1)


def test_two_judges_who_agree_are_surer_than_each_alone() -> None:
    together = decided(thinks(Kind.NEWSLETTER, 0.7, Judge.SIGNAL), thinks(Kind.NEWSLETTER, 0.7))

    assert 0.7 < together.confidence <= SUREST


def test_kinds_of_one_category_support_each_other() -> None:
    decision = decided(thinks(Kind.NEWSLETTER, 0.6, Judge.SIGNAL), thinks(Kind.PROMOTION, 0.6))

    assert decision.category is Category.NEWSLETTER
    assert decision.confidence > 0.7


def test_the_chances_of_all_kinds_are_heard_where_a_judge_knows_them() -> None:
    shares = ((Kind.NEWSLETTER, 0.4), (Kind.WORK, 0.3), (Kind.PERSONAL, 0.3), (Kind.SPAM, 0.0))
    torn = Opinion(Judge.LOCAL, 0.4, Wording.of("Words"), kind=Kind.NEWSLETTER, shares=shares)

    decision = decided(torn)

    assert decision.category is Category.IMPORTANT
    assert decision.reason.text == "Many small signs together speak for it, none alone"


def test_an_opinion_without_kind_and_category_changes_nothing() -> None:
    assert kind_chances((thinks(None),)) == {}


def test_not_being_sure_is_a_decision() -> None:
    unsure = decided(thinks(Kind.SOCIAL, 0.3), thinks(Kind.SPAM, 0.3))

    assert unsure.category is Category.REVIEW
    assert unsure.source is Judge.UNSURE


def test_nobody_having_an_opinion_is_review_too() -> None:
    silent = decided()

    assert (silent.category, silent.kind, silent.confidence) == (Category.REVIEW, Kind.OTHER, 0.0)


def test_the_reason_is_that_of_the_surest_judge_for_the_kind() -> None:
    decision = decided(thinks(Kind.NEWSLETTER, 0.9, Judge.SIGNAL), thinks(Kind.NEWSLETTER, 0.6), thinks(Kind.WORK, 0.3))

    assert decision.source is Judge.SIGNAL
    assert decision.reason.say() == "signal says so"


def test_a_category_opinion_leaves_the_kind_to_others() -> None:
    decision = decided(
        thinks(None, 0.9, Judge.SIGNAL, Category.IMPORTANT), thinks(Kind.PERSONAL, 0.6), message=a_message()
    )

    assert (decision.category, decision.kind) == (Category.IMPORTANT, Kind.PERSONAL)


def test_a_notice_to_many_goes_with_the_newsletters_and_ones_own_is_to_be_looked_at() -> None:
    own = decided(thinks(Kind.NOTIFICATION))
    many = decided(thinks(Kind.NOTIFICATION), message=a_message(headers=BULK))

    assert own.category is Category.REVIEW
    assert own.source is Judge.LOCAL
    assert many.category is Category.NEWSLETTER


@pytest.mark.parametrize("kind", [Kind.PERSONAL, Kind.WORK, Kind.MEETING, Kind.BILL, Kind.NOTIFICATION])
def test_important_mail_that_asks_needs_action(kind: Kind) -> None:
    decision = decided(thinks(kind), asks=asking())

    assert decision.category is Category.ACTION_REQUIRED
    assert decision.reason.text == "It asks"


@pytest.mark.parametrize("kind", [Kind.NOTIFICATION, Kind.OTHER])
def test_what_goes_elsewhere_is_raised_where_it_asks_something_of_the_reader(kind: Kind) -> None:
    assert decided(thinks(kind), asks=asking()).category is Category.ACTION_REQUIRED
    assert decided(thinks(kind)).category is PLACE[kind]


def test_a_newsletter_asks_something_only_with_a_day_or_in_its_postscript() -> None:
    due = Entities(due_date=date(2026, 3, 20))

    assert decided(thinks(Kind.NEWSLETTER), message=MACHINE, asks=asking()).category is Category.NEWSLETTER
    assert decided(thinks(Kind.NEWSLETTER), message=MACHINE, asks=asking(), asks_below=True).category is (
        Category.ACTION_REQUIRED
    )
    assert decided(thinks(Kind.NEWSLETTER), message=MACHINE, asks=asking(), entities=due).category is (
        Category.ACTION_REQUIRED
    )


@pytest.mark.parametrize("kind", [Kind.TRAVEL, Kind.DELIVERY])
def test_advice_on_the_way_is_no_task_unless_a_day_is_set(kind: Kind) -> None:
    due = Entities(due_date=date(2026, 3, 20))

    assert decided(thinks(kind), asks=asking()).category is Category.IMPORTANT
    assert decided(thinks(kind), asks=asking(), entities=due).category is Category.ACTION_REQUIRED


@pytest.mark.parametrize("kind", [Kind.PROMOTION, Kind.SOCIAL, Kind.SPAM, Kind.RECEIPT])
def test_mail_of_other_kinds_asks_in_vain(kind: Kind) -> None:
    assert decided(thinks(kind), message=MACHINE, asks=asking()).category is PLACE[kind]


@pytest.mark.parametrize("kind", [Kind.NEWSLETTER, Kind.PROMOTION, Kind.SOCIAL, Kind.SPAM, Kind.SURVEY])
def test_what_a_person_may_have_written_is_not_put_away_for_its_words_alone(kind: Kind) -> None:
    doubtful = decided(thinks(kind, 0.8))

    assert (doubtful.category, doubtful.kind, doubtful.source) == (Category.REVIEW, kind, Judge.UNSURE)


@pytest.mark.parametrize(
    ("message", "more"),
    [
        (a_message(), (thinks(Kind.PROMOTION, 0.5, Judge.SIGNAL),)),
        (a_message(headers=BULK), ()),
        (a_message(headers={"list-id": "<club.example>"}), ()),
        (MACHINE, ()),
        (a_message(to="customers@firm.example"), ()),
    ],
    ids=["a header says so", "mailing", "list", "machine", "to others"],
)
def test_other_mail_is_put_away_for_its_words(message: Message, more: tuple[Opinion, ...]) -> None:
    person = Person(addresses=frozenset({"ana@example.com"}))
    evidence = Evidence(opinions=(thinks(Kind.PROMOTION, 0.85), *more), now=WHEN)

    assert decide(message, person, evidence).category is Category.NEWSLETTER


def test_words_that_leave_no_doubt_put_any_mail_away() -> None:
    shares = tuple((kind, 0.984 if kind is Kind.SPAM else 0.001) for kind in Kind)
    sure = Opinion(Judge.LOCAL, 0.984, Wording.of("Casino"), Kind.SPAM, shares=shares)

    assert decided(sure).category is Category.DELETE


def test_a_mailing_gives_its_header_as_the_reason_rather_than_its_words() -> None:
    header = Opinion(
        Judge.SIGNAL,
        0.6,
        Wording.of("It says how to unsubscribe"),
        Kind.PROMOTION,
        shares=((Kind.PROMOTION, 0.5), (Kind.NEWSLETTER, 0.5)),
    )

    decision = decided(thinks(Kind.NEWSLETTER), header, message=a_message(headers=BULK))

    assert (decision.kind, decision.reason.text) == (Kind.NEWSLETTER, "It says how to unsubscribe")


def test_a_weak_ask_makes_the_decision_less_sure() -> None:
    strong, weak = decided(thinks(Kind.WORK), asks=asking(0.9)), decided(thinks(Kind.WORK), asks=asking(0.5))

    assert weak.confidence < strong.confidence


@pytest.mark.parametrize(
    ("kind", "entities", "category"),
    [
        (Kind.BILL, Entities(), Category.IMPORTANT),
        (Kind.BILL, Entities(due_date=date(2026, 3, 20)), Category.ACTION_REQUIRED),
        (Kind.BILL, Entities(amount=Money(Decimal("10.00"), "UAH")), Category.ACTION_REQUIRED),
        (Kind.NOTIFICATION, Entities(due_date=date(2026, 3, 20)), Category.ACTION_REQUIRED),
        (Kind.RECEIPT, Entities(amount=Money(Decimal("10.00"), "UAH")), Category.IMPORTANT),
        (Kind.TRAVEL, Entities(due_date=date(2026, 3, 20)), Category.IMPORTANT),
    ],
)
def test_what_is_to_be_paid_or_done_by_a_date_needs_action(kind: Kind, entities: Entities, category: Category) -> None:
    assert decided(thinks(kind), entities=entities).category is category


def test_a_model_may_find_the_ask() -> None:
    decision = decided(thinks(Kind.WORK, 0.9, Judge.MODEL, Category.ACTION_REQUIRED))

    assert (decision.category, decision.source) == (Category.ACTION_REQUIRED, Judge.MODEL)


@pytest.mark.parametrize(
    ("said", "category"),
    [
        (thinks(Kind.WORK, 0.9, Judge.MODEL, Category.IMPORTANT), Category.IMPORTANT),
        (thinks(Kind.WORK, 0.7, Judge.MODEL, Category.IMPORTANT), Category.ACTION_REQUIRED),
        (thinks(Kind.WORK, 0.9, Judge.MODEL, Category.ACTION_REQUIRED), Category.ACTION_REQUIRED),
        (thinks(Kind.WORK, 0.9, Judge.MODEL), Category.ACTION_REQUIRED),
        (thinks(Kind.WORK, 0.9, Judge.LOCAL, Category.IMPORTANT), Category.ACTION_REQUIRED),
    ],
)
def test_a_model_as_sure_as_who_heard_the_ask_may_say_there_is_none(said: Opinion, category: Category) -> None:
    assert decided(thinks(Kind.WORK, 0.9, Judge.SIGNAL), said, asks=asking(0.8)).category is category


def test_a_model_that_reads_it_otherwise_says_nothing_of_its_asks() -> None:
    decision = decided(
        thinks(Kind.WORK, 0.95), thinks(Kind.PERSONAL, 0.8, Judge.MODEL, Category.IMPORTANT), asks=asking(0.8)
    )

    assert (decision.kind, decision.category) == (Kind.WORK, Category.ACTION_REQUIRED)


def test_the_guards_outrank_every_opinion() -> None:
    findings = (Finding("links", 5.0, Wording.of("A crooked link")), Finding("requests", 2.0, Wording.of("A story")))
    decision = decided(
        thinks(Kind.PERSONAL, 0.99, Judge.SIGNAL),
        thinks(Kind.WORK, 0.99, Judge.MODEL),
        findings=findings,
        danger=Danger.MEDIUM,
        asks=asking(),
        expects_reply=True,
    )

    assert (decision.category, decision.kind, decision.source) == (Category.DANGER, Kind.PHISHING, Judge.GUARD)
    assert decision.reason.say() == "A crooked link"
    assert not decision.expects_reply


def test_a_low_danger_is_shown_and_changes_nothing() -> None:
    decision = decided(thinks(Kind.WORK), findings=INJECTED[:0], danger=Danger.LOW)

    assert decision.category is Category.IMPORTANT
    assert decision.danger is Danger.LOW


def test_danger_without_a_finding_still_has_a_reason() -> None:
    assert decided(danger=Danger.HIGH).reason.say()


@pytest.mark.parametrize(
    ("danger", "category"),
    [
        (Danger.NONE, Category.NEWSLETTER),
        (Danger.MEDIUM, Category.NEWSLETTER),
        (Danger.HIGH, Category.DANGER),
    ],
)
def test_the_persons_rule_decides_unless_the_guards_are_sure(danger: Danger, category: Category) -> None:
    rule = Rule(7, 1, 1, Condition(domain="example.org"), Category.NEWSLETTER)
    said = Opinion(Judge.RULE, 1.0, Wording.of("Your rule"), category=Category.NEWSLETTER)

    decision = decided(thinks(Kind.WORK), rule=(rule, said), danger=danger)

    assert decision.category is category
    assert decision.danger is danger
    assert decision.rule_id == (7 if category is Category.NEWSLETTER else None)


def test_a_message_that_talks_to_models_cannot_raise_itself() -> None:
    decision = decided(thinks(Kind.WORK, 0.95), thinks(Kind.WORK, 0.9, Judge.MODEL), asks=asking(), findings=INJECTED)

    assert decision.category is Category.REVIEW
    assert decision.source is Judge.GUARD


def test_a_correspondent_who_quotes_such_text_stays_important_but_asks_nothing() -> None:
    known = thinks(None, 0.95, Judge.SIGNAL, Category.IMPORTANT)

    assert decided(known, asks=asking(), findings=INJECTED).category is Category.IMPORTANT


def test_such_text_may_still_lower_a_message() -> None:
    assert decided(thinks(Kind.NEWSLETTER), message=MACHINE, findings=INJECTED).category is Category.NEWSLETTER


def test_services_expect_no_reply_whatever_they_ask() -> None:
    assert decided(thinks(Kind.WORK), expects_reply=True).expects_reply
    assert not decided(thinks(Kind.PROMOTION), expects_reply=True).expects_reply


def test_the_decision_keeps_everything_that_was_heard() -> None:
    opinion, ask = thinks(Kind.WORK), asking()

    decision = decided(opinion, asks=ask)

    assert decision.opinions == (opinion, ask)


def test_where_all_kinds_are_about_as_likely_nobody_knows() -> None:
    shrug = Opinion(
        Judge.LOCAL, 1 / len(Kind), Wording("It has no words"), shares=tuple((kind, 1 / len(Kind)) for kind in Kind)
    )
    hint = thinks(Kind.PERSONAL, 1.1 / len(Kind))

    decision = decided(shrug, hint)

    assert (decision.category, decision.source) == (Category.REVIEW, Judge.UNSURE)


def test_work_that_people_discuss_on_a_public_list_is_a_newsletter_unless_it_names_the_person() -> None:
    listed = {"list-id": "<talk.example.org>", "list-post": "<mailto:t@x>", "list-archive": "<https://x>"}
    to_all = a_message(headers=listed, to="talk@example.org")
    circle = a_message(headers={"list-id": "<class.example.org>", "list-post": "<mailto:c@x>"}, to="class@example.org")

    talk = decided(thinks(Kind.WORK), message=to_all)

    assert (talk.category, talk.kind) == (Category.NEWSLETTER, Kind.NEWSLETTER)
    assert decided(thinks(Kind.PERSONAL), message=circle).category is Category.IMPORTANT
