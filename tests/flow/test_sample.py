"""The sample mailbox, and a person's own mbox, sorted and put back with no network at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auramail.core.accounts import Account
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, RunKind
from auramail.flow.desk import Outcome
from auramail.ops.work import finish_run, owned
from auramail.settings import read_settings
from auramail.wiring.house import House, open_house
from tests.fakes.clock import FakeClock
from tests.house import newsletter, note
from tests.mail.letters import write_mbox


@pytest.fixture
def house(home: Path, sqlite_url: str, clock: FakeClock) -> Iterator[House]:
    assert sqlite_url
    with open_house(read_settings(auramail_home=home, _env_file=None), clock) as opened:
        yield opened


def follow(house: House, account: Account, order: Order) -> Outcome:
    with owned(house, account.id) as is_owner:
        return finish_run(house, house.runs.start(account.id, order), is_owner)


def everything(house: House, account: Account, ids: list[str] | None = None) -> dict[str, frozenset[str] | None]:
    with house.mailbox(account) as mailbox:
        listed = ids or [one for page in mailbox.list_ids(MailQuery()) for one in page.ids]
        return mailbox.labels_now(listed)


@pytest.mark.parametrize("source", ["sample", "mbox"])
def test_sorted_and_undone_every_message_has_the_labels_it_had(house: House, tmp_path: Path, source: str) -> None:
    letters = [newsletter(number) for number in range(20)] + [note(number) for number in range(20)]
    path = write_mbox(tmp_path / "All mail.mbox", *letters)
    content = path.read_bytes()
    account = house.account_from("sample" if source == "sample" else f"mbox:{path}")
    before = everything(house, account)

    done = follow(house, account, Order()).receipt
    sorted_labels = everything(house, account, list(before))
    undone = follow(house, account, Order(kind=RunKind.UNDO, selection={"run_id": done.run})).receipt

    assert len(before) == done.listed == done.handled
    assert undone.handled == done.handled - done.held, "what waits for the person was not touched"
    assert sorted_labels != before
    assert everything(house, account, list(before)) == before
    assert path.read_bytes() == content


def test_sorting_the_sample_needs_neither_quota_nor_model(house: House) -> None:
    receipt = follow(house, house.account_from("sample"), Order()).receipt

    assert receipt.is_whole
    assert receipt.listed >= 120
    assert (receipt.quota_units, receipt.http_calls, receipt.model_calls) == (0, 0, 0)


def test_same_source_is_the_same_account(house: House) -> None:
    assert house.account_from("sample") == house.account_from("sample")
