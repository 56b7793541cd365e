"""Guard: every guard looks at every message, before any model does."""

from auramail.core.accounts import Person
from auramail.core.findings import Danger, Finding
from auramail.core.messages import Message
from auramail.guards import GUARDS
from auramail.guards.weigh import weigh


def guard(message: Message, person: Person) -> tuple[tuple[Finding, ...], Danger]:
    """What the guards saw, and how dangerous it is together."""
    seen = (inspect(message, person) for inspect in GUARDS)
    findings = tuple(finding for finding in seen if finding is not None)
    return findings, weigh(findings, message, person)
