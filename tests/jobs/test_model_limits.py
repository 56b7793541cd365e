"""How often a model may be asked by workers that share a real Redis, and what becomes of it without one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis

from auramail.ai.own_limits import OwnLimits
from auramail.core.clock import SystemClock
from auramail.core.errors import QuotaSpentError, TryAgainError
from auramail.core.pace import Pace
from auramail.jobs.embedded_redis import EmbeddedRedis
from auramail.jobs.model_limits import PREFIX, SharedLimits
from tests.contracts.limits_cases import SECRET, AheadClock, call, move_back
from tests.fakes.clock import FakeClock

ROOT = Path(__file__).parents[2]
FAR = datetime(2999, 1, 1, tzinfo=UTC)
Start = Callable[[int, int, str], "subprocess.Popen[str]"]


def worker(url: str, pace: Pace, model: str = "shared", secret: str = SECRET) -> SharedLimits:
    """A worker that was just started: it remembers no call of its own."""
    return SharedLimits(url, model, secret, pace, OwnLimits(pace, SystemClock()))


def say(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def hear(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def start(redis_url: str) -> Iterator[Start]:
    """Start another worker's process; all of them end with the test."""
    with ExitStack() as started:

        def begin(calls_per_minute: int, side_by_side: int, deed: str) -> "subprocess.Popen[str]":
            told = [redis_url, str(calls_per_minute), str(side_by_side), deed]
            process = started.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.jobs.caller", *told],
                    cwd=ROOT,
                    env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            started.callback(process.kill)
            return process

        yield begin


@pytest.fixture
def connection(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_url, decode_responses=True) as opened:
        yield opened


def test_three_processes_together_make_as_many_calls_as_allowed(start: Start) -> None:
    processes = [start(25, 2, "call") for _ in range(3)]
    assert [hear(process) for process in processes] == ["ready"] * 3

    for process in processes:
        say(process)

    assert sum(int(hear(process)) for process in processes) == 25


@pytest.mark.crash
def test_the_place_of_a_killed_worker_comes_free_by_itself(
    start: Start, redis_url: str, connection: redis.Redis
) -> None:
    pace = Pace(10, 1)
    holder = start(10, 1, "hold")
    hear(holder)
    say(holder)
    assert hear(holder) == "in"

    holder.kill()
    holder.wait()

    limits = worker(redis_url, pace)
    assert 0 < call(limits) <= pace.glance
    move_back(connection, "shared", pace.longest - 5)
    assert call(limits) > 0
    move_back(connection, "shared", 5)
    assert call(limits) == 0


def test_a_call_that_takes_longer_than_the_longest_gives_back_no_place_but_its_own(
    redis_url: str, connection: redis.Redis
) -> None:
    pace = Pace(10, 1)
    slow, quick = worker(redis_url, pace), worker(redis_url, pace)

    with ExitStack() as late:
        late.enter_context(slow.enter())
        move_back(connection, "shared", pace.longest)
        with quick.enter():
            late.close()
            assert call(worker(redis_url, pace)) > 0


def test_models_and_keys_do_not_share_a_window(redis_url: str) -> None:
    pace = Pace(1, 1)
    assert call(worker(redis_url, pace, "one", "first key")) == 0
    worker(redis_url, pace, "three", "first key").close(FAR)

    assert call(worker(redis_url, pace, "one", "second key")) == 0
    assert call(worker(redis_url, pace, "two", "first key")) == 0
    assert call(worker(redis_url, pace, "one", "first key")) > 0


def test_redis_never_sees_the_key(redis_url: str, connection: redis.Redis) -> None:
    limits = worker(redis_url, Pace(5, 2))
    with limits.enter():
        limits.close(FAR)
        keys = sorted(map(str, connection.scan_iter("*")))
        kept = [connection.get(keys[0]), *(connection.zrange(key, 0, -1) for key in keys[1:])]

    assert [key.rpartition(":")[2] for key in keys] == ["closed", "held", "made"]
    assert SECRET not in repr(keys + kept)


def test_what_is_not_used_is_forgotten(redis_url: str, connection: redis.Redis) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    limits = worker(redis_url, Pace(5, 2))
    with limits.enter():
        limits.close(until)
        kept = {str(key).rpartition(":")[2]: connection.pttl(str(key)) for key in connection.scan_iter(f"{PREFIX}*")}

    assert 59_000 < int(str(kept["made"])) <= 60_000
    assert 89_000 < int(str(kept["held"])) <= 90_000
    assert 3_595_000 < int(str(kept["closed"])) <= 3_600_000


def test_lower_limits_hold_for_what_was_let_in_under_higher_ones(redis_url: str, connection: redis.Redis) -> None:
    high, low = worker(redis_url, Pace(3, 3)), worker(redis_url, Pace(1, 1))
    assert call(high) == 0
    move_back(connection, "shared", 20)
    assert call(high) == 0

    assert 58 < call(low) <= 60  # the second call must leave the window too


