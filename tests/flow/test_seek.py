"""Which searches are trusted to settle what mail is."""

from datetime import date

import pytest

from auramail.core.decisions import Category, Kind
from auramail.core.groups import SurveyTerms
from auramail.core.queries import MailQuery
from auramail.core.rules import Condition, Rule
from auramail.flow import seek
from tests.builders import a_message

SHOP = "news@shop.example"


def query_of(sender: str = SHOP, list_id: str = "", *labels: str) -> str | None:
    headers = {"list-id": list_id} if list_id else {}
    message = a_message(sender=sender, headers=headers, labels=frozenset(labels))
    group = seek.group_of_exemplar(message, Category.NEWSLETTER, Kind.NEWSLETTER, 0.9)
    return group.query if group else None


def test_a_list_is_searched_for_together_with_its_sender() -> None:
    assert query_of(SHOP, "Shop <weekly.shop.example>") == f'from:"{SHOP}" list:"weekly.shop.example"'


def test_without_a_list_gmails_own_category_stands_for_it() -> None:
    assert query_of(SHOP, "", "INBOX", "CATEGORY_UPDATES") == f'from:"{SHOP}" category:updates'


@pytest.mark.parametrize(
    ("sender", "list_id", "label"),
    [
        (SHOP, "", "CATEGORY_PERSONAL"),
        (SHOP, "", "INBOX"),
        (SHOP, '<a" OR in:inbox>', "INBOX"),
        ('x"OR"y@shop.example', "", "CATEGORY_PROMOTIONS"),
        ("", "<weekly.shop.example>", "CATEGORY_PROMOTIONS"),
        ("news@localhost", "", "CATEGORY_PROMOTIONS"),
    ],
)
def test_nothing_else_is_searched_for(sender: str, list_id: str, label: str) -> None:
    assert query_of(sender, list_id, label) is None


def test_a_person_is_told_the_whole_search() -> None:
    own = MailQuery(text="tulips", after=date(2026, 1, 2), sender="shop", unread=True)

    told = seek.Scope(own, SurveyTerms()).told("category:social")

    assert told == (
        "in:inbox category:social -is:starred -is:important -has:attachment smaller:1M older_than:14d "
        'from:"shop" after:2026/01/02 is:unread (tulips)'
    )


def test_words_of_a_rule_are_kept_out_of_every_search() -> None:
    rule = Rule(1, 1, 1, Condition(subject="Invoice", words='from "us"'), Category.IMPORTANT)

    text = seek.Scope(MailQuery(), SurveyTerms(), (rule,)).narrowed("list:x").text

    assert text.endswith('-subject:"Invoice" -"from us"')


@pytest.mark.parametrize(
    ("first", "second", "settled"),
    [
        (Condition(sender="a@x.example"), Condition(sender="b@x.example"), True),
        (Condition(domain="x.example"), Condition(sender="b@mail.x.example"), False),
        (Condition(domain="x.example"), Condition(sender="b@y.example"), True),
        (Condition(list_id="talk.x.example"), Condition(sender="b@y.example"), False),
    ],
)
def test_a_rule_waits_for_an_earlier_one_that_may_mean_the_same_mail(
    first: Condition, second: Condition, settled: bool
) -> None:
    rules = [Rule(1, 1, 1, first, Category.IMPORTANT), Rule(2, 1, 2, second, Category.NEWSLETTER)]

    assert [group.rule_id for group in seek.groups_of_rules(rules)] == ([2] if settled else [])


@pytest.mark.parametrize(
    "condition",
    [
        Condition(sender=SHOP, kinds=(Kind.NEWSLETTER,)),
        Condition(sender=SHOP, older_days=30),
        Condition(sender=SHOP, larger=10),
        Condition(sender=SHOP, about=("sale",)),
        Condition(domain="shop.example", categories=(Category.NEWSLETTER,)),
        Condition(senders=(SHOP,)),
        Condition(senders=("Shop",)),
    ],
)
def test_a_rule_with_a_part_that_no_search_expresses_files_nothing_unread(condition: Condition) -> None:
    rules = [Rule(1, 1, 1, condition, Category.NEWSLETTER), Rule(2, 1, 2, Condition(sender=SHOP), Category.NEWSLETTER)]

    assert list(seek.groups_of_rules(rules)) == []


def test_a_rule_with_a_label_or_without_a_category_files_nothing_unread() -> None:
    condition = Condition(sender=SHOP)

    assert list(seek.groups_of_rules([Rule(1, 1, 1, condition, Category.NEWSLETTER, label="Shop")])) == []
    assert list(seek.groups_of_rules([Rule(1, 1, 1, condition)])) == []


def test_names_that_rules_look_for_are_kept_out_of_every_search() -> None:
    rule = Rule(1, 1, 1, Condition(senders=("Сільпо", "Bolt"), kinds=(Kind.RECEIPT,)), label="Taxes")

    text = seek.Scope(MailQuery(), SurveyTerms(), (rule,)).narrowed("list:x").text

    assert text.endswith('-from:"Сільпо" -from:"silpo" -from:"Bolt" -from:"bolt"')


@pytest.mark.parametrize(
    ("condition", "is_open"),
    [
        (Condition(kinds=(Kind.NEWSLETTER,)), False),
        (Condition(kinds=(Kind.RECEIPT,)), True),
        (Condition(categories=(Category.NEWSLETTER,)), False),
        (Condition(older_days=30), False),
        (Condition(newer_days=14), True),
        (Condition(newer_days=15), False),
        (Condition(larger=1024 * 1024), True),
        (Condition(larger=1024), False),
        (Condition(about=("sale",)), True),
        (Condition(about=("відпустк*",)), False),
        (Condition(has_attachment=True), True),
        (Condition(has_attachment=False), False),
        (Condition(has_attachment=False, senders=("Bolt",)), True),
    ],
)
def test_searches_settle_nothing_while_a_rule_may_be_about_any_of_it(condition: Condition, is_open: bool) -> None:
    rule = Rule(1, 1, 1, condition, label="Mine")

    assert seek.Scope(MailQuery(), SurveyTerms(), (rule,)).is_open is is_open


def test_a_rule_about_several_senders_speaks_for_each_of_them() -> None:
    rule = Rule(1, 1, 1, Condition(senders=(SHOP, "@mall.example")), label="Mine")

    assert seek.has_rule(SHOP, "", [rule])
    assert seek.has_rule("x@mail.mall.example", "", [rule])
    assert not seek.has_rule("x@other.example", "", [rule])
