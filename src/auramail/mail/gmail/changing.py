"""Changing labels: as few and as cheap calls as Gmail offers, and an honest word on what became of each change."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from auramail.core.actions import Change
from auramail.core.errors import GiveUpError, MarkExpiredError, TryAgainError
from auramail.core.mail_events import EventKind
from auramail.core.wording import Wording
from auramail.mail.gmail import calls
from auramail.mail.gmail.answers import Answer, Verdict
from auramail.mail.gmail.calls import MOST_IDS_A_CHANGE, Call
from auramail.mail.gmail.client import GmailClient
from auramail.mail.gmail.errors import translate
from auramail.mail.gmail.history import read_history
from auramail.mail.gmail.labels import LabelBook
from auramail.ports.mailboxes import Applied, Request

WORTH_GROUPING: Final = 11
"""From this many messages on, one batchModify (50 units) is cheaper than a modify for each (5 units)."""

LABEL_KINDS: Final = (EventKind.LABELLED, EventKind.UNLABELLED)

LabelsNow = Callable[[Sequence[str]], dict[str, frozenset[str] | None]]


@dataclass(slots=True)
class _Outcome:
    """What the answers to one request's calls add up to."""

    problem: Wording | None = None
    done: bool = False
    unknown: bool = False
    waiting: TryAgainError | None = None
    gone: set[str] = field(default_factory=set)
    grouped: set[str] = field(default_factory=set)
    """Done by batchModify, which says nothing of ids that are gone."""

    def applied(self, request: Request) -> Applied:
        if self.waiting is not None and not (self.done or self.unknown or self.gone or self.problem):
            return Applied(request, later=self.waiting)
        unknown = self.unknown or self.waiting is not None
        return Applied(request, None if unknown else self.problem, unknown, frozenset(self.gone))


class LabelChanger:
    """Makes changes and checks in the account's history that grouped ones reached every message."""

    def __init__(self, client: GmailClient, book: LabelBook, labels_now: LabelsNow) -> None:
        self._client = client
        self._book = book
        self._labels_now = labels_now
        self._history_id = ""

    def has_seen(self, history_id: str) -> None:
        """The account's history was read up to here: what is changed from now on lies behind it."""
        self._history_id = history_id

    def make(self, requests: Sequence[Request]) -> list[Applied]:
        """One answer for each request. Raises TryAgainError only if nothing at all was changed."""
        planned = [(number, call) for number, request in enumerate(requests) for call in _calls(request)]
        if any(call.answers_nothing for _, call in planned) and not self._history_id:
            self._history_id = str(self._client.ask(calls.get_profile()).get("historyId") or "")
        outcomes = [_Outcome() for _ in requests]
        answers = self._client.send([call for _, call in planned])
        for (number, call), answer in zip(planned, answers, strict=True):
            self._judge(outcomes[number], requests[number].change, call, answer)
        waiting = next((outcome.waiting for outcome in outcomes if outcome.waiting), None)
        if waiting and not any(outcome.done or outcome.unknown for outcome in outcomes):
            raise waiting
        self._confirm(requests, outcomes)
        return [outcome.applied(request) for request, outcome in zip(requests, outcomes, strict=True)]

    def _judge(self, outcome: _Outcome, change: Change, call: Call, answer: Answer) -> None:
        if answer.verdict is Verdict.DONE:
            outcome.done = True
            if call.answers_nothing:
                outcome.grouped.update(_ids(call))
        elif answer.verdict is Verdict.WAIT:
            error = translate(answer)
            outcome.waiting = error if isinstance(error, TryAgainError) else None
        elif answer.verdict is Verdict.DOUBTFUL:
            outcome.unknown = True
        elif answer.is_gone:
            outcome.gone.update(_ids(call))
        else:
            outcome.problem = self._refusal(change, answer)

    def _refusal(self, change: Change, answer: Answer) -> Wording:
        """Why Gmail refused this change; what concerns the whole account is raised."""
        named = set(re.findall(r"\w+", answer.message))
        vanished = sorted((change.add | change.remove) & named)
        if answer.status == 400 and vanished:
            name = self._book.name(vanished[0])
            self._book.forget()
            return Wording.of("Gmail does not take the label {label}; it may have been deleted.", label=name)
        error = translate(answer)
        if not isinstance(error, GiveUpError):
            raise error
        return error.problem

    def _confirm(self, requests: Sequence[Request], outcomes: Sequence[_Outcome]) -> None:
        """Find grouped ids that the history does not show as changed, and ask the mailbox about those."""
        if not any(outcome.grouped for outcome in outcomes):
            return
        try:
            shown = self._changed_since()
            missing = [
                one
                for request, outcome in zip(requests, outcomes, strict=True)
                for one in outcome.grouped
                if shown[one].isdisjoint(request.change.add | request.change.remove)
            ]
            now = self._labels_now(missing) if missing else {}
        except TryAgainError:
            # Gmail said the changes are done; only whether some of the messages are gone stays open.
            return
        for request, outcome in zip(requests, outcomes, strict=True):
            for one in outcome.grouped & now.keys():
                labels = now[one]
                if labels is None:
                    outcome.gone.add(one)
                elif request.change.after(labels) != labels:
                    outcome.unknown = True

    def _changed_since(self) -> defaultdict[str, set[str]]:
        """Message id → labels put on or taken off since the last look; empty if that is too long ago for Gmail."""
        changed: defaultdict[str, set[str]] = defaultdict(set)
        newest = ""
        try:
            for page in read_history(self._client, self._history_id, LABEL_KINDS):
                for event in page.events:
                    changed[event.message_id] |= event.changed
                newest = page.mark
        except MarkExpiredError:
            newest = ""
        self._history_id = newest
        return changed


def _calls(request: Request) -> list[Call]:
    if not request.change:
        return []
    if len(request.ids) < WORTH_GROUPING:
        return [calls.modify(one, request.change) for one in request.ids]
    starts = range(0, len(request.ids), MOST_IDS_A_CHANGE)
    return [calls.batch_modify(request.ids[at : at + MOST_IDS_A_CHANGE], request.change) for at in starts]


def _ids(call: Call) -> list[str]:
    ids = call.body.get("ids")
    return [str(one) for one in ids] if isinstance(ids, list) else [call.id]
