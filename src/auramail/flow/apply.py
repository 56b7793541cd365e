"""Apply: equal changes are made together, and the journal is told what really happened."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from auramail.core.actions import Change
from auramail.core.errors import TryAgainError
from auramail.core.history import Entry, State
from auramail.core.wording import Wording
from auramail.ports.journal import Ledger
from auramail.ports.mailboxes import Applied, Mailbox, Request

MOST_IDS = 1000
"""Gmail's batchModify takes at most a thousand ids."""


def apply(entries: Sequence[Entry], mailbox: Mailbox, ledger: Ledger, is_owner: Callable[[], bool]) -> None:
    """Make the planned changes. Entries whose outcome nobody knows stay `applying`, for `settle` to ask about.

    Raises TryAgainError if another process took the account over, before anything is sent, or if the mailbox asks to
    wait: what was not made then is planned as before.
    """
    ledger.move([entry.id for entry in entries if not entry.change], State.PLANNED, State.APPLIED)
    changing = {entry.id: entry for entry in entries if entry.change}
    claimed = ledger.move(list(changing), State.PLANNED, State.APPLYING)
    if not claimed:
        return
    if not is_owner():
        raise TryAgainError(Wording.of("Another process works on this account now"), after=30)
    mine = [changing[id_] for id_ in claimed]
    by_message = {entry.message_id: entry.id for entry in mine}
    try:
        answers = mailbox.change_labels(group(mine))
    except TryAgainError:  # nothing at all was changed, so nobody need ask what became of it
        ledger.move(claimed, State.APPLYING, State.PLANNED)
        raise
    for answer in answers:
        _record_answer(answer, by_message, ledger)
    later = next((answer.later for answer in answers if answer.later is not None), None)
    if later is not None:
        raise later


def group(entries: Iterable[Entry]) -> list[Request]:
    """Equal changes in as few requests as Gmail allows."""
    ids: defaultdict[Change, list[str]] = defaultdict(list)
    for entry in entries:
        ids[entry.change].append(entry.message_id)
    return [
        Request(tuple(same[start : start + MOST_IDS]), change)
        for change, same in ids.items()
        for start in range(0, len(same), MOST_IDS)
    ]


def _record_answer(answer: Applied, by_message: dict[str, int], ledger: Ledger) -> None:
    if answer.unknown:
        return
    if answer.later is not None:
        ledger.move([by_message[id_] for id_ in answer.request.ids], State.APPLYING, State.PLANNED)
        return
    gone = [by_message[id_] for id_ in answer.request.ids if id_ in answer.gone]
    rest = [by_message[id_] for id_ in answer.request.ids if id_ not in answer.gone]
    if gone:
        why = Wording.of("The mailbox no longer has this message")
        ledger.move(gone, State.APPLYING, State.SKIPPED, "gone", why)
    if answer.problem is not None:
        ledger.move(rest, State.APPLYING, State.FAILED, "refused", answer.problem)
    else:
        ledger.move(rest, State.APPLYING, State.APPLIED)
