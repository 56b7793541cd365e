"""Weighing: how the guards' findings add up to one verdict.

Findings carry log-odds, so they add up as independent evidence does (naive Bayes). The sum starts from how rare
dangerous mail is; what is known of the sender and where Gmail put the message shift it. Probability of harm:

| verdict | probability | score   | what follows                                                    |
|---------|-------------|---------|-----------------------------------------------------------------|
| NONE    | below 10 %  | < −2.2  | nothing is said                                                 |
| LOW     | 10 to 50 %  | < 0     | the findings are shown; the message is sorted as usual          |
| MEDIUM  | 50 to 95 %  | < 2.9   | category DANGER; no language model sees it, nothing comes of it |
| HIGH    | above 95 %  | ≥ 2.9   | the same, and no rule of the person's overrides the category    |
"""

import math
from collections.abc import Sequence
from typing import Final

from auramail.core.accounts import Person
from auramail.core.findings import Danger, Finding
from auramail.core.labels import SPAM
from auramail.core.messages import Message

PRIOR: Final = -4.05
"""About one in sixty messages means harm: fitted, as guards see more in honest mail than one thinks."""
IN_SPAM: Final = 1.0
WRITTEN_TO: Final = -1.0
NOTHING_TO_FOLLOW: Final = -1.5
"""A message without link, file or request can hardly do harm, whoever it pretends to be from."""
ASKS_SOMETHING: Final = frozenset({"requests", "injection"})
LOW_FROM: Final = 0.10
MEDIUM_FROM: Final = 0.50
HIGH_FROM: Final = 0.95


def weigh(findings: Sequence[Finding], message: Message, person: Person) -> Danger:
    """The verdict on all findings together; without a finding that speaks against the message there is no danger."""
    if not any(finding.weight > 0 for finding in findings):
        return Danger.NONE
    chance = probability(findings, message, person)
    if chance >= HIGH_FROM:
        return Danger.HIGH
    if chance >= MEDIUM_FROM:
        return Danger.MEDIUM
    return Danger.LOW if chance >= LOW_FROM else Danger.NONE


def probability(findings: Sequence[Finding], message: Message, person: Person) -> float:
    """The chance (0 to 1) that the message means harm."""
    score = PRIOR + sum(finding.weight for finding in findings)
    if SPAM in message.labels:
        score += IN_SPAM
    if person.knows(message.sender.address) and not any(finding.guard == "authentication" for finding in findings):
        score += WRITTEN_TO
    asks = any(finding.guard in ASKS_SOMETHING for finding in findings)
    if not (asks or message.links or message.attachments or message.reply_to):
        score += NOTHING_TO_FOLLOW
    return 1 / (1 + math.exp(-score))
