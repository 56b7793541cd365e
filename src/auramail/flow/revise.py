"""Revise: a later decision about a message becomes one change from what the earlier one made of it."""

from dataclasses import replace
from typing import Final

from auramail.core.actions import Change, inverse
from auramail.core.decisions import Decision
from auramail.core.history import Entry, State
from auramail.core.labels import CATEGORIES, IMPORTANT, UNREAD
from auramail.core.messages import Message
from auramail.core.policy import Autonomy
from auramail.core.runs import Run
from auramail.flow.plan import Wishes, plan
from auramail.flow.record import entry_of

SILENT: Final = frozenset({UNREAD, IMPORTANT}) | CATEGORIES
"""Labels that say nothing of what a person wants: they come with reading a message, or by Gmail itself."""
STRICTNESS: Final = (Autonomy.SUGGEST, Autonomy.LABEL_ONLY, Autonomy.FULL)


def has_acted(entry: Entry, now: frozenset[str]) -> bool:
    """Whether somebody did something with the message since: its labels are not those that AuraMail left."""
    left = entry.after if entry.state is State.APPLIED else entry.before
    return bool((left ^ now) - SILENT)


def stricter(one: Autonomy, other: Autonomy | None) -> Autonomy:
    """The one that allows less."""
    return one if other is None else min(one, other, key=STRICTNESS.index)


def revise(entry: Entry, message: Message, now: frozenset[str], decision: Decision, wishes: Wishes, run: Run) -> Entry:
    """The journal's line that puts `decision` in the place of an applied or held entry.

    It is planned as if AuraMail had not touched the message, and then made in one step from what it left, so that the
    message is at no moment without its label, and taking this one line back gives what there was before it.
    """
    own = inverse(entry.before, entry.after, now) if entry.state is State.APPLIED else Change()
    step = plan(replace(message, labels=own.after(now)), decision, wishes)
    wanted = step.change.after(own.after(now))
    change = Change(add=wanted - now, remove=now - wanted)
    is_held = step.held is not None and bool(change)
    state = State.HELD if is_held else State.PLANNED
    return replace(entry_of(step, run), state=state, change=change, before=now, revises=entry.id)
