"""Ana's mailbox kept sorted: what the tests of new mail say and see."""

from collections.abc import Mapping

from auramail.core.live import Live
from auramail.core.receipts import Receipt
from auramail.core.runs import Run, RunKind
from auramail.ops.live import start_live
from auramail.ops.work import look_after
from tests.house import GmailHome


def keep_sorted(ana: GmailHome, *folders: str) -> None:
    """Turn it on, and let a second pass so that what comes now is newer."""
    ana.clock.advance(seconds=1)
    start_live(ana.house, ana.account, folders)
    ana.clock.advance(seconds=2)


def poll(ana: GmailHome) -> None:
    """One look when it is due, as a worker does it."""
    live = state(ana)
    ana.clock.advance(seconds=max(0.0, (live.due - ana.clock.now()).total_seconds()))
    look_after(ana.house, ana.account.id)


def state(ana: GmailHome) -> Live:
    live = ana.house.live.get(ana.account.id)
    assert live is not None
    return live


def days(ana: GmailHome) -> list[Run]:
    """The runs of new mail, oldest first."""
    runs = ana.house.runs.latest([ana.account.id], 100)
    return [run for run in reversed(runs) if run.order.kind is RunKind.LIVE]


def receipt(ana: GmailHome) -> Receipt:
    """That of the newest day, which is whole at any time."""
    found = ana.house.runs.receipt(days(ana)[-1].id)
    assert found is not None
    assert found.is_whole
    return found


def handled(ana: GmailHome) -> Mapping[str, int]:
    """How many entries each message has."""
    count: dict[str, int] = {}
    for entry in ana.entries():
        count[entry.message_id] = count.get(entry.message_id, 0) + 1
    return count
