"""Requests: what nobody honest asks for by mail, and the stories it is wrapped in."""

import re
from collections.abc import Mapping
from typing import Final

from auramail.core.accounts import Person
from auramail.core.findings import Finding
from auramail.core.messages import Message
from auramail.core.wording import Wording
from auramail.guards.brands import owner_of
from auramail.guards.domains import FREE_MAIL, host_of, organisation
from auramail.guards.lexicon import said, words_of
from auramail.guards.suspicion import Suspicion, finding

STORIES: Final[Mapping[str, tuple[float, Wording]]] = {
    "seed": (4.5, Wording("It asks for the keys of a crypto wallet: “{words}”")),
    "extortion": (4.0, Wording("It threatens with compromising recordings: “{words}”")),
    "code": (3.0, Wording("It asks for a code that is yours alone: “{words}”")),
    "card": (2.5, Wording("It asks for bank card details: “{words}”")),
    "giftcard": (3.0, Wording("It asks for gift cards: “{words}”")),
    "crypto": (3.0, Wording("It asks for a payment in cryptocurrency: “{words}”")),
    "inheritance": (3.5, Wording("It promises a stranger's fortune: “{words}”")),
    "password": (2.5, Wording("It asks for a password: “{words}”")),
    "bank_details": (2.5, Wording("It announces other bank details: “{words}”")),
    "remote": (2.5, Wording("It wants a remote control program installed: “{words}”")),
    "callback": (2.5, Wording("It wants to be called about a charge: “{words}”")),
    "payout": (2.5, Wording("It promises a payout: “{words}”")),
    "prize": (2.2, Wording("It promises a prize: “{words}”")),
    "refund": (1.8, Wording("It promises a refund: “{words}”")),
    "threat": (1.6, Wording("It threatens to block an account: “{words}”")),
    "mailbox": (1.8, Wording("It speaks for the mail system: “{words}”")),
    "parcel_fee": (1.8, Wording("It wants money or data for a parcel: “{words}”")),
    "fine": (1.5, Wording("It presses for a fine or a debt: “{words}”")),
    "job": (1.8, Wording("It promises easy money: “{words}”")),
    "favour": (1.8, Wording("It asks for a discreet favour: “{words}”")),
    "transfer": (1.5, Wording("It presses for a payment: “{words}”")),
    "account": (1.0, Wording("It asks to confirm an account: “{words}”")),
    "login_alert": (0.7, Wording("It reports a suspicious sign-in: “{words}”")),
    "document": (0.6, Wording("It wants a document opened: “{words}”")),
    "urgency": (0.4, Wording("It presses for time: “{words}”")),
}
"""Each story's log-odds on its own, and how it is told."""

THREATS: Final = frozenset(
    {"threat", "mailbox", "login_alert", "parcel_fee", "payout", "refund", "prize", "fine", "document"}
)
DEMANDS: Final = frozenset({"password", "account", "card", "click", "seed", "code"})
WALLET: Final = re.compile(
    r"\b(?:bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|0x[a-fA-F0-9]{40}|T[a-km-zA-HJ-NP-Z1-9]{33})\b"
)
WARNING_SHARE: Final = 0.3
"""How much a story counts in a text that warns of such stories."""
NEEDS_A_WAY: Final = frozenset(
    {
        "threat",
        "mailbox",
        "refund",
        "payout",
        "parcel_fee",
        "account",
        "login_alert",
        "document",
        "fine",
        "prize",
        "card",
    }
)
"""Stories that are harmless without a link to follow or a file to open."""


def inspect(message: Message, person: Person) -> Finding | None:
    """Look for the requests and stories of fraud in what the sender wrote."""
    del person
    text = words_of(message)
    told = dict(said("requests", text))
    warns = told.pop("awareness", None) is not None
    demands = DEMANDS & told.keys()
    told.pop("click", None)
    lead = leads_away(message)
    if not lead:
        told = {name: words for name, words in told.items() if name not in NEEDS_A_WAY}
    if not told.keys() - {"urgency"}:
        return None
    suspicions = [
        Suspicion(weight, Wording.of(sentence.text, words=told[name]))
        for name, (weight, sentence) in STORIES.items()
        if name in told
    ]
    if THREATS & told.keys() and demands and lead:
        worst = max(THREATS & told.keys(), key=lambda name: STORIES[name][0])
        suspicions.append(
            Suspicion(2.4, Wording.of("It presses you to follow a link to a stranger: “{words}”", words=told[worst]))
        )
    wallet = WALLET.search(text)
    if wallet and told.keys() & {"extortion", "crypto", "seed"}:
        suspicions.append(Suspicion(3.0, Wording.of("It names a wallet to pay to: {wallet}", wallet=wallet.group())))
    if warns:
        suspicions = [Suspicion(each.weight * WARNING_SHARE, each.evidence) for each in suspicions]
    return finding("requests", suspicions)


def leads_away(message: Message) -> bool:
    """Whether there is a link to somebody other than the sender, or any way on from a sender anyone can be."""
    sender = organisation(message.sender.domain) if message.sender.domain else ""
    if any(
        attachment.filename.lower().endswith((".html", ".htm", ".svg", ".pdf")) for attachment in message.attachments
    ):
        return True
    hosts = [host for link in message.links if (host := host_of(link.target))]
    if sender in FREE_MAIL:
        return bool(hosts)
    ours = owner_of(message.sender.domain)
    return any(organisation(host) != sender and not (ours and ours.owns(host)) for host in hosts)
