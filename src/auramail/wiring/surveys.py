"""What filing mail unread takes, by the settings."""

from typing import TYPE_CHECKING

from auramail.core.accounts import Account
from auramail.core.groups import SurveyTerms
from auramail.flow.desk import SurveyTools
from auramail.flow.foresee import SurveyDesk
from auramail.ports.mailboxes import Mailbox, Searches
from auramail.settings import Settings

if TYPE_CHECKING:
    from auramail.wiring.house import House


def survey_desk(house: "House", account: Account, mailbox: Mailbox) -> SurveyDesk:
    """What telling what a survey would do takes."""
    return SurveyDesk(
        tools=survey_tools(house, mailbox),
        ledger=house.ledger,
        accounts=house.accounts,
        rules=tuple(house.rules.of_account(account.id)),
        reading=house.settings.units_a_message,
        pace=house.settings.seconds_a_message,
    )


def survey_tools(house: "House", mailbox: Mailbox) -> SurveyTools | None:
    """What filing mail by searches takes; None where the mailbox answers none, as reading costs nothing there."""
    if not isinstance(mailbox, Searches):
        return None
    return SurveyTools(mailbox, house.groups, house.senders, survey_terms(house.settings))


def survey_terms(settings: Settings) -> SurveyTerms:
    return SurveyTerms(
        least_read=settings.survey_least_read,
        spot_checks=settings.survey_spot_checks,
        smaller=settings.survey_smaller,
        older_than_days=settings.survey_older_than_days,
        promotions_days=settings.survey_promotions_days,
    )
