"""Work: what was ordered is finished by whichever process owns the account, and nothing is left by a dead one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from auramail.core.accounts import Account
from auramail.core.errors import (
    AuraMailError,
    BusyError,
    GiveUpError,
    NeedsPersonError,
    NotFoundError,
    NotYetError,
    SignInNeededError,
    TryAgainError,
)
from auramail.core.history import OPEN, Selection, State
from auramail.core.runs import Run, RunKind
from auramail.core.wording import Wording
from auramail.flow.carry_out import abandon, carry_out
from auramail.flow.desk import Outcome
from auramail.flow.settle import settle
from auramail.ops.live import look_for_new_mail, prove_if_due
from auramail.ops.second_look import order_second_look
from auramail.ports.journal import Runs
from auramail.wiring.house import House

BESIDE: Final = frozenset({RunKind.UNDO, RunKind.SECOND_LOOK})
"""What nobody means by their last run: a second look is taken back together with the run it looks at again."""
BUSY_SECONDS = 5.0
"""When to look again after somebody else who works on an account: they may have finished just before new work came."""
LOOKS: Final = 25
LOOK_SECONDS: Final = 0.2
"""How often, and after how long, a person's command asks again for an account whose new mail is just looked at."""


def finish_run(house: House, run: Run, is_owner: Callable[[], bool], runs: Runs | None = None) -> Outcome:
    """Do a run to its end; raises TryAgainError when the mailbox asks to wait."""
    account = house.accounts.get(run.account_id)
    house.runs.claim(run.id)
    run = house.runs.get(run.id)
    try:
        with house.mailbox(account) as mailbox:
            return carry_out(run, house.desk(account, mailbox, is_owner, runs))
    except (NeedsPersonError, GiveUpError) as problem:
        return abandon(run, problem, house)


@contextmanager
def owned(house: House, account_id: int) -> Iterator[Callable[[], bool]]:
    """Own an account, having finished what others left; raises BusyError while somebody else works on a run of it."""
    with held(house, account_id) as is_owner:
        finish_runs(house, account_id, is_owner)
        yield is_owner


@contextmanager
def held(house: House, account_id: int) -> Iterator[Callable[[], bool]]:
    """The account's lock, waited for a moment where nobody needs it for long; raises BusyError."""
    with ExitStack() as stack:
        yield _hold(house, account_id, stack)


def _hold(house: House, account_id: int, stack: ExitStack) -> Callable[[], bool]:
    for _ in range(LOOKS):
        try:
            return stack.enter_context(house.lock.hold(account_id))
        except BusyError as error:
            if error.run_id:
                raise
            house.sleep(LOOK_SECONDS)
    return stack.enter_context(house.lock.hold(account_id))


def finish_runs(house: House, account_id: int, is_owner: Callable[[], bool]) -> int:
    """Finish every run ordered for the account; how many."""
    finished = 0
    while (run := house.runs.live(account_id)) is not None:
        finish_run(house, run, is_owner)
        finished += 1
    return finished


def look_after(house: House, account_id: int) -> int:
    """Answer the bell; how many runs were finished.

    New mail goes first, then the account's runs, then what a crash left open, what is to be asked again, and once a day
    the proof of it all.
    Where somebody else is at it, or the mailbox asks to wait, the bell is rung again for later.
    """
    try:
        with house.lock.hold(account_id) as is_owner:
            look_for_new_mail(house, account_id, is_owner)
            finished = finish_runs(house, account_id, is_owner)
            settle_account(house, house.accounts.get(account_id), is_owner)
            if order_second_look(house, account_id) is not None:
                finished += finish_runs(house, account_id, is_owner)
                house.queue.ring(account_id)
            prove_if_due(house, account_id)
    except BusyError:
        house.queue.ring(account_id, after=BUSY_SECONDS)
        return 0
    except NotYetError as error:
        house.queue.ring(account_id, after=error.after)
        return 0
    except TryAgainError as error:
        house.queue.ring(account_id, after=max(error.after, 1.0))
        return 0
    except SignInNeededError as error:
        house.accounts.pause(account_id, error.problem)
        return 0
    finally:
        house.cache.forget(account_id)
    return finished


def settle_account(house: House, account: Account, is_owner: Callable[[], bool]) -> None:
    """Close what a crash left open, if anything."""
    if account.paused is None and any(True for _ in house.ledger.entries(Selection(account.id, states=OPEN))):
        with house.mailbox(account) as mailbox:
            since = house.desk(account, mailbox, is_owner).labels_since
            settle(account.id, mailbox, house.ledger, is_owner, since=since)


def ring_for_open_work(house: House) -> None:
    """Remind of every account with a live run or open entries that nobody works on: what a dead worker left."""
    waiting = {run.account_id for run in house.runs.live_runs()} | set(house.ledger.accounts_with_open_entries())
    for account_id in sorted(waiting):
        if not _is_owned(house, account_id):
            house.queue.remind(account_id)


def ring_for_new_mail(house: House) -> None:
    """Remind of every account whose mailbox is to be looked at now."""
    for account_id in house.live.due(house.clock.now()):
        house.queue.ring(account_id)


def _is_owned(house: House, account_id: int) -> bool:
    try:
        with house.lock.hold(account_id):
            return False
    except BusyError:
        return True


def abandon_live(house: House, account_id: int, problem: AuraMailError) -> None:
    """Close the account's live run, which cannot go on, with a receipt of what it did."""
    run = house.runs.live(account_id)
    if run is not None:
        abandon(run, problem, house)


def what_to_undo(house: House, run_id: int | None, message_id: str | None) -> tuple[int, dict[str, object]]:
    """The account and selection of an undo: a run, else a message, else the last run that changed something."""
    if run_id is not None:
        return house.runs.get(run_id).account_id, {"run_id": run_id}
    accounts = [account.id for account in house.accounts.all()]
    if message_id is not None:
        for account_id in accounts:
            if house.reading.latest_entry_of(account_id, message_id) is not None:
                return account_id, {"message_id": message_id}
        raise NotFoundError(
            Wording.of("AuraMail has done nothing to a message {id}.", id=message_id),
            Wording.of("`auramail history` shows the ids."),
        )
    for run in house.runs.latest(accounts, 100):
        done = Selection(run.account_id, run_id=run.id, states=frozenset({State.APPLIED}))
        if run.order.kind not in BESIDE and any(True for _ in house.ledger.entries(done)):
            return run.account_id, {"run_id": run.id}
    raise NotFoundError(Wording.of("There is no run to take back."))
