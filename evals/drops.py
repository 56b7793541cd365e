"""When a score counts as worse than the recorded one.

The sets do not change from one measurement to the next, so what a change of the product does is counted message by
message. Two judges that are equally good still differ on some messages, once to the good and once to the bad; of `n`
messages on which a share `q` differs, those coin tosses move a score by `sqrt(q / n)`, and by more than 1.64 times that
once in twenty. Versions of AuraMail differ on about a tenth of the messages, and never on more than both get wrong, so
`q` is a tenth or twice the share of mistakes, whichever is less. A score over 400 messages may so fall by 2.6 points,
one over 40 by 8, and one that is nearly perfect by two or three messages. What hides a letter from its reader has no
margin: each is looked at.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ONCE_IN_TWENTY: Final = 1.64
DIFFER: Final = 0.1
LESS_IS_BETTER: Final = frozenset({"false_alarms", "hidden", "calibration_error"})
WITHOUT_MARGIN: Final = frozenset({"hidden"})
NO_SCORES: Final = frozenset({"local_sure"})
"""How often the classifier is sure is neither good nor bad by itself."""
OF_WHAT_IS_SAID: Final = frozenset({"due_precision", "amount_precision", "local_right_when_sure"})
"""Where nothing is said any more there is no precision, and other scores tell whether that is worse."""
EXACTNESS: Final = 5e-5
"""Scores are kept with four digits."""


@dataclass(frozen=True, slots=True)
class Score:
    """A number from 0 to 1, and of how many messages."""

    value: float
    of: int


def margin(name: str, before: Score) -> float:
    """How much worse a score may be and still count as the same."""
    if name in WITHOUT_MARGIN:
        return EXACTNESS
    mistakes = max(min(before.value, 1 - before.value), 1 / before.of)
    return ONCE_IN_TWENTY * math.sqrt(min(DIFFER, 2 * mistakes) / before.of) + EXACTNESS


def drops(now: Mapping[str, Mapping[str, Score]], before: Mapping[str, Mapping[str, Score]]) -> list[str]:
    """What is worse by more than its margin, or no longer measured, one line each."""
    found = []
    for language, table in before.items():
        for name, kept in table.items():
            score = now.get(language, {}).get(name)
            if score is None and name not in OF_WHAT_IS_SAID:
                found.append(f"no longer measured: {language} {name}")
            elif score is not None and name not in NO_SCORES and _loss(name, kept, score) > margin(name, kept):
                found.append(f"worse: {language} {name}: {kept.value:.3f} → {score.value:.3f} of {score.of}")
    return found


def _loss(name: str, before: Score, now: Score) -> float:
    return now.value - before.value if name in LESS_IS_BETTER else before.value - now.value