def test_a_clock_of_redis_that_steps_back_makes_nobody_wait_longer_than_a_window(
    redis_url: str, connection: redis.Redis
) -> None:
    pace = Pace(2, 1)
    limits = worker(redis_url, pace)
    assert [call(limits), call(limits)] == [0, 0]

    move_back(connection, "shared", -3600)

    assert 58 < call(limits) <= 60
    move_back(connection, "shared", 60)
    assert call(worker(redis_url, pace)) == 0


def test_a_place_held_while_the_clock_of_redis_steps_back_is_given_back(
    redis_url: str, connection: redis.Redis
) -> None:
    limits = worker(redis_url, Pace(9, 1))
    with limits.enter():
        move_back(connection, "shared", -3600)
        assert call(limits) > 0

    assert call(limits) == 0


def test_the_clock_of_a_worker_does_not_matter(redis_url: str) -> None:
    pace, clock = Pace(1, 1), AheadClock()
    limits = SharedLimits(redis_url, "shared", SECRET, pace, OwnLimits(pace, clock))
    assert call(limits) == 0

    clock.ahead = 86_400

    assert 58 < call(limits) <= 60


def test_without_redis_each_process_keeps_to_the_limits_by_itself(tmp_path: Path) -> None:
    clock, pace = FakeClock(), Pace(2, 1)
    limits = SharedLimits(f"unix://{tmp_path}/none.sock", "m", SECRET, pace, OwnLimits(pace, clock))

    with limits.enter():
        assert limits.room() == 1
        assert call(limits) == pace.glance
    assert call(limits) == 0
    assert call(limits) == 60
    clock.advance(seconds=60)
    assert limits.room() == 2
    limits.close(clock.now() + timedelta(hours=1))
    assert limits.closed_until() == clock.now() + timedelta(hours=1)
    with pytest.raises(QuotaSpentError), limits.enter():
        pass


@pytest.mark.crash
def test_a_redis_that_is_killed_under_a_call_lets_no_process_forget_its_own(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path / "redis", SystemClock()) as server:
        pace = Pace(2, 1)
        limits = worker(server.url, pace)
        with limits.enter():
            assert server.pid is not None
            os.kill(server.pid, signal.SIGKILL)
            os.waitid(os.P_PID, server.pid, os.WEXITED | os.WNOWAIT)
            assert not server.is_alive()
            assert 0 < call(limits) <= pace.glance
        assert call(limits) == 0
        assert 58 < call(limits) <= 60

        server.start()

        assert 58 < call(limits) <= 60
        assert limits.room() == 0
        assert call(worker(server.url, Pace(3, 1))) == 0  # the place that could not be given back is given back now


def test_a_redis_that_forgot_everything_lets_no_process_forget_its_own(redis_url: str, connection: redis.Redis) -> None:
    limits = worker(redis_url, Pace(2, 2))
    with limits.enter(), limits.enter():
        connection.flushall()
        connection.script_flush()
        assert 58 < call(limits) <= 60
    limits.close(FAR)
    connection.flushall()

    assert limits.closed_until() == FAR
    with pytest.raises(QuotaSpentError), limits.enter():
        pass
    assert not connection.keys("*")  # who was refused by their own memory took nothing of the others' room


def test_a_redis_that_lost_a_place_and_not_the_calls_is_made_up_for(redis_url: str, connection: redis.Redis) -> None:
    limits = worker(redis_url, Pace(9, 1))

    with limits.enter():
        connection.delete(*map(str, connection.scan_iter("*:held")))
        with pytest.raises(TryAgainError) as refused, limits.enter():
            pass

    assert refused.value.after == Pace(9, 1).glance
    assert call(limits) == 0


def test_a_call_that_is_sent_twice_is_counted_once(redis_url: str) -> None:
    """As when Redis counted it and the connection broke before it could say so."""
    limits = worker(redis_url, Pace(2, 1))

    assert limits._count("the same")
    assert limits._count("the same")

    limits._give_back("the same", True)
    assert worker(redis_url, Pace(2, 2)).room() == 1


def test_threads_that_wait_as_told_never_make_more_calls_than_any_window_allows(redis_url: str) -> None:
    """Workers of two threads each, which really wait, in windows of a fifth of a second."""
    pace = Pace(calls_per_minute=5, side_by_side=3, window=0.2, glance=0.01)
    made = list[tuple[float, float]]()

    def work(limits: SharedLimits) -> None:
        for _ in range(4):
            before = time.monotonic()
            while wait := call(limits):
                time.sleep(wait)
                before = time.monotonic()
            made.append((before, time.monotonic()))

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(work, limits) for limits in [worker(redis_url, pace) for _ in range(4)] * 2]:
            done.result()

    assert len(made) == 32
    befores, afters = sorted(before for before, _ in made), sorted(after for _, after in made)
    assert all(
        last - first >= pace.window for first, last in zip(befores, afters[pace.calls_per_minute :], strict=False)
    )
