"""Survey: list ids, which is cheap, drop those the journal already knows, and give what is to be read in portions."""

from collections.abc import Iterator
from dataclasses import dataclass

from auramail.core.history import State
from auramail.core.listings import Listed, Page
from auramail.core.runs import Run
from auramail.ports.journal import Ledger, Listings
from auramail.ports.mailboxes import Mailbox


@dataclass(slots=True)
class Course:
    """How far a run is, in messages, counted by the thread that lists and the one that judges."""

    listed: int = 0
    dropped: int = 0
    """Listed, and in no need of being read."""
    lost: int = 0
    """Read, and meanwhile handled by somebody else."""
    judged: int = 0
    in_hand: frozenset[str] = frozenset()
    """What is being read at this moment, ahead of what is judged."""
    asked: frozenset[str] = frozenset()
    """What was read and waits for a language model's word, before it is judged."""
    is_resting: bool = False
    """Whether no more is to be read in this slice; what was paid for by then is still judged."""

    @property
    def done(self) -> int:
        return self.dropped + self.lost + self.judged


@dataclass(slots=True)
class Survey:
    """One run's listing, which goes on where it stopped. `portion` is how many messages are read together."""

    run: Run
    mailbox: Mailbox
    ledger: Ledger
    listings: Listings
    course: Course
    portion: int

    def list_all(self) -> Iterator[None]:
        """List everything before anything is read: what searches settle must be on the listing."""
        for listed in self._pages():
            self._add(listed)
            yield

    def portions(self) -> Iterator[list[Listed]]:
        """Messages to read, newest first; an empty portion says that some more were listed, none of them to be read.

        Call for the next portion only after the one before the last was recorded, or counted among `course.asked`.
        """
        pages = self._pages()
        in_hand: list[Listed] = []
        while not self.course.is_resting:
            hand = {message.id for message in in_hand}
            asked = self.course.asked
            listed = self.listings.waiting(self.run.id, self.portion + len(hand) + len(asked))
            waiting = [message for message in listed if message.id not in asked]
            in_hand = [message for message in waiting if message.id not in hand][: self.portion]
            page = next(pages, None) if len(in_hand) < self.portion else None
            if page is not None:
                self._add(page)
                in_hand = [message for message in waiting if message.id in hand]
                yield []
            elif in_hand or waiting:  # what waits and is in hand may have been left out by the mailbox: look once more
                self.course.in_hand = frozenset(message.id for message in in_hand)
                yield in_hand
            else:
                return

    def _pages(self) -> Iterator[Page]:
        """What is still to be listed; at the end the listing is marked as complete, also where there was nothing."""
        tally = self.listings.tally(self.run.id)
        if tally.is_complete:
            return
        yield from self.mailbox.list_ids(self.run.order.query, tally.next or "")
        self.listings.add(self.run.id, Page(()), {})

    def _add(self, page: Page) -> None:
        known = self.ledger.known(self.run.account_id, page.ids)
        skipped = {
            message_id: "undone" if state is State.UNDONE else "already_handled"
            for message_id, (_, state) in known.items()
            if not (self.run.order.again and state is State.UNDONE)
        }
        new = self.listings.add(self.run.id, page, skipped)
        self.course.listed += len(new)
        self.course.dropped += sum(1 for message_id in new if message_id in skipped)
