"""The memory a worker takes to sort a mailbox: its peak, in a process that holds nothing else."""

import multiprocessing
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

from auramail.core.queries import MailQuery
from auramail.core.runs import Order
from auramail.settings import Settings
from auramail.wiring.house import open_house
from bench.mailboxes import fill
from bench.measuring import sort_all
from bench.senders import PERSON
from tests.fakes.google_server import GoogleServer
from tests.house import connect_gmail, settings_for


def peak_memory(count: int) -> int:
    """Megabytes a worker had at most. The fake, in this process, answers at once and has no quota to wait for."""
    with tempfile.TemporaryDirectory() as folder, GoogleServer() as google:
        google.add_user(PERSON)
        fill(google, count)
        settings = settings_for(google, Path(folder))
        with open_house(settings) as house:
            account = connect_gmail(google, house, PERSON)
        ours, theirs = multiprocessing.Pipe()
        worker = multiprocessing.get_context("spawn").Process(target=_work, args=(settings, account.id, theirs))
        worker.start()
        theirs.close()
        try:
            peak: int = ours.recv()
        finally:
            worker.join()
        return peak


def _work(settings: Settings, account_id: int, answer: Connection) -> None:
    with open_house(settings) as house:
        outcome = sort_all(house, house.accounts.get(account_id), Order(query=MailQuery()))
        assert outcome.receipt.is_whole
    answer.send(_peak())


def _peak() -> int:
    """VmHWM: unlike `ru_maxrss` it does not begin with what the parent process had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024
