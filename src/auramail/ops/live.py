"""Live: new mail is looked for when it is time, sorted at once, and once a day everything is proven to be there."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from auramail.core.accounts import Account
from auramail.core.errors import (
    AuraMailError,
    GiveUpError,
    MarkExpiredError,
    NeedsPersonError,
    SignInNeededError,
    TryAgainError,
)
from auramail.core.labels import INBOX
from auramail.core.live import Live, Proof
from auramail.core.quota import Priority
from auramail.core.wording import Wording
from auramail.flow.keep_sorted import has_work, leave_rest, work_off
from auramail.flow.lookout import Lookout, label_ids
from auramail.flow.reconcile import reconcile
from auramail.flow.sync import take_in
from auramail.ports.mailboxes import Mailbox, Watched
from auramail.wiring.house import House

FOLDERS: Final = "live_folders"
"""The preference of an account that names the folders it is kept sorted in."""
SLOWER: Final = 1.5
"""By how much the pause between two looks grows when nothing came."""
PROVE_EVERY: Final = timedelta(days=1)
RENEW_BEFORE: Final = timedelta(days=6)
"""Gmail announces for seven days; renewed once a day, as Google advises.

https://developers.google.com/workspace/gmail/api/guides/push#renewing_mailbox_watch
"""


def start_live(house: House, account: Account, folders: Collection[str] = ()) -> Live:
    """Keep the account's new mail sorted from now on; one that is kept sorted already stays as it is.

    Raises NeedsPersonError for a local source, an account that is paused, and folders that are not there.
    """
    check_live(account)
    if account.paused is not None:
        raise NeedsPersonError(account.paused, Wording.of("Connect the account again first."))
    live = house.live.get(account.id)
    if live is not None and live.is_on:
        return live
    chosen = folders or house.preferences.last_sort(account.user_id, account.id).folders or house.settings.folders
    watched = tuple(dict.fromkeys(chosen if folders else (INBOX, *chosen)))
    now = house.clock.now()
    try:
        with house.mailbox(account) as mailbox:
            label_ids(watched, mailbox)
            mark = _watched(mailbox).mark()
    except SignInNeededError as error:
        house.accounts.pause(account.id, error.problem)
        raise
    house.preferences.save_for_account(account.id, FOLDERS, list(watched))
    live = Live(account.id, True, since=now, mark=mark, due=now, pause=house.settings.live_shortest_seconds)
    house.live.turn_on(live)
    _ring(house, account.id)
    return live


def stop_live(house: House, account: Account) -> None:
    """Sort no more new mail of the account; what is queued is left alone, and a later start begins at that time."""
    check_live(account)
    live = house.live.get(account.id)
    if live is None or not live.is_on:
        return
    house.live.turn_off(account.id)
    if live.watch_until is not None and account.paused is None:
        with suppress(AuraMailError), house.mailbox(account) as mailbox:  # it ends by itself within a week
            _watched(mailbox).unwatch()
    _ring(house, account.id)


def resume_live(house: House, account_id: int) -> None:
    """Look at once at what came while the account was paused; where its new mail is not kept sorted, nothing."""
    house.live.hasten(account_id)
    _ring(house, account_id)


def check_live(account: Account) -> None:
    """Raise NeedsPersonError for a mailbox to which no new mail comes."""
    if not account.is_metered:
        raise NeedsPersonError(
            Wording.of("No new mail comes to a file: only Gmail can be kept sorted."),
            Wording.of("Sort a file with `auramail sort`, or connect Gmail on the page of `auramail up`."),
        )


def look_for_new_mail(house: House, account_id: int, is_owner: Callable[[], bool]) -> None:
    """Take in and sort what came, if it is time to look; call it as the account's owner.

    Raises TryAgainError when the mailbox asks to wait, and SignInNeededError; other problems are noted for the person.
    """
    live, account = house.live.get(account_id), house.accounts.get(account_id)
    if live is None or account.paused is not None:
        return
    if not live.is_on:
        for run in house.days.unfinished(account_id):
            leave_rest(run, house.ledger, house.listings, house.days)
        return
    now = house.clock.now()
    if not _is_due(live, now):
        return
    noted = replace(live, polled=now)
    try:
        noted = _look(house, account, noted, is_owner)
    except TryAgainError as error:
        noted = replace(noted, due=now + timedelta(seconds=error.after))
        raise
    except SignInNeededError:
        raise
    except (NeedsPersonError, GiveUpError) as error:
        rest = timedelta(seconds=_longest(house))
        noted = replace(noted, due=now + rest, problem=error.problem)
    finally:
        house.live.save(noted)


def prove(house: House, account: Account, live: Live, priority: Priority = Priority.LIVE) -> Proof:
    """Compare every id of the folders with what is known, and queue what is not; call it as the account's owner.

    Where live sorting is off nothing is queued. Raises TryAgainError when the mailbox asks to wait.
    """
    with house.mailbox(account, priority) as mailbox:
        _, proof = reconcile(live, _lookout(house, account, mailbox), anew=False)
    found = replace(live, proof=proof, due=house.clock.now() if proof.queued else live.due)
    house.live.save(found)
    return proof


def prove_if_due(house: House, account_id: int) -> None:
    """Once a day, after all else; what was found missing is sorted at the next ring."""
    live, account = house.live.get(account_id), house.accounts.get(account_id)
    if live is None or not live.is_on or account.paused is not None:
        return
    if live.proof is not None and timedelta(0) <= house.clock.now() - live.proof.at < PROVE_EVERY:
        return
    if prove(house, account, live, Priority.HOUSEKEEPING).queued:
        house.queue.ring(account_id)


def live_or_off(house: House, account: Account) -> Live:
    """How the account's new mail is kept sorted; for one where it is not, as of this moment."""
    check_live(account)
    live, now = house.live.get(account.id), house.clock.now()
    return live if live is not None and live.is_on else Live(account.id, False, since=now, mark="", due=now)


