"""What left this computer of one message, word for word."""

import json
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from auramail.core.errors import NotFoundError
from auramail.core.history import Entry
from auramail.core.sent import Sent
from auramail.core.wording import Wording
from auramail.web.house import house
from auramail.web.render import page
from auramail.web.signin import for_readers, reader

pages = Blueprint("sent", __name__)
FIELDS = ("from", "subject", "date", "text")


@pages.get("/sent/<path:which>")
@for_readers
def show(which: str) -> ResponseReturnValue:
    account_id, message_id, entry = _meant(which)
    return page(
        "sent/show.html",
        account=reader().own(account_id),
        message_id=message_id,
        entry=entry,
        calls=[(sent, fields_of(sent)) for sent in house().model_reading.sent(account_id, message_id)],
        keep_days=house().settings.model_keep_sent_days,
    )


def fields_of(sent: Sent) -> dict[str, str] | None:
    """The message as it was shown, by field; None where no copy is left, or it has no such fields."""
    try:
        shown: Any = json.loads(sent.text or "")
    except ValueError:
        return None
    if not isinstance(shown, dict) or shown.keys() != set(FIELDS):
        return None
    return {name: str(shown[name]) for name in FIELDS}


def _meant(which: str) -> tuple[int, str, Entry | None]:
    """Account, message and entry: `which` is the id of a message of the reader's, or of an entry of their history."""
    ids = [account.id for account in reader().accounts]
    for account_id in ids:
        entry = house().reading.latest_entry_of(account_id, which)
        if entry is not None or house().model_reading.sent(account_id, which):
            return account_id, which, entry
    if which.isdecimal() and len(which) < 19:
        entry = house().reading.entry(ids, int(which))
        return entry.account_id, entry.message_id, entry
    raise NotFoundError(Wording.of("AuraMail knows no such message."))
