"""Stories: what fraud asks for and what it wraps the request in, each with its log-odds and its sentence.

A weight is how much more often fraud tells the story than honest mail does (1 is a hint, 3 is nearly proof), as seen on
invented letters of both kinds in thirteen languages; `weigh.py` adds everything up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from auramail.core.wording import Wording


@dataclass(frozen=True, slots=True)
class Story:
    """`heard` is its weight when a plot alone tells it, in words no phrase knows."""

    weight: float
    heard: float
    evidence: Wording


STORIES: Final[Mapping[str, Story]] = {
    "seed": Story(4.5, 3.5, Wording("It asks for the keys of a crypto wallet: “{words}”")),
    "extortion": Story(4.0, 3.0, Wording("It threatens with compromising recordings: “{words}”")),
    "code": Story(3.0, 1.2, Wording("It asks for a code that is yours alone: “{words}”")),
    "card": Story(2.5, 1.5, Wording("It asks for bank card details: “{words}”")),
    "giftcard": Story(3.0, 2.4, Wording("It asks for gift cards: “{words}”")),
    "crypto": Story(3.0, 1.8, Wording("It asks for a payment in cryptocurrency: “{words}”")),
    "inheritance": Story(3.5, 3.2, Wording("It promises a stranger's fortune: “{words}”")),
    "password": Story(2.5, 1.0, Wording("It asks for a password: “{words}”")),
    "bank_details": Story(2.8, 2.7, Wording("It announces other bank details: “{words}”")),
    "personal_data": Story(2.0, 1.4, Wording("It asks for personal data: “{words}”")),
    "macros": Story(3.0, 2.0, Wording("It wants macros switched on: “{words}”")),
    "remote": Story(3.0, 2.0, Wording("It wants a remote control program installed: “{words}”")),
    "callback": Story(2.5, 2.0, Wording("It wants to be called about a charge: “{words}”")),
    "payout": Story(2.5, 2.0, Wording("It promises a payout: “{words}”")),
    "prize": Story(2.2, 1.5, Wording("It promises a prize: “{words}”")),
    "refund": Story(1.8, 1.8, Wording("It promises a refund: “{words}”")),
    "virus": Story(1.8, 1.2, Wording("It reports viruses or an expired protection: “{words}”")),
    "archive": Story(2.2, 1.5, Wording("It gives a password for an archive: “{words}”")),
    "relative": Story(1.2, 2.4, Wording("It writes from somebody's “new number”: “{words}”")),
    "vote": Story(2.0, 2.0, Wording("It asks for a vote behind a link: “{words}”")),
    "billing": Story(1.0, 0.8, Wording("It says that a payment failed: “{words}”")),
    "threat": Story(1.6, 1.4, Wording("It threatens to block an account: “{words}”")),
    "mailbox": Story(1.8, 1.4, Wording("It speaks for the mail system: “{words}”")),
    "parcel_fee": Story(1.8, 1.6, Wording("It wants money or data for a parcel: “{words}”")),
    "fine": Story(1.5, 1.4, Wording("It presses for a fine or a debt: “{words}”")),
    "summons": Story(1.2, 1.2, Wording("It summons you before an authority: “{words}”")),
    "job": Story(1.8, 1.5, Wording("It promises easy money: “{words}”")),
    "advance_fee": Story(2.0, 1.5, Wording("It wants a fee before it pays: “{words}”")),
    "collection": Story(1.2, 1.2, Wording("It collects money for a good cause: “{words}”")),
    "secret_payment": Story(3.0, 3.0, Wording("It wants money in haste and secrecy: “{words}”")),
    "hasty_payment": Story(1.8, 1.8, Wording("It wants money in haste: “{words}”")),
    "payroll": Story(2.4, 2.4, Wording("It wants a salary paid to another account: “{words}”")),
    "favour": Story(1.4, 1.3, Wording("It asks for a discreet favour: “{words}”")),
    "transfer": Story(1.5, 1.0, Wording("It presses for a payment: “{words}”")),
    "account": Story(1.0, 0.8, Wording("It asks to confirm an account: “{words}”")),
    "login_alert": Story(0.7, 0.7, Wording("It reports a suspicious sign-in: “{words}”")),
    "scan": Story(2.6, 2.6, Wording("It wants a QR code scanned to sign in or pay: “{words}”")),
    "document": Story(0.6, 0.5, Wording("It wants a document opened: “{words}”")),
    "pressure": Story(0.9, 0.9, Wording("It presses you to act: “{words}”")),
    "urgency": Story(0.4, 0.3, Wording("It presses for time: “{words}”")),
}

NEEDS_A_WAY: Final = frozenset(
    {"threat", "mailbox", "refund", "payout", "parcel_fee", "account", "login_alert", "document", "billing", "virus"}
    | {"vote", "fine", "prize", "summons", "pressure"}
)
"""Stories that are harmless without a link to follow, a file to open or a stranger to answer."""
ONLY_HEARD: Final = frozenset({"code", "card", "password", "crypto"})
"""Stories that need a way on as long as no phrase tells them for sure."""
ANSWERABLE: Final = ONLY_HEARD | {"prize", "refund", "payout"}
"""Stories that an answer by mail completes."""
TOLD_BY_PERSONS: Final = frozenset(
    {
        "favour",
        "secret_payment",
        "hasty_payment",
        "payroll",
        "transfer",
        "bank_details",
        "giftcard",
        "relative",
        "collection",
        "job",
        "advance_fee",
        "personal_data",
    }
    | {"scan"}
)
"""Stories that friends and partners tell too: who tells them decides."""
HASTY: Final = frozenset({"favour", "secret_payment", "hasty_payment", "giftcard", "transfer"})
"""Those of colleagues in a hurry."""
TOLD_BY_FIRMS: Final = (
    *("callback", "bank_details", "card", "password", "code", "threat", "fine", "remote", "favour", "refund", "payout"),
    *(
        "parcel_fee",
        "mailbox",
        "summons",
        "secret_payment",
        "payroll",
        "giftcard",
        "job",
        "advance_fee",
        "prize",
        "relative",
    ),
)
"""Stories that weigh more if the sender could be anybody, the gravest first."""
THREATS: Final = frozenset(
    {"threat", "billing", "vote", "virus", "mailbox", "login_alert", "parcel_fee", "payout", "refund", "prize", "fine"}
    | {"document", "summons", "scan", "pressure"}
)
DEMANDS: Final = frozenset({"password", "account", "card", "click", "seed", "code"})
MONEY: Final = frozenset({"bank_details", "giftcard", "transfer", "crypto", "code", "card"})
