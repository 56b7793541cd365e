"""Surveying: what one worker files unread for a run, group by group, while the rest is read.

A group is opened by a message that was read, by what the journal knows of its sender, or by a rule of the person's. A
search finds its siblings; spot checks among them are read next. Once all of those agree, the search is asked again,
so that what the person touched meanwhile is left out, and what it finds is filed. One that differs releases them all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from auramail.core.accounts import Person
from auramail.core.decisions import Category, Judge
from auramail.core.findings import Danger
from auramail.core.groups import BULK, Group, GroupState, SenderRecord, Standing
from auramail.core.history import Entry
from auramail.core.labels import SENT, SPAM, STARRED, TRASH
from auramail.core.listings import Listed
from auramail.core.plans import Step
from auramail.core.queries import MailQuery
from auramail.core.runs import Run, RunKind
from auramail.flow import seek
from auramail.flow.acquaint import SENT_READ, meet
from auramail.flow.desk import Desk, SurveyTools
from auramail.flow.file import file_unread
from auramail.flow.labelling import NEW
from auramail.flow.plan import Wishes
from auramail.flow.record import record
from auramail.flow.survey import Course
from auramail.judging.machines import is_bulk

WORTH_ASKING = 10
"""A learned sender is asked for where so many messages wait for each: a search costs a quarter of reading one."""
ENOUGH_ASKED = 20
"""Groups after which it shows whether searching pays."""
SEARCHES_A_MESSAGE = 4
"""So many searches cost what reading one message does."""
FEWEST_OF_PROMOTIONS = 5
"""Spot checks of a group that no message was read for."""
ATONCE = 1000
"""Messages filed in one transaction."""

WishesFor = Callable[[Iterable[Category]], Wishes]


class Surveying:
    """The survey of one run; `is_on` says whether there is any."""

    def __init__(self, run: Run, desk: Desk, tools: SurveyTools, course: Course, wishes_for: WishesFor) -> None:
        self._run = run
        self._desk = desk
        self._groups = tools.groups
        self._tools = tools
        self._course = course
        self._wishes_for = wishes_for
        self._rules = desk.judges.rules
        self._scope = seek.Scope(run.order.query, tools.terms, self._rules)
        self._person = desk.accounts.person(run.account_id) or Person()
        standings = tools.groups.standings(run.id)
        self._keys = {standing.group.key for standing in standings}
        self._found = sum(standing.group.found for standing in standings)
        self._is_spared = any(standing.group.state is GroupState.SPARED for standing in standings)

    def begin(self) -> list[Entry]:
        """Settle what is known before anything is read, and what an earlier worker left open."""
        waiting = self._desk.listings.tally(self._run.id).waiting
        if not waiting:
            return []
        known = list(seek.groups_of_rules(self._rules))
        for sender in self._tools.senders.learned(
            self._run.account_id, self._tools.terms.least_read, waiting // WORTH_ASKING
        ):
            group = seek.group_of_sender(sender)
            if group is not None and seek.may_be_spoken_for(sender.sender, "", self._person, self._rules):
                known.append(group)
        filed: list[Entry] = []
        for start in range(0, len(known), ENOUGH_ASKED):
            if self._pays:
                filed += self._settle(known[start : start + ENOUGH_ASKED], [])
        promotions = self._promotions()
        if promotions is not None:
            self._open(*promotions)
        return filed + self.close()

    @property
    def _pays(self) -> bool:
        """Whether the searches of this run find enough of what it listed; where all mail is young, none does."""
        return len(self._keys) < ENOUGH_ASKED or self._found * SEARCHES_A_MESSAGE >= len(self._keys)

    def learn(self, steps: Sequence[Step]) -> list[Entry]:
        """Go on with what was just read and recorded; gives what was filed by that."""
        return self._settle(self._exemplars(steps), self._checked())

    def close(self) -> list[Entry]:
        """File the groups whose spot checks agree by now."""
        return self._settle([], self._checked())

    def _checked(self) -> list[Group]:
        """Groups whose spot checks agree; those with one that does not are released."""
        open_ones = [each for each in self._groups.standings(self._run.id) if each.group.state is GroupState.OPEN]
        records = self._tools.senders.known(self._run.account_id, {one.group.sender for one in open_ones} - {""})
        ready: list[Group] = []
        for standing in open_ones:
            if standing.differed or self._is_doubted(standing, records):
                self._groups.close(self._run.id, standing.group.key, GroupState.RELEASED)
            elif not standing.waiting:
                ready.append(_as_sure_as_checks(standing))
        return ready

    def _is_doubted(self, standing: Standing, records: dict[str, SenderRecord]) -> bool:
        """Whether other mail of the sender differs, or the spot checks prove nothing."""
        group = standing.group
        record = records.get(group.sender)
        if group.rule_id is None and record is not None and record.category is not group.category:
            return True
        if standing.waiting:
            return False
        sure = standing.confidence >= self._desk.policy.act_above
        needs_checks = group.key == seek.PROMOTIONS or standing.unread
        return bool(needs_checks) and not (standing.agreed and sure)

    def _exemplars(self, steps: Sequence[Step]) -> list[Group]:
        """Groups that messages just read speak for, one for each sender and list."""
        known = len(self._course.in_hand | self._course.asked)
        if not self._pays or len(self._desk.listings.waiting(self._run.id, known + 1)) <= known:
            return []
        found: dict[str, Group] = {}
        for step in steps:
            decision = step.decision
            group = seek.group_of_exemplar(step.message, decision.category, decision.kind, decision.confidence)
            if group is not None and group.key not in self._keys and self._is_exemplary(step):
                found.setdefault(group.key, group)
        records = self._tools.senders.known(self._run.account_id, {group.sender for group in found.values()})
        return [
            group
            for group in found.values()
            if group.sender in records and records[group.sender].category is group.category
        ]

    def _is_exemplary(self, step: Step) -> bool:
        message, decision = step.message, step.decision
        list_id = seek.list_id_of(message)
        due = decision.entities.due_date
        return (
            decision.category in BULK
            and decision.danger is Danger.NONE
            and decision.source is not Judge.RULE
            and decision.confidence >= self._desk.policy.act_above
            and (is_bulk(message) or bool(list_id))
            and not message.labels & {SPAM, TRASH, STARRED}
            and (due is None or due < self._desk.today())
            and seek.may_be_spoken_for(message.sender.address, list_id, self._person, self._rules)
        )

    def _settle(self, groups: Sequence[Group], checked: Sequence[Group]) -> list[Entry]:
        """Open groups whose senders the person never wrote to, and file those that are checked, or need no checks."""
        new = [group for group in groups if group.key not in self._keys]
        if new:
            self._spare()
        portions = seek.together(filter(None, map(self._written_to, new)))
        searched = [*checked, *new]
        answers = self._find(
            [*(self._scope.narrowed(group.query) for group in searched), *(seek.sent_to(some) for some in portions)]
        )
        found = dict(zip((group.key for group in searched), answers, strict=False))
        friends = self._friends(portions, answers[len(searched) :])
        ready = list(checked)
        for group in new:
            if self._written_to(group) in friends:
                self._refuse(group)
            elif self._open(group, found[group.key]):
                ready.append(group)
        self._keys |= {group.key for group in new}
        if not ready:
            return []
        wishes = self._wishes_for({group.category for group in ready})
        return [entry for group in ready for entry in self._file(group, found[group.key], wishes)]

    def _friends(self, portions: Sequence[Sequence[str]], sent: Sequence[Sequence[Listed]]) -> set[str]:
        """Which of the addresses the person wrote to; each is asked for alone only where a portion of them has one."""
        doubtful = [one for some, letters in zip(portions, sent, strict=True) if letters for one in some]
        letters_to = self._find([seek.sent_to([one]) for one in doubtful])
        return {one for one, letters in zip(doubtful, letters_to, strict=True) if letters}

    def _written_to(self, group: Group) -> str:
        """The address, or domain, that the person may have written to."""
        rule = next((one for one in self._rules if one.id == group.rule_id), None)
        return group.sender or (rule.condition.domain.lower().removeprefix("@") if rule else "")

    def _open(self, group: Group, found: Sequence[Listed]) -> bool:
        """Open one group with what was found; whether it needs no spot checks."""
        siblings = [one.id for one in self._groups.among(self._run.id, [one.id for one in found])]
        coming = [one for one in siblings if one in self._course.in_hand]
        record = self._tools.senders.known(self._run.account_id, {group.sender}).get(group.sender)
        read = record.read - 1 if record is not None and group.exemplar else 0
        wanted = checks_wanted(group, len(siblings), self._tools.terms.spot_checks, read, len(coming))
        chosen = sorted((one for one in siblings if one not in coming), key=chance)[:wanted]
        self._groups.open(self._run.id, group, siblings, [*coming, *chosen])
        self._found += len(siblings)
        return not coming and not chosen and group.key != seek.PROMOTIONS

    def _refuse(self, group: Group) -> None:
        """Note that nothing speaks for this mail, so that it is not asked for again."""
        self._groups.open(self._run.id, replace(group, state=GroupState.RELEASED), (), ())

    def _spare(self) -> None:
        """Tell apart, once a run, what must be read in any case.

        Threads the person wrote in, mail of people they know, and what bears a label that filing would put on it, as
        taking that back would take off what was there before.
        """
        if self._is_spared:
            return
        known = seek.together([*self._person.correspondents, *self._person.domains])
        labels = self._wishes_for(()).labels
        own = sorted({labels[category] for category in BULK if not labels[category].startswith(NEW)})
        sent, *spared = self._find(
            [seek.own_threads(), *(seek.from_any(some) for some in known), *(seek.labelled(one) for one in own)]
        )
        self._groups.spare(
            self._run.id,
            {one.id for found in spared for one in found},
            {one.thread_id for one in sent if one.thread_id},
        )
        self._is_spared = True

    def _promotions(self) -> tuple[Group, Sequence[Listed]] | None:
        """Old promotions, where all of the sent mail can be looked through, as nobody else tells who they are from."""
        group = seek.group_of_promotions(self._tools.terms)
        if group is None or group.key in self._keys:
            return None
        self._keys.add(group.key)
        found, sent = self._find([self._scope.narrowed(group.query), MailQuery(folders=(SENT,), limit=SENT_READ + 1)])
        if len(sent) > SENT_READ or len(found) <= len(sent) + FEWEST_OF_PROMOTIONS:
            self._refuse(group)
            return None
        self._spare()
        before = self._person
        self._person = meet(self._desk.account, self._desk.mailbox, self._desk.accounts)
        new = seek.together(self._person.correspondents.keys() - before.correspondents.keys())
        theirs = self._find([seek.from_any(some) for some in new])
        self._groups.spare(self._run.id, {one.id for found_there in theirs for one in found_there}, set())
        return group, found

    def _file(self, group: Group, found: Sequence[Listed], wishes: Wishes) -> list[Entry]:
        """Record what the group's search finds at this moment, and let go of what it does not find any more."""
        members = self._groups.among(self._run.id, [one.id for one in found], group.key)
        told = self._scope.told(group.query)
        filed: list[Entry] = []
        for start in range(0, len(members), ATONCE):
            some = members[start : start + ATONCE]
            entries = file_unread(some, group, told, self._run, wishes, self._rules)
            filed += record(entries, self._run, self._desk, self._course)
        self._groups.close(self._run.id, group.key, GroupState.FILED, len(filed))
        return filed

    def _find(self, queries: Sequence[MailQuery]) -> list[tuple[Listed, ...]]:
        return self._tools.searches.find(queries) if queries else []


