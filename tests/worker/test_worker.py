"""Real worker processes over a real Redis: what is ordered is done, whoever dies."""

import os
import re
import signal
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pytest
import redis
from sqlalchemy import text

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.history import OPEN, Selection
from auramail.core.rules import Condition
from auramail.core.runs import Order, RunKind, RunState
from auramail.ops.work import finish_run, owned
from auramail.worker.failures import MOST_DEATHS
from tests.mail.letters import letter
from tests.worker.conftest import MANY, Workplace, children_of, deliver, is_running, wait_until

pytestmark = pytest.mark.crash
SUBJECT, BODY, SENDER = "Canary-subject-41", "canary-body-42", "canary-sender-43"


def everything_in_redis(url: str) -> Iterator[bytes]:
    """Every key and value, also what RQ has packed."""
    with redis.Redis.from_url(url) as connection:
        for key in connection.scan_iter("*"):
            yield key
            dumped = connection.dump(key)
            yield dumped if isinstance(dumped, bytes) else b""
            if connection.type(key) == b"hash":
                for value in connection.hgetall(key).values():
                    yield value
                    with suppress(zlib.error):
                        yield zlib.decompress(value)


def secrets_of(place: Workplace) -> list[str]:
    held = place.house.credentials.load(place.account.id)
    assert held is not None
    tokens = re.findall(rb'"(?:refresh_token|access_token|token)": ?"([^"]+)"', held.secret)
    assert tokens
    return [token.decode() for token in tokens]


def test_what_is_ordered_is_done_and_leaves_no_mail_and_no_secret_in_redis_or_logs(ana: Workplace) -> None:
    deliver(ana, 6)
    ana.google.add_message(letter(SUBJECT, sender=f"{SENDER}@stranger.example", body=BODY), ("INBOX",))
    run = ana.order()
    ana.start_worker()

    assert ana.wait_for_end(run).state is RunState.DONE

    receipt = ana.house.runs.receipt(run.id)
    assert receipt is not None
    assert receipt.is_whole
    assert receipt.handled == 7
    found = b"\n".join(everything_in_redis(ana.house.settings.redis_url))
    for canary in (SUBJECT, BODY, SENDER, *secrets_of(ana)):
        assert canary.encode() not in found
        assert canary not in ana.logs()
    assert b"look_after" in found


def test_a_killed_workers_run_is_settled_and_resumed_and_can_be_taken_back_exactly(ana: Workplace) -> None:
    run, first = ana.interrupt()
    before = ana.google.snapshot()

    for child in children_of(first.pid):
        os.kill(child, signal.SIGKILL)
    first.kill()
    first.wait(timeout=10)
    assert ana.house.runs.get(run.id).state is RunState.RUNNING
    ana.start_worker()

    assert ana.wait_for_end(run).state is RunState.DONE
    receipt = ana.house.runs.receipt(run.id)
    assert receipt is not None
    assert receipt.is_whole
    assert receipt.handled == receipt.listed == MANY
    assert not list(ana.house.ledger.entries(Selection(ana.account.id, states=OPEN)))
    assert ana.google.snapshot() != before

    undo = ana.order(kind=RunKind.UNDO, selection={"run_id": run.id})
    assert ana.wait_for_end(undo).state is RunState.DONE
    assert ana.google.snapshot() == before


def test_a_child_that_is_killed_is_replaced_without_waiting_for_anybody(ana: Workplace) -> None:
    run, worker = ana.interrupt()

    for child in children_of(worker.pid):
        os.kill(child, signal.SIGKILL)
    wait_until(lambda: ana.house.queue.ring_due() > 0)

    assert ana.wait_for_end(run).state is RunState.DONE
    assert worker.poll() is None


def test_a_run_that_kills_every_child_is_given_up(ana: Workplace) -> None:
    for _ in range(MOST_DEATHS - 1):
        ana.house.queue.count_death(ana.account.id)
    run, worker = ana.interrupt()

    for child in children_of(worker.pid):
        os.kill(child, signal.SIGKILL)

    ended = ana.wait_for_end(run)
    assert ended.state is RunState.FAILED
    assert ended.problem is not None
    assert dict(ended.problem.values)["reference"] in ana.logs()


def test_a_worker_that_is_told_to_stop_stops_at_once_and_leaves_the_run_to_the_next(ana: Workplace) -> None:
    run, worker = ana.interrupt()
    [child] = children_of(worker.pid)

    worker.terminate()

    assert worker.wait(timeout=5) == 0
    assert not is_running(child)
    assert ana.house.runs.get(run.id).state is RunState.RUNNING


def test_a_worker_and_its_child_end_with_the_process_tree(ana: Workplace) -> None:
    run, worker = ana.interrupt()
    [child] = children_of(worker.pid)

    os.close(ana.pipes.pop())

    assert worker.wait(timeout=5) == 0
    assert not is_running(child)
    assert ana.house.runs.get(run.id).state is RunState.RUNNING


def test_a_child_whose_worker_was_killed_ends_with_the_process_tree_too(ana: Workplace) -> None:
    _, worker = ana.interrupt()
    [child] = children_of(worker.pid)
    worker.kill()
    worker.wait(timeout=10)
    os.kill(child, 0)

    os.close(ana.pipes.pop())

    wait_until(lambda: not is_running(child))


def test_an_unexpected_error_closes_the_run_with_a_reference_that_finds_the_log_line(ana: Workplace) -> None:
    deliver(ana, 3)
    rule = ana.house.rules.add(ana.account.id, Condition(words="tax"), Category.REVIEW, Action.NO_ACTION)
    with ana.house.database.write() as session:
        session.execute(text("UPDATE rules SET category = :word WHERE id = :id"), {"word": SUBJECT, "id": rule.id})
    run = ana.order()
    ana.start_worker()

    ended = ana.wait_for_end(run)

    assert ended.state is RunState.FAILED
    assert ended.problem is not None
    reference = dict(ended.problem.values)["reference"]
    wait_until(lambda: bool(ana.house.queue.queue.failed_job_registry.get_job_count()))
    [line] = {line for line in ana.logs().splitlines() if reference in line}
    assert "builtins.ValueError" in line
    assert "job_failed" in line
    assert SUBJECT not in ana.logs()
    assert SUBJECT.encode() not in b"\n".join(everything_in_redis(ana.house.settings.redis_url))


def test_a_run_that_was_carried_out_elsewhere_is_left_alone(ana: Workplace) -> None:
    deliver(ana, 3)
    with owned(ana.house, ana.account.id) as is_owner:
        run = ana.house.runs.start(ana.account.id, Order())
        finish_run(ana.house, run, is_owner)
    ana.house.queue.ring(ana.account.id)
    ana.start_worker()

    wait_until(lambda: bool(ana.house.queue.queue.finished_job_registry.get_job_count()))

    assert [run.id for run in ana.house.runs.latest([ana.account.id], 10)] == [run.id]
