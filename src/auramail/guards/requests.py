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
from auramail.guards.domains import FREE_MAIL, WRITTEN_BY_STRANGERS, lures_of
from auramail.guards.lexicon import Said, said, words_of
from auramail.guards.plots import plots_of
from auramail.guards.sender import Standing, goes_with_name, standing
from auramail.guards.stories import (
    ANSWERABLE,
    DEMANDS,
    HASTY,
    MONEY,
    NEEDS_A_WAY,
    ONLY_HEARD,
    STORIES,
    THREATS,
    TOLD_BY_FIRMS,
    TOLD_BY_PERSONS,
)
from auramail.guards.suspicion import Suspicion, finding
from auramail.guards.ways import ELSEWHERE, OWN_SITE, is_bulk, way_on

WALLET: Final = re.compile(
    r"\b(?:bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|0x[a-fA-F0-9]{40}|T[a-km-zA-HJ-NP-Z1-9]{33})\b"
)
THREAT_AND_DEMAND: Final = 2.6
THREAT_ALONE: Final = 1.4
MORE_FOR_EACH_WAY: Final = 0.3
MOST_WAYS: Final = 3
BY_STANDING: Final = {Standing.KNOWN: 0.35, Standing.BRAND: 0.5, Standing.PLAIN: 0.85, Standing.FACELESS: 1.0}
"""How much the stories that persons tell count, by who tells them."""
ACCOUNT_GIVEN: Final = 2.2
ACCOUNT: Final = re.compile(
    r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b|\b\d{4}(?:[ -]?\d{4}){3}\b|\b\d{2}-\d{2}-\d{2}\b"
)
"""An IBAN (ISO 13616), the number of a card (ISO 7812) or a British sort code."""
ANSWER_TO_NOBODY: Final = 0.9
OF_A_BRAND: Final = 0.4
"""What a brand itself says of codes, cards and coins on its own site."""
PASSWORD_OF_A_SERVICE: Final = 0.7
"""Services have a password chosen on their own site."""
HASTE_OF_A_FIRM: Final = 0.6
EXECUTIVE: Final = re.compile(
    r"ceo|cfo|dir[ei][ck]|dyrekt|presid|prezes|pdg|geren[ct]|geschaeft|amministr|reditel|mudur|boss|chief|kerivn|office"
    r"|(?:^|[._])(?:gf|adm)(?:$|[._])"
)
"""What stands before the @ of a public mail service when a superior is played."""
FROM_NOBODY: Final = 2.2
NAMED_PERSON: Final = 0.75
FROM_A_NAME: Final = 1.2
"""The same if the address at least bears the name that is shown."""
NOTHING_IN_COMMON: Final = 0.8
CALLED_ABOUT_A_CHARGE: Final = 3.2
PHONE: Final = re.compile(
    r"(?<![\d-])\+?(?:\d{1,3}[ .-]?)?(?:\(\d{3}\)|\d{3})[ .-]?\d{3}[ .-]\d{4}(?!\d)|\b8[0-9]{2}[ .-]\d{3}[ .-]\d{4}\b"
)
SUM: Final = re.compile(
    r"[$€£₴]\s?\d{2,4}(?:[.,]\d{2})?|\b\d{2,4}[.,]\d{2}\s?(?:USD|EUR|GBP|UAH|€|грн)|(?:USD|EUR|GBP)\s?\d{2,4}",
    re.IGNORECASE,
)
LONGEST_STORY: Final = 4_000
"""Characters of a text beyond which any words meet each other by chance, as in long newsletters."""
LONGEST_PLOT: Final = 1_000
"""The same for plots, which need no words of their own."""
PLOT_IN_BULK: Final = 0.5
FORTUNE_BY_CHANCE: Final = ((1_500, 4), (4_000, 6), (sys.maxsize, 8))
"""How many words of such a story an honest text of at most so many characters may hold."""
FORTUNE_PER_WORD: Final = 1.5
FORTUNE_AT_MOST: Final = 5.0
NEVER_IN_BULK: Final = TOLD_BY_PERSONS | {"extortion", "crypto"}
SHARE_IN_BULK: Final = 0.4
"""How much such stories count in mail that goes to many: newsletters report on them."""
WARNING_SHARE: Final = 0.3
"""How much a story counts in a text that warns of such stories."""
SHARE_OF_A_FORWARD: Final = 0.5
SHARE_ON_A_LIST: Final = 0.5
SHARE_OF_AN_ANSWER: Final = 0.7
"""Anybody can pretend to answer, but few do."""
FORWARDED: Final = re.compile(
    r"^[-_* \t]{0,40}(?:forwarded message|begin forwarded|переслан\w{1,4} (?:повідомлення|лист)|пересылаемое"
    r"|weitergeleitete nachricht|przekazana wiadomość|message transféré|mensaje reenviado|messaggio inoltrato)",
    re.IGNORECASE | re.MULTILINE,
)


