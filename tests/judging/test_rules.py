"""Rules: the person's own word."""

import pytest

from auramail.core.decisions import Category, Judge
from auramail.core.messages import Attachment, Message
from auramail.core.rules import Condition, Rule
from auramail.judging.rules import opinion
from tests.builders import a_message

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
