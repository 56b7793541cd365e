"""Foresee: what a survey would file unread in a mailbox now, for the person to say yes or no to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auramail.core.accounts import Account, Person
from auramail.core.groups import MOST_COUNTED, Foreseen, Group, Outlook
from auramail.core.queries import MailQuery
from auramail.core.rules import Rule
from auramail.flow import seek
from auramail.flow.desk import SurveyTools
from auramail.ports.journal import Ledger
from auramail.ports.world import Accounts

MOST_SENDERS = 25
"""Senders shown; each costs a search or two."""


@dataclass(frozen=True, slots=True)
class SurveyDesk:
    """What looking ahead takes. `reading` is what one message costs in quota units, `pace` in seconds of quota.

    `tools` are None where the mailbox answers no searches.
    """

    tools: SurveyTools | None
    ledger: Ledger
    accounts: Accounts
    rules: tuple[Rule, ...]
    reading: int
    pace: float


def foresee(account: Account, desk: SurveyDesk) -> Outlook:
    """Ask for what is known; changes nothing. Raises what the mailbox raises."""
    tools = desk.tools
    if tools is None:
        return Outlook()
    scope = seek.Scope(MailQuery(), tools.terms, desk.rules)
    if not scope.is_open:
        return Outlook()
    person = desk.accounts.person(account.id) or Person()
    learned = tools.senders.learned(account.id, tools.terms.least_read, MOST_SENDERS)
    subjects = {record.sender: record.subject for record in learned}
    groups = list(seek.groups_of_rules(desk.rules))
    for record in learned:
        group = seek.group_of_sender(record)
        if group is not None and seek.may_be_spoken_for(record.sender, "", person, desk.rules):
            groups.append(group)
    groups = groups[:MOST_SENDERS]
    if not groups:
        return Outlook(places=_places(scope, tools))
    foreseen = _foreseen(account, desk.ledger, scope, groups, tools)
    told = tuple(replace(one, subject=subjects.get(one.name, "")) for one in foreseen)
    spared = sum(one.found for one in told) * (1 - tools.terms.spot_checks)
    return Outlook(groups=told, units=round(spared * desk.reading), seconds=spared * desk.pace)


def _foreseen(
    account: Account, ledger: Ledger, scope: seek.Scope, groups: Sequence[Group], tools: SurveyTools
) -> list[Foreseen]:
    """What each group's search finds of what is not handled yet, but for senders the person wrote to; most first."""
    portions = seek.together(group.sender for group in groups if group.sender)
    queries = [scope.narrowed(group.query) for group in groups]
    answers = tools.searches.find([*queries, *(seek.sent_to(some) for some in portions)])
    written_to = {one for some, sent in zip(portions, answers[len(groups) :], strict=True) if sent for one in some}
    known = ledger.known(account.id, [one.id for found in answers[: len(groups)] for one in found])
    counted, foreseen = set(known), list[Foreseen]()
    for group, found in zip(groups, answers, strict=False):
        if group.sender not in written_to:
            new = {one.id for one in found} - counted  # what two searches find is filed by the first
            counted |= new
            told = scope.told(group.query)
            name = group.sender or group.query
            foreseen.append(Foreseen(name, group.category, told, len(new), rule_id=group.rule_id))
    return sorted(foreseen, key=lambda one: -one.found)


def _places(scope: seek.Scope, tools: SurveyTools) -> dict[str, int]:
    """Old mail by Gmail's own category."""
    names = sorted(place.removeprefix("CATEGORY_").lower() for place in seek.BULK_PLACES)
    found = tools.searches.find([_at_most(scope.narrowed(f"category:{name}")) for name in names])
    return {name: len(some) for name, some in zip(names, found, strict=True)}


def _at_most(query: MailQuery) -> MailQuery:
    return MailQuery(folders=query.folders, text=query.text, limit=MOST_COUNTED)