def inspect(message: Message, person: Person) -> Finding | None:
    """Look for the requests and stories of fraud in what the sender wrote."""
    text = words_of(message)
    told = dict(said("requests", text))
    warns = told.pop("awareness", None) is not None
    demands = DEMANDS & told.keys()
    told.pop("click", None)
    plots = plots_of(f"{message.sender.name}\n{text}")
    charge = plots.get("charge", "")
    bulk = is_bulk(message)
    heard = plots.keys() & STORIES.keys() - (TOLD_BY_PERSONS if bulk else set())
    fortune = _fortune(text)
    if not (told.keys() | heard) - {"urgency"} and not fortune and not charge:
        return None
    stands = standing(message, person)
    lead = way_on(message, stands)
    weights = _weights(told, heard, lead, stands, doubt=_doubt(text, bulk=bulk))
    if bulk:
        weights |= {name: weights[name] * SHARE_IN_BULK for name in weights.keys() & NEVER_IN_BULK}
    told |= {name: Said(plots[name], 1) for name in heard - told.keys()}
    suspicions = [
        Suspicion(weights[name], Wording.of(story.evidence.text, words=told[name].words))
        for name, story in STORIES.items()
        if name in told
    ]
    trusted = 1.0 if message.sender.address.startswith(WRITTEN_BY_STRANGERS) else BY_STANDING[stands]
    if is_named_person(message):
        trusted *= NAMED_PERSON
    suspicions += _combinations(text, told, demands, lead, trusted, charge)
    suspicions += _from_nobody(message, told, stands, lead)
    share = _share(message, text, warns=warns)
    return finding("requests", [*(Suspicion(each.weight * share, each.evidence) for each in suspicions), *fortune])


def is_named_person(message: Message) -> bool:
    """Whether a public mailbox at least bears the name that is shown, and plays no superior."""
    local, _, domain = message.sender.address.partition("@")
    return domain in FREE_MAIL and goes_with_name(message) and not EXECUTIVE.search(local)


def _weights(
    told: Mapping[str, Said], heard: AbstractSet[str], lead: float, stands: Standing, doubt: float
) -> dict[str, float]:
    """What each story weighs: told in a phrase, or heard as a plot, which is less sure by the `doubt`."""
    weights = {
        name: STORIES[name].weight * _ways(said_so) * _reach(name, lead, stands) for name, said_so in told.items()
    }
    for name in heard:
        reach = _reach(name, lead, stands, needs_a_way=NEEDS_A_WAY | ONLY_HEARD)
        weights[name] = max(STORIES[name].heard * doubt * reach, weights.get(name, 0.0))
    return weights


def _doubt(text: str, *, bulk: bool) -> float:
    return min(1.0, LONGEST_PLOT / len(text)) * (PLOT_IN_BULK if bulk else 1.0)


def _share(message: Message, text: str, *, warns: bool) -> float:
    """How much the stories of a text count, by how long it is and whose words they are."""
    share = (WARNING_SHARE if warns else 1.0) * min(1.0, LONGEST_STORY / len(text))
    if message.in_reply_to:
        share *= SHARE_OF_AN_ANSWER
    if "list-id" in message.headers:
        share *= SHARE_ON_A_LIST
    return share * (SHARE_OF_A_FORWARD if FORWARDED.search(message.text[:LONGEST_STORY]) else 1.0)


