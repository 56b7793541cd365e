"""Propose: a sentence about mail becomes a rule to look at, by the grammar, and by a language model if it is unsure."""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from auramail.core.errors import AuraMailError
from auramail.core.history import Entry
from auramail.core.messages import Address, Message
from auramail.core.proposals import Proposal, Reader
from auramail.core.rules import Condition
from auramail.core.wording import Wording
from auramail.flow.prompts import ruling
from auramail.judging.rules import holds, is_from
from auramail.ports.models import LanguageModel
from auramail.reading.ruling.sentences import read_sentence

BACK_DAYS = 90
"""How far back the journal is looked through for mail that a rule would fit."""
MOST_KNOWN = 3
"""Addresses told of each name."""
SEEN_IN_JOURNAL = frozenset({"sender", "domain", "senders", "subject", "kinds", "categories"})
"""Parts of a condition that the journal tells of every message."""


@dataclass(frozen=True, slots=True)
class RuleDesk:
    """What proposing takes: the moment, the person's zone, the labels there are, and the journal of late.

    `model` is None where nobody is to be asked.
    """

    now: datetime
    zone: str
    labels: Sequence[str] = ()
    journal: Callable[[], Iterable[Entry]] = tuple
    model: LanguageModel | None = None
    account_id: int = 0


def propose(sentence: str, desk: RuleDesk) -> Proposal:
    """What a sentence would be as a rule; nothing is saved. A model that fails costs nothing but its reading."""
    proposal = read_sentence(sentence, now=desk.now, zone=desk.zone, labels=desk.labels)
    if proposal.unsure and desk.model is not None:
        proposal = _ask(proposal, desk.model, desk.account_id)
    notes = (*proposal.notes, *_notes(proposal.condition), *_known(proposal.condition, desk.journal))
    matching = None if proposal.problem else count_matching(proposal.condition, desk.journal, desk.now)
    return replace(proposal, notes=notes, matching=matching)


def count_matching(condition: Condition, journal: Callable[[], Iterable[Entry]], now: datetime) -> int | None:
    """How many messages of the journal a rule would fit; None where the journal does not tell that."""
    parts = {name for name in Condition.__slots__ if getattr(condition, name) not in ("", (), None)}
    if not parts <= SEEN_IN_JOURNAL:
        return None
    return len({entry.message_id for entry in journal() if _fits(condition, entry, now)})


def _known(condition: Condition, journal: Callable[[], Iterable[Entry]]) -> Iterable[Wording]:
    """Which addresses wrote of late by the names that are given."""
    names = list(filter(_is_name, condition.senders))
    found = {name: Counter[str]() for name in names}
    for entry in journal() if names else ():
        for name in names:
            if entry.sender and is_from(Address(entry.sender, entry.sender_name), name):
                found[name][entry.sender] += 1
    for name, senders in found.items():
        if senders:
            known = ", ".join(sender for sender, _ in senders.most_common(MOST_KNOWN))
            yield Wording.of("Of late “{name}” was {senders}", name=name, senders=known)


def _is_name(sender: str) -> bool:
    return "@" not in sender and "." not in sender


def _fits(condition: Condition, entry: Entry, now: datetime) -> bool:
    message = Message(
        id=entry.message_id,
        thread_id=entry.thread_id,
        date=entry.received or now,
        sender=Address(entry.sender, entry.sender_name),
        subject=entry.subject,
        text="",
    )
    return holds(condition, message, now, entry.decision)


def _ask(proposal: Proposal, model: LanguageModel, account_id: int) -> Proposal:
    """What a language model makes of the sentence; the grammar's reading where that is nothing to be believed."""
    question = ruling.write_question(proposal.sentence, secrets.token_hex(16), account_id)
    try:
        answer = model.ask(question)
    except AuraMailError as error:
        return replace(proposal, notes=(*proposal.notes, error.problem))
    found = ruling.read_rule(answer, question)
    if found is None:
        return proposal
    return Proposal(proposal.sentence, found.condition, found.wish, by=Reader.MODEL)


def _notes(condition: Condition) -> Iterable[Wording]:
    """What a person may not expect of such a rule."""
    if condition.older_days is not None:
        yield Wording.of(
            "Age counts when mail is sorted, and new mail is never old: sort again what was sorted before."
        )
    if any(map(_is_name, condition.senders)):
        yield Wording.of("Anybody can call themselves by a name; an address or a domain is surer.")
    if condition.needs_judgement:
        yield Wording.of("It goes by what AuraMail takes mail for, and acts only where that is sure enough.")
