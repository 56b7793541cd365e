"""Rules: the person's own word, asked before anybody else's."""

from collections.abc import Sequence

from auramail.core.decisions import Judge, Opinion
from auramail.core.messages import Message
from auramail.core.rules import Condition, Rule
from auramail.core.wording import Wording


def opinion(message: Message, rules: Sequence[Rule]) -> tuple[Rule, Opinion] | None:
    """The first enabled rule, by position, whose condition the message meets."""
    for rule in sorted(rules, key=lambda rule: (rule.position, rule.id)):
        if rule.enabled and holds(rule.condition, message):
            reason = Wording.of("Your rule for {condition}", condition=described(rule.condition))
            return rule, Opinion(Judge.RULE, 1.0, reason, category=rule.category)
    return None


def holds(condition: Condition, message: Message) -> bool:
    """Whether every part of the condition that is given matches; a condition without parts matches nothing."""
    checks = [
        check(message)
        for is_given, check in (
            (condition.sender, lambda each: each.sender.address == condition.sender.lower()),
            (condition.domain, lambda each: _is_below(each.sender.domain, condition.domain)),
            (condition.list_id, lambda each: condition.list_id.lower() in each.header("list-id").lower()),
            (condition.subject, lambda each: condition.subject.lower() in each.subject.lower()),
            (condition.words, lambda each: condition.words.lower() in f"{each.subject}\n{each.text}".lower()),
            (
                condition.has_attachment is not None,
                lambda each: bool(each.attachments) is condition.has_attachment,
            ),
        )
        if is_given
    ]
    return bool(checks) and all(checks)


def described(condition: Condition) -> str:
    """The parts of a condition that are given, for a sentence."""
    parts = [condition.sender, condition.domain, condition.list_id, condition.subject, condition.words]
    return ", ".join(part for part in parts if part) or "📎"


def _is_below(domain: str, parent: str) -> bool:
    parent = parent.lower().removeprefix("@")
    return domain == parent or domain.endswith(f".{parent}")
