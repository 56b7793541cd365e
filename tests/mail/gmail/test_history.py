from typing import Any

import pytest

from auramail.core.errors import AuraMailError, MarkExpiredError, TryAgainError
from auramail.core.mail_events import Changes, EventKind, MailEvent
from auramail.mail.gmail.mailbox import GmailMailbox
from tests.mail.gmail.gmail_world import GmailWorld
from tests.mail.gmail.test_strange_answers import impostor, open_at


def kinds(mailbox: GmailMailbox, mark: str) -> list[tuple[EventKind, str]]:
    return [(event.kind, event.message_id) for page in mailbox.changes(mark) for event in page.events]


def test_whatever_happens_to_mail_is_told_in_its_order(world: GmailWorld, mailbox: GmailMailbox) -> None:
    (old,) = world.deliver(1)
    mark = mailbox.mark()
    (new,) = world.deliver(1)
    world.google.star(old)
    world.google.mark_read(new)
    world.google.delete(new)

    (page,) = mailbox.changes(mark)

    marks = [event.mark for event in page.events]
    starred = frozenset({"STARRED"})
    assert page.events == (
        MailEvent(marks[0], EventKind.ADDED, new, new, frozenset({"INBOX", "UNREAD"})),
        MailEvent(marks[1], EventKind.LABELLED, old, old, frozenset({"INBOX", "UNREAD"}) | starred, starred),
        MailEvent(marks[2], EventKind.UNLABELLED, new, new, frozenset({"INBOX"}), frozenset({"UNREAD"})),
        MailEvent(marks[3], EventKind.DELETED, new, new, frozenset({"INBOX"})),
    )  # fmt: skip
    assert page.mark == marks[3] == mailbox.mark()
    assert sorted(marks, key=int) == marks


def test_where_nothing_happened_one_page_moves_the_mark(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.deliver(1)
    mark = mailbox.mark()

    assert list(mailbox.changes(mark)) == [Changes((), mark)]
    assert mailbox.usage.quota_units == 3


def test_what_came_after_the_mark_of_a_page_is_told_from_there(world: GmailWorld, mailbox: GmailMailbox) -> None:
    mark = mailbox.mark()
    ids = world.deliver(1200)

    pages = list(mailbox.changes(mark))

    assert [len(page.events) for page in pages] == [500, 500, 200]
    assert [event.message_id for page in pages for event in page.events] == ids
    for number, page in enumerate(pages, 1):
        rest = [event for later in mailbox.changes(page.mark) for event in later.events]
        assert rest == [event for later in pages[number:] for event in later.events]


def test_mail_that_comes_between_two_pages_is_not_passed_over(world: GmailWorld, mailbox: GmailMailbox) -> None:
    mark = mailbox.mark()
    ids = world.deliver(501)
    late: list[str] = []
    world.google.before("history.list", lambda: late.extend(world.deliver(1)), nth=2)

    pages = list(mailbox.changes(mark))
    after = list(mailbox.changes(pages[-1].mark))

    told = [event.message_id for page in pages + after for event in page.events]
    assert told == ids + late


def test_a_mark_too_old_for_gmail_has_expired(world: GmailWorld, mailbox: GmailMailbox) -> None:
    mark = mailbox.mark()
    world.google.expire_history()

    with pytest.raises(MarkExpiredError):
        list(mailbox.changes(mark))


@pytest.mark.parametrize("mark", ["", "yesterday", "-1", "1.5", "²", str(2**64)])
def test_a_mark_that_is_none_has_expired_without_a_question(
    world: GmailWorld, mailbox: GmailMailbox, mark: str
) -> None:
    with pytest.raises(MarkExpiredError):
        list(mailbox.changes(mark))

    assert world.google.usage.http_calls == 0


@pytest.mark.parametrize("kind", ["503", "429", "invalidPageToken"])
def test_a_history_google_does_not_tell_now_is_asked_for_later(
    world: GmailWorld, mailbox: GmailMailbox, kind: str
) -> None:
    mark = mailbox.mark()
    ids = world.deliver(501)
    world.google.fault("history.list", kind, nth=2, times=None)
    pages = mailbox.changes(mark)
    first = next(pages)

    with pytest.raises(TryAgainError):
        next(pages)
    world.google.clear_faults()
    assert kinds(mailbox, first.mark) == [(EventKind.ADDED, ids[-1])]


def test_one_record_may_tell_several_things_of_several_messages() -> None:
    def about(message: str, *changed: str) -> dict[str, Any]:
        item: dict[str, Any] = {"message": {"id": message, "threadId": "t", "labelIds": ["INBOX"]}}
        return item | ({"labelIds": list(changed)} if changed else {})

    record = {
        "id": str(2**63 + 5),
        "messagesDeleted": [about("a")],
        "labelsRemoved": [about("b", "UNREAD")],
        "labelsAdded": [about("b", "STARRED"), about("c", "STARRED", "IMPORTANT")],
        "messagesAdded": [about("a"), about("b")],
    }
    with impostor({"history": [record], "historyId": str(2**64 - 1)}) as url, open_at(url) as mailbox:
        (page,) = mailbox.changes("9")

    assert page.mark == str(2**64 - 1)
    assert {event.mark for event in page.events} == {str(2**63 + 5)}
    assert [(event.kind, event.message_id, sorted(event.changed)) for event in page.events] == [
        (EventKind.ADDED, "a", []),
        (EventKind.ADDED, "b", []),
        (EventKind.LABELLED, "b", ["STARRED"]),
        (EventKind.LABELLED, "c", ["IMPORTANT", "STARRED"]),
        (EventKind.UNLABELLED, "b", ["UNREAD"]),
        (EventKind.DELETED, "a", []),
    ]


@pytest.mark.parametrize(
    "strange",
    [
        {"history": "none", "historyId": "8"},
        {"history": [None, {"id": "x", "messagesAdded": [{"message": {"id": "a"}}]}], "historyId": None},
        {"history": [{"id": "7", "messagesAdded": [{"message": None}, {}, 5]}]},
        {},
    ],
)
def test_a_mark_never_goes_back_whatever_the_answer(strange: dict[str, Any]) -> None:
    with impostor(strange) as url, open_at(url) as mailbox:
        assert list(mailbox.changes("9")) == [Changes((), "9")]


@pytest.mark.parametrize("strange", [{}, {"historyId": 5}, {"historyId": "soon"}])
def test_a_profile_without_a_history_id_is_refused(strange: dict[str, Any]) -> None:
    with impostor(strange) as url, open_at(url) as mailbox, pytest.raises(AuraMailError, match="cannot be read"):
        mailbox.mark()
