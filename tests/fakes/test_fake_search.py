from datetime import UTC, datetime

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.google.errors import GoogleError
from tests.fakes.google.search import compile_query
from tests.fakes.google.world import World
from tests.fakes.letters import letter, letter_with_file


@pytest.fixture
def world(clock: FakeClock) -> World:
    """Five messages, named by what they are."""
    world = World(clock)
    world.add_user("olena@example.com")
    mails = {
        "bill": (letter_with_file("рахунок-november.pdf"), ("INBOX", "UNREAD", "AuraMail/To pay"), 19),
        "news": (
            letter("Shop <news@mail.shop.example>", "Big sale", List_Id="<sale.shop.example>"),
            ("INBOX", "CATEGORY_PROMOTIONS"),
            10,
        ),
        "ben": (
            letter("Ben <ben@work.example>", "Lunch on Friday?", "Sushi or borshch", cc="cleo@work.example"),
            ("INBOX", "STARRED"),
            18,
        ),
        "spam": (letter("Prince <p@far.example>", "Fortune", Message_ID="<gold@far.example>"), ("SPAM",), 17),
        "sent": (letter("olena@example.com", "Re: Lunch", "x" * 3000, to="ben@work.example"), ("SENT",), 18),
    }
    for name, (raw, labels, day) in mails.items():
        world.add_message(raw, labels, datetime(2026, 11, day, 9, tzinfo=UTC), thread=name)
    return world


def found(world: World, query: str) -> set[str]:
    mailbox = world.mailbox()
    test = compile_query(query, mailbox, world.clock.now())
    return {message.thread_id for message in mailbox.messages.values() if test(message)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "bill news ben spam sent"),
        ("from:ben", "ben"),
        ("from:shop.example", "bill news"),
        ("from:news@mail.shop.example", "news"),
        ("from:hop", ""),
        ("to:ben@work.example", "sent"),
        ("cc:cleo", "ben"),
        ("to:cleo", "ben"),
        ("subject:lunch", "ben sent"),
        ("subject:(lunch friday)", "ben"),
        ("subject:{sale fortune}", "news spam"),
        ('subject:"on friday"', "ben"),
        ('"sushi or borshch"', "ben"),
        ("sushi", "ben"),
        ("lunch -from:ben", "sent"),
        ("-in:spam -in:sent -label:auramail-to-pay", "news ben"),
        ('label:"AuraMail/To pay"', "bill"),
        ("label:unknown", ""),
        ("in:inbox is:unread", "bill"),
        ("in:sent", "sent"),
        ("in:anywhere", "bill news ben spam sent"),
        ("is:starred", "ben"),
        ("is:read in:inbox", "news ben"),
        ("has:attachment", "bill"),
        ("has:userlabels", "bill"),
        ("has:nouserlabels in:inbox", "news ben"),
        ("filename:pdf", "bill"),
        ("filename:рахунок", "bill"),
        ("after:2026/11/18", "bill ben sent"),
        ("before:2026-11-18", "news spam"),
        ("after:1795046400", "bill"),  # 2026-11-19 00:00 UTC
        ("newer_than:2d", "bill"),
        ("older_than:9d", "news"),
        ("older_than:1y", ""),
        ("larger:2K", "sent"),
        ("smaller:1M from:olena", "sent"),
        ("category:promotions", "news"),
        ("category:primary", ""),
        ("list:sale.shop.example", "news"),
        ("rfc822msgid:gold@far.example", "spam"),
        ("rfc822msgid:<gold@far.example>", "spam"),
        ("from:ben OR subject:sale", "ben news"),
        ("{from:ben subject:sale}", "ben news"),
        ("in:inbox {from:ben subject:sale} -is:starred", "news"),
        ("in:inbox (from:ben OR is:unread)", "ben bill"),
        ("-{from:ben in:spam} subject:lunch", "sent"),
        ("from:(ben OR prince)", "ben spam"),
        ("nosuchoperator:x", ""),
        ("(from:ben", "ben"),
    ],
)
def test_a_query_finds_what_gmail_would(world: World, query: str, expected: str) -> None:
    assert found(world, query) == set(expected.split())


def test_dates_are_midnight_in_california(clock: FakeClock) -> None:
    world = World(clock)
    world.add_user("olena@example.com")
    world.add_message(letter(), date=datetime(2026, 11, 18, 7, 59, tzinfo=UTC), thread="before midnight")
    world.add_message(letter(), date=datetime(2026, 11, 18, 8, 0, tzinfo=UTC), thread="at midnight")

    assert found(world, "after:2026/11/18") == {"at midnight"}


def test_a_bracket_too_many_is_refused(world: World) -> None:
    with pytest.raises(GoogleError):
        found(world, "from:ben) subject:x")
