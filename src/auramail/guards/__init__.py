"""Guards: one suspicion per file, each asked about every message before any model."""

from collections.abc import Callable
from typing import Final

from auramail.core.accounts import Person
from auramail.core.findings import Finding
from auramail.core.messages import Message
from auramail.guards import attachments, authentication, impersonation, injection, links, lookalikes, requests

GUARDS: Final[tuple[Callable[[Message, Person], Finding | None], ...]] = (
    authentication.inspect,
    impersonation.inspect,
    lookalikes.inspect,
    links.inspect,
    attachments.inspect,
    requests.inspect,
    injection.inspect,
)
