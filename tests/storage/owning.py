"""A worker for `test_account_lock.py`, in a module of its own so that another process can import it."""

from multiprocessing.connection import Connection
from pathlib import Path

from auramail.storage.engine import Database
from auramail.storage.ownership import account_lock


def own_until_killed(url: str, folder: Path, account_id: int, tell: Connection) -> None:
    with account_lock(Database(url), folder).hold(account_id):
        tell.send("owned")
        tell.recv()
