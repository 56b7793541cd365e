"""Announcements: Google says that a mailbox has changed, by whatever way, and its account is looked at now."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from auramail.core.errors import TryAgainError
from auramail.mail.gmail.announcements import Announcement
from auramail.wiring.house import House

MOST: Final = 500
"""Announcements pulled at once; Gmail makes one a second for each person at most."""


def hear_announcements(house: House) -> None:
    """Pull what waits at the subscription, if there is one, and acknowledge it once it is noted."""
    subscription = house.subscription
    if subscription is None:
        return
    pulled = subscription.pull(MOST)
    take_note(house, pulled)
    subscription.acknowledge([one.ack_id for one in pulled])


def take_note(house: House, announcements: Iterable[Announcement]) -> None:
    """Commit that these mailboxes changed, and ring; of many for one mailbox the newest speaks for all.

    What was read up to that mark already, or concerns nobody here, does nothing.
    """
    newest: dict[str, str] = {}
    for one in announcements:
        newest[one.address] = max(newest.get(one.address, "0"), one.mark, key=int)
    for address, mark in newest.items():
        for account_id in house.live.announce(address, mark, house.clock.now()):
            with suppress(TryAgainError):  # the scheduler rings for what is due, once Redis is there again
                house.queue.ring(account_id)
