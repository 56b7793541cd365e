from datetime import date, timedelta

import pytest

from auramail.core.errors import TryAgainError
from auramail.core.queries import MailQuery
from auramail.mail.gmail.listing import searches
from auramail.mail.gmail.mailbox import GmailMailbox
from tests.mail.gmail.gmail_world import NOON, GmailWorld
from tests.mail.letters import letter


def listed(mailbox: GmailMailbox, query: MailQuery) -> list[str]:
    return [one for page in mailbox.list_ids(query) for one in page.ids]


def test_inbox_spam_and_trash_are_listed_together_newest_first(world: GmailWorld, mailbox: GmailMailbox) -> None:
    places = ["INBOX", "SPAM", "TRASH", "SENT"]
    ids = [world.google.add_message(letter(), (place,), NOON - timedelta(days=age)) for age, place in enumerate(places)]

    found = listed(mailbox, MailQuery())

    assert found == ids[:3]


def test_a_thousand_messages_cost_ten_units_and_two_requests(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(1000)

    pages = list(mailbox.list_ids(MailQuery()))

    assert [page.ids for page in pages] == [ids[:500], ids[500:]]
    # Two pages of 500 and the question for huge messages, which travels with the first: 5 units each.
    assert mailbox.usage.quota_units == 15
    assert mailbox.usage.http_calls == 2


def test_no_more_is_listed_than_was_asked_for(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(20)

    assert listed(mailbox, MailQuery(limit=7)) == ids[:7]
    assert listed(mailbox, MailQuery(limit=20)) == ids
    assert listed(mailbox, MailQuery(limit=99)) == ids


def test_days_are_those_of_the_account_not_of_california(world: GmailWorld, mailbox: GmailMailbox) -> None:
    """Midnight in Kyiv at the end of November is 22:00 UTC of the day before."""
    eve = NOON.replace(day=19, hour=22, minute=0)
    last_of_19th = world.google.add_message(letter(), date=eve - timedelta(seconds=1))
    first_of_20th = world.google.add_message(letter(), date=eve)
    last_of_20th = world.google.add_message(letter(), date=eve + timedelta(hours=23, minutes=59, seconds=59))
    world.google.add_message(letter(), date=eve + timedelta(days=1))

    assert listed(mailbox, MailQuery(after=date(2026, 11, 20), before=date(2026, 11, 21))) == [
        last_of_20th,
        first_of_20th,
    ]
    assert listed(mailbox, MailQuery(before=date(2026, 11, 20))) == [last_of_19th]


def test_sender_subject_and_unread_narrow_together(world: GmailWorld, mailbox: GmailMailbox) -> None:
    wanted = world.google.add_message(letter('Invoice "May" 7', sender="Bolt <hi@bolt.example>"), ("INBOX", "UNREAD"))
    world.google.add_message(letter('Invoice "May" 8', sender="Bolt <hi@bolt.example>"), ("INBOX",))
    world.google.add_message(letter('Invoice "May" 9', sender="Uber <hi@uber.example>"), ("INBOX", "UNREAD"))
    world.google.add_message(letter("Trip", sender="Bolt <hi@bolt.example>"), ("INBOX", "UNREAD"))

    found = listed(mailbox, MailQuery(sender="hi@bolt.example", subject='invoice "may"', unread=True))

    assert found == [wanted]


def test_the_persons_own_words_stay_within_the_folders(world: GmailWorld, mailbox: GmailMailbox) -> None:
    """Without brackets their OR would reach across the folders' terms."""
    inside = [world.google.add_message(letter(word), ("INBOX",), NOON) for word in ("apple", "pear")]
    world.google.add_message(letter("pear"), ("SENT",), NOON)

    assert sorted(listed(mailbox, MailQuery(text="apple OR pear"))) == sorted(inside)


@pytest.mark.parametrize("text", ['apple OR pear "', "(apple OR pear", "{apple pear", "apple) OR (pear"])
def test_a_search_left_open_by_the_person_reaches_no_further(
    world: GmailWorld, mailbox: GmailMailbox, text: str
) -> None:
    wanted = world.google.add_message(letter("pear"), ("INBOX", "UNREAD"), NOON)
    world.google.add_message(letter("pear"), ("INBOX",), NOON)
    world.google.add_message(letter("pear"), ("SENT", "UNREAD"), NOON)

    assert listed(mailbox, MailQuery(text=text, unread=True)) == [wanted]


def test_a_label_of_the_person_is_listed_after_gmails_own_folders_and_nothing_twice(
    world: GmailWorld, mailbox: GmailMailbox
) -> None:
    world.google.add_message(letter(), ("Family",), NOON)
    (family,) = world.google.label_names()
    both = world.google.add_message(letter(), ("INBOX", "Family"), NOON - timedelta(hours=1))
    inbox = world.google.add_message(letter(), ("INBOX",), NOON - timedelta(hours=2))

    found = listed(mailbox, MailQuery(folders=("INBOX", family)))

    assert found[:2] == [both, inbox]
    assert len(found) == 3


def test_folders_may_be_named_as_a_person_writes_them(world: GmailWorld, mailbox: GmailMailbox) -> None:
    message = world.google.add_message(letter(), ("AI_To pay",), NOON)
    spam = world.google.add_message(letter(), ("SPAM",), NOON)

    assert listed(mailbox, MailQuery(folders=("ai to pay",))) == [message]
    assert listed(mailbox, MailQuery(folders=("spam",))) == [spam]


def test_no_folder_means_everywhere(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = {world.google.add_message(letter(), labels, NOON) for labels in (("INBOX",), ("SPAM",), ("TRASH",), ())}

    assert set(listed(mailbox, MailQuery(folders=()))) == ids


def test_mail_that_comes_while_pages_are_read_shifts_nothing(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(700)
    pages = mailbox.list_ids(MailQuery())

    first = next(pages)
    world.google.add_message(letter(), date=NOON + timedelta(minutes=1))
    rest = [one for page in pages for one in page.ids]

    assert first.ids + rest == ids


def test_a_listing_google_puts_off_is_made_later(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.google.fault("messages.list", "429", retry_after=60)

    with pytest.raises(TryAgainError):
        listed(mailbox, MailQuery())


def test_huge_messages_are_known_however_many_there_are(world: GmailWorld, mailbox: GmailMailbox) -> None:
    """More than a page of them: nobody's huge mail is downloaded whole."""
    raw = letter(body="A" * (1 << 20))
    for age in range(503):
        world.google.add_message(raw, date=NOON - timedelta(minutes=age))

    first, second = mailbox.list_ids(MailQuery())

    assert all(one.is_large for page in (first, second) for one in page.messages)
    assert len(first.ids + second.ids) == 503
    assert world.google.usage.calls["messages.list"] == 4
    assert list(mailbox.list_ids(MailQuery(), first.next)) == [second]


def test_a_list_that_goes_on_asks_only_for_what_is_left_and_for_huge_messages(
    world: GmailWorld, mailbox: GmailMailbox
) -> None:
    ids = world.deliver(1200)
    (first, second, third) = mailbox.list_ids(MailQuery())
    world.google.reset_usage()

    pages = list(mailbox.list_ids(MailQuery(), second.next))

    assert pages == [third]
    assert first.ids + second.ids + third.ids == ids
    assert world.google.usage.calls["messages.list"] == 2
    assert world.google.usage.http_calls == 1


def test_a_place_that_gmail_has_forgotten_begins_the_list_anew(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.deliver(600)
    first, second = mailbox.list_ids(MailQuery(limit=550))
    world.google.fault("messages.list", "invalidPageToken")

    assert list(mailbox.list_ids(MailQuery(limit=550), first.next)) == [first, second]


def test_a_place_lost_between_two_pages_is_for_another_try(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(600)
    pages = mailbox.list_ids(MailQuery())
    first = next(pages)
    world.google.fault("messages.list", "invalidPageToken")

    with pytest.raises(TryAgainError, match="lost the place"):
        next(pages)
    assert [one for page in mailbox.list_ids(MailQuery(), first.next) for one in page.ids] == ids[500:]


def test_a_list_goes_on_in_the_folder_where_it_ended(world: GmailWorld, mailbox: GmailMailbox) -> None:
    """Gmail's own folders are one search, a label of the person's another."""
    world.google.mailbox().longest_page = 2
    inbox = world.deliver(3)
    family = world.deliver(3, ("Family",))
    (label,) = world.google.label_names()
    query = MailQuery(folders=("INBOX", label), limit=5)

    pages = list(mailbox.list_ids(query))

    assert [page.ids for page in pages] == [inbox[:2], inbox[2:], family[:2]]
    for number, page in enumerate(pages[:-1], 1):
        assert list(mailbox.list_ids(query, page.next)) == pages[number:]
    assert pages[-1].next == ""


def test_gmails_folders_are_one_search_and_labels_one_each() -> None:
    query = MailQuery(folders=("INBOX", "Label_1", "CATEGORY_SOCIAL", "DRAFT"), unread=True)

    together, alone = searches(query, "Europe/Kyiv")

    assert together.query == "{in:inbox category:social in:drafts} is:unread"
    assert together.folders == ()
    assert not together.spam_and_trash
    assert (alone.query, alone.folders) == ("is:unread", ("Label_1",))
