"""Echoes: AuraMail's own changes come back in a mailbox's history; what is left is the person's own doing."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from auramail.core.history import State
from auramail.core.live import LabelAct
from auramail.storage.batches import batches
from auramail.storage.tables import ActionRow

MADE = frozenset({State.APPLYING, State.APPLIED, State.UNDOING, State.UNDONE})
"""States of entries whose change reached the mailbox, or may have."""


def by_the_person(session: Session, account_id: int, acts: Sequence[LabelAct]) -> list[LabelAct]:
    """The acts that no change of AuraMail's explains, in their order; each change explains one act for each label.

    Which were explained is kept with the journal's entries, so that the same change never explains two acts.
    """
    made: defaultdict[str, list[ActionRow]] = defaultdict(list)
    for some in batches(dict.fromkeys(act.message_id for act in acts)):
        wanted = (
            select(ActionRow)
            .where(ActionRow.account_id == account_id, ActionRow.message_id.in_(some), ActionRow.state.in_(MADE))
            .order_by(ActionRow.id)
        )
        for row in session.scalars(wanted):
            made[row.message_id].append(row)
    return [act for act in acts if not any(_explains(row, act) for row in made[act.message_id])]


def _explains(row: ActionRow, act: LabelAct) -> bool:
    """Whether this entry made the change and has explained no act with it yet; from now on it has."""
    sign = ("+" if act.is_added else "-") + act.label_id
    if act.label_id not in row.change["add" if act.is_added else "remove"] or sign in (row.echoed or ()):
        return False
    row.echoed = [*(row.echoed or ()), sign]
    return True
