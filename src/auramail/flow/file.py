"""File: what a search settles goes into the journal as if it had been read, by the same rules and the same policy."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from auramail.core.decisions import Decision, Judge, Urgency
from auramail.core.findings import Danger
from auramail.core.groups import Group
from auramail.core.history import Entry
from auramail.core.labels import INBOX
from auramail.core.listings import Listed
from auramail.core.messages import Address, Message
from auramail.core.rules import Rule
from auramail.core.runs import Run
from auramail.core.wording import Wording
from auramail.flow.plan import Wishes, plan
from auramail.flow.record import entry_of
from auramail.judging import rules

NOBODY_KNOWS = datetime.fromtimestamp(0, UTC)


def file_unread(
    messages: Sequence[Listed], group: Group, told: str, run: Run, wishes: Wishes, own: Sequence[Rule]
) -> list[Entry]:
    """The journal's lines for messages that the search `told` finds; nothing is claimed of them but that."""
    decision = decide_by_search(group, told, own)
    return [_entry(message, group, decision, run, wishes) for message in messages]


def decide_by_search(group: Group, told: str, own: Sequence[Rule]) -> Decision:
    """What a group's messages are thought to be. The search stands in the reason uncut: it is of our own making."""
    rule = next((one for one in own if one.id == group.rule_id), None)
    if rule is None:
        reason = Wording("Not read: “{query}” finds it, and all that was read of that is alike", (("query", told),))
        source = Judge.SURVEY
    else:
        condition = ("condition", rules.named(rule))
        reason = Wording("Your rule for {condition}; not read: “{query}” finds it", (condition, ("query", told)))
        source = Judge.RULE
    return Decision(
        category=group.category,
        kind=group.kind,
        urgency=Urgency.LOW,
        confidence=group.confidence,
        danger=Danger.NONE,
        source=source,
        reason=reason,
        rule_id=group.rule_id,
    )


def _entry(listed: Listed, group: Group, decision: Decision, run: Run, wishes: Wishes) -> Entry:
    """`before` is what the search proves: that the message is in the inbox."""
    message = Message(
        id=listed.id,
        thread_id=listed.thread_id,
        date=NOBODY_KNOWS,
        sender=Address(group.sender),
        subject="",
        text="",
        labels=frozenset({INBOX}),
    )
    return replace(entry_of(plan(message, decision, wishes), run), received=None)
