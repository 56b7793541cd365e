"""When a decision is unsure enough that a language model is worth asking."""

from typing import Final

from auramail.core.decisions import Decision, Judge

ASK_BELOW: Final = 0.6
"""Below this confidence a language model is asked, unless the operator set another."""


def wants_model(decision: Decision, ask_below: float | None = None) -> bool:
    """Whether to ask about it; `ask_below` (confidence, 0 to 1) is the operator's, None: as measured.

    A notice that is surely one is REVIEW too; nobody needs to be asked about it.
    """
    below = ASK_BELOW if ask_below is None else ask_below
    return decision.source is Judge.UNSURE or decision.confidence < below
