"""Requests for mail at the web: understood for one account, by its person's terms with a language model."""

from dataclasses import replace
from urllib.parse import quote

from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError
from auramail.core.searches import Search
from auramail.flow.listen import listen
from auramail.flow.understand import Asker, understand
from auramail.web.house import house

GMAIL = "https://mail.google.com/mail/u/0/#search/"
HEARING = frozenset({"gemini", "openai"})


def understood(account: Account, text: str) -> Search:
    """What typed words mean. A model that may not be asked, or cannot be opened, leaves the grammar's search."""
    asker = _asker(account)
    found = understand(text, asker)
    if not found.unsure:
        return found
    try:
        model = house().models.for_words_of(account)
    except NeedsPersonError as error:
        return replace(found, problem=error.problem)
    return understand(text, asker, model)


def heard(account: Account, recording: bytes) -> Search:
    """What a recording asks for; raises as `listen` does, and NeedsPersonError where no model may be asked."""
    return listen(recording, _asker(account), house().models.for_words_of(account))


def can_hear() -> bool:
    """Whether the settings name a model that takes recordings; it is not opened for that."""
    return house().settings.default_model in HEARING


def in_gmail(query: str) -> str:
    """The address of Gmail's own search; the query stands behind the `#`, which no server is sent."""
    return GMAIL + quote(query, safe="")


def _asker(account: Account) -> Asker:
    policy = house().preferences.policy(account.id, house().settings.label_prefix)
    return Asker(house().clock.now(), account.zone, policy.label_prefix, account.id)
