"""One suite for every implementation of ports.Mailbox."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from auramail.core.accounts import SourceKind
from auramail.core.actions import Change
from auramail.core.errors import NeedsPersonError
from auramail.core.labels import INBOX, SENT, SPAM, STARRED, TRASH, UNREAD, LabelWish
from auramail.core.queries import MailQuery
from auramail.ports.mailboxes import Mailbox, Request
from tests.contracts.gmail_case import gmail_case
from tests.contracts.mailbox_cases import LOCAL_CASES, SHORT_PAGE, ZONE, Case
from tests.fakes.local_index import MemoryIndex


@pytest.fixture(params=[*sorted(LOCAL_CASES), SourceKind.GMAIL.value])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Case]:
    if request.param == SourceKind.GMAIL.value:
        with gmail_case() as opened:
            yield opened
    else:
        yield LOCAL_CASES[request.param](tmp_path, MemoryIndex())


def listed(mailbox: Mailbox, query: MailQuery) -> list[str]:
    return [one for page in mailbox.list_ids(query) for one in page.ids]


def dates(case: Case, ids: list[str]) -> list[datetime]:
    return [case.content[identifier].received for identifier in ids]


def wish(name: str) -> LabelWish:
    return LabelWish(name, "#4a86e8", "#ffffff")


def test_the_default_query_lists_inbox_spam_and_trash_newest_first_each_once(case: Case) -> None:
    ids = listed(case.mailbox, MailQuery())

    assert sorted(ids) == sorted(case.newest(INBOX, SPAM, TRASH))
    assert dates(case, ids) == sorted(dates(case, ids), reverse=True)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("limit", [None, 1, 4, 5, 10])
def test_a_list_goes_on_where_any_of_its_pages_ended(case: Case, limit: int | None) -> None:
    query = MailQuery(limit=limit)

    pages = list(case.mailbox.list_ids(query))

    for number, page in enumerate(pages[:-1], 1):
        assert 0 < len(page.ids) <= SHORT_PAGE
        assert list(case.mailbox.list_ids(query, page.next)) == pages[number:]
    assert pages[-1].next == ""
    assert [one for page in pages for one in page.ids] == listed(case.mailbox, query)


def test_a_list_goes_on_although_what_it_gave_has_left_the_folder(case: Case) -> None:
    query = MailQuery(folders=(INBOX,))
    expected = listed(case.mailbox, query)

    ids: list[str] = []
    start = ""
    while page := next(case.mailbox.list_ids(query, start), None):
        case.mailbox.change_labels([Request(tuple(page.ids), Change(remove=frozenset({INBOX})))])
        ids += page.ids
        if not page.next:
            break
        start = page.next

    assert ids == expected


@pytest.mark.parametrize("start", ["nonsense", "0", "0.4", "0.4.nonsense", "999.4.5", "4 yesterday x", "4 2026 x", "²"])
def test_a_place_that_is_none_begins_the_list_anew(case: Case, start: str) -> None:
    assert list(case.mailbox.list_ids(MailQuery(), start)) == list(case.mailbox.list_ids(MailQuery()))


def test_a_page_names_the_threads_of_its_messages(case: Case) -> None:
    (page, *_) = case.mailbox.list_ids(MailQuery())

    read = case.mailbox.fetch(page.ids)

    assert [message.thread_id for message in page.messages] == [one.source and one.source.thread_id for one in read]


@pytest.mark.parametrize("folder", [INBOX, SPAM, TRASH, SENT, STARRED])
def test_a_folder_lists_its_own_messages_only(case: Case, folder: str) -> None:
    assert sorted(listed(case.mailbox, MailQuery(folders=(folder,)))) == sorted(case.newest(folder))


def test_a_message_in_two_of_the_folders_is_listed_once(case: Case) -> None:
    ids = listed(case.mailbox, MailQuery(folders=(INBOX, STARRED, UNREAD)))

    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("limit", [0, 1, 5])
def test_a_limit_gives_the_newest_messages(case: Case, limit: int) -> None:
    ids = listed(case.mailbox, MailQuery(limit=limit))

    assert dates(case, ids) == dates(case, case.newest(INBOX, SPAM, TRASH))[:limit]


def test_a_limit_beyond_the_end_gives_all(case: Case) -> None:
    assert len(listed(case.mailbox, MailQuery(limit=100_000))) == len(case.newest(INBOX, SPAM, TRASH))


def test_a_negative_limit_is_refused(case: Case) -> None:
    with pytest.raises(NeedsPersonError):
        listed(case.mailbox, MailQuery(limit=-1))


def test_a_folder_that_does_not_exist_is_refused(case: Case) -> None:
    with pytest.raises(NeedsPersonError):
        listed(case.mailbox, MailQuery(folders=("No such folder",)))


def test_unread_narrows_to_what_was_not_read(case: Case) -> None:
    ids = listed(case.mailbox, MailQuery(folders=(INBOX,), unread=True))

    expected = [identifier for identifier in case.newest(INBOX) if UNREAD in case.content[identifier].labels]
    assert expected
    assert sorted(ids) == sorted(expected)


def test_days_begin_at_midnight_in_the_zone_of_the_account(case: Case) -> None:
    first, last = date(2026, 11, 9), date(2026, 11, 10)

    ids = listed(case.mailbox, MailQuery(after=first, before=last))

    midnights = [datetime.combine(day, time(), ZoneInfo(ZONE)) for day in (first, last)]
    expected = [
        identifier
        for identifier in case.newest(INBOX, SPAM, TRASH)
        if midnights[0] <= case.content[identifier].received < midnights[1]
    ]
    assert expected
    assert sorted(ids) == sorted(expected)


def test_a_day_without_mail_lists_nothing(case: Case) -> None:
    newest = max(known.received for known in case.content.values()).date()

    assert listed(case.mailbox, MailQuery(after=newest + timedelta(days=2))) == []


def test_a_sender_narrows_the_list(case: Case) -> None:
    newest = case.newest(INBOX)[0]
    address = case.content[newest].sender.rpartition("<")[2].rstrip(">")

    ids = listed(case.mailbox, MailQuery(folders=(INBOX,), sender=address))

    assert newest in ids
    assert all(address in case.content[identifier].sender for identifier in ids)


def test_a_search_narrows_the_list(case: Case) -> None:
    ids = listed(case.mailbox, MailQuery(text="is:unread -in:spam"))

    expected = {
        identifier
        for identifier in case.newest(INBOX, TRASH)
        if UNREAD in case.content[identifier].labels and SPAM not in case.content[identifier].labels
    }
    assert set(ids) == expected


def test_messages_are_fetched_in_the_order_asked_for_with_labels_and_dates(case: Case) -> None:
    ids = case.newest(INBOX, SPAM, TRASH)[:10][::-1]

    answers = case.mailbox.fetch(ids)

    assert [answer.id for answer in answers] == ids
    for answer in answers:
        assert answer.source is not None
        assert answer.source.id == answer.id
        assert answer.source.thread_id
        assert answer.source.labels == case.content[answer.id].labels
        assert answer.source.received == case.content[answer.id].received


def test_an_unknown_id_is_gone_beside_one_that_is_there(case: Case) -> None:
    there = case.newest(INBOX)[0]

    missing, found = case.mailbox.fetch(["0123456789abcdef", there])

    assert missing.gone
    assert missing.source is None
    assert found.source is not None
    assert case.mailbox.labels_now(["0123456789abcdef"]) == {"0123456789abcdef": None}


def test_fetching_nothing_answers_nothing(case: Case) -> None:
    assert case.mailbox.fetch([]) == []
    assert case.mailbox.labels_now([]) == {}
    assert case.mailbox.change_labels([]) == []


def test_labels_now_are_those_the_message_has(case: Case) -> None:
    ids = case.newest(INBOX, SPAM, TRASH, SENT)[:20]

    labels = case.mailbox.labels_now(ids)

    assert labels == {identifier: case.content[identifier].labels for identifier in ids}


def test_a_label_is_created_once_and_found_by_its_normalised_name(case: Case) -> None:
    created = case.mailbox.labels([wish("AI_To pay")])["AI_To pay"]

    again = case.mailbox.labels([wish("AI_To pay"), wish("ai/to-pay")])
    everything = case.mailbox.labels([])

    assert again == {"AI_To pay": created, "ai/to-pay": created}
    assert everything[created.name] == created


def test_without_wishes_the_mailboxs_own_labels_are_listed(case: Case) -> None:
    labels = case.mailbox.labels([])

    assert {INBOX, SPAM, TRASH, UNREAD} <= {label.id for label in labels.values()}
    assert all(name == label.name for name, label in labels.items())


def test_a_change_adds_and_removes_labels_of_all_its_messages(case: Case) -> None:
    ids = tuple(case.newest(INBOX)[:3])
    label = case.mailbox.labels([wish("AI_Newsletters")])["AI_Newsletters"].id
    request = Request(ids, Change(add=frozenset({label}), remove=frozenset({INBOX})))

    (applied,) = case.mailbox.change_labels([request])

    assert applied.request == request
    assert applied.problem is None
    assert not applied.unknown
    assert not applied.gone
    assert case.mailbox.labels_now(ids) == {
        identifier: (case.content[identifier].labels - {INBOX}) | {label} for identifier in ids
    }
    assert not set(ids) & set(listed(case.mailbox, MailQuery(folders=(INBOX,))))
    assert set(listed(case.mailbox, MailQuery(folders=(label,)))) == set(ids)


def test_a_change_made_twice_is_made_once(case: Case) -> None:
    ids = tuple(case.newest(INBOX)[:2])
    request = Request(ids, Change(add=frozenset({STARRED}), remove=frozenset({UNREAD})))

    case.mailbox.change_labels([request])
    once = case.mailbox.labels_now(ids)
    case.mailbox.change_labels([request])

    assert case.mailbox.labels_now(ids) == once


def test_the_opposite_change_restores_the_labels(case: Case) -> None:
    ids = tuple(case.newest(INBOX)[:2])
    before = case.mailbox.labels_now(ids)

    case.mailbox.change_labels([Request(ids, Change(add=frozenset({TRASH}), remove=frozenset({INBOX})))])
    case.mailbox.change_labels([Request(ids, Change(add=frozenset({INBOX}), remove=frozenset({TRASH})))])

    assert case.mailbox.labels_now(ids) == before


def test_each_request_is_answered_in_order(case: Case) -> None:
    first, second = case.newest(INBOX)[:2]
    requests = [
        Request((first,), Change(add=frozenset({STARRED}))),
        Request((second,), Change(remove=frozenset({INBOX}))),
    ]

    assert [applied.request for applied in case.mailbox.change_labels(requests)] == requests


def test_a_change_of_a_message_that_is_gone_says_so_and_changes_the_others(case: Case) -> None:
    there = case.newest(INBOX)[0]
    request = Request(("0123456789abcdef", there), Change(add=frozenset({STARRED})))

    (applied,) = case.mailbox.change_labels([request])

    assert applied.gone == {"0123456789abcdef"}
    assert STARRED in (case.mailbox.labels_now([there])[there] or ())


def test_a_list_begun_before_a_change_still_lists_every_message_once(case: Case) -> None:
    expected = sorted(listed(case.mailbox, MailQuery(folders=(INBOX,))))

    ids: list[str] = []
    for page in case.mailbox.list_ids(MailQuery(folders=(INBOX,))):
        case.mailbox.change_labels([Request(tuple(page.ids), Change(remove=frozenset({INBOX})))])
        ids += page.ids

    assert sorted(ids) == expected
