"""Foresee: what a run will take, by the prices of the settings and the quota as it stands."""

from dataclasses import replace

from auramail.core.accounts import Account
from auramail.core.errors import GiveUpError, NeedsPersonError
from auramail.core.estimates import Estimate, Prices
from auramail.core.runs import Order
from auramail.core.wording import Wording
from auramail.flow.estimate import estimate
from auramail.mail.gmail.calls import Method
from auramail.mail.gmail.quota import UNITS
from auramail.settings import Settings
from auramail.wiring.house import House

RUNS_LOOKED_AT = 20
USUAL_SHARE = 0.15
"""The share of messages that a language model is asked about, before the account's own runs tell."""


def foresee(house: House, account: Account, order: Order) -> Estimate:
    """What the order will take; asks the mailbox for ids and changes nothing.

    Raises TryAgainError when the mailbox asks to wait, NeedsPersonError for an order that cannot be carried out.
    """
    policy = house.preferences.policy(account.id, house.settings.label_prefix)
    with house.mailbox(account) as mailbox:
        prices = prices_of(house, account)
        try:
            told = estimate(order.going_by(policy.autonomy), account, mailbox, house, prices)
        except GiveUpError as error:  # only ids are asked for here: what is refused is the search
            raise NeedsPersonError(error.problem, Wording.of("Check the search and the folders.")) from error
    # What a search may settle is not read: nobody knows how much that will be before it was tried.
    may_survey = account.is_metered and house.preferences.may_survey(account.id)
    return replace(told, is_exact=False) if may_survey else told


def prices_of(house: House, account: Account) -> Prices:
    settings = house.settings
    prices = settings.prices_of(settings.model_name)
    metered = _metered(house, account) if account.is_metered else (0, 0, 0, 0, 0.0, 0.0)
    return Prices(
        *metered,
        model_share=model_share(house, account),
        model_pace=settings.max_calls_per_minute,
        tokens_in=settings.estimate_tokens_in,
        tokens_out=settings.estimate_tokens_out,
        price_in=prices.sent,
        price_out=prices.answered,
    )


def _metered(house: House, account: Account) -> tuple[int, int, int, int, float, float]:
    methods = (Method.LIST_MESSAGES, Method.GET_MESSAGE, Method.BATCH_MODIFY, Method.MODIFY)
    listing, reading, changing, changing_one = (_cost(house.settings, method) for method in methods)
    standing = house.bucket(account).standing()
    return listing, reading, changing, changing_one, standing.a_minute, standing.left


def _cost(settings: Settings, method: Method) -> int:
    return settings.gmail_unit_costs.get(method.google_name, UNITS[method])


def model_share(house: House, account: Account) -> float:
    """The share of messages that a model was asked about in those of the account's last runs that asked one at all."""
    if house.settings.default_model == "local":
        return 0.0
    runs = house.runs.latest([account.id], RUNS_LOOKED_AT)
    receipts = [receipt for run in runs if (receipt := house.runs.receipt(run.id)) and receipt.model_calls]
    handled = sum(receipt.handled for receipt in receipts)
    return min(1.0, sum(receipt.model_calls for receipt in receipts) / handled) if handled else USUAL_SHARE
