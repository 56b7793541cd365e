"""The reader's accounts."""

from auramail.web.api.programs import part
from auramail.web.api.shapes import AccountOut, AccountsOut
from auramail.web.signin import reader

api = part("accounts", "/api/v1/accounts", "Accounts")


@api.get("")
@api.output(AccountsOut)
def all_of_them() -> AccountsOut:
    """The mailboxes you opened or connected."""
    return AccountsOut(accounts=[AccountOut.of(account) for account in reader().accounts])
