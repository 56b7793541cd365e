"""What proposing a rule takes, from a house."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from auramail.core.accounts import Account
from auramail.core.digests import HistoryFilter
from auramail.core.errors import NeedsPersonError
from auramail.core.history import Entry
from auramail.flow.propose_rule import BACK_DAYS, RuleDesk
from auramail.ports.models import LanguageModel

if TYPE_CHECKING:
    from auramail.wiring.house import House


def rule_desk(house: "House", account: Account, model: str = "") -> RuleDesk:
    """What turning a sentence into a rule for an account takes; `model` as in `rule_model`."""
    return RuleDesk(
        now=house.clock.now(),
        zone=account.zone,
        labels=tuple(sorted(house.labels.names(account.id).values())),
        journal=partial(_journal, house, account),
        model=rule_model(house, account, model),
        account_id=account.id,
    )


def rule_model(house: "House", account: Account, name: str) -> LanguageModel | None:
    """Who is asked where the grammar is unsure: `none`, `gemini`, `openai`; empty: as the settings say, if allowed.

    Raises NeedsPersonError for a model that was named and cannot be asked.
    """
    try:
        return house.models.for_words_of(account, name)
    except NeedsPersonError:
        if name:
            raise
        return None


def _journal(house: "House", account: Account) -> Iterator[Entry]:
    """What became of the account's mail of late."""
    since = house.clock.now().astimezone(ZoneInfo(account.zone)).date() - timedelta(BACK_DAYS)
    return iter(house.reading.stream([account.id], HistoryFilter(since=since, zone=account.zone)))
