"""Fraud: what the local classifier reads in the words of a message, as one more finding beside those of the guards.

Guards look at what a message does; fraud worded like none before may do little that is strange. The words alone condemn
nobody: at most they weigh as much as a middling observation, and they never speak for a message.
"""

import math
from typing import Final

from auramail.core.decisions import Kind, Opinion
from auramail.core.findings import Finding
from auramail.core.wording import Wording

SPAM_COUNTS: Final = 0.25
"""Spam shares words with fraud, but most of it only sells."""
USUAL: Final = 0.1
"""The chance of fraud that the words of honest notices and bills reach now and then."""
SHARE: Final = 0.7
"""How much of the classifier's log-odds counts: it has read the same words as the guards have."""
MOST: Final = 1.5


def suspicion(words: Opinion) -> Finding | None:
    """The finding of a classifier's opinion; None unless fraud is likelier than it often seems. Weight 0 to 1.5."""
    chances = dict(words.shares)
    chance = chances.get(Kind.PHISHING, 0.0) + SPAM_COUNTS * chances.get(Kind.SPAM, 0.0)
    if chance <= USUAL:
        return None
    weight = min(MOST, SHARE * (_log_odds(min(chance, 0.99)) - _log_odds(USUAL)))
    percent = round(100 * chance)
    return Finding("wording", round(weight, 2), Wording.of("Its words read like fraud ({percent} %)", percent=percent))


def _log_odds(chance: float) -> float:
    return math.log(chance / (1 - chance))