def open_survey(run: Run, desk: Desk, course: Course, wishes_for: WishesFor) -> Surveying | None:
    """The survey of a run that a person ordered, if they said yes to it and its mail lies where searches settle it."""
    tools = desk.survey
    if tools is None or not desk.account.is_metered or run.order.kind is not RunKind.SORT:
        return None
    if not seek.Scope(run.order.query, tools.terms, desk.judges.rules).is_open:
        return None
    return Surveying(run, desk, tools, course, wishes_for)


def checks_wanted(group: Group, siblings: int, share: float, read: int, coming: int) -> int:
    """How many more messages of a group to read before the rest is filed.

    The share of them, rounded up or down by chance so that small groups have their part too; what was read of the
    sender besides its exemplar, or is `coming`, counts. One of every group whose share makes one.
    """
    exact = siblings * share
    if group.key == seek.PROMOTIONS:
        return max(FEWEST_OF_PROMOTIONS, round(exact)) - coming
    wanted = int(exact + chance(group.exemplar or group.key))
    least = 1 if exact >= 1 else 0
    return max(wanted - read - coming, least - coming, 0)


def chance(name: str) -> float:
    """A number from 0 to 1 that is always the same for a name."""
    return int.from_bytes(sha256(name.encode()).digest()[:7]) / (1 << 56)


def _as_sure_as_checks(standing: Standing) -> Group:
    """A group that no message was read for is as sure as the least sure of its spot checks."""
    group = standing.group
    is_by_checks = group.key == seek.PROMOTIONS
    return replace(group, confidence=standing.confidence) if is_by_checks else group
