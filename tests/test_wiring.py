"""The house hands out mailboxes that share an account's quota and leave it to who is more urgent."""

from pathlib import Path

import pytest

from auramail.core.errors import NotYetError
from auramail.core.quota import Priority
from tests.fakes.clock import FakeClock
from tests.house import gmail_home, note


def test_a_backlog_leaves_the_accounts_quota_to_new_mail(home: Path, sqlite_url: str, clock: FakeClock) -> None:
    assert sqlite_url
    with gmail_home(home, clock) as ana:
        message = ana.deliver(note(1))
        bucket = ana.house.bucket(ana.account)
        bucket.take(bucket.standing().configured - 1000)

        with ana.house.mailbox(ana.account, Priority.BACKLOG) as backlog, pytest.raises(NotYetError):
            backlog.fetch([message])
        with ana.house.mailbox(ana.account) as live:
            read = live.fetch([message])

    assert [answer.id for answer in read] == [message]
    assert live.usage.quota_units == 20
