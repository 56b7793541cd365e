from datetime import timedelta

from auramail.core.audit import AuditLine
from auramail.storage.accounts import SqlAccounts
from auramail.storage.audit import SqlAudit
from auramail.storage.engine import Database
from auramail.storage.users import SqlUsers
from tests.fakes.clock import NOON, FakeClock
from tests.storage.builders import an_account


def test_a_persons_acts_come_newest_first_page_by_page(database: Database, clock: FakeClock) -> None:
    audit, ana = SqlAudit(database, clock), SqlUsers(database, clock).local_user().id
    for number in range(4):
        audit.write(f"act-{number}", ana, detail={"number": number})
        clock.advance(minutes=1)
    audit.write("by-another", ana + 1)
    audit.write("by-nobody", None)

    first = audit.of_user(ana, limit=3)
    second = audit.of_user(ana, limit=3, before_id=first[-1].id)

    assert [line.act for line in first + second] == ["act-3", "act-2", "act-1", "act-0"]
    assert second == [AuditLine(1, NOON, "act-0", ana, None, {"number": 0})]
    assert first[0].at == NOON + timedelta(minutes=3)


def test_an_act_outlives_the_account_it_was_about(database: Database, clock: FakeClock) -> None:
    audit, account = SqlAudit(database, clock), an_account(database, clock)
    audit.write("account_connected", account.user_id, account.id)

    SqlAccounts(database, clock).remove(account.id)

    assert [line.account_id for line in audit.of_user(account.user_id)] == [account.id]
