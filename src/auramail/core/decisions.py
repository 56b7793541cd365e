"""Decisions: what a message is, what it asks for, how sure that is, and why."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from auramail.core.findings import Danger, Finding
from auramail.core.questions import Tokens
from auramail.core.wording import Wording


class Category(StrEnum):
    IMPORTANT = "IMPORTANT"
    ACTION_REQUIRED = "ACTION_REQUIRED"
    NEWSLETTER = "NEWSLETTER"
    SOCIAL = "SOCIAL"
    REVIEW = "REVIEW"
    DELETE = "DELETE"
    DANGER = "DANGER"


class Kind(StrEnum):
    PERSONAL = "personal"
    WORK = "work"
    BILL = "bill"
    RECEIPT = "receipt"
    MEETING = "meeting"
    TRAVEL = "travel"
    DELIVERY = "delivery"
    SECURITY_CODE = "security_code"
    SECURITY_ALERT = "security_alert"
    PROMOTION = "promotion"
    NEWSLETTER = "newsletter"
    SOCIAL = "social"
    NOTIFICATION = "notification"
    SURVEY = "survey"
    SPAM = "spam"
    PHISHING = "phishing"
    OTHER = "other"


class Urgency(StrEnum):
    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


class Judge(StrEnum):
    """Who decided, in the order they are asked."""

    RULE = "rule"
    GUARD = "guard"
    SIGNAL = "signal"
    SENDER = "sender"
    LOCAL = "local"
    MODEL = "model"
    SURVEY = "survey"
    """A search of the mailbox's, without reading the message itself."""
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its ISO 4217 currency."""

    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Entities:
    """What the message names; `words` pairs a field with the words it was read from. None rather than a wrong one.

    `due_date` is the day by which the reader is to do something; `starts` and `ends` (aware) are when what it is about
    takes place.
    """

    due_date: date | None = None
    amount: Money | None = None
    company_name: str | None = None
    location: str | None = None
    words: tuple[tuple[str, str], ...] = ()
    starts: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one judge thinks: a kind or a category or both, how sure (0 to 1, calibrated), and why.

    `shares` are the chances of all kinds, from a judge that knows them.
    """

    judge: Judge
    confidence: float
    reason: Wording
    kind: Kind | None = None
    category: Category | None = None
    shares: tuple[tuple[Kind, float], ...] = ()


class Asked(StrEnum):
    """What became of the wish to ask a language model about a message."""

    ANSWERED = "answered"
    UNUSABLE = "unusable"
    """It answered, alone too, what could not be believed."""
    LATER = "later"
    """It had no time in time: it is asked later."""
    SPENT = "spent"
    """What may be spent is spent."""
    WITHHELD = "withheld"
    """The person does not want the cloud to see it."""
    REFUSED = "refused"
    """The server does not take this message."""
    PROBLEM = "problem"
    """It needs its operator: key, name, address."""
    NEVER = "never"
    """It was to be asked later, and is not any more."""


@dataclass(frozen=True, slots=True)
class ModelNote:
    """How a language model had to do with a decision.

    `model` and `prompt` (its version) are empty where nobody was asked. Of a call about several messages (`together`)
    tokens and `micros` (millionths of a US dollar) are this one's share; `call_id` finds what was sent. `detail` is the
    reason's code, such as a `core.privacy.Withheld`.
    """

    asked: Asked
    model: str = ""
    prompt: str = ""
    together: int = 1
    tokens: Tokens = field(default_factory=Tokens)
    micros: int = 0
    call_id: int = 0
    is_cached: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What AuraMail thinks of one message. `confidence` is 0 to 1; `rule_id` is the person's rule, if one decided.

    `model` is None where nobody wished to ask one. `alone` is the category without that model's opinion, if it had one.
    """

    category: Category
    kind: Kind
    urgency: Urgency
    confidence: float
    danger: Danger
    source: Judge
    reason: Wording
    findings: tuple[Finding, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    entities: Entities = field(default_factory=Entities)
    expects_reply: bool = False
    rule_id: int | None = None
    model: ModelNote | None = None
    alone: Category | None = None

    @property
    def model_calls(self) -> int:
        """How many calls to a language model this message was part of."""
        return int(self.model is not None and bool(self.model.model) and not self.model.is_cached)
