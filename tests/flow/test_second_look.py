"""What had no answer of a language model in time is asked about again, and never against the person."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from auramail.core.actions import Action, Change
from auramail.core.decisions import Asked, Category, Kind
from auramail.core.errors import BusyError
from auramail.core.history import State
from auramail.core.policy import Autonomy
from auramail.core.privacy import CloudTerms
from auramail.core.rules import Condition
from auramail.core.runs import Order, RunKind, RunState
from auramail.flow import undo as undoing
from auramail.flow.desk import Outcome
from auramail.ops.privacy import never
from auramail.ops.second_look import order_second_look
from auramail.ops.work import finish_run, owned, what_to_undo
from tests.fakes.clock import FakeClock
from tests.fakes.model_server import ModelServer, Question
from tests.flow.test_model_in_a_run import allow, answer, note, riddle
from tests.house import GmailHome, gmail_home

MODEL = "llama3.2"
SENDER = "x0@unknown.example"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(answer) as started:
        yield started


@pytest.fixture
def settings(server: ModelServer) -> dict[str, Any]:
    return {
        "openai_base_url": server.openai_url,
        "openai_api_key": server.key,
        "openai_model": MODEL,
        "openai_is_cloud": "yes",
        "model_wait_seconds": 5.0,
    }


@pytest.fixture
def ana(home: Path, clock: FakeClock, settings: dict[str, Any], sqlite_url: str) -> Iterator[GmailHome]:
    assert sqlite_url
    with gmail_home(home, clock, **settings) as opened:
        yield opened


def look(home: GmailHome) -> Outcome | None:
    """What the worker does when the scheduler rings."""
    with owned(home.house, home.account.id) as is_owner:
        run = order_second_look(home.house, home.account.id)
        outcome = None if run is None else finish_run(home.house, run, is_owner)
    assert outcome is None or outcome.receipt.is_whole
    return outcome


def sort_unheard(home: GmailHome, server: ModelServer, **order: object) -> tuple[str, int]:
    """A message that the busy model said nothing about, and the run; then the model has time again."""
    allow(home)
    busy = server.fault("429", times=None, retry_after=3600)
    message = home.deliver(riddle())
    run = home.sort(**order).receipt.run
    busy.times = 0
    home.clock.advance(hours=2)
    return message, run


def test_message_is_labelled_anew_when_the_model_has_time(ana: GmailHome, server: ModelServer) -> None:
    message, _ = sort_unheard(ana, server)
    assert "AI_Review" in ana.names(message)

    outcome = look(ana)

    assert outcome is not None
    assert (outcome.receipt.listed, outcome.receipt.handled, outcome.receipt.model_calls) == (1, 1, 1)
    assert "AI_Social" in ana.names(message)
    assert "AI_Review" not in ana.names(message)
    assert ana.house.unanswered.count(ana.account.id) == 0


def test_look_has_a_receipt_and_a_bill_of_its_own(ana: GmailHome, server: ModelServer) -> None:
    sort_unheard(ana, server)

    outcome = look(ana)

    assert outcome is not None
    run = ana.house.runs.get(outcome.receipt.run)
    assert (run.order.kind, run.state) == (RunKind.SECOND_LOOK, RunState.DONE)
    assert outcome.receipt.quota_units > 0
    assert outcome.receipt.by_category == {"SOCIAL": 1}
    assert ana.house.model_reading.of_run(run.id).calls == 1


def test_nothing_is_looked_at_before_it_is_due_and_nothing_twice(ana: GmailHome, server: ModelServer) -> None:
    ana.deliver(riddle())
    ana.sort()
    assert look(ana) is None

    sort_unheard(ana, server)
    look(ana)
    ana.clock.advance(days=1)

    assert look(ana) is None


def test_what_the_person_has_labelled_since_is_left_alone(ana: GmailHome, server: ModelServer) -> None:
    message, _ = sort_unheard(ana, server)
    ana.google.relabel(message, add=("Friends",))
    asked = len(server.questions)
    before = ana.labels()

    outcome = look(ana)

    assert outcome is not None
    assert outcome.receipt.skipped == {"changed_since": 1}
    assert (ana.labels(), len(server.questions)) == (before, asked)
    assert note(ana, message).asked is Asked.NEVER


@pytest.mark.parametrize("change", [{"add": ("STARRED",)}, {"remove": ("INBOX",)}, {"add": ("TRASH",)}])
def test_whatever_the_person_did_with_it_stands(ana: GmailHome, server: ModelServer, change: dict[str, Any]) -> None:
    message, _ = sort_unheard(ana, server)
    ana.google.relabel(message, **change)
    before = ana.labels()

    look(ana)

    assert ana.labels() == before


def test_having_read_it_is_no_wish(ana: GmailHome, server: ModelServer) -> None:
    message, _ = sort_unheard(ana, server)
    ana.google.relabel(message, remove=("UNREAD",))

    look(ana)

    assert "AI_Social" in ana.names(message)


def test_what_the_person_does_while_the_model_thinks_stands(
    home: Path, clock: FakeClock, sqlite_url: str, settings: dict[str, Any], server: ModelServer
) -> None:
    assert sqlite_url
    acts: list[Callable[[], None]] = []

    def thoughtful(question: Question) -> str:
        while acts:
            acts.pop()()
        return answer(question)

    server.script = thoughtful
    with gmail_home(home, clock, **settings) as ana:
        message, _ = sort_unheard(ana, server)
        acts.append(lambda: ana.google.relabel(message, add=("STARRED",)))

        outcome = look(ana)

        assert outcome is not None
        assert outcome.receipt.skipped == {"changed_since": 1}
        assert "AI_Review" in ana.names(message)


def test_what_the_person_undid_is_not_looked_at(ana: GmailHome, server: ModelServer) -> None:
    message, run = sort_unheard(ana, server)
    ana.undo(run_id=run)

    assert look(ana) is None
    assert not any(name.startswith("AI_") for name in ana.names(message))


def test_undone_look_leaves_what_there_was_before_it(ana: GmailHome, server: ModelServer) -> None:
    _, _ = sort_unheard(ana, server)
    before = ana.labels()
    outcome = look(ana)
    assert outcome is not None
    after = ana.labels()
    assert after != before

    undone = ana.undo(run_id=outcome.receipt.run).receipt.run
    assert ana.labels() == before

    ana.undo(run_id=undone)
    assert ana.labels() == after


@pytest.mark.parametrize("portion", [1, undoing.FEW])
@pytest.mark.parametrize("by", ["run", "message", "sender"])
def test_undoing_what_was_looked_at_again_takes_the_look_along(
    ana: GmailHome, server: ModelServer, by: str, portion: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "FEW", portion)
    allow(ana)
    busy = server.fault("429", times=None, retry_after=3600)
    messages = [ana.deliver(riddle(number)) for number in range(3)]
    untouched = ana.labels()
    run = ana.sort().receipt.run
    first = ana.labels()
    busy.times = 0
    ana.clock.advance(hours=2)
    look(ana)
    second = ana.labels()
    selections: dict[str, dict[str, object]] = {
        "run": {"run_id": run},
        "message": {"message_id": messages[0]},
        "sender": {"sender": SENDER},
    }
    chosen = messages if by == "run" else messages[:1]

    undone = ana.undo(**selections[by])

    assert all(ana.labels()[message] == untouched[message] for message in chosen)
    assert all(ana.labels()[message] == second[message] for message in set(messages) - set(chosen))
    assert undone.receipt.handled == 2 * len(chosen)

    ana.undo(run_id=undone.receipt.run)
    assert ana.labels() == second
    assert first != second


def test_last_run_is_the_one_that_was_ordered(ana: GmailHome, server: ModelServer) -> None:
    _, run = sort_unheard(ana, server)
    look(ana)

    assert what_to_undo(ana.house, None, None) == (ana.account.id, {"run_id": run})


def test_proposal_gives_way_to_the_newer_one(ana: GmailHome, server: ModelServer) -> None:
    message, run = sort_unheard(ana, server, autonomy=Autonomy.SUGGEST)
    before = ana.labels()

    outcome = look(ana)

    assert outcome is not None
    assert (outcome.receipt.held, ana.labels()) == (1, before)
    assert ana.house.reading.held([ana.account.id], run) == []
    assert [entry.state for entry in ana.entries()] == [State.REPLACED, State.HELD]

    ana.approve(run_id=outcome.receipt.run)
    assert "AI_Social" in ana.names(message)
    assert "AI_Review" not in ana.names(message)


def test_policy_that_became_stricter_binds_the_look(ana: GmailHome, server: ModelServer) -> None:
    message, _ = sort_unheard(ana, server)
    policy = ana.house.preferences.policy(ana.account.id, "AI_")
    ana.house.preferences.save_policy(ana.account.id, replace(policy, autonomy=Autonomy.SUGGEST))
    before = ana.labels()

    outcome = look(ana)

    assert outcome is not None
    assert (outcome.receipt.held, ana.labels()) == (1, before)

    ana.approve(run_id=outcome.receipt.run)
    assert "AI_Social" in ana.names(message)
    assert "AI_Review" not in ana.names(message)


def test_answer_that_changes_nothing_is_noted(ana: GmailHome, server: ModelServer) -> None:
    message, _ = sort_unheard(ana, server)
    server.script = lambda question: answer(question, kind="other", category="REVIEW")
    before = ana.labels()

    outcome = look(ana)

    assert outcome is not None
    assert (outcome.receipt.handled, ana.labels()) == (1, before)
    newest = ana.entries()[-1]
    assert (newest.message_id, newest.state, newest.change) == (message, State.APPLIED, Change())
    assert newest.decision is not None
    assert newest.decision.model is not None
    assert newest.decision.model.asked is Asked.ANSWERED


def test_model_that_is_never_free_is_asked_no_more_after_three_looks(ana: GmailHome, server: ModelServer) -> None:
    allow(ana)
    server.fault("429", times=None, retry_after=3600)
    message = ana.deliver(riddle())
    ana.sort()

    for _ in range(3):
        ana.clock.advance(hours=12)
        outcome = look(ana)
        assert outcome is not None
        assert outcome.receipt.skipped == {"unanswered": 1}

    ana.clock.advance(days=1)
    assert look(ana) is None
    assert note(ana, message).asked is Asked.NEVER
    assert "AI_Review" in ana.names(message)


def test_slow_model_gets_through_a_little_with_each_look(ana: GmailHome, server: ModelServer) -> None:
    allow(ana)
    busy = server.fault("429", times=None, retry_after=3600)
    count = 5
    for number in range(count):
        ana.deliver(riddle(number))
    ana.sort()

    for left in range(count - 1, -1, -1):
        busy.times = 0
        busy = server.fault("429", nth=2, times=None, retry_after=3600)
        ana.clock.advance(hours=1)
        look(ana)
        assert ana.house.unanswered.count(ana.account.id) == left


def test_without_consent_nothing_is_read_and_nothing_asked(ana: GmailHome, server: ModelServer) -> None:
    sort_unheard(ana, server)
    ana.house.preferences.save_cloud(ana.account.id, CloudTerms())
    asked, spent = len(server.questions), ana.google.usage.units

    assert look(ana) is None

    assert (len(server.questions), ana.google.usage.units) == (asked, spent)
    allow(ana)
    ana.clock.advance(hours=2)
    assert look(ana) is not None


def test_sender_kept_from_the_cloud_meanwhile_is_not_asked_about(ana: GmailHome, server: ModelServer) -> None:
    message, _ = sort_unheard(ana, server)
    never(ana.house, ana.account, ana.account.user_id, "@unknown.example", wanted=True)
    asked = len(server.questions)

    outcome = look(ana)

    assert outcome is not None
    assert (outcome.receipt.skipped, len(server.questions)) == ({"withheld": 1}, asked)
    assert note(ana, message).asked is Asked.WITHHELD


def test_message_that_is_gone_is_accounted_for(ana: GmailHome, server: ModelServer) -> None:
    message, _ = sort_unheard(ana, server)
    ana.google.delete(message)

    outcome = look(ana)

    assert outcome is not None
    assert outcome.receipt.skipped == {"gone": 1}


def test_rule_that_goes_by_what_the_model_says_has_its_label_and_overrides_no_protection(
    ana: GmailHome, server: ModelServer
) -> None:
    rule = ana.house.rules.add(ana.account.id, Condition(kinds=(Kind.SOCIAL,)), action=Action.ARCHIVE, label="People")
    message, _ = sort_unheard(ana, server)
    before = ana.labels()

    look(ana)

    newest = ana.entries()[-1]
    assert newest.decision is not None
    assert newest.decision.rule_id == rule.id
    assert {"People", "AI_Social", "INBOX"} <= ana.names(message)
    undone = ana.undo(run_id=newest.run_id)
    assert (undone.receipt.handled, ana.labels()) == (1, before)


def test_rule_made_meanwhile_leaves_nothing_to_ask(ana: GmailHome, server: ModelServer) -> None:
    sort_unheard(ana, server)
    ana.house.rules.add(ana.account.id, Condition(domain="unknown.example"), Category.SOCIAL)
    asked = len(server.questions)

    outcome = look(ana)

    assert outcome is not None
    assert (outcome.receipt.skipped, len(server.questions)) == ({"needless": 1}, asked)


def test_day_whose_allowance_is_spent_is_waited_out(
    home: Path, clock: FakeClock, sqlite_url: str, settings: dict[str, Any], server: ModelServer
) -> None:
    assert sqlite_url
    with gmail_home(home, clock, **settings, model_calls_per_day=1) as ana:
        allow(ana)
        for number in range(2):
            ana.deliver(riddle(number))
        assert ana.sort().receipt.unasked == {"spent": 1}
        clock.advance(hours=1)
        assert look(ana) is None

        clock.advance(days=1)

        outcome = look(ana)
        assert outcome is not None
        assert (outcome.receipt.handled, len(server.questions)) == (1, 2)


def test_look_takes_no_more_than_the_model_has_room_for(
    home: Path, clock: FakeClock, sqlite_url: str, settings: dict[str, Any], server: ModelServer
) -> None:
    assert sqlite_url
    with gmail_home(home, clock, **settings, max_calls_per_minute=2) as ana:
        allow(ana)
        busy = server.fault("429", times=None, retry_after=3600)
        for number in range(5):
            ana.deliver(riddle(number))
        ana.sort()
        busy.times = 0
        clock.advance(hours=2)

        outcome = look(ana)

        assert outcome is not None
        assert outcome.receipt.listed == 2
        assert ana.house.unanswered.count(ana.account.id) == 3


def test_second_worker_leaves_the_account_to_the_first(ana: GmailHome, server: ModelServer) -> None:
    sort_unheard(ana, server)
    asked = len(server.questions)

    with owned(ana.house, ana.account.id), pytest.raises(BusyError), owned(ana.house, ana.account.id):
        pass
    run = ana.house.runs.start(ana.account.id, Order(kind=RunKind.SECOND_LOOK))
    with pytest.raises(BusyError):
        ana.house.runs.start(ana.account.id, Order(kind=RunKind.SECOND_LOOK))

    with owned(ana.house, ana.account.id):
        assert ana.house.runs.get(run.id).state is RunState.DONE
    assert len(server.questions) == asked + 1


def test_cancelled_look_leaves_everything_for_later(ana: GmailHome, server: ModelServer) -> None:
    message, _ = sort_unheard(ana, server)
    run = ana.house.runs.start(ana.account.id, Order(kind=RunKind.SECOND_LOOK))
    ana.house.runs.claim(run.id)
    ana.house.runs.cancel(run.id)

    with owned(ana.house, ana.account.id):
        pass

    assert ana.house.runs.get(run.id).state is RunState.CANCELLED
    assert "AI_Review" in ana.names(message)
    assert ana.house.unanswered.count(ana.account.id) == 1
