"""A sentence becomes a proposal: by the grammar, by a model where that is unsure, and never more than a proposal."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from auramail.core.actions import Action, Change
from auramail.core.decisions import Category, Kind
from auramail.core.errors import AuraMailError, GiveUpError, SpentError, TryAgainError
from auramail.core.history import Entry, State
from auramail.core.proposals import Reader
from auramail.core.questions import Answer, Question
from auramail.core.rules import Condition
from auramail.core.wording import Wording
from auramail.flow.propose_rule import RuleDesk, count_matching, propose
from tests.flow.prompts.test_ruling import NOTHING
from tests.storage.builders import a_decision

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
CLEAR = "receipts from Bolt go to Taxes"
UNCLEAR = "whatever Bolt bills me for belongs with Taxes somehow"
ANSWER = NOTHING | {"senders": ["Bolt"], "kinds": ["bill"], "action": "move", "label": "Taxes"}


@dataclass
class FakeModel:
    """Answers by a script, and remembers what it was asked."""

    script: Callable[[], str]
    name: str = "fake"
    is_cloud: bool = False
    asked: list[Question] = field(default_factory=list)

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        return Answer(self.script(), self.name)

    def check(self) -> None:
        """Always ready."""


def desk(model: FakeModel | None = None, **known: object) -> RuleDesk:
    return replace(RuleDesk(NOW, "Europe/Kyiv", model=model), **known)  # type: ignore[arg-type]  # tests name fields


def an_entry(message_id: str, sender: str, subject: str = "Receipt", kind: Kind = Kind.RECEIPT) -> Entry:
    return Entry(
        account_id=1,
        run_id=1,
        message_id=message_id,
        state=State.APPLIED,
        action=Action.NO_ACTION,
        change=Change(),
        before=frozenset(),
        sender=sender,
        subject=subject,
        decision=replace(a_decision(), kind=kind),
    )


def test_a_clear_sentence_is_nobodys_business_but_the_grammars() -> None:
    model = FakeModel(lambda: json.dumps(ANSWER))

    proposal = propose(CLEAR, desk(model))

    assert (proposal.by, proposal.unsure, model.asked) == (Reader.GRAMMAR, False, [])


def test_an_unclear_one_is_put_to_the_model() -> None:
    model = FakeModel(lambda: json.dumps(ANSWER))

    proposal = propose(UNCLEAR, desk(model, account_id=7))

    assert (proposal.by, proposal.unsure, proposal.problem) == (Reader.MODEL, False, None)
    assert proposal.condition == Condition(senders=("Bolt",), kinds=(Kind.BILL,))
    assert (proposal.wish.action, proposal.wish.label) == (Action.MOVE, "Taxes")
    (question,) = model.asked
    assert UNCLEAR in question.content
    assert question.account_id == 7


@pytest.mark.parametrize("text", ["", "{}", json.dumps(ANSWER | {"senders": ["Evil"]}), json.dumps(ANSWER)[:50]])
def test_an_answer_that_cannot_be_believed_leaves_the_grammars_reading(text: str) -> None:
    assert propose(UNCLEAR, desk(FakeModel(lambda: text))) == propose(UNCLEAR, desk())


@pytest.mark.parametrize("error", [TryAgainError, SpentError, GiveUpError])
def test_a_model_that_fails_costs_nothing_but_its_reading(error: type[AuraMailError]) -> None:
    def fail() -> str:
        raise error(Wording("The model is away."))

    proposal = propose(UNCLEAR, desk(FakeModel(fail)))

    assert proposal.by is Reader.GRAMMAR
    assert Wording("The model is away.") in proposal.notes


def test_each_question_has_a_mark_of_its_own() -> None:
    model = FakeModel(lambda: "")

    propose(UNCLEAR, desk(model))
    propose(UNCLEAR, desk(model))

    assert len({question.content for question in model.asked}) == 2
    assert len({question.key for question in model.asked}) == 1


def test_what_a_person_may_not_expect_is_noted() -> None:
    notes = [note.say() for note in propose("archive newsletters from Medium older than a week", desk()).notes]

    assert len(notes) == 3
    assert propose("archive mail from news@medium.example", desk()).notes == ()


def test_the_journal_tells_how_many_messages_it_would_have_fitted() -> None:
    entries = [
        an_entry("m1", "receipts@bolt.example"),
        an_entry("m1", "receipts@bolt.example"),
        an_entry("m2", "receipts@bolt.example", kind=Kind.PROMOTION),
        an_entry("m3", "x@other.example"),
        replace(an_entry("m4", "receipts@bolt.example"), decision=None),
    ]

    assert propose(CLEAR, desk(journal=lambda: entries)).matching == 1


def test_a_name_is_told_with_the_addresses_it_stood_for() -> None:
    entries = [an_entry(f"m{number}", f"{name}@bolt.example") for number, name in enumerate("aabcd")]

    notes = [note.say() for note in propose(CLEAR, desk(journal=lambda: entries)).notes]

    assert any("“Bolt” was a@bolt.example, b@bolt.example, c@bolt.example" in note for note in notes)
    assert not any("was" in note.say() for note in propose(CLEAR, desk()).notes)


@pytest.mark.parametrize(
    ("condition", "counted"),
    [
        (Condition(domain="bolt.example"), 1),
        (Condition(subject="receipt"), 1),
        (Condition(categories=(Category.NEWSLETTER,)), 1),
        (Condition(words="x"), None),
        (Condition(about=("x",)), None),
        (Condition(larger=1), None),
        (Condition(has_attachment=False), None),
        (Condition(list_id="x"), None),
    ],
)
def test_nothing_is_counted_that_the_journal_does_not_tell(condition: Condition, counted: int | None) -> None:
    entries = [an_entry("m1", "receipts@bolt.example")]

    assert count_matching(condition, lambda: entries, NOW) == counted
