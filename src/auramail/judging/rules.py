"""Rules: the person's own word, asked before anybody else's.

A rule about what AuraMail takes a message for (`kinds`, `categories`) can be asked only once the others have spoken:
such a rule holds for no message of which nothing is `seen` yet.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from auramail.core.decisions import Decision, Judge, Opinion
from auramail.core.messages import Address, Message
from auramail.core.rules import Condition, Rule
from auramail.core.wording import Wording

MEGABYTE: Final = 1024 * 1024
_PAIRS: Final = {"є": "ie", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia"}
_LATIN: Final = str.maketrans("абвгґдезиіїйклмнопрстуф", "abvhgdezyiiiklmnoprstuf", "ь'’") | {
    ord(letter): pair for letter, pair in _PAIRS.items()
}
"""Source: resolution 55 of the Cabinet of Ministers of Ukraine, 27 January 2010."""


def opinion(
    message: Message, rules: Sequence[Rule], now: datetime | None = None, seen: Decision | None = None
) -> tuple[Rule, Opinion] | None:
    """The first enabled rule, by position, whose condition the message meets. Ages are counted back from `now`."""
    for rule in sorted(rules, key=lambda rule: (rule.position, rule.id)):
        if rule.enabled and holds(rule.condition, message, now, seen):
            reason = Wording.of("Your rule for {condition}", condition=named(rule))
            sure = seen.confidence if seen is not None and rule.condition.needs_judgement else 1.0
            return rule, Opinion(Judge.RULE, sure, reason, category=rule.category)
    return None


def needs_judgement(message: Message, rules: Sequence[Rule], now: datetime | None = None) -> bool:
    """Whether it depends on what AuraMail takes the message for, if one of the rules holds."""
    return any(
        rule.enabled and rule.condition.needs_judgement and _is_met(rule.condition, message, now) for rule in rules
    )


def holds(condition: Condition, message: Message, now: datetime | None = None, seen: Decision | None = None) -> bool:
    """Whether every part of the condition that is given matches; a condition without parts matches nothing."""
    if condition.kinds and (seen is None or seen.source is Judge.UNSURE or seen.kind not in condition.kinds):
        return False
    if condition.categories and (seen is None or seen.category not in condition.categories):
        return False
    return bool(condition) and _is_met(condition, message, now)


def _is_met(condition: Condition, message: Message, now: datetime | None) -> bool:
    """Whether the parts match that look at the message itself; of age nobody knows where there is no `now`."""
    everything = f"{message.subject}\n{message.text}".lower()
    checks: tuple[tuple[object, Callable[[], bool]], ...] = (
        (condition.sender, lambda: message.sender.address == condition.sender.lower()),
        (condition.domain, lambda: is_below(message.sender.domain, condition.domain)),
        (condition.list_id, lambda: condition.list_id.lower() in message.header("list-id").lower()),
        (condition.subject, lambda: condition.subject.lower() in message.subject.lower()),
        (condition.words, lambda: condition.words.lower() in everything),
        (condition.senders, lambda: any(is_from(message.sender, one) for one in condition.senders)),
        (condition.about, lambda: any(_stands_in(one, everything) for one in condition.about)),
        (
            condition.has_attachment is not None,
            lambda: bool(message.attachments) is condition.has_attachment,
        ),
        (condition.larger, lambda: message.size > (condition.larger or 0)),
        (condition.smaller, lambda: message.size < (condition.smaller or 0)),
        (condition.older_days, lambda: now is not None and message.date < now - timedelta(condition.older_days or 0)),
        (condition.newer_days, lambda: now is not None and message.date > now - timedelta(condition.newer_days or 0)),
    )
    return all(check() for is_given, check in checks if is_given)


def is_from(sender: Address, wanted: str) -> bool:
    """Whether a sender is meant by an address, by a domain, or by whole words of their name.

    A firm's name stands in its domain too, and a name in Cyrillic letters may be written in Latin ones there.
    """
    wanted = wanted.casefold().strip()
    if "@" in wanted[1:]:
        return sender.address == wanted
    is_domain = wanted.startswith("@") or re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", wanted) is not None
    if is_domain and is_below(sender.domain, wanted):
        return True
    name = sender.name.casefold()
    if _stands_in(wanted, name) or _stands_in(_latin(wanted), _latin(name)):
        return True
    compact = re.sub(r"[\W_]", "", _latin(wanted))
    return bool(compact) and compact in {part.replace("-", "") for part in sender.domain.split(".")[:-1]}


def named(rule: Rule) -> str:
    """A rule for a sentence: by the person's own words, or by the parts of its condition."""
    return f"“{rule.said}”" if rule.said else described(rule.condition)


def described(condition: Condition) -> str:
    """The parts of a condition that are given, for a sentence in any language."""
    single = (condition.sender, condition.domain, condition.list_id, condition.subject, condition.words)
    several = (condition.senders, condition.about, condition.kinds, condition.categories)
    sizes = ((">", condition.larger), ("<", condition.smaller))
    parts = [
        *(part for part in single if part),
        *(" / ".join(some) for some in several if some),
        *(f"{sign} {size / MEGABYTE:.3g} MB" for sign, size in sizes if size is not None),
        *(f"{sign} {days} d" for sign, days in ((">", condition.older_days), ("<", condition.newer_days)) if days),
    ]
    return ", ".join(parts) or "📎"


def is_below(domain: str, parent: str) -> bool:
    """Whether a domain is another, or below it."""
    parent = parent.lower().removeprefix("@")
    return domain == parent or domain.endswith(f".{parent}")


def latin(name: str) -> str:
    """A name in small Latin letters, as firms write theirs in domains."""
    return _latin(name.casefold())


def _latin(text: str) -> str:
    return text.translate(_LATIN)


def _stands_in(words: str, text: str) -> bool:
    """Whether these words, without case, stand one behind the other in a text whose letters are small already."""
    given = [(word.rstrip("*"), word.endswith("*")) for word in words.lower().split()]
    pattern = r"\s+".join(re.escape(word) + (r"\w*" if is_begun else "") for word, is_begun in given if word)
    return bool(pattern) and re.search(rf"(?<!\w){pattern}(?!\w)", text) is not None
