"""Second looks: ordered when something waits for a language model's answer and the model has room for it again."""

from datetime import datetime, timedelta
from typing import Final

from auramail.ai.today import Today
from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError, TryAgainError
from auramail.core.runs import Order, Run, RunKind
from auramail.core.wording import Wording
from auramail.flow.advice import Adviser
from auramail.wiring.advice import advise
from auramail.wiring.house import House

RESTS: Final = "second_look_rests_until"
"""The setting of an account that says until when nobody would answer."""
MINUTE: Final = 60.0
"""A model's limits are counted by the minute."""
HOUR: Final = 3600.0
"""How long a person is given to allow the model, or to mend it, before it is looked whether they did."""
DAY: Final = 86400.0


def ring_for_second_looks(house: House) -> None:
    """Remind of every account where something is to be asked about again."""
    for account_id in house.unanswered.accounts():
        if not _rests(house, account_id):
            house.queue.remind(account_id)


def order_second_look(house: House, account_id: int) -> Run | None:
    """Begin a second look, if anything is due for it and would be answered; call it as the account's owner.

    Where nobody would answer, nothing is begun for a while.
    """
    if _rests(house, account_id) or not house.unanswered.is_due(account_id):
        return None
    account = house.accounts.get(account_id)
    try:
        check_model(house, account)
    except TryAgainError as error:
        _let_rest(house, account_id, max(error.after, MINUTE))
        return None
    except NeedsPersonError:
        _let_rest(house, account_id, HOUR)
        return None
    return house.runs.start(account_id, Order(kind=RunKind.SECOND_LOOK))


def check_model(house: House, account: Account) -> None:
    """Whether the language model would answer now, at no cost.

    Raises TryAgainError with the seconds until it may, and NeedsPersonError with what a person must do.
    """
    if account.paused is not None:
        raise NeedsPersonError(account.paused, Wording.of("Connect the account again first."))
    adviser, problem = advise(house, account)
    if problem is not None:
        raise problem
    if adviser is None:
        raise TryAgainError(Wording.of("No language model is set up (LANGUAGE_MODEL)."), after=DAY)
    _check_terms(adviser)
    _check_room(house)
    adviser.model.check()


def _rests(house: House, account_id: int) -> bool:
    until = house.preferences.of_account(account_id, RESTS)
    return isinstance(until, str) and house.clock.now() < datetime.fromisoformat(until)


def _let_rest(house: House, account_id: int, seconds: float) -> None:
    until = house.clock.now() + timedelta(seconds=seconds)
    house.preferences.save_for_account(account_id, RESTS, until.isoformat())


def _check_terms(adviser: Adviser) -> None:
    terms = adviser.terms() if adviser.terms is not None else None
    if (
        adviser.model.is_cloud
        and terms is not None
        and not (terms.is_on and terms.covers(adviser.tier, adviser.vendor))
    ):
        raise NeedsPersonError(
            Wording.of("You have not allowed a language model in the cloud for this mailbox."),
            Wording.of("Allow it on the page “Language model”, or with `auramail model allow`."),
        )


def _check_room(house: House) -> None:
    limits, now = house.models.limits, house.clock.now()
    closed = limits.closed_until()
    if closed is not None and closed > now:
        raise _full((closed - now).total_seconds())
    if limits.room() < 1:
        raise _full(MINUTE)
    today = Today(house.clock, house.settings.timezone)
    if house.settings.cap_a_day.is_reached(house.bills.of_day(today.date())):
        raise _full(today.seconds_left())


def _full(after: float) -> TryAgainError:
    return TryAgainError(
        Wording.of(
            "The language model takes no questions now; ask again in {minutes} minutes.", minutes=round(after / MINUTE)
        ),
        after=after,
    )
