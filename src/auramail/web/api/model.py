"""The language model: how it stands, what it costs, what the person allows it, and what it was shown."""

from auramail.core.accounts import Account
from auramail.core.errors import NotFoundError
from auramail.core.privacy import Tier
from auramail.core.wording import Wording
from auramail.ops import privacy
from auramail.ops.model.checks import check_model
from auramail.ops.model.standing import costs_of, status_of
from auramail.web.api.model_shapes import (
    AccountIn,
    AllSentOut,
    CostsIn,
    CostsOut,
    ModelOut,
    SentOut,
    TermsIn,
    TermsOut,
)
from auramail.web.api.programs import part
from auramail.web.house import house
from auramail.web.security import limiter
from auramail.web.signin import reader

api = part("model", "/api/v1/model", "Language model")


@api.get("")
@api.input(AccountIn, location="query")
@api.output(ModelOut)
def standing(query_data: AccountIn) -> ModelOut:
    """How the language model stands for one of your accounts; asks nobody."""
    account = reader().own(query_data.account)
    return ModelOut.of(account, status_of(house(), account))


@api.post("/check")
@api.input(AccountIn)
@api.output(ModelOut)
@limiter.limit("6 per minute")
def check(json_data: AccountIn) -> ModelOut:
    """Ask its server whether it would answer. Only the key and the model's name are sent."""
    account = reader().own(json_data.account)
    check_model(house())
    return ModelOut.of(account, status_of(house(), account))


@api.get("/costs")
@api.input(CostsIn, location="query")
@api.output(CostsOut)
def costs(query_data: CostsIn) -> CostsOut:
    """What models cost by day, and what they had to do with the account's mail."""
    return CostsOut.of(costs_of(house(), reader().own(query_data.account), query_data.days))


@api.get("/terms")
@api.input(AccountIn, location="query")
@api.output(TermsOut)
def terms(query_data: AccountIn) -> TermsOut:
    """What a model in the cloud may see of the account's mail, by your own word."""
    return _terms(reader().own(query_data.account))


@api.put("/terms")
@api.input(TermsIn)
@api.output(TermsOut)
@limiter.limit("30 per minute")
def change_terms(json_data: TermsIn) -> TermsOut:
    """Change that, from the next run on."""
    account = reader().own(json_data.account)
    _change(account, json_data)
    return _terms(account)


@api.get("/sent/<path:message_id>")
@api.output(AllSentOut)
def sent(message_id: str) -> AllSentOut:
    """What a language model was shown of a message, word for word."""
    for account in reader().accounts:
        calls = house().model_reading.sent(account.id, message_id)
        if calls or house().reading.latest_entry_of(account.id, message_id) is not None:
            return AllSentOut(message=message_id, calls=[SentOut.of(call) for call in calls])
    raise NotFoundError(Wording.of("AuraMail knows no such message."))


def _terms(account: Account) -> TermsOut:
    told, settings = house().preferences.cloud(account.id), house().settings
    return TermsOut.of(account, told, is_allowed=told.covers(Tier(settings.gemini_tier), settings.vendor))


def _change(account: Account, wanted: TermsIn) -> None:
    """What keeps mail here goes before what lets it go."""
    before, user_id = house().preferences.cloud(account.id), reader().user.id
    for names, told in ((wanted.senders, before.senders), (wanted.labels, before.labels)):
        if names is not None:
            _keep_just(account, {privacy.named(house(), account, name)[1] for name in names}, told)
    if wanted.is_on is not None:
        privacy.switch(house(), account, user_id, on=wanted.is_on)
    if wanted.is_allowed is True:
        privacy.allow(house(), account, user_id, is_elsewhere=wanted.is_elsewhere)
    elif wanted.is_allowed is False:
        privacy.withdraw(house(), account, user_id)


def _keep_just(account: Account, wanted: set[str], told: frozenset[str]) -> None:
    """Keep these from the cloud, and no others of their kind."""
    for name in sorted(wanted ^ told):
        privacy.never(house(), account, reader().user.id, name, wanted=name in wanted)