def _is_due(live: Live, now: datetime) -> bool:
    """Also when the clock was put back: the last look would lie in the future."""
    return live.due <= now or (live.polled is not None and live.polled > now)


def _look(house: House, account: Account, live: Live, is_owner: Callable[[], bool]) -> Live:
    with house.mailbox(account) as mailbox:
        lookout = _lookout(house, account, mailbox)
        try:
            live, count = take_in(live, lookout)
        except MarkExpiredError:
            live, proof = reconcile(live, lookout, anew=True)
            live, count = replace(live, proof=proof), proof.missed
        problem = _work_off(house, account, mailbox, live.mark, is_owner)
        until = _announced(house, live, lookout.watched)
    pause = house.settings.live_shortest_seconds if count else min(live.pause * SLOWER, _longest(house))
    due = house.clock.now() + timedelta(seconds=pause)
    return replace(live, due=due, pause=pause, watch_until=until, problem=problem)


def _work_off(
    house: House, account: Account, mailbox: Mailbox, mark: str, is_owner: Callable[[], bool]
) -> Wording | None:
    """Sort what waits, day by day; gives what the person must know. Days that are over and done are put away."""
    problem: AuraMailError | None = None
    today = house.clock.now().astimezone(ZoneInfo(account.zone)).date()
    for run in house.days.unfinished(account.id):
        if has_work(run, house.listings, house.ledger):
            desk = replace(house.desk(account, mailbox, is_owner), open_reader=None)
            problem = work_off(run, mark, desk, house.days) or problem
        elif run.order.query.after is not None and run.order.query.after < today:
            house.days.put_away(run.id)
    return problem.problem if problem is not None else None


def _announced(house: House, live: Live, watched: Watched) -> datetime | None:
    """Until when Gmail announces new mail at Pub/Sub, renewed if it is time."""
    topic, now = house.settings.gmail_pubsub_topic, house.clock.now()
    if not topic or (live.watch_until is not None and now < live.watch_until - RENEW_BEFORE):
        return live.watch_until
    return watched.watch(topic)


def _lookout(house: House, account: Account, mailbox: Mailbox) -> Lookout:
    folders = house.preferences.of_account(account.id, FOLDERS) or house.settings.folders
    return Lookout(
        account=account,
        mailbox=mailbox,
        watched=_watched(mailbox),
        states=house.live,
        days=house.days,
        places=house.places,
        clock=house.clock,
        folders=label_ids(folders, mailbox),
    )


def _watched(mailbox: Mailbox) -> Watched:
    if not isinstance(mailbox, Watched):
        raise TypeError("this mailbox does not tell what happens in it")
    return mailbox


def _longest(house: House) -> float:
    return max(house.settings.live_longest_seconds, house.settings.live_shortest_seconds)


def _ring(house: House, account_id: int) -> None:
    """Hurry a worker; the scheduler rings anyway, also once Redis is there again."""
    with suppress(TryAgainError):
        house.queue.ring(account_id)
