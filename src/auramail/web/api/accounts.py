"""The reader's accounts, and how new mail of each is kept sorted."""

from auramail.web import live
from auramail.web.api.account_shapes import AccountOut, AccountsOut, LiveIn, LiveOut
from auramail.web.api.programs import part
from auramail.web.signin import reader

api = part("accounts", "/api/v1/accounts", "Accounts")


@api.get("")
@api.output(AccountsOut)
def all_of_them() -> AccountsOut:
    """The mailboxes you opened or connected."""
    return AccountsOut(accounts=[AccountOut.of(account) for account in reader().accounts])


@api.get("/<int:account_id>/live")
@api.output(LiveOut)
def live_state(account_id: int) -> LiveOut:
    """How new mail of the account is kept sorted, what came today, and the last proof that none was missed."""
    return LiveOut.of(live.view_of(reader().own(account_id)))


@api.put("/<int:account_id>/live")
@api.input(LiveIn)
@api.output(LiveOut)
def turn_live(account_id: int, json_data: LiveIn) -> LiveOut:
    """Have new mail sorted as it comes, or not."""
    account = reader().own(account_id)
    live.turn(account, is_on=json_data.is_on)
    return LiveOut.of(live.view_of(account))
