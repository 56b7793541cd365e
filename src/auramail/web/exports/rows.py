"""One line of the history as an export shows it, in the reader's language."""

from collections.abc import Iterable, Iterator

from auramail.core.history import Entry
from auramail.core.wording import Wording
from auramail.web import vocabulary
from auramail.web.i18n import format_percent, format_time, say

HEADINGS = (
    Wording("When"),
    Wording("From"),
    Wording("Address"),
    Wording("Subject"),
    Wording("Category"),
    Wording("Kind"),
    Wording("Action"),
    Wording("State"),
    Wording("Why"),
    Wording("Confidence"),
    Wording("Due"),
    Wording("Amount"),
    Wording("Currency"),
    Wording("Run"),
    Wording("Message"),
)


def headings() -> list[str]:
    return [say(heading) for heading in HEADINGS]


def cells(entries: Iterable[Entry]) -> Iterator[list[str]]:
    """Each entry's cells, in the order of `HEADINGS`."""
    for entry in entries:
        decision = entry.decision
        entities = decision.entities if decision else None
        amount = entities.amount if entities else None
        yield [
            format_time(entry.at),
            entry.sender_name,
            entry.sender,
            entry.subject,
            say(vocabulary.name_of(vocabulary.CATEGORIES, decision.category)) if decision else "",
            say(vocabulary.name_of(vocabulary.KINDS, decision.kind)) if decision else "",
            say(vocabulary.done(entry)),
            say(vocabulary.name_of(vocabulary.STATES, entry.state)),
            say(decision.reason) if decision else say(entry.outcome),
            format_percent(decision.confidence) if decision else "",
            entities.due_date.isoformat() if entities and entities.due_date else "",
            str(amount.value) if amount else "",
            amount.currency if amount else "",
            str(entry.run_id),
            entry.message_id,
        ]
