"""Guard: every guard looks at every message, before any language model does."""

from dataclasses import dataclass

from auramail.core.accounts import Person
from auramail.core.decisions import Opinion
from auramail.core.findings import Danger, Finding
from auramail.core.messages import Message
from auramail.guards import GUARDS
from auramail.guards.weigh import weigh
from auramail.judging.fraud import suspicion


@dataclass(frozen=True, slots=True)
class Guarded:
    """What was seen before anybody decides: findings, how dangerous they are together, and the classifier's opinion."""

    findings: tuple[Finding, ...] = ()
    danger: Danger = Danger.NONE
    words: Opinion | None = None


def guard(message: Message, person: Person, words: Opinion | None = None) -> Guarded:
    """Ask all guards. `words`, what the local classifier made of the text, can raise the danger and never lower it."""
    seen = [inspect(message, person) for inspect in GUARDS]
    if words is not None:
        seen.append(suspicion(words))
    findings = tuple(finding for finding in seen if finding is not None)
    return Guarded(findings, weigh(findings, message, person), words)
