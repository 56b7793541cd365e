"""Which account a person means, and accounts of mail that lies on this computer."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from auramail.core.accounts import Account, SourceKind
from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.settings import Settings

if TYPE_CHECKING:
    from auramail.storage.accounts import SqlAccounts


def open_local(accounts: "SqlAccounts", settings: Settings, spec: str, user_id: int, today: date) -> Account:
    """The account of a local source, opened once, then found; the sample's letters are written as of `today`."""
    from auramail.mail.opening import open_origin
    from auramail.mail.sample import PERSON

    if spec == SourceKind.SAMPLE:
        for account in accounts.of_user(user_id):
            if account.kind is SourceKind.SAMPLE:
                return account
    origin = open_origin(spec, settings.auramail_home / "unpacked", today)
    address = PERSON.address if origin.kind is SourceKind.SAMPLE else ""
    return accounts.open_local(user_id, origin.kind, origin.path, address, settings.timezone)


def the_account(accounts: Iterable[Account], source: str) -> Account:
    """The only one, or the only one of Gmail that `gmail:ADDRESS` names; raises NeedsPersonError if it is not one."""
    wanted = source.partition(":")[2].lower()
    found = [
        account
        for account in accounts
        if (not source or account.kind is SourceKind.GMAIL) and wanted in {"", account.address}
    ]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{account.kind}:{account.address or account.path}" for account in found)
    raise NeedsPersonError(
        Wording.of("Which mailbox? There are several: {known}", known=known)
        if found
        else Wording.of("There is no such mailbox yet."),
        Wording.of("Use --from sample, mbox:PATH, maildir:PATH, or connect Gmail on the page of `auramail up`."),
    )
