"""Whom an account belongs to is learned from its sent mail, once."""

from auramail.core.accounts import Person
from auramail.flow.acquaint import SENT_READ, acquaint
from tests.house import ANA, GmailHome, note
from tests.mail.letters import letter


def sent(ana: GmailHome, number: int, to: str, sender: str = ANA) -> None:
    date = ana.clock.now()
    raw = letter(f"Hello {number}", sender=sender, to=to, date=date, message_id=f"{number}@sent.example", body="Hi!")
    ana.deliver(raw, "SENT", age=number)


def acquainted(ana: GmailHome) -> Person:
    with ana.house.mailbox(ana.account) as mailbox:
        return acquaint(ana.account, mailbox, ana.house.accounts)


def test_person_knows_those_they_wrote_to_and_how_often(ana: GmailHome) -> None:
    sent(ana, 1, "ben@friends.example")
    sent(ana, 2, "Ben Friend <Ben@Friends.example>, cleo@example.com")

    person = acquainted(ana)

    assert person.correspondents == {"ben@friends.example": 2, "cleo@example.com": 1}


def test_address_the_person_writes_from_is_their_own(ana: GmailHome) -> None:
    sent(ana, 1, f"{ANA}, ben@friends.example", sender="ana@work.example")

    person = acquainted(ana)

    assert person.addresses == {ANA, "ana@work.example"}
    assert ANA not in person.correspondents


def test_mail_received_makes_nobody_a_correspondent(ana: GmailHome) -> None:
    ana.deliver(note(1))

    assert acquainted(ana).correspondents == {}


def test_sent_mail_is_looked_through_only_the_first_time(ana: GmailHome) -> None:
    sent(ana, 1, "ben@friends.example")
    first = acquainted(ana)
    ana.google.reset_usage()

    assert acquainted(ana) == first
    assert "messages.get" not in ana.google.usage.calls


def test_only_the_newest_sent_mail_is_read(ana: GmailHome) -> None:
    for number in range(SENT_READ + 5):
        sent(ana, number, "ben@friends.example")

    assert acquainted(ana).correspondents == {"ben@friends.example": SENT_READ}


def test_empty_sent_mail_still_leaves_the_accounts_own_address(ana: GmailHome) -> None:
    person = acquainted(ana)

    assert person.addresses == {ANA}
    assert person.zone == ana.account.zone
