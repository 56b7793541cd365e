"""Placing: where each kind of mail goes, and which kinds can ask something of their reader."""

from collections.abc import Mapping
from typing import Final

from auramail.core.decisions import Category, Kind

PLACE: Final[Mapping[Kind, Category]] = {
    Kind.PERSONAL: Category.IMPORTANT,
    Kind.WORK: Category.IMPORTANT,
    Kind.BILL: Category.IMPORTANT,
    Kind.RECEIPT: Category.IMPORTANT,
    Kind.MEETING: Category.IMPORTANT,
    Kind.TRAVEL: Category.IMPORTANT,
    Kind.DELIVERY: Category.IMPORTANT,
    Kind.SECURITY_CODE: Category.IMPORTANT,
    Kind.SECURITY_ALERT: Category.IMPORTANT,
    Kind.PROMOTION: Category.NEWSLETTER,
    Kind.NEWSLETTER: Category.NEWSLETTER,
    Kind.SURVEY: Category.NEWSLETTER,
    Kind.SOCIAL: Category.SOCIAL,
    Kind.SPAM: Category.DELETE,
    Kind.NOTIFICATION: Category.REVIEW,
    Kind.PHISHING: Category.REVIEW,
    Kind.OTHER: Category.REVIEW,
}
"""Where each kind goes. What proves a purchase, a journey or an entry is IMPORTANT with low urgency: people look for it
later. A notice sent to many goes with the newsletters, one about something of this person's own is for them to look at,
and so is what only its words make look like phishing, without a guard seeing a reason."""
PLACE_OF_BULK: Final[Mapping[Kind, Category]] = {**PLACE, Kind.NOTIFICATION: Category.NEWSLETTER}
CAN_ASK: Final = frozenset(
    {
        Kind.PERSONAL,
        Kind.WORK,
        Kind.BILL,
        Kind.MEETING,
        Kind.SECURITY_ALERT,
        Kind.TRAVEL,
        Kind.NOTIFICATION,
        Kind.DELIVERY,
        Kind.NEWSLETTER,
        Kind.OTHER,
    }
)
ASKS_ANYWHERE: Final = frozenset({Kind.NOTIFICATION, Kind.NEWSLETTER, Kind.OTHER})
"""Kinds of which one that asks something of this reader is ACTION_REQUIRED, though all others go elsewhere: of mail to
many, `replies.asks` hears no more than a duty of the reader's and what its postscript wants."""
INSTRUCTS: Final = frozenset({Kind.TRAVEL, Kind.DELIVERY})
"""Kinds full of advice ("take your passport", "show the code"): one such ask without a day is not something to do."""
AWAITS_NOBODY: Final = frozenset(Kind) - {Kind.PERSONAL, Kind.WORK, Kind.MEETING, Kind.BILL, Kind.OTHER}
"""Kinds that services send: whatever they ask, nobody waits for an answer."""
WRITTEN_TO_SOMEBODY: Final = frozenset({Kind.PERSONAL, Kind.WORK})
HAS_A_TERM: Final = frozenset({Kind.BILL, Kind.NOTIFICATION})
HIDING: Final = frozenset({Category.NEWSLETTER, Category.SOCIAL, Category.DELETE})
RAISED: Final = frozenset({Category.IMPORTANT, Category.ACTION_REQUIRED})
