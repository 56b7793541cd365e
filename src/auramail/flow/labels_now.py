"""Labels now: which labels messages have at this moment, from the mailbox's history where asking would cost more."""

from collections.abc import Mapping, Sequence
from typing import Final

from auramail.core.errors import MarkExpiredError
from auramail.core.mail_events import EventKind
from auramail.ports.mailboxes import Mailbox, Watched

WORTH_LOOKING: Final = 10
"""From this many messages on the history is read: it costs 2 units for 500 events, asking 20 for each message."""
Labels = frozenset[str] | None
"""None: the message is gone."""


class LabelsNow:
    """Asks one mailbox, or its history since a mark, which is read once.

    An event tells all labels its message had after it, so the last one of each message tells those it has now.
    """

    def __init__(self, mailbox: Mailbox, watched: Watched | None, mark: str) -> None:
        self._mailbox = mailbox
        self._watched = watched
        self._mark = mark
        self._last: dict[str, Labels] | None = None

    def is_cheap_for(self, count: int) -> bool:
        """Whether so many messages need not be asked about one by one; reads the history if that is worth it."""
        if self._last is None and self._mark and self._watched is not None and count >= WORTH_LOOKING:
            self._look(self._watched)
        return self._last is not None

    def of(self, ids: Sequence[str], unchanged: Mapping[str, frozenset[str]]) -> dict[str, Labels]:
        """Labels by id. `unchanged` are those that messages had at the mark, as far as they are known."""
        self.is_cheap_for(len(ids))
        last = self._last
        if last is None:
            return self._mailbox.labels_now(ids)
        told = {one: last.get(one, unchanged.get(one)) for one in ids if one in last or one in unchanged}
        rest = [one for one in ids if one not in told]
        return told | (self._mailbox.labels_now(rest) if rest else {})

    def _look(self, watched: Watched) -> None:
        last: dict[str, Labels] = {}
        sets: dict[frozenset[str], frozenset[str]] = {}
        try:
            for page in watched.changes(self._mark):
                for event in page.events:
                    gone = event.kind is EventKind.DELETED
                    last[event.message_id] = None if gone else sets.setdefault(event.labels, event.labels)
        except MarkExpiredError:
            self._mark = ""
            return
        # A message without any label may be one whose labels were not told.
        self._last = {one: labels for one, labels in last.items() if labels is None or labels}
