"""Plan: a decision and the person's policy become a change, as a value, before anything is touched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auramail.core.accounts import Person
from auramail.core.actions import Action, Change
from auramail.core.decisions import Category, Decision
from auramail.core.findings import Danger
from auramail.core.labels import INBOX, SPAM, STARRED, TRASH, UNREAD
from auramail.core.messages import Message
from auramail.core.plans import Step
from auramail.core.policy import Autonomy, Policy
from auramail.core.wording import Wording

LEAVES_INBOX = frozenset({Action.MOVE, Action.ARCHIVE, Action.DELETE})
WANTED = frozenset({Category.IMPORTANT, Category.ACTION_REQUIRED})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a plan is made by: the policy, the person, the day it is there, and the label id of each category."""

    policy: Policy
    person: Person
    today: date
    labels: Mapping[Category, str]
    autonomy: Autonomy
    actions: Mapping[int, Action]
    """The actions of the person's own rules, by rule id, where a rule names one."""
    own_labels: Mapping[int, str] = field(default_factory=dict)
    """Label ids of the person's own rules, by rule id, where a rule names a label."""
    doubtable: frozenset[int] = frozenset()
    """Rules that go by what AuraMail takes mail for: they are no surer than it is, and override no protection."""


def plan(message: Message, decision: Decision, wishes: Wishes) -> Step:
    """State what should change for one message, and whether the person is asked first."""
    if message.labels & {SPAM, TRASH}:
        return _plan_rescue(message, decision, wishes)
    action = wishes.policy.action(decision.category)
    if decision.rule_id is not None and decision.rule_id in wishes.actions:
        action = wishes.actions[decision.rule_id]
    if action is Action.DELETE and (decision.danger >= Danger.MEDIUM or _is_models_wish(decision, wishes)):
        action = Action.ARCHIVE  # guards may be wrong, and a language model alone puts nothing into the trash
    kept = _protection(message, decision, wishes) if action in LEAVES_INBOX else None
    if kept is not None:
        action = Action.NO_ACTION
    labels = {wishes.labels[decision.category]}
    if decision.rule_id is not None and decision.rule_id in wishes.own_labels:
        labels.add(wishes.own_labels[decision.rule_id])
    change = _change(action, labels, message.labels)
    held = None
    if change and wishes.autonomy is Autonomy.SUGGEST:
        held = Wording.of("You asked to see each change first")
    return Step(message, decision, action, change, held=held, kept=kept)


def _is_ruled(decision: Decision, wishes: Wishes) -> bool:
    """Whether a rule of the person's decides that goes by nothing AuraMail only thinks."""
    return decision.rule_id is not None and decision.rule_id not in wishes.doubtable


def _is_models_wish(decision: Decision, wishes: Wishes) -> bool:
    """Whether nobody but a language model takes it for something to delete."""
    return decision.alone not in {None, Category.DELETE} and not _is_ruled(decision, wishes)


def _change(action: Action, labels: set[str], now: frozenset[str]) -> Change:
    """The label changes of an action, narrowed to what is not so already, so that undo is exact."""
    add, remove = set(labels), set[str]()
    if action in LEAVES_INBOX:
        remove.add(INBOX)
    if action is Action.DELETE:
        add.add(TRASH)
    return Change(frozenset(add) - now, frozenset(remove) & now)


def _protection(message: Message, decision: Decision, wishes: Wishes) -> Wording | None:
    """Why a message may not leave the inbox, if so: what spec 4.1 protects, then the person's own limits."""
    if STARRED in message.labels:
        return Wording.of("It stays in the inbox: you starred it")
    by_own_rule = _is_ruled(decision, wishes)
    if decision.category is not Category.DANGER and not by_own_rule:
        due = decision.entities.due_date
        if due is not None and due >= wishes.today:
            return Wording.of("It stays in the inbox: it names a date still to come, {date}", date=due.isoformat())
        if wishes.person.knows(message.sender.address):
            return Wording.of("It stays in the inbox: you write to {person}", person=message.sender.address)
    if wishes.autonomy is Autonomy.LABEL_ONLY:
        return Wording.of("It stays in the inbox: you asked for labels only")
    return None if by_own_rule else _doubt(decision, wishes.policy)


def _doubt(decision: Decision, policy: Policy) -> Wording | None:
    """Why it is not sure enough to leave; a language model puts nothing away that would stay without it."""
    if decision.alone is not None and policy.action(decision.alone) not in LEAVES_INBOX:
        return Wording.of("It stays in the inbox: only a language model would put it away")
    if decision.confidence < policy.act_above:
        return Wording.of("It stays in the inbox: AuraMail is not sure enough to move it")
    return None


def _plan_rescue(message: Message, decision: Decision, wishes: Wishes) -> Step:
    """In spam and trash nothing is touched; what looks wanted is proposed to be taken back (spec 4.1)."""
    thrown_unread = SPAM in message.labels or UNREAD in message.labels
    wanted = (
        decision.category in WANTED
        and decision.danger is Danger.NONE
        and decision.confidence >= wishes.policy.act_above
        and thrown_unread
    )
    if not wanted:
        return Step(message, decision, Action.NO_ACTION, Change())
    change = Change(
        add=frozenset({INBOX, wishes.labels[decision.category]}) - message.labels,
        remove=message.labels & {SPAM, TRASH},
    )
    where = Wording.of("It lies in spam, but looks wanted: shall it come back?")
    if TRASH in message.labels:
        where = Wording.of("It lies unread in the trash, but looks wanted: shall it come back?")
    return Step(message, decision, Action.NO_ACTION, change, held=where)
