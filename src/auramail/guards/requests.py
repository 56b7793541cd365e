"""Requests: what nobody honest asks for by mail, and the stories it is wrapped in."""

import re
import sys
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from auramail.core.accounts import Person
from auramail.core.findings import Finding
from auramail.core.messages import Message
from auramail.core.wording import Wording
from auramail.guards.brands import owner_of
from auramail.guards.domains import host_of, organisation
from auramail.guards.lexicon import Said, said, words_of
from auramail.guards.sender import Standing, standing
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
    "personal_data": (2.0, Wording("It asks for personal data: “{words}”")),
    "macros": (3.0, Wording("It wants macros switched on: “{words}”")),
    "remote": (3.0, Wording("It wants a remote control program installed: “{words}”")),
    "callback": (2.5, Wording("It wants to be called about a charge: “{words}”")),
    "payout": (2.5, Wording("It promises a payout: “{words}”")),
    "prize": (2.2, Wording("It promises a prize: “{words}”")),
    "refund": (1.8, Wording("It promises a refund: “{words}”")),
    "virus": (1.8, Wording("It reports viruses or an expired protection: “{words}”")),
    "archive": (2.2, Wording("It gives a password for an archive: “{words}”")),
    "relative": (2.0, Wording("It writes from somebody's “new number”: “{words}”")),
    "vote": (2.0, Wording("It asks for a vote behind a link: “{words}”")),
    "billing": (1.0, Wording("It says that a payment failed: “{words}”")),
    "threat": (1.6, Wording("It threatens to block an account: “{words}”")),
    "mailbox": (1.8, Wording("It speaks for the mail system: “{words}”")),
    "parcel_fee": (1.8, Wording("It wants money or data for a parcel: “{words}”")),
    "fine": (1.5, Wording("It presses for a fine or a debt: “{words}”")),
    "job": (1.8, Wording("It promises easy money: “{words}”")),
    "favour": (1.4, Wording("It asks for a discreet favour: “{words}”")),
    "transfer": (1.5, Wording("It presses for a payment: “{words}”")),
    "account": (1.0, Wording("It asks to confirm an account: “{words}”")),
    "login_alert": (0.7, Wording("It reports a suspicious sign-in: “{words}”")),
    "document": (0.6, Wording("It wants a document opened: “{words}”")),
    "urgency": (0.4, Wording("It presses for time: “{words}”")),
}
"""Each story's log-odds on its own, and how it is told."""

THREATS: Final = frozenset(
    {
        "threat",
        "billing",
        "vote",
        "virus",
        "mailbox",
        "login_alert",
        "parcel_fee",
        "payout",
        "refund",
        "prize",
        "fine",
        "document",
    }
)
DEMANDS: Final = frozenset({"password", "account", "card", "click", "seed", "code"})
WALLET: Final = re.compile(
    r"\b(?:bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|0x[a-fA-F0-9]{40}|T[a-km-zA-HJ-NP-Z1-9]{33})\b"
)
MONEY: Final = frozenset({"bank_details", "giftcard", "transfer", "crypto", "code", "card"})
TOLD_BY_FIRMS: Final = ("callback", "bank_details", "card", "password", "code", "threat", "fine", "remote", "favour")
THREAT_AND_DEMAND: Final = 2.6
THREAT_ALONE: Final = 1.4
MORE_FOR_EACH_WAY: Final = 0.3
MOST_WAYS: Final = 3
OWN_SITE: Final = 0.6
ONLY_WORDS: Final = 0.3
ONLY_WORDS_OF_NOBODY: Final = 0.7
KNOWN_SENDER: Final = 0.3
LEADING_FILES: Final = (".html", ".htm", ".svg", ".pdf", ".zip", ".rar", ".7z")
LONGEST_STORY: Final = 4_000
"""Characters of a text beyond which any words meet each other by chance, as in long newsletters."""
FORTUNE_BY_CHANCE: Final = ((1_500, 4), (4_000, 6), (sys.maxsize, 8))
"""How many words of such a story an honest text of at most so many characters may hold."""
FORTUNE_PER_WORD: Final = 1.5
FORTUNE_AT_MOST: Final = 5.0
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
        "billing",
        "virus",
        "vote",
        "fine",
        "prize",
    }
)
"""Stories that are harmless without a link to follow or a file to open."""


