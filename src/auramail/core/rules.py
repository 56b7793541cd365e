"""Rules: the person's own word on what is to happen to which mail."""

from dataclasses import dataclass, fields

from auramail.core.actions import Action
from auramail.core.decisions import Category, Kind
from auramail.core.labels import normalise
from auramail.core.policy import RESERVED
from auramail.core.wording import Wording

LONGEST_LABEL = 225
"""Characters in the name of a Gmail label."""
LONGEST_TEXT = 200
MOST_ALTERNATIVES = 20
LONGEST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule holds: every part that is given must match. Text is compared without case.

    `sender` is a whole address, `domain` matches the domain and all below it, `list_id` the List-Id in brackets,
    `subject` and `words` are substrings (`words` of subject or text). Of those with several values any one will do:
    `senders` are addresses, domains, or whole words of a sender's name; `about` are whole words of subject or text, one
    behind the other, a `*` standing for any ending of one; `kinds` and `categories` are what AuraMail itself takes it
    for. `larger` and `smaller` are bytes, `older_days` and `newer_days` count back from the moment it is sorted.
    """

    sender: str = ""
    domain: str = ""
    list_id: str = ""
    subject: str = ""
    words: str = ""
    has_attachment: bool | None = None
    senders: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    categories: tuple[Category, ...] = ()
    larger: int | None = None
    smaller: int | None = None
    older_days: int | None = None
    newer_days: int | None = None

    def __bool__(self) -> bool:
        """Whether any part is given."""
        return any(getattr(self, part.name) not in ("", (), None) for part in fields(self))

    @property
    def needs_judgement(self) -> bool:
        """Whether it asks what AuraMail itself takes the mail for."""
        return bool(self.kinds or self.categories)

    @property
    def names_sender(self) -> bool:
        return bool(self.sender or self.domain or self.list_id or self.senders)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a rule wants. Nothing that is left out changes: no `category` means the one that AuraMail finds itself.

    `action` None means what the category usually gets. `label` is the name of a label of the person's own, put on
    besides that of the category.
    """

    category: Category | None = None
    action: Action | None = None
    label: str = ""

    def __bool__(self) -> bool:
        return self != Wish()


@dataclass(frozen=True, slots=True)
class Rule:
    """A wish under a condition. Lower `position` is asked first. `said` is the sentence it was made from, if any."""

    id: int
    account_id: int
    position: int
    condition: Condition
    category: Category | None = None
    action: Action | None = None
    enabled: bool = True
    label: str = ""
    said: str = ""

    @property
    def wish(self) -> Wish:
        return Wish(self.category, self.action, self.label)


@dataclass(frozen=True, slots=True)
class ProposedRule:
    """A rule that nobody has agreed to yet."""

    condition: Condition
    wish: Wish


def rule_problem(condition: Condition, wish: Wish) -> Wording | None:
    """Why there can be no such rule, in one line; None if there can."""
    if not condition:
        return Wording.of("It is not said which mail is meant.")
    if not wish:
        return Wording.of("It is not said what is to happen to that mail.")
    if Category.DANGER in {wish.category, *condition.categories} or Kind.PHISHING in condition.kinds:
        return Wording.of("What looks dangerous is left to the guards: no rule can be about it.")
    return _text_problem(condition) or _number_problem(condition) or (label_problem(wish.label) if wish.label else None)


def label_problem(name: str) -> Wording | None:
    """Why Gmail would not make a label of that name; None if it would."""
    if len(name) > LONGEST_LABEL:
        return Wording.of("At most {count} characters.", count=LONGEST_LABEL)
    parts = name.split("/")
    if not name.isprintable() or name != name.strip() or not all(part.strip() for part in parts):
        return Wording.of("Gmail makes no label of that name.")
    if {normalise(name), normalise(parts[0])} & RESERVED:
        return Wording.of("Gmail keeps the name {name} for itself.", name=name)
    return None


def _text_problem(condition: Condition) -> Wording | None:
    several = (condition.senders, condition.about, condition.kinds, condition.categories)
    if any(len(some) > MOST_ALTERNATIVES for some in several):
        return Wording.of("At most {count} of one sort.", count=MOST_ALTERNATIVES)
    single = (condition.sender, condition.domain, condition.list_id, condition.subject, condition.words)
    texts = [*(text for text in single if text), *condition.senders, *condition.about]
    if any(len(text) > LONGEST_TEXT for text in texts):
        return Wording.of("At most {count} characters.", count=LONGEST_TEXT)
    if not all(text.isprintable() and text.strip(' *"@.') for text in texts):
        return Wording.of("This holds characters that cannot be searched for.")
    return None


def _number_problem(condition: Condition) -> Wording | None:
    larger, smaller, older, newer = condition.larger, condition.smaller, condition.older_days, condition.newer_days
    if any(number is not None and number < 1 for number in (larger, smaller, older, newer)):
        return Wording.of("Sizes and ages are whole numbers above zero.")
    if any(days is not None and days > LONGEST_DAYS for days in (older, newer)):
        return Wording.of("At most {count} days.", count=LONGEST_DAYS)
    if larger is not None and smaller is not None and larger >= smaller:
        return Wording.of("No message is larger than the one size and smaller than the other.")
    if older is not None and newer is not None and older >= newer:
        return Wording.of("No message is older than the one age and newer than the other.")
    return None
