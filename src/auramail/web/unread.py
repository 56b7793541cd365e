"""What is asked of a mailbox while a page is waited for: who wrote what nobody read, and what a survey would find."""

from auramail.core.accounts import Account
from auramail.core.errors import AuraMailError, NeedsPersonError
from auramail.core.groups import Outlook
from auramail.core.history import Entry
from auramail.core.wording import Wording
from auramail.flow.foresee import foresee
from auramail.flow.reveal import reveal
from auramail.web.house import house


def revealed(entry: Entry) -> Entry:
    """The entry with what its message says of itself; raises what keeps it from being read."""
    if not entry.is_unread:
        return entry
    account = house().accounts.get(entry.account_id)
    with house().mailbox(_usable(account)) as mailbox:
        return reveal(entry, mailbox, house().ledger)


def revealed_or_why(entry: Entry) -> tuple[Entry, Wording | None]:
    """The same for a page, which says what kept it."""
    try:
        return revealed(entry), None
    except AuraMailError as error:
        return entry, error.problem


def outlook(account: Account) -> Outlook:
    """What a survey would find in a mailbox now; raises what keeps it from being searched."""
    with house().mailbox(_usable(account)) as mailbox:
        return foresee(account, house().survey_desk(account, mailbox))


def outlook_or_why(account: Account) -> tuple[Outlook | None, Wording | None]:
    """The same for a page."""
    try:
        return outlook(account), None
    except AuraMailError as error:
        return None, error.problem


def _usable(account: Account) -> Account:
    if account.paused:
        raise NeedsPersonError(account.paused)
    return account
