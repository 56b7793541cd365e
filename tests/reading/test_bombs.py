import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reading.bombs import BOMBS
from tests.reading.repeats import REPEATS

ROOT = Path(__file__).parents[2]
READER = """
import os, resource, sys, time
from auramail.core.messages import Source
from auramail.flow.consider import consider
from auramail.reading.message import read_message
from tests.fuzz.target import PERSON, judges
from tests.reading.bombs import BOMBS
from tests.reading.repeats import REPEATS, repeated

judges()
for name in sys.argv[1:]:
    if os.fork():
        # Each mail has a process of its own: what one used is no excuse for the next.
        assert os.wait()[1] == 0, name
        continue
    raw = BOMBS[name][0]() if name in BOMBS else repeated(REPEATS[name])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    message = read_message(Source("1", "1", raw))
    consider(message, PERSON, judges(), message.date)
    seconds = time.process_time() - started
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(name, seconds, kilobytes, ",".join(message.notes), sep="\\t", flush=True)
    os._exit(0)
"""
Outcome = tuple[float, int, list[str]]


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))


def read_apart(names: list[str]) -> dict[str, Outcome]:
    """What each mail does to a process of its own: seconds of processor time, kilobytes, notes."""
    done = subprocess.run(
        [sys.executable, "-c", READER, *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=_limit,
        timeout=280,
    )
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return {name: (float(seconds), int(kilobytes), notes.split(",")) for name, seconds, kilobytes, notes in rows}


@pytest.fixture(scope="module")
def bombs() -> dict[str, Outcome]:
    return read_apart(list(BOMBS))


@pytest.fixture(scope="module")
def repeats() -> dict[str, Outcome]:
    return read_apart(list(REPEATS))


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_judged_soon_and_small_with_a_note(name: str, bombs: dict[str, Outcome]) -> None:
    seconds, kilobytes, notes = bombs[name]

    assert seconds < 1
    assert kilobytes < 200_000
    assert BOMBS[name][1] in notes


@pytest.mark.parametrize("name", REPEATS)
def test_no_pattern_takes_repetition_badly(name: str, repeats: dict[str, Outcome]) -> None:
    seconds, kilobytes, _ = repeats[name]

    assert seconds < 1
    assert kilobytes < 200_000
