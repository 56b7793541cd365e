from datetime import timedelta

import pytest

from auramail.core.errors import NeedsPersonError, TryAgainError
from auramail.core.listings import Listed
from auramail.core.queries import MailQuery
from auramail.mail.gmail.mailbox import GmailMailbox
from tests.mail.gmail.gmail_world import NOON, GmailWorld
from tests.mail.letters import letter


def ids_of(found: list[tuple[Listed, ...]]) -> list[list[str]]:
    return [[one.id for one in some] for some in found]


def test_many_queries_are_answered_in_a_few_requests(world: GmailWorld, mailbox: GmailMailbox) -> None:
    """25, then 35, then 40 together: sixty searches are two requests and five units each."""
    shops = [f"shop{number}.example" for number in range(60)]
    expected = [
        [
            world.google.add_message(letter(sender=f"News <news@{shop}>"), ("INBOX",), NOON - timedelta(hours=age))
            for age in range(2)
        ]
        for shop in shops
    ]

    found = mailbox.find([MailQuery(text=f"from:{shop}") for shop in shops])

    assert ids_of(found) == expected
    assert mailbox.usage.http_calls == 2
    assert mailbox.usage.quota_units == 300


def test_all_pages_of_each_query_are_found_newest_first(world: GmailWorld, mailbox: GmailMailbox) -> None:
    inbox = world.deliver(1100)
    spam = world.deliver(700, ("SPAM",))

    found = mailbox.find([MailQuery(folders=("INBOX",)), MailQuery(folders=("SPAM",)), MailQuery(folders=("TRASH",))])

    assert ids_of(found) == [inbox, spam, []]
    # The three first pages together, the two second ones, and the third of the inbox.
    assert mailbox.usage.http_calls == 3
    assert mailbox.usage.quota_units == 30


def test_what_is_found_names_its_thread(world: GmailWorld, mailbox: GmailMailbox) -> None:
    (first,) = world.deliver(1)
    answer = world.google.add_message(letter(), date=NOON + timedelta(hours=1), thread=first)

    assert mailbox.find([MailQuery()]) == [(Listed(answer, first), Listed(first, first))]


def test_a_limit_holds_for_each_query_and_no_page_too_many_is_asked_for(
    world: GmailWorld, mailbox: GmailMailbox
) -> None:
    ids = world.deliver(20)
    world.google.mailbox().longest_page = 4

    found = mailbox.find([MailQuery(limit=6), MailQuery(limit=0), MailQuery(limit=4)])

    assert ids_of(found) == [ids[:6], [], ids[:4]]
    assert world.google.usage.calls["messages.list"] == 3


def test_a_message_in_several_folders_of_a_query_is_found_once(world: GmailWorld, mailbox: GmailMailbox) -> None:
    both = world.google.add_message(letter(), ("INBOX", "Family"), NOON)
    (family,) = world.google.label_names()

    assert ids_of(mailbox.find([MailQuery(folders=("INBOX", family))])) == [[both]]


def test_without_queries_nothing_is_asked(world: GmailWorld, mailbox: GmailMailbox) -> None:
    assert mailbox.find([]) == []
    assert world.google.usage.http_calls == 0


@pytest.mark.parametrize("kind", ["429", "503", "invalidPageToken"])
def test_a_search_google_does_not_answer_now_is_made_later(world: GmailWorld, mailbox: GmailMailbox, kind: str) -> None:
    world.deliver(501)
    world.google.fault("messages.list", kind, nth=2, times=None)

    with pytest.raises(TryAgainError):
        mailbox.find([MailQuery()])


def test_a_senseless_query_among_others_is_refused(world: GmailWorld, mailbox: GmailMailbox) -> None:
    with pytest.raises(NeedsPersonError):
        mailbox.find([MailQuery(), MailQuery(limit=-1)])

    assert world.google.usage.http_calls == 0
