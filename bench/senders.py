"""Who writes to the bench's mailboxes, and what: texts of the training pools in the clothes of real bulk mail."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from email.header import Header
from functools import cache
from typing import Final

from training.pools import Family, expand, read_families
from training.slots import invented_company, lexicon, slots

OWN_DOMAIN: Final = "studio.example"
PERSON: Final = f"ana@{OWN_DOMAIN}"
TEXTS: Final = 6
"""Different texts of a sender; each message adds its own number."""

_CAMPAIGN: Final = (
    "X-MC-User: {key}",
    "Feedback-ID: {key}:campaign:esp",
    "X-SFMC-Stack: 7",
    "X-Mailin-Campaign: {key}",
    "X-CSA-Complaints: whitelist-complaints@eco.example",
    "X-Campaign-Id: {key}",
)
_BULK: Final = (
    # families, Gmail's category, share of the bulk senders
    (("promotion.sale", "promotion.newgoods", "promotion.loyalty", "promotion.bonus"), "CATEGORY_PROMOTIONS", 45),
    (("newsletter.digest", "newsletter.column", "newsletter.hobby"), "CATEGORY_PROMOTIONS", 20),
    (("newsletter.digest", "newsletter.organisation"), "CATEGORY_UPDATES", 15),
    (("social.notification", "social.group"), "CATEGORY_SOCIAL", 15),
    (("newsletter.organisation",), "CATEGORY_FORUMS", 5),
)
_PEOPLE: Final = (("personal.", 30), ("work.", 25))
_SERVICES: Final = (
    ("receipt.", 12),
    ("bill.", 8),
    ("delivery.", 8),
    ("meeting.", 6),
    ("notification.", 5),
    ("security_code.", 3),
    ("security_alert.", 3),
)
PEOPLES_SHARE: Final = sum(share for _, share in _PEOPLE) / sum(share for _, share in _PEOPLE + _SERVICES)
"""Of what is not bulk."""


WORDS: Final = (
    "amber", "anchor", "autumn", "badger", "bamboo", "basil", "beacon", "birch", "bramble", "breeze", "canyon",
    "cedar", "cherry", "clover", "cobalt", "comet", "copper", "coral", "cricket", "dahlia", "delta", "ember",
    "falcon", "fennel", "fjord", "forest", "garnet", "ginger", "glacier", "granite", "harbor", "hazel", "heron",
    "hollow", "indigo", "island", "ivory", "jasmine", "juniper", "kestrel", "lagoon", "lantern", "laurel", "lichen",
    "lilac", "lotus", "lunar", "magnet", "maple", "marble", "meadow", "mistral", "nectar", "nimbus", "oasis",
    "olive", "onyx", "orchid", "osprey", "otter", "paprika", "pebble", "pepper", "pigeon", "planet", "plum",
    "poppy", "prairie", "quartz", "quince", "raven", "reef", "ripple", "river", "saffron", "sage", "salmon",
    "sandal", "sierra", "silver", "sparrow", "spruce", "sunset", "tamarind", "tangent", "thistle", "thunder",
    "timber", "topaz", "tulip", "tundra", "umber", "valley", "velvet", "violet", "walnut", "willow", "winter",
    "yarrow", "zephyr", "zinnia",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """Subject (RFC 2047) and text, without what makes each message another."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Sender:
    """`headers` are the lines all of the sender's mail has; `category` is the label Gmail gives it."""

    name: str
    address: str
    kind: str
    category: str
    texts: Sequence[Text]
    headers: tuple[str, ...] = ()

    @property
    def is_bulk(self) -> bool:
        return bool(self.headers)

    @property
    def is_person(self) -> bool:
        return not self.headers and self.category == "CATEGORY_PERSONAL"


def bulk_senders(count: int, dice: random.Random) -> list[Sender]:
    """One of them, of those that write little, is of the person's own domain."""
    weights = [share for _, _, share in _BULK]
    senders = []
    for number in range(count):
        families, category, _ = dice.choices(_BULK, weights)[0]
        family = dice.choice(_named(*families))
        name = invented_company(family.language, dice)[0]  # a well-known name at another domain would be a lookalike
        domain = OWN_DOMAIN if number == count * 3 // 4 else f"mail.{distinct_name(number)}.example"
        address = f"{dice.choice(('news', 'hello', 'info', 'offers'))}{number}@{domain}"
        texts = [_text(family, (name, domain), dice) for _ in range(TEXTS)]
        headers = _bulk_headers(number, domain, category, dice)
        senders.append(Sender(name, address, family.kind, category, texts, headers))
    return senders


