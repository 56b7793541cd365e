"""What the keeper of accounts promises (`ports.Accounts`), and how accounts come and go."""

import pytest

from auramail.core.accounts import Person, SourceKind
from auramail.core.errors import NotFoundError
from auramail.core.labels import Label
from auramail.core.wording import Wording
from auramail.storage.accounts import SqlAccounts
from auramail.storage.engine import Database
from auramail.storage.labels import SqlLabels
from auramail.storage.ledger import SqlLedger
from auramail.storage.users import SqlUsers
from tests.fakes.clock import FakeClock
from tests.storage.builders import a_run, an_account, an_entry


@pytest.fixture
def accounts(database: Database, clock: FakeClock) -> SqlAccounts:
    return SqlAccounts(database, clock)


@pytest.fixture
def ana(database: Database, clock: FakeClock) -> int:
    return SqlUsers(database, clock).signed_in("sub-ana", "ana@home.example", "Ana").id


@pytest.fixture
def ben(database: Database, clock: FakeClock) -> int:
    return SqlUsers(database, clock).signed_in("sub-ben", "ben@work.example", "Ben").id


def test_a_file_opened_again_is_the_same_account(accounts: SqlAccounts, ana: int) -> None:
    first = accounts.open_local(ana, SourceKind.MBOX, "/mail/Пошта.mbox", "", "Europe/Kyiv")

    assert accounts.open_local(ana, SourceKind.MBOX, "/mail/Пошта.mbox", "", "UTC") == first
    assert accounts.open_local(ana, SourceKind.MBOX, "/mail/other.mbox", "", "UTC") != first
    assert accounts.get(first.id) == first
    assert (first.kind, first.path, first.zone, first.paused) == (
        SourceKind.MBOX,
        "/mail/Пошта.mbox",
        "Europe/Kyiv",
        None,
    )


def test_a_gmail_address_connected_again_is_the_same_account(accounts: SqlAccounts, ana: int) -> None:
    first = accounts.connect_gmail(ana, "Ana@Gmail.com", "Europe/Kyiv")

    assert accounts.connect_gmail(ana, "ana@gmail.com", "Europe/Kyiv") == first
    assert (first.kind, first.address) == (SourceKind.GMAIL, "ana@gmail.com")


def test_each_user_has_their_own_accounts(accounts: SqlAccounts, ana: int, ben: int) -> None:
    hers = accounts.open_local(ana, SourceKind.SAMPLE, "", "", "UTC")
    his = accounts.open_local(ben, SourceKind.SAMPLE, "", "", "UTC")

    assert (accounts.of_user(ana), accounts.of_user(ben)) == ([hers], [his])
    assert accounts.all() == [hers, his]


def test_an_account_is_paused_with_a_reason_and_resumed(accounts: SqlAccounts, ana: int) -> None:
    account = accounts.connect_gmail(ana, "ana@gmail.com", "UTC")
    why = Wording.of("Google no longer accepts the sign-in of {address}", address="ana@gmail.com")

    accounts.pause(account.id, why)
    assert accounts.get(account.id).paused == why

    accounts.pause(account.id, None)
    assert accounts.get(account.id) == account


def test_what_does_not_exist_is_not_found(accounts: SqlAccounts) -> None:
    for ask in (accounts.get, accounts.person):
        with pytest.raises(NotFoundError):
            ask(999)
    with pytest.raises(NotFoundError):
        accounts.pause(999, None)
    with pytest.raises(NotFoundError):
        accounts.remember_person(999, Person())


def test_nothing_is_known_of_the_person_until_their_mail_was_looked_at(accounts: SqlAccounts, ana: int) -> None:
    account = accounts.connect_gmail(ana, "ana@gmail.com", "Europe/Kyiv")
    assert accounts.person(account.id) is None

    accounts.remember_person(account.id, Person(frozenset({"ana@gmail.com"})))

    assert accounts.person(account.id) == Person(frozenset({"ana@gmail.com"}), {}, "Europe/Kyiv")


def test_what_is_learned_of_the_person_replaces_what_was_known(accounts: SqlAccounts, ana: int) -> None:
    account = accounts.connect_gmail(ana, "ana@gmail.com", "Europe/Kyiv")
    accounts.remember_person(account.id, Person(frozenset({"old@home.example"}), {"gone@x.example": 9}))
    wrote_to = {f"friend{number}@x.example": number + 1 for number in range(1500)}
    addresses = frozenset({"ana@gmail.com", "ana@home.example"})

    accounts.remember_person(account.id, Person(addresses, wrote_to))

    assert accounts.person(account.id) == Person(addresses, wrote_to, "Europe/Kyiv")


def test_a_removed_account_leaves_nothing_and_its_number_is_not_used_again(
    accounts: SqlAccounts, database: Database, clock: FakeClock
) -> None:
    account = an_account(database, clock)
    ledger, labels = SqlLedger(database, clock), SqlLabels(database)
    (entry,) = ledger.record([an_entry(a_run(database, clock, account.id))])
    ledger.move([entry.id], entry.state, entry.state.APPLIED)
    ledger.record([an_entry(a_run(database, clock, account.id), undo_of=entry.id)])
    labels.remember(account.id, [Label("Label_1", "AI_Social")])

    accounts.remove(account.id)

    with pytest.raises(NotFoundError):
        accounts.get(account.id)
    assert ledger.known(account.id, ["m1"]) == {}
    assert labels.names(account.id) == {}
    assert an_account(database, clock).id > account.id


class TestLabels:
    def test_names_are_kept_and_follow_a_renaming(self, database: Database, clock: FakeClock) -> None:
        account, labels = an_account(database, clock), SqlLabels(database)

        labels.remember(account.id, [Label("L1", "AI_Social"), Label("L2", "Друзі")])
        labels.remember(account.id, [Label("L1", "AuraMail/Social")])

        assert labels.names(account.id) == {"L1": "AuraMail/Social", "L2": "Друзі"}
