"""Machines: what headers say about who sent a message."""

import pytest

from auramail.core.accounts import Person
from auramail.judging.machines import (
    is_bulk,
    is_campaign,
    is_circle,
    is_discussion,
    is_from_machine,
    is_talk_of_others,
)
from tests.builders import a_message


@pytest.mark.parametrize(
    "headers",
    [
        {"list-unsubscribe": "<https://x>"},
        {"precedence": "Bulk"},
        {"precedence": "list"},
        {"x-mc-user": "abc"},
    ],
)
def test_mail_to_many_says_so(headers: dict[str, str]) -> None:
    assert is_bulk(a_message(headers=headers))


def test_mail_to_one_does_not() -> None:
    assert not is_bulk(a_message(headers={"precedence": "first-class", "x-mailer": "Thunderbird"}))


@pytest.mark.parametrize(
    "headers",
    [
        {"auto-submitted": "auto-generated; x=y"},
        {"auto-submitted": "auto-replied"},
        {"return-path": "<>"},
        {"x-auto-response-suppress": "All"},
    ],
)
def test_a_machine_says_so(headers: dict[str, str]) -> None:
    assert is_from_machine(a_message(headers=headers))


@pytest.mark.parametrize(
    "address",
    ["no-reply", "noreply", "do_not_reply", "noreply-accounts", "notifications", "mailer-daemon", "billing", "news"],
)
def test_an_address_that_takes_no_answers_is_a_machines(address: str) -> None:
    assert is_from_machine(a_message(sender=f"{address}@shop.example"))


@pytest.mark.parametrize("address", ["ivan", "noah.reply", "info", "olena.news", "systemova"])
def test_a_persons_address_is_not(address: str) -> None:
    assert not is_from_machine(a_message(sender=f"{address}@shop.example", headers={"auto-submitted": "no"}))


@pytest.mark.parametrize(
    "subject", ["Automatic reply: plans", "Out of office", "Автоматична відповідь: Звіт", "Автоответ"]
)
def test_an_automatic_answer_is_a_machines(subject: str) -> None:
    assert is_from_machine(a_message(subject=subject))


def test_a_discussion_is_a_list_where_people_answer_each_other() -> None:
    listed = {"list-id": "<talk.example.org>"}

    assert is_discussion(a_message(headers=listed, in_reply_to="<1@x>"))
    assert is_discussion(a_message(headers=listed | {"list-post": "<mailto:talk@example.org>"}))
    assert not is_discussion(a_message(headers=listed))
    assert not is_discussion(a_message(headers=listed | {"x-mc-user": "1"}, in_reply_to="<1@x>"))
    assert not is_discussion(a_message(in_reply_to="<1@x>"))
    assert is_campaign(a_message(headers={"x-kmail-account": "1"}))


def test_a_circle_is_a_list_that_only_those_who_belong_to_it_know() -> None:
    closed = {"list-id": "<class-2b.example.org>", "list-post": "<mailto:2b@example.org>", "precedence": "list"}
    public = closed | {"list-archive": "<https://example.org/2b>"}

    assert is_circle(a_message(headers=closed))
    assert not is_bulk(a_message(headers=closed))
    assert not is_circle(a_message(headers=public))
    assert is_bulk(a_message(headers=public))


def test_talk_on_a_public_list_is_for_others_unless_it_is_addressed_to_the_person() -> None:
    ana = Person(addresses=frozenset({"ana@example.com"}))
    public = {"list-id": "<talk.example.org>", "list-post": "<mailto:t@x>", "list-unsubscribe": "<mailto:u@x>"}

    assert is_talk_of_others(a_message(headers=public, to="talk@example.org"), ana)
    assert not is_talk_of_others(a_message(headers=public, to="ana@example.com"), ana)
    assert not is_talk_of_others(a_message(to="ben@example.com"), ana)
