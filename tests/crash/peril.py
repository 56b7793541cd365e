"""A worker in a process of its own that is killed at a chosen point between two steps of a run."""

import os
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from auramail.core.accounts import Account
from auramail.core.quota import Priority
from auramail.core.runs import Run
from auramail.flow.carry_out import carry_out
from auramail.ops.live import look_for_new_mail
from auramail.wiring.house import House

WELL = 0
"""Exit code of a worker that came through."""
BROKEN = 1


@dataclass
class Fate:
    """Counts the points a worker passes and kills it with SIGKILL at the one that is left."""

    left: int

    def pass_point(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Perilous:
    """Anything the flow works with; a point lies before and after each of its calls and of each page it gives."""

    def __init__(self, thing: Any, fate: Fate) -> None:
        self._thing = thing
        self._fate = fate

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._thing, name)
        return self._guarded(value) if callable(value) else value

    def _guarded(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self._fate.pass_point()
            answer = method(*arguments, **named)
            if isinstance(answer, Iterator):
                return self._paged(answer)
            self._fate.pass_point()
            return answer

        return call

    def _paged(self, pages: Iterator[Any]) -> Iterator[Any]:
        for page in pages:
            self._fate.pass_point()
            yield page


def work_and_die(open_house: Callable[[], House], run: Run, point: int) -> bool:
    """Carry out a run in a child that is killed at the point; True if it came through because it has fewer points."""
    return dies(lambda fate: _work(open_house, run, fate), point)


def look_and_die(open_house: Callable[[], House], account_id: int, point: int) -> bool:
    """The same for a look for new mail."""
    return dies(lambda fate: _look(open_house, account_id, fate), point)


def dies(work: Callable[[Fate], None], point: int) -> bool:
    """Do it in a child that is killed at the point."""
    with warnings.catch_warnings():
        # The fake Google's threads live on in the parent; the child uses none of their locks.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        code = BROKEN
        try:
            work(Fate(point))
            code = WELL
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == WELL
    return True


def _work(open_house: Callable[[], House], run: Run, fate: Fate) -> None:
    with open_house() as house:
        account = house.accounts.get(run.account_id)
        with house.lock.hold(account.id) as is_owner, house.mailbox(account) as mailbox:
            desk = house.desk(account, mailbox, is_owner)
            carry_out(
                run,
                replace(
                    desk,
                    mailbox=Perilous(desk.mailbox, fate),
                    ledger=Perilous(desk.ledger, fate),
                    runs=Perilous(desk.runs, fate),
                    accounts=Perilous(desk.accounts, fate),
                ),
            )


def _look(open_house: Callable[[], House], account_id: int, fate: Fate) -> None:
    with open_house() as house, house.lock.hold(account_id) as is_owner:
        for name in ("ledger", "listings", "runs", "accounts", "live", "days", "places"):
            setattr(house, name, Perilous(getattr(house, name), fate))
        open_mailbox = house.mailbox

        @contextmanager
        def perilous(account: Account, priority: Priority = Priority.LIVE) -> Iterator[Any]:
            with open_mailbox(account, priority) as mailbox:
                yield Perilous(mailbox, fate)

        house.mailbox = perilous  # type: ignore[method-assign]  # the same door with a hole in the floor
        look_for_new_mail(house, account_id, is_owner)
