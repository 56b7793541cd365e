"""Rules: the person's own word."""

from dataclasses import replace
from datetime import timedelta

import pytest

from auramail.core.decisions import Category, Judge, Kind
from auramail.core.messages import Attachment, Message
from auramail.core.rules import Condition, Rule
from auramail.judging.rules import described, holds, opinion
from tests.builders import WHEN, a_message

FILE = (Attachment("a.pdf", "application/pdf", 1),)


def a_rule(condition: Condition, *, id_: int = 1, position: int = 1, enabled: bool = True) -> Rule:
    return Rule(id_, 1, position, condition, Category.NEWSLETTER, enabled=enabled)


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (Condition(sender="Ivan@Example.org"), a_message()),
        (Condition(domain="example.org"), a_message()),
        (Condition(domain="@org"), a_message()),
        (Condition(list_id="news.example"), a_message(headers={"list-id": "News <NEWS.example>"})),
        (Condition(subject="РАХУНОК"), a_message(subject="Ваш рахунок")),
        (Condition(words="invoice"), a_message(subject="Invoice 5")),
        (Condition(words="invoice"), a_message(text="Here is the INVOICE.")),
        (Condition(has_attachment=True), a_message(attachments=FILE)),
        (Condition(has_attachment=False), a_message()),
        (Condition(domain="example.org", subject="hello"), a_message()),
    ],
)
def test_a_rule_whose_every_part_matches_decides(condition: Condition, message: Message) -> None:
    found = opinion(message, [a_rule(condition)])

    assert found is not None
    assert found[1].judge is Judge.RULE
    assert found[1].category is Category.NEWSLETTER


@pytest.mark.parametrize(
    "condition",
    [
        Condition(),
        Condition(sender="petro@example.org"),
        Condition(domain="xample.org"),
        Condition(list_id="news"),
        Condition(subject="nothing like it"),
        Condition(has_attachment=True),
        Condition(domain="example.org", subject="nothing like it"),
    ],
)
def test_a_rule_with_a_part_that_does_not_match_is_silent(condition: Condition) -> None:
    assert opinion(a_message(), [a_rule(condition)]) is None


def test_the_first_enabled_rule_by_position_decides() -> None:
    matching = Condition(domain="example.org")
    rules = [
        a_rule(matching, id_=1, position=3),
        a_rule(matching, id_=2, position=2),
        a_rule(matching, id_=3, position=1, enabled=False),
    ]

    found = opinion(a_message(), rules)

    assert found is not None
    assert found[0].id == 2


def test_the_reason_names_what_the_rule_looks_for() -> None:
    named = opinion(a_message(), [a_rule(Condition(domain="example.org", subject="hello"))])
    by_file = opinion(a_message(attachments=FILE), [a_rule(Condition(has_attachment=True))])

    assert named is not None
    assert "example.org, hello" in named[1].reason.say()
    assert by_file is not None
    assert by_file[1].reason.say()


OLD = timedelta(days=40)


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (Condition(senders=("nobody@x.example", "ivan@example.org")), a_message()),
        (Condition(senders=("@example.org",)), a_message(sender="a@news.example.org")),
        (Condition(senders=("example.org",)), a_message()),
        (Condition(senders=("Petrenko",)), a_message()),
        (Condition(senders=("Bolt",)), a_message(sender="receipts@bolt.eu")),
        (Condition(senders=("Bolt",)), a_message(sender="Bolt Ukraine <x@mail.example>")),
        (Condition(senders=("Сільпо",)), a_message(sender="Silpo <news@mail.example>")),
        (Condition(senders=("Нова пошта",)), a_message(sender="ТОВ «Нова  Пошта» <x@mail.example>")),
        (Condition(senders=("Prom.ua",)), a_message(sender="Prom.ua <x@mail.example>")),
        (Condition(about=("nothing", "відпустк*")), a_message(text="Коли у вас відпустка?")),
        (Condition(about=("оплат* навчанн*",)), a_message(text="Оплату  навчання отримано")),
        (Condition(larger=1000), a_message(size=1001)),
        (Condition(smaller=1000), a_message(size=999)),
        (Condition(older_days=30), a_message(date=WHEN - OLD)),
        (Condition(newer_days=60), a_message(date=WHEN - OLD)),
    ],
)
def test_each_part_of_a_condition_is_met_by_what_it_means(condition: Condition, message: Message) -> None:
    assert holds(condition, message, WHEN)


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (Condition(senders=("Bolt",)), a_message(sender="Bolton News <x@bolton.example>")),
        (Condition(senders=("ivan@example.org",)), a_message(sender="ivan@example.org.evil.example")),
        (Condition(senders=("example.org",)), a_message(sender="a@notexample.org")),
        (Condition(about=("акт",)), a_message(text="Ваш контакт")),
        (Condition(about=("*",)), a_message()),
        (Condition(larger=1000), a_message(size=1000)),
        (Condition(smaller=1000), a_message(size=1000)),
        (Condition(older_days=60), a_message(date=WHEN - OLD)),
        (Condition(newer_days=30), a_message(date=WHEN - OLD)),
        (Condition(kinds=(Kind.RECEIPT,)), a_message()),
        (Condition(categories=(Category.IMPORTANT,)), a_message()),
    ],
)
def test_a_part_is_not_met_by_what_only_looks_like_it(condition: Condition, message: Message) -> None:
    assert not holds(condition, message, WHEN)


def test_nobody_knows_the_age_of_mail_without_a_moment_to_count_from() -> None:
    assert not holds(Condition(older_days=1), a_message(date=WHEN - OLD))


def test_a_rule_from_a_sentence_is_named_by_the_persons_own_words() -> None:
    rule = replace(a_rule(Condition(domain="example.org")), said="усе від Івана — важливе")

    found = opinion(a_message(), [rule])

    assert found is not None
    assert "“усе від Івана — важливе”" in found[1].reason.say()


def test_every_part_is_told_where_no_sentence_was_said() -> None:
    condition = Condition(senders=("Bolt", "Uklon"), kinds=(Kind.RECEIPT,), larger=5 * 1024 * 1024, older_days=3)

    assert described(condition) == "Bolt / Uklon, receipt, > 5 MB, > 3 d"
