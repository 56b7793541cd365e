"""An account whose person said yes to surveys, and mail that a survey may settle."""

from dataclasses import replace

from auramail.core.decisions import Category, Judge
from auramail.core.history import Entry, State
from auramail.core.labels import INBOX
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, RunState
from auramail.storage.preferences import SURVEY
from tests.house import GmailHome, newsletter
from tests.storage.builders import a_decision, an_entry

DAY = 24 * 60
SHOP = "news@garden.example"
PROMOTIONS = "CATEGORY_PROMOTIONS"


def say_yes(home: GmailHome) -> GmailHome:
    home.house.preferences.save_for_account(home.account.id, SURVEY, value=True)
    return home


def know(home: GmailHome, sender: str = SHOP, *categories: Category, place: str = PROMOTIONS) -> None:
    """Have the journal know three messages of a sender, read and judged by an earlier run."""
    run = home.house.runs.start(home.account.id, Order())
    judged = categories or (Category.NEWSLETTER,) * 3
    home.house.ledger.record(
        [
            replace(
                an_entry(run, f"{sender} {number}", decision=a_decision(category), sender=sender),
                before=frozenset({INBOX, place}),
            )
            for number, category in enumerate(judged)
        ]
    )
    for source, target in ((State.PLANNED, State.APPLYING), (State.APPLYING, State.APPLIED)):
        home.house.ledger.move([entry.id for entry in home.entries(source)], source, target)
    home.house.runs.finish(run.id, RunState.DONE, Receipt(run=run.id, listed=0, handled=0))


def deliver_issues(home: GmailHome, count: int = 12, *labels: str, days: int = 30) -> list[str]:
    """Old newsletters of the shop, in the inbox and among Gmail's promotions."""
    return [
        home.deliver(newsletter(number), INBOX, PROMOTIONS, *labels, age=days * DAY + number) for number in range(count)
    ]


def unread(home: GmailHome) -> set[str]:
    """What a survey filed, in any run."""
    return {entry.message_id for entry in home.entries() if is_unread(entry)}


def is_unread(entry: Entry) -> bool:
    decision = entry.decision
    return decision is not None and (
        decision.source is Judge.SURVEY or (decision.source is Judge.RULE and "not read" in decision.reason.say())
    )
