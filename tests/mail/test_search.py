import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from auramail.core.errors import NeedsPersonError
from auramail.core.labels import IMPORTANT, INBOX, SENT, SPAM, STARRED, TRASH, UNREAD
from auramail.mail.search import read_search
from auramail.mail.search_terms import OPERATORS
from auramail.ports.local import LocalMessage

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MESSAGE = LocalMessage(
    id="1",
    thread_id="1",
    place="",
    received=datetime(2026, 11, 11, 12, tzinfo=UTC),
    sender="Бен Коваль <ben@work.example>",
    recipients="Ana <ana@home.example>",
    subject="Рахунок за воду, water bill",
    size=20_000,
    has_attachment=True,
    labels=frozenset({INBOX, UNREAD, "CATEGORY_UPDATES", "AI_Action required"}),
)


def matches(search: str, message: LocalMessage = MESSAGE) -> bool:
    return read_search(search, now=NOW, zone="Europe/Kyiv")(message)


@pytest.mark.parametrize(
    "search",
    [
        "",
        "   ",
        "рахунок",
        "РАХУНОК",
        "рахун",
        "коваль",
        "ana@home",
        '"water bill"',
        '"за воду',
        "bill рахунок",
        "+water",
        "from:ben@work.example",
        "from:work.example",
        "from:бен",
        'from:"бен коваль"',
        "to:ana@home.example",
        "subject:water",
        'subject:"water bill"',
        "subject:(water bill)",
        "subject:{gas water}",
        "from:(cleo OR ben)",
        "label:inbox",
        "label:ai-action-required",
        'label:"AI_Action required"',
        "label:AI_Action-required",
        "in:inbox",
        "in:anywhere",
        "is:unread",
        "-is:read",
        "category:updates",
        "has:attachment",
        "has:userlabels",
        "larger:10K",
        "size:19000",
        "smaller:1M",
        "smaller:20001",
        "after:2026/11/11",
        "after:2026-11-11",
        "after:11/11/2026",
        "after:1794398399",
        "newer:2026/11/11",
        "before:2026/11/12",
        "older:2026/11/12",
        "newer_than:11d",
        "older_than:9d",
        "older_than:1m OR newer_than:1m",
        "cleo OR ben",
        "{cleo ben}",
        "cleo | ben",
        "-cleo -dan",
        "-(cleo dan)",
        "-{cleo dan}",
        "--ben",
        "water AND bill",
        "gas OR water bill",
        "(gas OR (oil OR water)) -is:starred",
        "()",
        "OR water",
    ],
)
def test_what_holds_is_found(search: str) -> None:
    assert matches(search)


@pytest.mark.parametrize(
    "search",
    [
        "ахунок",
        "газ",
        '"bill water"',
        "from:ana",
        "to:ben",
        "subject:ben",
        "subject:(water gas)",
        "subject:{gas oil}",
        "from:(cleo OR dan)",
        "label:work",
        "in:spam",
        "in:archive",
        "in:drafts",
        "in:bin",
        "is:read",
        "is:starred",
        "is:important",
        "is:sent",
        "-is:unread",
        "category:promotions",
        "category:primary",
        "-has:attachment",
        "has:nouserlabels",
        "larger:1M",
        "larger:20000",
        "smaller:10kb",
        "after:2026/11/12",
        "before:2026/11/11",
        "newer_than:9d",
        "older_than:1y",
        "cleo OR dan",
        "water gas OR oil",
        "-{cleo ben}",
        "-(water bill)",
        "water -bill",
    ],
)
def test_what_does_not_hold_is_not_found(search: str) -> None:
    assert not matches(search)


@pytest.mark.parametrize(
    ("search", "labels"),
    [
        ("is:starred", {STARRED}),
        ("is:important", {IMPORTANT}),
        ("in:sent", {SENT}),
        ("is:sent", {SENT}),
        ("in:bin", {TRASH}),
        ("in:trash", {TRASH}),
        ("in:spam", {SPAM}),
        ("in:drafts", {"DRAFT"}),
        ("is:read", {INBOX}),
        ("in:archive", {"Taxes"}),
        ("has:nouserlabels", {INBOX, UNREAD}),
        ("category:primary", {"CATEGORY_PERSONAL"}),
    ],
)
def test_states_and_places_are_labels(search: str, labels: set[str]) -> None:
    assert matches(search, replace(MESSAGE, labels=frozenset(labels)))


def test_days_begin_at_midnight_where_the_person_lives() -> None:
    late = replace(MESSAGE, received=datetime(2026, 11, 11, 22, 30, tzinfo=UTC))  # 00:30 on the 12th in Kyiv

    assert matches("after:2026/11/12", late)
    assert not matches("before:2026/11/12", late)


@pytest.mark.parametrize(
    "search", ["rfc822msgid:abc@x", "list:news.example", "Re:hello", "https://a.example", "cc:ana"]
)
def test_an_operator_it_does_not_know_is_named_with_what_it_knows(search: str) -> None:
    with pytest.raises(NeedsPersonError) as caught:
        matches(search)

    assert search.partition(":")[0].lower() in str(caught.value)
    assert caught.value.hint is not None
    named = re.findall(r"(\w+):", caught.value.hint.say())
    assert set(named) == OPERATORS.keys() - {"newer", "older", "size"}  # other words for after, before, larger


@pytest.mark.parametrize(
    "search",
    [
        "is:happy",
        "has:drive",
        "category:games",
        "larger:big",
        "after:soon",
        "after:2026/13/45",
        "before:31/31/2026",
        "newer_than:3w",
        "older_than:x",
    ],
)
def test_a_value_it_does_not_understand_is_named_with_examples(search: str) -> None:
    with pytest.raises(NeedsPersonError, match=search) as caught:
        matches(search)

    assert caught.value.hint is not None


@pytest.mark.parametrize(
    "search", ["(water", "water)", "{water", "water}", "(water}", "from:(ben", "(" * 50 + ")" * 50]
)
def test_brackets_without_a_partner_are_refused(search: str) -> None:
    with pytest.raises(NeedsPersonError, match="bracket"):
        matches(search)


def test_an_endless_search_is_refused() -> None:
    with pytest.raises(NeedsPersonError, match="longer than"):
        matches("a " * 2000)


def test_an_operator_in_quotes_is_a_word() -> None:
    assert matches('"water bill" -"re:hello"')
