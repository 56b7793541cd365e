from datetime import UTC, datetime, timedelta

import pytest

from bench.mailboxes import Contents, Why, fill
from bench.senders import PERSON
from tests.fakes.clock import FakeClock
from tests.fakes.google.search import compile_query
from tests.fakes.google.world import World

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def filled(count: int, seed: int = 1) -> tuple[World, Contents]:
    world = World(FakeClock(NOW))
    world.add_user(PERSON)
    return world, fill(world, count, seed)


@pytest.fixture(scope="module")
def mailbox() -> tuple[World, Contents]:
    return filled(3000)


def found(world: World, query: str) -> set[str]:
    compiled = compile_query(query, world.mailbox(), NOW)
    return {message.id for message in world.mailbox().messages.values() if compiled(message)}


def test_six_in_ten_received_messages_are_bulk_of_200_senders(mailbox: tuple[World, Contents]) -> None:
    world, contents = mailbox
    messages = world.mailbox().messages

    assert len(contents.received) == 3000
    assert len(contents.bulk) == 1800
    assert len({messages[one].header("from") for one in contents.bulk}) == 200
    assert found(world, "in:inbox") == set(contents.received)
    assert found(world, "in:sent") == contents.sent


def test_the_newest_message_comes_first_and_none_is_older_than_two_years(mailbox: tuple[World, Contents]) -> None:
    world, contents = mailbox
    moments = [world.mailbox().messages[one].received / 1000 for one in contents.received]

    assert moments == sorted(moments, reverse=True)
    assert timedelta(0) < NOW - datetime.fromtimestamp(moments[0], UTC)
    assert NOW - datetime.fromtimestamp(moments[-1], UTC) < timedelta(days=731)


@pytest.mark.parametrize(
    ("why", "query"),
    [
        (Why.STARRED, "is:starred"),
        (Why.IMPORTANT, "is:important"),
        (Why.ATTACHMENT, "has:attachment"),
        (Why.LARGE, "larger:1M"),
        (Why.YOUNG, "newer_than:14d -in:sent"),
        (Why.OWN_DOMAIN, "from:studio.example -in:sent"),
    ],
)
def test_what_is_called_protected_is_what_gmail_finds(mailbox: tuple[World, Contents], why: Why, query: str) -> None:
    world, contents = mailbox

    assert {one for one, reasons in contents.protected.items() if why in reasons} == found(world, query)


def test_messages_in_threads_the_person_wrote_in_are_protected(mailbox: tuple[World, Contents]) -> None:
    world, contents = mailbox
    messages = world.mailbox().messages
    written_in = {messages[one].thread_id for one in contents.sent}

    in_threads = {one for one in contents.received if messages[one].thread_id in written_in}

    assert {one for one, reasons in contents.protected.items() if Why.THREAD in reasons} == in_threads
    assert in_threads & contents.bulk


def test_mail_of_two_bulk_senders_is_protected_since_the_person_wrote_to_them(mailbox: tuple[World, Contents]) -> None:
    world, contents = mailbox
    messages = world.mailbox().messages
    known = {one for one in contents.bulk if Why.CORRESPONDENT in contents.protected.get(one, ())}

    senders = {messages[one].header("from").partition("<")[2].strip(">") for one in known}

    assert len(senders) == 2
    assert senders <= {messages[one].header("to") for one in contents.sent}


def test_equal_seeds_make_equal_mailboxes_and_others_make_others() -> None:
    bytes_of = [
        {world.mailbox().messages[received].raw for received in contents.received}
        for world, contents in (filled(60), filled(60), filled(60, seed=2))
    ]

    assert bytes_of[0] == bytes_of[1]
    assert not bytes_of[0] & bytes_of[2]
