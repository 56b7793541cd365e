import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reading.bombs import BOMBS

ROOT = Path(__file__).parents[2]
READER = """
import resource, sys, time
from auramail.core.messages import Source
from auramail.reading.entities import read_entities
from auramail.reading.message import read_message
from tests.reading.bombs import BOMBS

for name in sys.argv[1:]:
    raw = BOMBS[name][0]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    message = read_message(Source("1", "1", raw))
    read_entities(message, "Europe/Kyiv")
    seconds = time.process_time() - started
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(name, seconds, kilobytes, ",".join(message.notes), sep="\\t", flush=True)
"""


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))


@pytest.fixture(scope="module")
def outcomes() -> dict[str, tuple[float, int, list[str]]]:
    """What each bomb did to a process of its own: seconds of processor time, kilobytes, notes."""
    done = subprocess.run(
        [sys.executable, "-c", READER, *BOMBS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=_limit,
        timeout=200,
    )
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return {name: (float(seconds), int(kilobytes), notes.split(",")) for name, seconds, kilobytes, notes in rows}


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_ends_soon_and_small_with_a_note(name: str, outcomes: dict[str, tuple[float, int, list[str]]]) -> None:
    seconds, kilobytes, notes = outcomes[name]

    assert seconds < 1
    assert kilobytes < 200_000
    assert BOMBS[name][1] in notes