def people(count: int, dice: random.Random) -> list[Sender]:
    """Friends and colleagues, some of them in the person's own house."""
    senders = []
    for number in range(count):
        family = dice.choice(_named(_drawn(_PEOPLE, dice)))
        words = lexicon(family.language)
        name = encoded(f"{dice.choice(words['first'])} {dice.choice(words['last'])}")
        is_colleague = family.kind == "work" and dice.random() < 0.3
        domain = OWN_DOMAIN if is_colleague else f"{distinct_name(1000 + number % 97)}.example"
        texts = [_text(family, (name, domain), dice) for _ in range(TEXTS)]
        senders.append(Sender(name, f"person{number}@{domain}", family.kind, "CATEGORY_PERSONAL", texts))
    return senders


def services(count: int, dice: random.Random) -> list[Sender]:
    """Shops, banks, carriers and others that write about the person's own affairs, one by one and to nobody else."""
    senders = []
    for number in range(count):
        family = dice.choice(_named(_drawn(_SERVICES, dice)))
        name = invented_company(family.language, dice)[0]
        domain = f"{distinct_name(2000 + number)}.example"
        texts = [_text(family, (name, domain), dice) for _ in range(TEXTS)]
        senders.append(Sender(name, f"no-reply@{domain}", family.kind, "CATEGORY_UPDATES", texts))
    return senders


def _drawn(shares: Sequence[tuple[str, int]], dice: random.Random) -> str:
    return dice.choices([name for name, _ in shares], [share for _, share in shares])[0]


def distinct_name(number: int) -> str:
    """A domain's name that is not taken for an imitation of another: words, for numbers differ in one figure only."""
    first, second = divmod(number, len(WORDS))
    return WORDS[second] + WORDS[::-1][first % len(WORDS)] + ("" if first < len(WORDS) else "group")


def _bulk_headers(number: int, domain: str, category: str, dice: random.Random) -> tuple[str, ...]:
    lines = [
        f"List-Id: <list{number}.{domain}>",
        f"List-Unsubscribe: <https://{domain}/off/{number}>, <mailto:off{number}@{domain}>",
        dice.choice(_CAMPAIGN).format(key=f"k{number}"),
    ]
    if dice.random() < 0.7:
        lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    if dice.random() < 0.6:
        lines.append("Precedence: bulk")
    if category == "CATEGORY_FORUMS":
        lines.append(f"List-Post: <mailto:list{number}@{domain}>")
    return tuple(lines)


@cache
def _families() -> tuple[Family, ...]:
    return tuple(family for family in read_families() if family.language in {"uk", "en"})


def _named(*beginnings: str) -> list[Family]:
    """Families whose name begins so; chats of a circle are no letters of one person."""
    return [
        family
        for family in _families()
        if family.name.startswith(beginnings) and not family.name.startswith("personal.chat")
    ]


def _text(family: Family, sender: tuple[str, str], dice: random.Random) -> Text:
    values = slots(family.language, sender, dice) | {"link": f"https://{sender[1]}/go"}
    lines = family.lines
    opening = dice.choice(lines.get("A", [""]))
    own_subject, has_own, rest = opening.partition(" || ")
    subject = own_subject if has_own else dice.choice(lines.get("S", [""]))
    middle = lines.get("B", [])
    parts = [rest if has_own else opening, *dice.sample(middle, min(len(middle), dice.randint(2, 5)))]
    parts += [dice.choice(lines["C"])] if "C" in lines else []
    subject = " ".join(expand(subject, values, dice).split())
    return Text(
        encoded(subject), "\n\n".join(expand(part, values, dice).replace(" / ", "\n") for part in parts if part)
    )


def encoded(subject: str) -> str:
    """In RFC 2047's words, where it needs them."""
    return subject if subject.isascii() else Header(subject, "utf-8", maxlinelen=900).encode()
