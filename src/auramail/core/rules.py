"""Rules: the person's own word on what is to happen to which mail."""

from dataclasses import dataclass

from auramail.core.actions import Action
from auramail.core.decisions import Category


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule holds: every part that is given must match. Text is compared without case.

    `sender` is a whole address, `domain` matches the domain and all below it, `list_id` the List-Id in brackets,
    `subject` and `words` are substrings (`words` of subject or text).
    """

    sender: str = ""
    domain: str = ""
    list_id: str = ""
    subject: str = ""
    words: str = ""
    has_attachment: bool | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A wish under a condition. Lower `position` is asked first. `action` None means the category's usual one."""

    id: int
    account_id: int
    position: int
    condition: Condition
    category: Category
    action: Action | None = None
    enabled: bool = True