def inspect(message: Message, person: Person) -> Finding | None:
    """Look for the requests and stories of fraud in what the sender wrote."""
    text = words_of(message)
    told = dict(said("requests", text))
    warns = told.pop("awareness", None) is not None
    demands = DEMANDS & told.keys()
    told.pop("click", None)
    fortune = _fortune(text)
    if not told.keys() - {"urgency"} and not fortune:
        return None
    stands = standing(message, person)
    lead = way_on(message, stands)
    suspicions = [
        Suspicion(_weight(name, told[name], lead), Wording.of(sentence.text, words=told[name].words))
        for name, (_, sentence) in STORIES.items()
        if name in told
    ]
    suspicions += _combinations(text, told, demands, lead)
    suspicions += _from_nobody(message, told, stands)
    share = (WARNING_SHARE if warns else 1.0) * min(1.0, LONGEST_STORY / len(text))
    return finding("requests", [*(Suspicion(each.weight * share, each.evidence) for each in suspicions), *fortune])


def _fortune(text: str) -> list[Suspicion]:
    """Letters about a stranger's fortune use many of the same few words, however they tell it."""
    words = said("fortune", text)
    by_chance = next(count for longest, count in FORTUNE_BY_CHANCE if len(text) <= longest)
    weight = min(FORTUNE_AT_MOST, FORTUNE_PER_WORD * (len(words) - by_chance))
    if weight <= 0:
        return []
    told = ", ".join(each.words for each in list(words.values())[:4])
    return [Suspicion(weight, Wording.of("It tells the story of a stranger's fortune: “{words}”", words=told))]


def _weight(name: str, story: Said, lead: float) -> float:
    """A story told in several ways weighs more; one that needs a link or a file weighs by where that leads."""
    weight = STORIES[name][0] * (1 + MORE_FOR_EACH_WAY * min(story.ways - 1, MOST_WAYS))
    return weight * lead if name in NEEDS_A_WAY else weight


def _combinations(text: str, told: Mapping[str, Said], demands: AbstractSet[str], lead: float) -> Iterator[Suspicion]:
    """What is worse together than apart: a threat with a link to follow, secrecy with money, a story with a wallet."""
    threats = THREATS & told.keys()
    if threats and lead:
        words = told[max(threats, key=lambda name: STORIES[name][0])].words
        weight = THREAT_AND_DEMAND if demands else THREAT_ALONE
        yield Suspicion(weight * lead, Wording.of("It presses with a threat or a promise: “{words}”", words=words))
    money = MONEY & told.keys()
    secrecy = "favour" if "favour" in told else "relative" if "relative" in told else ""
    if secrecy and money:
        words = told[secrecy].words
        yield Suspicion(3.0, Wording.of("It wants money in haste and secrecy: “{words}”", words=words))
    wallet = WALLET.search(text)
    if wallet and told.keys() & {"extortion", "crypto", "seed"}:
        yield Suspicion(3.0, Wording.of("It names a wallet to pay to: {wallet}", wallet=wallet.group()))


def _from_nobody(message: Message, told: Mapping[str, Said], stands: Standing) -> Iterator[Suspicion]:
    """Stories that are told by firms and superiors, from an address that could be anybody's."""
    story = next((name for name in TOLD_BY_FIRMS if name in told), None)
    if story and stands is Standing.FACELESS:
        evidence = Wording.of(
            "{address} could be anybody and says: “{words}”", address=message.sender.address, words=told[story].words
        )
        yield Suspicion(1.6, evidence)


def way_on(message: Message, stands: Standing) -> float:
    """How far a message leads away from a sender who can be trusted: 0 not at all, 1 to a stranger.

    A link to the sender's own site is what honest services have too, unless the sender has no face.
    """
    if stands is Standing.KNOWN:
        return KNOWN_SENDER
    domain = message.sender.domain
    ours = owner_of(domain) if stands is Standing.BRAND else None
    hosts = [host for link in message.links if (host := host_of(link.target))]
    foreign = [host for host in hosts if organisation(host) != organisation(domain)]
    if ours and all(ours.owns(host) for host in foreign):
        return 0.0
    files = [each for each in message.attachments if each.filename.lower().endswith(LEADING_FILES)]
    replies_away = any(organisation(reply.domain) != organisation(domain) for reply in message.reply_to)
    if hosts and stands is Standing.PLAIN and "list-unsubscribe" in message.headers:
        return OWN_SITE  # Mass mail counts clicks on the site of a service.
    if foreign or files or replies_away or (stands is Standing.FACELESS and hosts):
        return 1.0
    if hosts:
        return OWN_SITE
    return ONLY_WORDS_OF_NOBODY if stands is Standing.FACELESS else ONLY_WORDS