def _fortune(text: str) -> list[Suspicion]:
    """Letters about a stranger's fortune use many of the same few words, however they tell it."""
    words = said("fortune", text)
    by_chance = next(count for longest, count in FORTUNE_BY_CHANCE if len(text) <= longest)
    weight = min(FORTUNE_AT_MOST, FORTUNE_PER_WORD * (len(words) - by_chance))
    if weight <= 0:
        return []
    told = ", ".join(each.words for each in list(words.values())[:4])
    return [Suspicion(weight, Wording.of("It tells the story of a stranger's fortune: “{words}”", words=told))]


def _ways(story: Said) -> float:
    """A story told in several ways weighs more."""
    return 1 + MORE_FOR_EACH_WAY * min(story.ways - 1, MOST_WAYS)


def _reach(name: str, lead: float, stands: Standing, needs_a_way: AbstractSet[str] = NEEDS_A_WAY) -> float:
    """A story that needs a link or a file weighs by where that leads; one that friends tell too, by who tells it."""
    if name in needs_a_way:
        is_answerable = name in ANSWERABLE and stands is Standing.FACELESS
        return max(lead, ANSWER_TO_NOBODY) if is_answerable else lead
    if name in ONLY_HEARD and stands is Standing.BRAND:
        return max(lead, OF_A_BRAND)
    if name == "password" and stands is Standing.PLAIN and lead <= OWN_SITE:
        return PASSWORD_OF_A_SERVICE
    if name in HASTY and stands is Standing.PLAIN:
        return HASTE_OF_A_FIRM
    return BY_STANDING[stands] if name in TOLD_BY_PERSONS else 1.0


def _combinations(
    text: str, told: Mapping[str, Said], demands: AbstractSet[str], lead: float, trusted: float, charge: str
) -> Iterator[Suspicion]:
    """What is worse together than apart: a threat with a link to follow, secrecy with money, a story with a wallet."""
    threats = THREATS & told.keys()
    if threats - {"document"} or (threats and lead > ELSEWHERE):
        words = told[max(threats, key=lambda name: (STORIES[name].weight, name))].words
        weight = THREAT_AND_DEMAND if demands else THREAT_ALONE
        yield Suspicion(weight * lead, Wording.of("It presses with a threat or a promise: “{words}”", words=words))
    money = MONEY & told.keys()
    if "callback" not in told and charge and PHONE.search(text) and SUM.search(text):
        evidence = Wording.of("It wants to be called about a charge: “{words}”", words=charge)
        yield Suspicion(CALLED_ABOUT_A_CHARGE * trusted, evidence)
    secrecy = "favour" if "favour" in told else "relative" if "relative" in told else ""
    if secrecy and money and "secret_payment" not in told:
        words = told[secrecy].words
        yield Suspicion(
            3.0 * min(trusted, HASTE_OF_A_FIRM) if trusted < 1 else 3.0,
            Wording.of("It wants money in haste and secrecy: “{words}”", words=words),
        )
    if told.keys() & {"bank_details", "payroll"}:
        given = ACCOUNT.search(text)
        if given:
            evidence = Wording.of("It gives the other account at once: {number}", number=given.group())
            yield Suspicion(ACCOUNT_GIVEN * trusted, evidence)
    wallet = WALLET.search(text)
    if wallet and told.keys() & {"extortion", "crypto", "seed", "collection"}:
        yield Suspicion(3.0 * trusted, Wording.of("It names a wallet to pay to: {wallet}", wallet=wallet.group()))


def _from_nobody(message: Message, told: Mapping[str, Said], stands: Standing, lead: float) -> Iterator[Suspicion]:
    """Stories that are told by firms and superiors, from an address that could be anybody's."""
    story = next((name for name in TOLD_BY_FIRMS if name in told), None)
    is_faceless = stands is Standing.FACELESS or (
        stands is Standing.PLAIN and bool(MONEY & told.keys()) and bool(lures_of(message.sender.domain))
    )
    if story and is_faceless:
        evidence = Wording.of(
            "{address} could be anybody and says: “{words}”", address=message.sender.address, words=told[story].words
        )
        yield Suspicion(FROM_A_NAME if is_named_person(message) else FROM_NOBODY, evidence)
    elif story and lead >= OWN_SITE and stands is Standing.PLAIN and not goes_with_name(message):
        evidence = Wording.of(
            "Nothing in {address} goes with the name “{name}”", address=message.sender.address, name=message.sender.name
        )
        yield Suspicion(NOTHING_IN_COMMON, evidence)
